"""What the sources do not say and somebody should ask, and where they contradict each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from assistant.brief import Finding, Fit
from assistant.dossier import Fact, Meeting
from assistant.research.fit import figures, wholes
from assistant.text.dates import DateMention, dates, says_when
from assistant.text.quantities import Quantity, quantities
from assistant.text.words import content, is_common, words

_DECIDES = re.compile(
    r"\b(?:decides?|decision|signs?|approves?|board|budget|owns the budget|buyer|procurement)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£]\s?\d|\b\d[\d.,]*\s?(?:k|m|mio|million|eur|euro|usd|dollars?|gbp)\b", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"\b(?:by|until|from|before|bis|ab)\s+(?:the end of |\d{1,2}\.?\s?)?"
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|q[1-4]|20\d\d)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:from|starts?|starting|begin\w*|opens?|opening|live|effective|as of|ab|launch\w*)\b"
    r"[^.;]{0,20}$",
    re.IGNORECASE,
)
_APPOINTMENT = re.compile(
    r"\b(?:set|booked|scheduled|planned|mtg|meeting|invite|back on|termin|call on|next call)\b",
    re.IGNORECASE,
)
_UNLOGGED = re.compile(
    r"^\W*\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?\s+[\w ]{1,16}:\s"
)  # a log's own date
_DENIES = re.compile(
    r"\b(?:not|no longer|instead of|rather than|nicht|statt)"
    r"(?: (?:the|about|around|rund|die))?\s*$",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\?\?|\?\)|\bt\.?b\.?[cd]\b", re.IGNORECASE)
_OF_COMPANY = frozenset({"company", "trigger", "technology"})
_MOST_CONFIRMED = 3
_SAME_MEETING_DAYS = 14
_MOST_ASKED = 16  # roles asked for one by one


def find_unknowns(facts: Sequence[Fact], meeting: Meeting, fit: Fit) -> tuple[str, ...]:
    """Return, as questions, what a careful person would miss in the sources.

    First comes what changes what we do next: what the fit hangs on, what our notes are not sure
    of, the problem with its cost and the goal, who decides, who is there. What would only be good
    to know of the fit is last. Of a prospect who does not fit, nothing is missed but who is there.
    """
    if fit.verdict == "no":
        return tuple(_people(meeting))
    decisive, wished = _fit_questions(fit, "required"), _fit_questions(fit, "preferred")
    known = (*_to_confirm(facts, meeting), *_deal(facts), *_people(meeting))
    return tuple(dict.fromkeys([*decisive, *known, *wished]))


def _fit_questions(fit: Fit, need: str) -> Iterator[str]:
    for criterion in fit.criteria:
        is_open = criterion.state == "unknown" and not criterion.evidence
        if is_open and criterion.need == need:
            yield criterion.ask or f"{criterion.name}: is it so?"


def _to_confirm(facts: Sequence[Fact], meeting: Meeting) -> Iterator[str]:
    """Name in one line what our notes put a question mark behind, of the company or who comes."""
    theirs = {w for p in meeting.participants if p.side != "seller" for w in words(p.name)}
    unsure = [
        f"“{fact.quote}” ({fact.id})"
        for fact in facts
        if _UNSURE.search(fact.quote) and not fact.speaker and not fact.marked
        if fact.kind in _OF_COMPANY or (fact.kind == "person" and theirs & set(words(fact.quote)))
    ]
    if unsure:
        yield f"To confirm, from our notes: {'; '.join(unsure[:_MOST_CONFIRMED])}"


def _deal(facts: Sequence[Fact]) -> Iterator[str]:
    spoken = [fact for fact in facts if fact.voice != "internal"]
    kinds = {fact.kind for fact in spoken}
    if "challenge" not in kinds:
        yield "Which problem would you pay to be rid of?"
    if "priority" not in kinds:
        yield "What do you want to reach, and by when?"
    elif not any(_DEADLINE.search(f.quote) for f in spoken if f.kind in {"priority", "trigger"}):
        yield "By when must it be better, and what happens if it is not?"
    if not any(_MONEY.search(f.quote) for f in spoken if f.kind == "challenge"):
        yield "What does the problem cost you in a month?"
    if not any(_DECIDES.search(f.quote) for f in facts):
        yield "Who decides, and who signs?"


def _people(meeting: Meeting) -> Iterator[str]:
    unsaid = [p.name for p in meeting.participants if p.side != "seller" and not p.role]
    if len(unsaid) > _MOST_ASKED:
        yield f"Who of the {len(unsaid)} people without a role matters, and what do they do?"
    else:
        yield from (f"What is {name}'s role?" for name in unsaid)
    yield from (
        f"Who else joins ({_shortened(email)})?" for email in meeting.nameless[:_MOST_ASKED]
    )
    if not meeting.nameless and not any(p.side != "seller" for p in meeting.participants):
        yield "Who will be there from their side?"


def _shortened(email: str) -> str:
    """Return an address without the domain, which is the account's or says nothing."""
    return f"{email.split('@', 1)[0]}@…"


def find_conflicts(facts: Sequence[Fact], meeting: Meeting) -> tuple[Finding, ...]:
    """Return what two sources say differently, both sides shown, neither chosen.

    Compared are the number of employees, when something starts, a measure given in the same words,
    and the day of the meeting. A fact that denies the other figure settles it: "94, not 90".
    """
    said = [fact for fact in facts if fact.kind != "priority"]  # an aim is no statement of what is
    return (
        *_employees_differ(facts),
        *_starts_differ(facts, meeting),
        *_measures_differ(said),
        *_day_differs(facts, meeting),
    )


