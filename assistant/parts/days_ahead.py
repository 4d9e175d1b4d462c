"""The days of theirs that lie ahead of the call, in order: what has to be ready by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.brief import Ahead
from assistant.dossier import Fact
from assistant.parts.recall import restated
from assistant.plan import Plan, overlap
from assistant.research.facts import salience
from assistant.text.dates import days_named, months_named

_MOST = 5
_SAME = 0.5  # of the longer words of the shorter one
_KINDS = frozenset({"priority", "trigger", "concern", "challenge", "company"})
_A_WEEK = 7
_FAR = 240  # days; a month that comes again later than that, and has no year, is the last one


def days_ahead(plan: Plan) -> tuple[Ahead, ...]:
    """Return what they set a day or a month for after the call, the nearest first, five at most.

    Each stands once, by its first such day. A prospect who does not fit has none: no plan is made.
    """
    if plan.fit.verdict == "no":
        return ()
    told = [fact for fact in plan.dossier.facts if fact.voice != "internal"]
    found: list[tuple[Fact, Ahead]] = []
    for fact in sorted(told, key=salience, reverse=True):
        first = next(_of(fact, plan), None) if fact.kind in _KINDS else None
        if first and not any(_is_same(fact, first, *other) for other in found):
            found.append((fact, first))
    nearest = sorted((ahead for _, ahead in found), key=lambda ahead: ahead.day)
    return tuple(nearest[:_MOST])


def _is_same(fact: Fact, ahead: Ahead, other: Fact, before: Ahead) -> bool:
    return ahead.day == before.day and overlap(fact.quote, other.quote) >= _SAME


def _of(fact: Fact, plan: Plan) -> Iterator[Ahead]:
    today = plan.evidence.today
    for day in days_named(fact.quote, today):
        yield from _after_the_call(fact, day, plan, whole_month=False)
    for month in months_named(fact.quote, today):
        far = (month - today).days > _FAR and str(month.year) not in fact.quote
        if not far:
            yield from _after_the_call(fact, month, plan, whole_month=True)


def _after_the_call(fact: Fact, day: date, plan: Plan, *, whole_month: bool) -> Iterator[Ahead]:
    weeks = (day - plan.meeting_day).days // _A_WEEK
    if day > plan.meeting_day:
        yield Ahead(
            day=day,
            whole_month=whole_month,
            weeks=weeks,
            what=restated(fact),
        )
