"""Card files for the tests of assistant.knowledge: one good one of each kind, to be changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assistant.knowledge.pack import Pack, read_pack

TODAY = date(2026, 11, 23)

INSIGHT = """\
---
id: detention-starts-at-the-dock
kind: insight
title: Detention follows dock variance
owner: enablement@harbourline.example
review_by: 2027-03-31
audience: customer
industries: [logistics, manufacturing]
roles: [coo]
sizes: [500-5000]
challenges: [detention]
sources:
  - {title: Dock study 2025, publisher: Sample data, date: 2025-11-03}
---

## Claim
Most detention is decided at your own doors.

## Why it matters
A harder rate negotiation only moves the cost.

## Evidence
In our sample study, 71% of 18,400 detention charges belonged to trucks that came on time.

## Ask
What would you find if you set the charges beside the arrival times?
"""

STORY = """\
---
id: carrier-got-its-time-back
kind: story
title: A carrier got its drivers' time back
owner: enablement@harbourline.example
review_by: 2027-12-31
audience: customer
challenges: [driver turnaround]
customer:
  name: Dalhurst Haulage Ltd
  naming: anonymous
  alias: a regional carrier
  role: transport manager
  industry: logistics
  employees: 260
  region: northern England
results:
  - {metric: waiting time, before: 145 minutes a stop, after: 82 minutes a stop, within: 6 months}
---

## Situation
Dalhurst Haulage plans 110 trucks across northern England.

## Complication
Its drivers waited 145 minutes a stop.

## Turning point
Dalhurst Haulage's transport manager asked for one thing: let us see your free slots.

## Resolution
Within 6 months the wait was down to 82 minutes a stop.
"""

OBJECTION = """\
---
id: price-is-too-high
kind: objection
title: The price is too high
owner: enablement@harbourline.example
review_by: 2027-12-31
audience: customer
concern: objection
challenges: [detention]
---

## They say
- You're too expensive for us.
- "There must be something cheaper
  out there."

## Behind it
The figure stands alone.

## Clarify
What are you comparing the price with?

## Respond
I would like to set it beside what waiting costs you today.

## Proof
Tarnwick Logistics paid $61,000 a month before the start.

## Check
What else would still speak against the price?
"""

PROFILE = """\
company: Harbourline
offer: Dock scheduling and yard visibility.
capabilities:
  - {name: Dock scheduling, does: Carriers book slots., challenges: [detention, driver turnaround]}
product_names: [Harbourline Dock]
icp:
  - {id: own-docks, name: Runs its own docks, need: required, field: docks, values: [own docks]}
  - {id: employees, name: Right size, need: preferred, field: employees, min: 300, max: 10000}
next_steps:
  - stage: discovery
    advances: [{action: a workshop on site, customer_roles: [coo], minutes: 90, needs: [gate logs]}]
    fallback: {action: a review of gate logs, customer_roles: [coo], minutes: 30}
"""

_FOLDERS = {"insight": "insights", "story": "stories", "objection": "objections"}


def changed(text: str, old: str, new: str) -> str:
    """Return `text` with the one place that holds `old` changed."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def write_card(folder: Path, text: str, *, name: str = "") -> Path:
    """Put a card where its `id:` and `kind:` say, or under another name."""
    keys = dict(
        line.split(": ", 1) for line in text.splitlines() if line.startswith(("id: ", "kind: "))
    )
    path = folder / _FOLDERS[keys["kind"]] / f"{name or keys['id']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


def a_pack(folder: Path, *cards: str, today: date = TODAY) -> Pack:
    """Write these cards, or one of each kind, and read them."""
    for text in cards or (INSIGHT, STORY, OBJECTION):
        write_card(folder, text)
    return read_pack(folder, today=today)