def _employees_differ(facts: Sequence[Fact]) -> Iterator[Finding]:
    for one, other in combinations(wholes(figures("employees", facts)), 2):
        settled = _denies(one.fact, {other.value}) or _denies(other.fact, {one.value})
        if one.value != other.value and not settled:
            values = f"{one.value:,.0f}", f"{other.value:,.0f}"
            yield _differ("dossier.facts", "on employees", values, (one.fact, other.fact))
            return


def _measures_differ(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Find two values of what is told in the same words: `90 minutes gate to gate`, `94 ...`."""
    spoken = [fact for fact in facts if fact.voice != "internal"]
    told = [(q, _told_of(q, fact), fact) for fact in spoken for q in quantities(fact.quote)]
    for (one, about, fact), (other, same, second) in combinations(told, 2):
        alike = (one.kind, one.unit, about) == (other.kind, other.unit, same) and about
        apart = fact.source != second.source and not set(one.values) & set(other.values)
        settled = _denies(fact, _readings(other)) or _denies(second, _readings(one))
        if alike and apart and not settled:
            yield _differ("dossier.facts", f"on “{about}”", (one.text, other.text), (fact, second))


def _denies(fact: Fact, values: Collection[Decimal | float]) -> bool:
    """Tell whether a fact says of one of these figures that it is wrong: `94 minutes, not 90`."""
    found = quantities(fact.quote)
    denied = [q for q in found if _DENIES.search(fact.quote[: q.start])]
    return len(denied) < len(found) and any(_readings(q) & set(values) for q in denied)


def _readings(quantity: Quantity) -> set[Decimal | float]:
    """Return what a figure may be, with its unit and as it is written: "not 90" names none."""
    return {*quantity.values, *([quantity.number] if quantity.number is not None else [])}


def _told_of(quantity: Quantity, fact: Fact) -> str:
    """Return the three words behind a measure, "" where they say nothing of what is measured."""
    behind = words(re.split(r"[.,;:!?(]", fact.quote[quantity.end :])[0])[:3]
    is_measure = quantity.kind in {"duration", "percent", "money"}
    return " ".join(behind) if is_measure and len(behind) == 3 and content(" ".join(behind)) else ""


def _starts_differ(facts: Sequence[Fact], meeting: Meeting) -> Iterator[Finding]:
    known = {word for p in meeting.participants for word in words(p.name)} | set(
        words(meeting.title)
    )
    starts = [start for fact in facts for start in _starts(fact, facts, frozenset(known))]
    today = meeting.held_on or date.min.replace(year=2000)
    for one, other in combinations(starts, 2):
        shared = one.things & other.things
        if not shared or one.fact.source == other.fact.source:
            continue
        if not (says_when(one.when, other.when, today) or says_when(other.when, one.when, today)):
            thing = f"on when {min(shared).title()} starts"
            texts = one.when.text, other.when.text
            yield _differ("dossier.facts", thing, texts, (one.fact, other.fact))
            return


@dataclass(frozen=True)
class _Start:
    """When something begins, and by which rare words the fact and its line call it."""

    when: DateMention
    things: frozenset[str]
    fact: Fact


def _starts(fact: Fact, facts: Sequence[Fact], known: frozenset[str]) -> Iterator[_Start]:
    beside = [f.quote for f in facts if (f.source, f.line) == (fact.source, fact.line)]
    things = {w for quote in beside for w in words(quote) if len(w) > 3 and not is_common(w)}
    things = {thing for thing in things - known if not thing[0].isdigit()}
    for when in dates(fact.quote):
        has_month = any(moment.month for moment in when.readings)
        if has_month and _BEGINS.search(fact.quote[: when.start]):
            yield _Start(when, frozenset(things), fact)


def _day_differs(facts: Sequence[Fact], meeting: Meeting) -> Iterator[Finding]:
    day = meeting.held_on
    if day is None:
        return
    for fact in facts:
        if fact.kind != "logistics" or not _APPOINTMENT.search(fact.quote):
            continue
        for mention in dates(_UNLOGGED.sub("", fact.quote)):
            days = [(m.month, m.day) for m in mention.readings if m.month and m.day]
            if days and (day.month, day.day) not in days and _is_near(days, day):
                yield Finding(
                    check="sources",
                    severity="warning",
                    where="meeting.start",
                    message=(
                        f"{_place(fact)} says {mention.text}, this page is for {_spelled(day)}: "
                        "find out which they mean"
                    ),
                )


def find_past(meeting: Meeting, today: date) -> tuple[Finding, ...]:
    """Return that the meeting is over, where its day is past."""
    held_on = meeting.held_on
    if held_on is None or held_on >= today:
        return ()
    message = (
        f"the meeting was on {_spelled(held_on)}, which is past: the days of this brief count "
        f"from {_spelled(today)}; give the new day with --date"
    )
    return (Finding(check="sources", severity="warning", where="meeting.start", message=message),)


def _spelled(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _is_near(days: Sequence[tuple[int, int]], day: date) -> bool:
    """Tell whether one of the days may have been meant for the meeting, not for another one."""
    for month, number in days:
        try:
            apart = abs((date(day.year, month, number) - day).days)
        except ValueError:
            continue
        if apart <= _SAME_MEETING_DAYS:
            return True
    return False


def _differ(where: str, what: str, values: tuple[str, str], facts: tuple[Fact, Fact]) -> Finding:
    one, other = (f"{v} ({_place(fact)})" for v, fact in zip(values, facts, strict=True))
    return Finding(
        check="sources",
        severity="warning",
        where=where,
        message=f"the sources disagree {what}: {one} and {other}; ask",
    )


def _place(fact: Fact) -> str:
    return f"{fact.source}:{fact.line}"
