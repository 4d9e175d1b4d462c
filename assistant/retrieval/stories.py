"""Which stories are like a prospect, and how well."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.retrieval.search import Hit

_OF_A_PROBLEM = 0.05  # of a score: less than what a story of their own trade and role is ahead by
_AS_ASKED = 2.0  # problems


def like_them(
    hits: Sequence[Hit], problems: Mapping[str, str], asked: Collection[str]
) -> tuple[Hit, ...]:
    """Return the stories that are like them, the closest first.

    Those are of their own industry, or about the kind of problem that comes first. `problems` holds
    the kind of each by its fact, the first problem first; a doubt or a point of their agenda, by
    the facts in `asked`, counts as much as two of them.
    """
    first = next(iter(problems.values()), "")

    def closeness(hit: Hit) -> float:
        served: float = sum(
            (fact in hit.evidence) + (kind in hit.card.challenges)
            for fact, kind in problems.items()
        )
        served += _AS_ASKED * any(fact in asked for fact in hit.evidence)
        return _OF_A_PROBLEM * served + hit.score

    like = (hit for hit in hits if is_of_their_trade(hit) or first in hit.card.challenges)
    return tuple(sorted(like, key=closeness, reverse=True))


def is_of_their_trade(hit: Hit) -> bool:
    """Tell whether a card is for the prospect's own industry."""
    return any(reason.startswith("industry:") for reason in hit.reasons)
