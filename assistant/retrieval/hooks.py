"""Which insights to bring, each with the fact of theirs that speaks for it most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from assistant.dossier import Fact
from assistant.research.facts import salience
from assistant.retrieval.search import Hit

# Beside a score of 0..1: between hooks that fit alike, the one that they make most of.
_OF_SALIENCE = 0.015
_MOST_SALIENCE = 10.0
_OF_A_PROBLEM = 0.05  # the call is about the fact
_OF_ITS_KIND = 0.03  # the card is about a kind of problem that the call is about
_WORDS = 6  # a fact of fewer is near to many cards, and says little of why


class Hook(NamedTuple):
    """An insight, and the fact of theirs to bring it up with."""

    hit: Hit
    fact: Fact


def hooks(
    hits: Iterable[Hit],
    facts: Sequence[Fact],
    *,
    problems: Collection[Fact] = (),
    challenges: Collection[str] = (),
) -> tuple[Hook, ...]:
    """Return insights with the fact that each was found for, the best pair first.

    No fact serves twice; an insight is left out where no fact is left of those that may be spoken
    of. A card whose own fact is weak so stands behind one whose fact is strong, whether or not
    that fact is one of the problems chosen.
    """
    by_id = {fact.id: fact for fact in facts}

    def strength(hook: Hook) -> float:
        hit, fact = hook
        score = hit.scores.get(fact.id, hit.score) * min(1.0, len(fact.quote.split()) / _WORDS)
        score += _OF_SALIENCE * min(salience(fact), _MOST_SALIENCE)
        score += _OF_A_PROBLEM * (fact in problems)
        return score + _OF_ITS_KIND * any(kind in challenges for kind in hit.card.challenges)

    pairs = [Hook(hit, by_id[e]) for hit in hits for e in hit.evidence if e in by_id]
    pairs.sort(key=strength, reverse=True)
    chosen: list[Hook] = []
    for pair in pairs:
        cards = {hook.hit.card.id for hook in chosen}
        if pair.hit.card.id not in cards and all(pair.fact != hook.fact for hook in chosen):
            chosen.append(pair)
    return tuple(chosen)
