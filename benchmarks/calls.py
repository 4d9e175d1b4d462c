"""The calls that an endpoint answered, by its own clock, and how they stood to one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FACTS = "SortFactsAnswer"  # what the drafts are asked for with


@dataclass(frozen=True)
class Call:
    """One call: the type it asked for, and when it came in and was answered."""

    asked_for: str
    began: float
    ended: float
    bad: bool  # answered badly on purpose

    @property
    def seconds(self) -> float:
        """Return how long it took."""
        return self.ended - self.began


def rounds(calls: Sequence[Call]) -> int:
    """Return how many calls stood one after another: the longest line without an overlap."""
    count, free_at = 0, float("-inf")
    for call in sorted(calls, key=lambda call: call.ended):
        if call.began >= free_at:
            count, free_at = count + 1, call.ended
    return count


def critical_path_s(calls: Sequence[Call]) -> float:
    """Return what the calls take where none waits that need not.

    Calls for the same type need each other, a draft and its mending. All need the facts' kinds.
    """
    chains: dict[str, float] = {}
    for call in calls:
        chains[call.asked_for] = chains.get(call.asked_for, 0.0) + call.seconds
    facts_s = chains.pop(_FACTS, 0.0)
    return facts_s + max(chains.values(), default=0.0)


def span_s(calls: Sequence[Call]) -> float:
    """Return the time from the first call's arrival to the last one's answer."""
    if not calls:
        return 0.0
    return max(call.ended for call in calls) - min(call.began for call in calls)
