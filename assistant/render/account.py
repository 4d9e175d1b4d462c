"""What is kept of accounts, as text to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.history import (
    AccountLine,
    DatedFact,
    ObjectionMet,
    OpenAction,
    Timeline,
    TimelineEntry,
)
from assistant.render.printable import printable

_MOST_SAID = 12  # statements that are shown; JSON has them all
_NO_DAY = "no day    "  # as wide as a day


def accounts_as_text(lines: Iterable[AccountLine]) -> str:
    """Return a table of accounts: name, last meeting, last outcome, open actions."""
    rows = [["account", "last meeting", "last outcome", "open actions"]]
    for line in lines:
        overdue = f", {line.overdue} overdue" if line.overdue else ""
        rows.append(
            [
                printable(line.name),
                _day(line.last_meeting),
                line.last_outcome or "no call yet",
                f"{line.open_actions}{overdue}",
            ]
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def timeline_as_text(timeline: Timeline, *, today: date) -> str:
    """Return an account's briefs and calls, its open actions, objections, and who said what."""
    blocks = [
        printable(timeline.account),
        _block("Meetings", (_entry(one) for one in timeline.entries)),
        _block("Open actions", (_action(one, today) for one in timeline.open_actions)),
        _block("Objections raised", (_objection(one) for one in timeline.objections)),
        _block("Who said what", _said(timeline.said)),
    ]
    return "\n\n".join(block for block in blocks if block)


def _block(heading: str, lines: Iterable[str]) -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return f"{heading}\n{body}" if body else ""


def _entry(one: TimelineEntry) -> str:
    what = f"call: {one.outcome}" if one.kind == "debrief" else "brief"
    about = [what, one.title, one.stage, one.seller]
    line = f"{_day(one.held_on)}  {' · '.join(printable(text) for text in about if text)}"
    if not one.next_step:
        return line
    word = "agreed" if one.kind == "debrief" else "to propose"
    by = f", on {one.next_step_on}" if one.next_step_on else ""
    return f"{line}\n              {word}: {printable(one.next_step)}{by}"


def _action(one: OpenAction, today: date) -> str:
    late = "  OVERDUE" if one.is_overdue(today) else ""
    due = f"due {one.due}" if one.due else "no day said"
    owner = printable(one.owner) or "nobody named"
    side = "" if one.side == "unknown" else f" ({one.side})"
    unsure = ", said with a way out" if one.hedged else ""
    return (
        f"{one.id:>3}  {due}{late}  {owner}{side}: {printable(one.task)}  [{one.agreed_on}{unsure}]"
    )


def _objection(one: ObjectionMet) -> str:
    answer = {
        "approved": "answered as approved",
        "improvised": "answered in words of our own",
        "not": "not answered",
    }[one.answered]
    card = f"; card: {one.card}" if one.card else "; no card: a gap"
    return f"{one.raised_on}  “{printable(one.said)}” {answer}{card}"


def _said(facts: tuple[DatedFact, ...]) -> Iterator[str]:
    if len(facts) > _MOST_SAID:
        yield f"{len(facts) - _MOST_SAID} earlier ones: --format json shows them"
    for one in facts[-_MOST_SAID:]:
        yield f"{one.learned_on}  {printable(one.speaker)}: “{printable(one.quote)}”"


def _day(day: date | None) -> str:
    return day.isoformat() if day else _NO_DAY
