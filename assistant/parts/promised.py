"""What they have promised for before the call, of what the next step needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.dossier import Fact
from assistant.plan import Plan
from assistant.text import stem
from assistant.text.dates import days_named

_BEFORE_WE_MEET = re.compile(
    r"\bbefore (?:we|the|our) (?:talk|meet|speak|call|meeting)\b", re.IGNORECASE
)


def promised_needs(plan: Plan) -> Mapping[str, Fact]:
    """Return what the next step needs and they promised for before the call, by the promise."""
    promises = [f for f in plan.dossier.facts if f.kind == "promise" and f.voice == "customer"]
    due = [fact for fact in promises if _is_due_before(fact.quote, plan)]
    return {
        need: fact for fact in due for need in plan.step.needs if shares_words(need, fact.quote)
    }


def still_needed(plan: Plan) -> tuple[str, ...]:
    """Return what the next step needs and they have not promised for before the call."""
    promised = promised_needs(plan)
    return tuple(need for need in plan.step.needs if need not in promised)


def spoken_of(need: str, plan: Plan) -> Fact | None:
    """Return what speaks of a thing that the next step needs, what they promised before all else.

    What only we know of is left out: nobody is asked for a thing that we heard of by the way.
    """
    told = [f for f in plan.dossier.facts if f.voice != "internal" and shares_words(need, f.quote)]
    return max(told, key=lambda fact: (fact.kind == "promise", bool(fact.speaker)), default=None)


def shares_words(one: str, other: str) -> bool:
    """Tell whether two phrases speak of the same thing: two longer words of theirs are one."""
    first, second = ({stem(w) for w in re.findall(r"\w{4,}", text)} for text in (one, other))
    return len(first & second) >= 2


def named_after(need: str, role: str) -> bool:
    """Tell whether a thing is called by a word of a role: the legal redlines, the head of legal."""
    first, second = ({stem(w) for w in re.findall(r"\w{5,}", text)} for text in (need, role))
    return bool(first & second)


def _is_due_before(promise: str, plan: Plan) -> bool:
    days = days_named(promise, plan.evidence.today)
    return bool(_BEFORE_WE_MEET.search(promise)) or any(day <= plan.meeting_day for day in days)
