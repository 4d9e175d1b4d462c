"""The figures of a line that tell something: an hour of the day or a small count is in many."""

from __future__ import annotations

from decimal import Decimal

from assistant.text import quantities

_SMALL = 10  # a count up to it is chance


def telling_figures(quote: str) -> frozenset[tuple[str, str, Decimal]]:
    """Return the kind, unit and value of each figure by which a line would be known again."""
    return frozenset(
        (q.kind, q.unit, q.value)
        for q in quantities(quote)
        if q.kind != "count" or q.value > _SMALL
    )
