"""Vectors of approved cards, in memory: what is embedded of a card, and how near cards come."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from assistant.embedding import Embedder, Vectors
from assistant.knowledge.card import Audience, CardKind, Insight, Objection, Story

Card = Insight | Story | Objection
OnProgress = Callable[[int, int], None]  # cards embedded so far, cards to embed

_CARDS_A_STEP = 32  # embedded between two reports of progress
_EMPTY_PLACE = np.float32(-2.0)  # below every cosine
# Cosine from which a text may be taken for what a card is not meant for; from evals/retrieval:
# without it, a question near to nothing was denied the cards of its own subject.
_MEANT_OTHERWISE = np.float32(0.6)


class ApprovedCards(Protocol):
    """What an index needs of the knowledge pack."""

    def approved(self) -> Sequence[Card]:
        """Return the cards that may be used."""
        ...


class Held(BaseModel):
    """A card as an index holds it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: CardKind
    audience: Audience
    texts: tuple[str, ...]  # sha256 of each of `texts_of`, in their order
    not_meant: tuple[str, ...] = ()  # sha256 of each


@dataclass(frozen=True)
class Likeness:
    """How near a card comes to a text.

    `score` is the mean cosine of its two nearest texts: one chance phrase does not carry a card.
    `nearest` is the place of the nearest one in `texts_of(card)`.
    """

    score: float
    nearest: int


@dataclass(frozen=True)
class Nearness:
    """Likeness of many cards to many texts: a row a text, a column for each card of an index.

    `other` tells where a text comes close to something that a card is not meant for, and closer
    than to all of the card's own texts.
    """

    scores: Vectors
    nearest: NDArray[np.intp]
    other: NDArray[np.bool_]


