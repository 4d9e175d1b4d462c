"""Mutations: change one thing in what the sample pack and the sample notes say, and it is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from conversation import SCHEDULE, TODAY, conversation
from mutations import Mutant, mutants, twisted

from assistant.brief import Statement
from assistant.checks.grounding import check_grounding
from assistant.evidence import Evidence
from assistant.knowledge.card import Insight, Objection, Story
from assistant.knowledge.pack import read_pack
from assistant.testing import a_fact, an_evidence
from assistant.text import normalise, sentences

ROOT = Path(__file__).parents[1]
CAUGHT, FLAGGED = 0.98, 0.01  # what the project asks for
FIELDS = (
    "title", "claim", "why_it_matters", "evidence", "ask", "situation", "complication",
    "turning_point", "resolution", "clarify", "respond", "proof", "check",
)  # fmt: skip
PEOPLE = [
    "Dana", "Marcus", "Priya", "Whitfield", "Oyelaran", "Gail", "Teresa", "Omar", "Beth", "Helen",
    "Lindqvist", "Tanaka", "Walt", "Neil", "Shirley", "Yvonne", "Ahlers", "Katrin", "Tomasz",
    "Oliver", "Imogen", "Aoife", "Petra", "Corvane", "Osterby", "Northpeak", "Rosenhof", "Kestrel",
    "Brightdesk", "Larkfield", "Soest", "Zwickau", "Boise", "Ogden", "Millbrook",
]  # fmt: skip
COMPOSED = (
    (
        "Assuming we successfully accomplish these objectives, would it be reasonable to agree "
        "that our next step should be to schedule a dock-mapping workshop on site with Dana "
        "Whitfield on Thursday 10 December 2026?"
    ),
    "Dana Whitfield agrees to a dock-mapping workshop on site by 3 December 2026.",
    "Marcus Oyelaran brings one week of gate logs to the 90-minute workshop on 10 December 2026.",
    "We meet on Thursday 3 December 2026 at 10:00 for 45 minutes.",
)
OURS = ("profile", "meeting", "schedule")
# The same said otherwise: it must still be found in what it cites.
OTHERWISE = (
    (r"(\d)\s?%", r"\1 percent"),
    (r"(\d) percent\b", r"\1 %"),
    (r"\$(\d[\d.]*) million", r"USD \1m"),
    (r"(\d),(\d{3})\b", r"\1\2"),
    (r"\b(\d+) minutes", r"\1 min"),
    (r"\b(\d+) hours", r"\1h"),
    (r"\b(January|February|March|April|June|July|August|September|October) (\d{1,2})\b", r"\2 \1"),
    (r"\ba day\b", "per day"),
    (r"\bfour\b", "4"),
    (r"\btwo\b", "2"),
    (r"\bten\b", "10"),
    (r"\bCOO\b", "Chief Operating Officer"),
)


def cards() -> tuple[Insight | Story | Objection, ...]:
    """Return the cards of the sample pack, whatever their standing."""
    pack = read_pack(ROOT / "knowledge", today=TODAY)
    return tuple(entry.card for entry in pack.entries.values())


def note_lines() -> Iterator[str]:
    """Yield the lines of the sample notes that say something."""
    for path in sorted((ROOT / "examples").glob("*/sources/*")):
        for line in path.read_text("utf-8").splitlines() if path.suffix in {".md", ".txt"} else ():
            if len(line.split()) > 3:
                yield line.strip(" -*#")


@lru_cache(maxsize=1)
def everything() -> Evidence:
    """Return the evidence of all cards and of each note line as a fact."""
    facts = (a_fact(line, line=n) for n, line in enumerate(note_lines(), 1))
    return an_evidence(*cards(), dossier=conversation(*facts), today=TODAY, schedule=SCHEDULE)


@lru_cache(maxsize=1)
def statements() -> tuple[Statement, ...]:
    """Return sentences that their evidence supports: approved, noted, quoted and composed."""
    known = everything()
    said = [
        Statement("card", getattr(card, name)[a:b], (card.id,), spoken=True)
        for card in known.cards.values()
        for name in FIELDS
        if hasattr(card, name)
        for a, b in sentences(getattr(card, name))
    ]
    for fact in known.facts.values():
        said.append(Statement("note", fact.quote, (fact.id,), spoken=True))
        said.append(Statement("quoted", f"You told us: “{fact.quote}”.", (fact.id,), spoken=True))
    return (*said, *(Statement("composed", text, OURS, spoken=True) for text in COMPOSED))


def is_found(statement: Statement, text: str) -> bool:
    changed = Statement(statement.where, text, statement.evidence, spoken=True)
    return bool(check_grounding([changed], everything()))


def changed_word(mutant: Mutant) -> str:
    before = re.search(r"\S*$", mutant.text[: mutant.start])
    after = re.match(r"\S*", mutant.text[mutant.start :])
    return normalise((before.group() if before else "") + (after.group() if after else ""))


def still_true(statement: Statement, mutant: Mutant) -> bool:
    """Tell whether the evidence happens to hold the changed word too: no check can see that."""
    held = {
        word.strip(".,;:!?\"'()“”")
        for evidence_id in statement.evidence
        for word in normalise(everything().text(evidence_id)).split()
    }
    return changed_word(mutant).strip(".,;:!?\"'()“”") in held


@pytest.mark.parametrize("kind", ["digit", "name", "date", "quote"])
def test_one_thing_changed_is_found(kind: str) -> None:
    """At least 98 in 100 changed digits, names, dates and quoted words are found."""
    pairs = [
        (statement, mutant)
        for statement in statements()
        for mutant in mutants(statement.text, names=PEOPLE)
        if mutant.kind == kind and not still_true(statement, mutant)
    ]

    missed = [m for s, m in pairs if not is_found(s, m.text)]

    assert len(pairs) > 50
    assert len(missed) <= (1 - CAUGHT) * len(pairs), [(m.was, m.now, m.text) for m in missed]


def test_what_is_unchanged_is_not_flagged() -> None:
    """At most 1 in 100 sentences that their evidence holds word for word."""
    flagged = [s.text for s in statements() if is_found(s, s.text)]

    assert len(flagged) <= FLAGGED * len(statements()), flagged


def test_what_is_said_otherwise_is_not_flagged() -> None:
    """Nor where numbers, dates and titles are written in another way."""
    said = [
        (statement, otherwise)
        for statement in statements()
        if statement.where == "card"
        for pattern, other in OTHERWISE
        if (otherwise := re.sub(pattern, other, statement.text)) != statement.text
    ]

    flagged = [text for statement, text in said if is_found(statement, text)]

    assert len(said) > 50
    assert len(flagged) <= FLAGGED * len(said), flagged


def test_every_mutant_differs_in_one_place() -> None:
    """The generator does what it says, the same each time."""
    text = 'Dana said on 3 March: "the gate is full".'

    made = list(mutants(text, names=["Dana Whitfield"]))

    assert Counter(m.kind for m in made) == {"digit": 1, "name": 1, "date": 1, "quote": 3}
    assert all(m.text.replace(m.now, m.was, 1) == text for m in made)
    assert made == list(mutants(text, names=["Dana Whitfield"]))


def test_the_sample_day_is_the_one_of_the_composed_sentences() -> None:
    """Thursday 10 December 2026 is on the schedule, and is a Thursday."""
    assert date(2026, 12, 10) in SCHEDULE
    assert date(2026, 12, 10).weekday() == 3


# The least share of each that is found, outside quotations. Measured: comparators 193 of 193, units
# 224 of 224, swaps 37 of 37, pledges 640 of 643; before there was a rule, 23, 157, 19 and 42.
RELATIONS = {"comparator": CAUGHT, "unit": CAUGHT, "swap": 0.95, "pledge": CAUGHT}


@pytest.mark.parametrize("kind", RELATIONS)
def test_a_changed_relation_is_found(kind: str) -> None:
    """The words and figures of the evidence, said of something else or more exactly."""
    pairs = [
        (statement, mutant)
        for statement in statements()
        for mutant in twisted(statement.text)
        if mutant.kind == kind
    ]

    missed = [m for s, m in pairs if not is_found(s, m.text)]

    assert len(pairs) > 30
    assert len(missed) <= (1 - RELATIONS[kind]) * len(pairs), [(m.was, m.now) for m in missed]


def test_every_twisted_sentence_differs_in_one_place() -> None:
    """The generator of relations does what it says, and leaves quotations alone."""
    text = 'Dana said: "6 % of 9 doors". Some trucks wait nearly 20 minutes, then 40 minutes.'

    made = list(twisted(text, names=["Dana Whitfield", "Marcus Oyelaran"]))

    assert Counter(m.kind for m in made) == {
        "comparator": 3, "unit": 2, "swap": 1, "speaker": 1, "extreme": 1, "pledge": 1,
    }  # fmt: skip
    assert all(m.text[: m.start] + m.was + m.text[m.start + len(m.now) :] == text for m in made)
    assert made == list(twisted(text, names=["Dana Whitfield", "Marcus Oyelaran"]))
