"""Approved cards that answer a text, best first: meaning and words fused, then fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.embedding import Vectors
from assistant.errors import StoreError
from assistant.index.vectors import (
    ApprovedCards,
    Card,
    Held,
    Nearness,
    phrasings,
    texts_of,
    usable_cards,
)
from assistant.knowledge.card import Audience, CardKind, Insight, Objection, Story
from assistant.retrieval.fit import Prospect, fits
from assistant.retrieval.lexicon import Lexicon

# Both from evals/retrieval, on the samples marked `fit`; its README has the figures.
WORDS = 0.5  # what covered words weigh against likeness of meaning
FITS = 0.32  # relevance, 0..1, under which a card does not answer

_MOST_SHARED = 4  # shared words that a reason names


class AskedIndex(Protocol):
    """What a search needs of an index, on disk or in memory."""

    @property
    def cards(self) -> tuple[Held, ...]:
        """Return the cards it holds."""
        ...

    def nearness(self, texts: Sequence[str]) -> Nearness:
        """Return how near each card comes to each text."""
        ...

    def missing(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """Return the ids of cards that are not held in their present words."""
        ...


@dataclass(frozen=True)
class Hit:
    """A card that answers a need.

    `score` is 0..1 and comparable within one call only. `reasons` say why, what both sides share
    first, what speaks against it last.
    `need` is what was asked; `evidence` holds the facts it came from. `words` holds, by fact, the
    parts that the card answers, where it does not answer the whole; `scores` how well, by fact.
    """

    card: Card
    score: float
    reasons: tuple[str, ...]
    need: str
    evidence: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)


def search(
    text: str,
    *,
    index: AskedIndex,
    pack: ApprovedCards,
    kind: CardKind | None = None,
    audience: Audience = "customer",
    prospect: Prospect | None = None,
    today: date,
    k: int = 5,
) -> tuple[Hit, ...]:
    """Return the approved cards that answer `text`, best first; nothing where none fits.

    Cards that `pack` does not hold as approved, or whose review was due before `today`, are left
    out even where the index still holds them. What is known of the prospect reorders those that
    answer. The pack's words are read once: to search changed cards, hand in another pack.

    Raises:
        StoreError: the index does not hold all approved cards as they are; says how to mend it.
        ModelError: the embedder fails.
    """

    def wanted(card: Card) -> bool:
        return card.audience == audience and kind in {None, card.kind}

    shelf = open_shelf(pack, index, today)
    (found,) = shelf.answers([text], prospect=prospect or Prospect(), wanted=wanted, most=k)
    return found


@dataclass(frozen=True)
class Signals:
    """What speaks for each card of a shelf, in its order: likeness of meaning, words covered.

    `other` speaks against it: the text is nearer to what the card is not meant for.
    """

    likeness: Vectors
    nearest: NDArray[np.intp]  # the place of the nearest text in `texts_of(card)`
    coverage: Vectors
    other: NDArray[np.bool_]

    def relevance(self, words: float = WORDS) -> Vectors:
        """Return both as one number, 0..1; `words` is what coverage weighs against likeness."""
        fused: Vectors = np.clip((self.likeness + words * self.coverage) / (1 + words), 0.0, 1.0)
        fused[self.other] = 0.0
        return fused


class Shelf:
    """The usable cards of one pack beside an index that holds them."""

    def __init__(self, cards: Sequence[Card], index: AskedIndex) -> None:
        """Take cards and index.

        Raises:
            StoreError: the index does not hold all cards as they are now.
        """
        if missing := index.missing(cards):
            some = ", ".join(missing[:3]) + ", …" * (len(missing) > 3)
            raise StoreError(
                f"the index does not hold {len(missing)} approved cards as they are now ({some}); "
                "run 'groundwork knowledge index'"
            )
        self.cards = tuple(cards)
        self._index = index

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon([words_of(card) for card in self.cards])

    def signals(self, texts: Sequence[str]) -> list[Signals]:
        """Return what speaks for each card, for each text.

        Raises:
            ModelError: the embedder fails.
        """
        near = self._index.nearness(texts)
        held = self._columns
        return [
            Signals(scores[held], nearest[held], self._lexicon.coverage(text), other[held])
            for text, scores, nearest, other in zip(
                texts, near.scores, near.nearest, near.other, strict=True
            )
        ]

    @cached_property
    def _columns(self) -> list[int]:
        """Where the index has each card."""
        column_of = {held.id: column for column, held in enumerate(self._index.cards)}
        return [column_of[card.id] for card in self.cards]

    def answers(
        self,
        texts: Sequence[str],
        *,
        prospect: Prospect,
        wanted: Callable[[Card], bool] = lambda _: True,
        most: int | None = None,
    ) -> list[tuple[Hit, ...]]:
        """Return the wanted cards that answer each text, best first, `most` of them at most.

        Raises:
            ModelError: the embedder fails.
        """
        places = np.asarray([n for n, card in enumerate(self.cards) if wanted(card)], dtype=int)
        answers = []
        for text, signals in zip(texts, self.signals(texts), strict=True):
            relevance = signals.relevance()
            hits = (
                fitted(Hit(self.cards[place], float(relevance[place]), (), text), prospect)
                for place in places[relevance[places] >= FITS].tolist()
            )
            found = best_first(hits)[:most]
            answers.append(tuple(self._explained(hit, signals, prospect) for hit in found))
        return answers

    @cached_property
    def _place_of(self) -> Mapping[str, int]:
        return {card.id: place for place, card in enumerate(self.cards)}

    def _explained(self, hit: Hit, signals: Signals, prospect: Prospect) -> Hit:
        """Return a hit that says what fits, what came near, what is shared, what speaks against."""
        place = self._place_of[hit.card.id]
        says = phrasings(hit.card)
        nearest = int(signals.nearest[place])
        near = f"close to “{says[nearest] if nearest < len(says) else hit.card.title}”"
        words = self._lexicon.shared_words(hit.need, place)[:_MOST_SHARED]
        shared = [f"shares the words {', '.join(words)}"] if words else []
        found = fits(hit.card, prospect)
        speaks_for = [fit.reason for fit in found if fit.points > 0]
        against = [fit.reason for fit in found if fit.points <= 0]
        return replace(hit, reasons=(*speaks_for, near, *shared, *against))


def fitted(hit: Hit, prospect: Prospect) -> Hit:
    """Return a hit with the prospect's fit in its score."""
    score = hit.score + sum(fit.points for fit in fits(hit.card, prospect))
    return replace(hit, score=min(1.0, max(0.0, score)))


def best_first(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return hits by score, then by id, so that the order is the same everywhere."""
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.card.id)))


def words_of(card: Card) -> str:
    """Return every word of a card that a text may meet it by."""
    match card:
        case Objection():
            beats = [card.behind_it, card.clarify, card.respond, card.proof]
        case Insight():
            beats = [card.evidence, card.ask]
        case Story():
            beats = [card.resolution]
    return "\n".join([*texts_of(card), *beats, *card.industries])


# --- one shelf for one pack


@dataclass(frozen=True, eq=False)
class _Same:
    """A key that is equal for the very same objects only; packs and indexes never change."""

    pack: ApprovedCards
    index: AskedIndex
    today: date

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[int, int, date]:
        return id(self.pack), id(self.index), self.today


def open_shelf(pack: ApprovedCards, index: AskedIndex, today: date) -> Shelf:
    """Return the cards of a pack that may be used today; the same shelf for the same three.

    Raises:
        StoreError: the index does not hold all of them as they are now.
    """
    return _shelf(_Same(pack, index, today))


@lru_cache(maxsize=2)
def _shelf(key: _Same) -> Shelf:
    return Shelf(usable_cards(key.pack, key.today), key.index)