@dataclass(frozen=True)
class Index:
    """Vectors of cards: one line for each of `distinct_texts(cards)`, in that order."""

    embedder: Embedder
    cards: tuple[Held, ...]
    vectors: Vectors

    def likeness(self, text: str) -> Mapping[str, Likeness]:
        """Return how near each card comes to `text`, by card id.

        Raises:
            ModelError: the embedder fails.
        """
        near = self.nearness([text])
        return {
            held.id: Likeness(float(score), int(place))
            for held, score, place in zip(self.cards, near.scores[0], near.nearest[0], strict=True)
        }

    def nearness(self, texts: Sequence[str]) -> Nearness:
        """Return how near each card comes to each text.

        Raises:
            ModelError: the embedder fails.
        """
        if not self.cards or not texts:
            nothing = np.zeros((len(texts), len(self.cards)))
            return Nearness(
                nothing.astype(np.float32), nothing.astype(np.intp), nothing.astype(np.bool_)
            )
        # Not `@`: for one vector BLAS's threads wait for each other longer than they work.
        asked = self.embedder.embed(texts)
        return self.by_card(np.stack([np.einsum("ij,j->i", self.vectors, v) for v in asked]))

    def by_card(self, cosines: Vectors) -> Nearness:
        """Return how near each card comes, from the cosines of all vectors, a row a text."""
        empty = np.full((len(cosines), 1), _EMPTY_PLACE)
        whole = np.concatenate([cosines, empty], axis=1)
        table = whole[:, self._lines]
        best_two = np.partition(table, -2, axis=2)[:, :, -2:]
        otherwise = whole[:, self._other_lines].max(axis=2)
        other = (otherwise > table.max(axis=2)) & (otherwise >= _MEANT_OTHERWISE)
        return Nearness(best_two.mean(axis=2), table.argmax(axis=2), other)

    @cached_property
    def _lines(self) -> NDArray[np.intp]:
        """One row a card: the lines of its texts' vectors, then -1 for each empty place."""
        lines = self._places([held.texts for held in self.cards], least=2)
        alone = lines[:, 1] < 0
        lines[alone, 1] = lines[alone, 0]
        return lines

    @cached_property
    def _other_lines(self) -> NDArray[np.intp]:
        """One row a card, as above: what it is not meant for."""
        return self._places([held.not_meant for held in self.cards], least=1)

    def _places(self, texts: Sequence[Sequence[str]], *, least: int) -> NDArray[np.intp]:
        line_of = {sha: line for line, sha in enumerate(distinct_texts(self.cards))}
        places = np.full((len(texts), max(least, *map(len, texts))), -1, dtype=np.intp)
        for row, shas in zip(places, texts, strict=True):
            row[: len(shas)] = [line_of[sha] for sha in shas]
        return places

    def missing(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """Return the ids of cards that are not held in their present words."""
        there = {entry.id: entry for entry in self.cards}
        return tuple(
            card.id
            for card, now in zip(cards, held(cards), strict=True)
            if there.get(card.id) != now
        )


def distinct_texts(cards: Sequence[Held]) -> tuple[str, ...]:
    """Return the sha256 of every text, once, in the order in which the cards hold them.

    Cards share texts, such as a challenge; a graph of many equal vectors loses some of them.
    """
    return tuple(dict.fromkeys(sha for held in cards for sha in (*held.texts, *held.not_meant)))


def texts_of(card: Card) -> tuple[str, ...]:
    """Return what a card is found by, each text once and with a vector of its own.

    The ways in which they put it come first, `phrasings` in their order.
    """
    match card:
        case Objection():
            meaning = f"{card.title}. {card.behind_it}"
            texts = [card.title, meaning, f"{card.clarify} {card.respond}"]
        case Insight():
            whole = f"{card.title}. {card.claim} {card.why_it_matters}"
            texts = [card.title, card.claim, card.why_it_matters, whole]
        case Story():
            texts = [f"{card.title}. {card.situation}", card.complication, card.turning_point]
            texts += [card.title, f"{card.customer.industry}. {card.title}"]
    challenges = [", ".join(card.challenges)] if card.challenges else []
    return tuple(dict.fromkeys([*phrasings(card), *texts, *challenges]))


def phrasings(card: Card) -> tuple[str, ...]:
    """Return the ways in which they put what a card is for, as its author has them."""
    said = card.they_say if isinstance(card, Objection) else ()
    return tuple(dict.fromkeys([*said, *card.heard_as]))


def text_by_sha(card: Card) -> dict[str, str]:
    """Return every text of a card that is embedded, by its sha256: `texts_of`, and the others."""
    return {_sha(text): text for text in (*texts_of(card), *card.not_meant)}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def held(cards: Sequence[Card]) -> tuple[Held, ...]:
    """Return cards as an index holds them."""
    return tuple(
        Held(
            id=card.id,
            kind=card.kind,
            audience=card.audience,
            texts=tuple(map(_sha, texts_of(card))),
            not_meant=tuple(map(_sha, card.not_meant)),
        )
        for card in cards
    )


def usable_cards(pack: ApprovedCards, today: date) -> tuple[Card, ...]:
    """Return the approved cards whose review is not due, in the order of their ids."""
    cards = (card for card in pack.approved() if card.review_by >= today)
    return tuple(sorted(cards, key=lambda card: card.id))


def embed_cards(
    cards: Sequence[Card],
    embedder: Embedder,
    *,
    known: Index | None = None,
    on_progress: OnProgress,
) -> tuple[Index, int]:
    """Return an index of cards, and the count of those for which `known` did not suffice.

    Raises:
        ModelError: the embedder fails.
    """
    vectors = _vector_by_text(known, embedder)
    by_sha = [text_by_sha(card) for card in cards]
    new = [texts for texts in by_sha if any(sha not in vectors for sha in texts)]
    for start in range(0, len(new), _CARDS_A_STEP):
        step = new[start : start + _CARDS_A_STEP]
        texts = {s: t for card in step for s, t in card.items() if s not in vectors}
        vectors.update(zip(texts, embedder.embed(list(texts.values())), strict=True))
        on_progress(start + len(step), len(new))
    entries = held(cards)
    lines = [vectors[sha] for sha in distinct_texts(entries)]
    stacked = np.stack(lines) if lines else np.zeros((0, 0), dtype=np.float32)
    return Index(embedder, entries, stacked), len(new)


def _vector_by_text(known: Index | None, embedder: Embedder) -> dict[str, Vectors]:
    """Return the vectors that need not be made again: those that the same embedder made."""
    if known is None or known.embedder.fingerprint != embedder.fingerprint:
        return {}
    return dict(zip(distinct_texts(known.cards), known.vectors, strict=True))


def memory_index(
    pack: ApprovedCards, embedder: Embedder, *, today: date, known: Index | None = None
) -> Index:
    """Return an index that touches no disk; texts that `known` holds are not embedded again.

    Raises:
        ModelError: the embedder fails.
    """
    cards = usable_cards(pack, today)
    index, _ = embed_cards(cards, embedder, known=known, on_progress=report_nothing)
    return index


def report_nothing(done: int, total: int) -> None:
    """Report no progress."""
