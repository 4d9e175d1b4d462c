"""What the sources do not say and somebody should ask, and where they contradict each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from assistant.brief import Finding, Fit
from assistant.dossier import Fact, Meeting
from assistant.research.fit import figures

_DECIDES = re.compile(
    r"\b(?:decides?|decision|signs?|approves?|board|budget|owns the budget|buyer|procurement)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£]\s?\d|\b\d[\d.,]*\s?(?:k|m|mio|million|eur|euro|usd|dollars?|gbp)\b", re.IGNORECASE
)
_WEEKDAY_AND_DAY = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w*\.?\s+(\d{1,2})/(\d{1,2})\b", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"\b(?:by|until|from|before|bis|ab)\s+(?:the end of |\d{1,2}\.?\s?)?"
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|q[1-4]|20\d\d)",
    re.IGNORECASE,
)


def find_unknowns(facts: Sequence[Fact], meeting: Meeting, fit: Fit) -> tuple[str, ...]:
    """Return, as questions, what a careful person would miss in the sources; weightiest first."""
    return tuple(dict.fromkeys([*_fit_questions(fit), *_deal(facts), *_people(meeting)]))


def _fit_questions(fit: Fit) -> Iterator[str]:
    by_need = sorted(fit.criteria, key=lambda c: c.need != "required")
    for criterion in by_need:
        if criterion.state == "unknown" and criterion.need != "disqualifier":
            yield criterion.ask or f"{criterion.name}: is it so?"


def _deal(facts: Sequence[Fact]) -> Iterator[str]:
    spoken = [fact for fact in facts if fact.voice != "internal"]
    kinds = {fact.kind for fact in spoken}
    if "challenge" not in kinds:
        yield "What is the problem that they would pay to be rid of?"
    if "priority" not in kinds:
        yield "What do they want to reach, and by when?"
    elif not any(_DEADLINE.search(f.quote) for f in spoken if f.kind in {"priority", "trigger"}):
        yield "By when must it be better, and what happens if it is not?"
    if not any(_MONEY.search(f.quote) for f in spoken if f.kind == "challenge"):
        yield "What does the problem cost them in a month?"
    if not any(_DECIDES.search(f.quote) for f in spoken):
        yield "Who decides, and who signs?"


def _people(meeting: Meeting) -> Iterator[str]:
    for person in meeting.participants:
        if person.side != "seller" and not person.role:
            yield f"What is {person.name}'s role?"
    if not any(p.side != "seller" for p in meeting.participants):
        yield "Who will be there from their side?"


def find_conflicts(facts: Sequence[Fact], meeting: Meeting) -> tuple[Finding, ...]:
    """Return what two sources say differently, both sides shown, neither chosen."""
    return (*_figures_differ(facts), *_day_differs(facts, meeting))


def _figures_differ(facts: Sequence[Fact]) -> Iterator[Finding]:
    found = figures("employees", facts)
    for one, other in combinations(found, 2):
        if one.fact.source != other.fact.source and one.value != other.value:
            yield Finding(
                check="sources",
                severity="warning",
                where="dossier.facts",
                message=(
                    f"the sources disagree on employees: {one.value:,.0f} ({_place(one.fact)}) "
                    f"and {other.value:,.0f} ({_place(other.fact)}); ask"
                ),
            )
            return


def _day_differs(facts: Sequence[Fact], meeting: Meeting) -> Iterator[Finding]:
    if meeting.start is None:
        return
    expected = (meeting.start.month, meeting.start.day)
    pattern = re.compile(
        r"\b(?:mon|tue|wed|thu|fri|sat|sun)\w*\.?\s+(\d{1,2})/(\d{1,2})\b", re.IGNORECASE
    )
    for fact in facts:
        if fact.kind != "logistics":
            continue
        for match in _WEEKDAY_AND_DAY.finditer(fact.quote):
            one, two = int(match[1]), int(match[2])
            if expected not in {(one, two), (two, one)}:
                yield Finding(
                    check="sources",
                    severity="warning",
                    where="meeting.start",
                    message=(
                        f"{_place(fact)} says {match[0]}, the invite says "
                        f"{meeting.start:%A} {meeting.start:%Y-%m-%d}; the invite is used"
                    ),
                )


def _place(fact: Fact) -> str:
    return f"{fact.source}:{fact.line}"
