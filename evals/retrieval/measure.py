"""Measure retrieval on the samples, for other weights and thresholds than the product's too.

python -m evals.retrieval.measure            the figures of evals/retrieval/README.md
python -m evals.retrieval.measure --misses   each sample that went wrong
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.embedding import MiniLm
from assistant.index import memory_index
from assistant.knowledge.card import CardKind
from assistant.knowledge.pack import Pack, read_pack
from assistant.retrieval.search import Signals, open_shelf

TODAY = date(2026, 11, 23)  # the day on which the sample pack was written
_HERE = Path(__file__).parent


class Sample(BaseModel):
    """A question and the cards that answer it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    part: Literal["fit", "check"]
    kind: CardKind
    ask: str
    best: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    none: bool = False

    def gain(self, card: str) -> int:
        """Return what finding a card is worth: 3 for one that answers, 1 for one that helps."""
        return 3 * (card in self.best) or int(card in self.also)


@dataclass(frozen=True)
class Found:
    """The cards of the sample's kind, best first, and the relevance of the best."""

    sample: Sample
    cards: tuple[str, ...]
    relevance: float


@dataclass(frozen=True)
class Figures:
    """What the samples say of one setting; all are 0..1."""

    first: float  # the best card is one that answers
    recall_at_3: float
    ndcg_at_5: float
    answered: float  # of the questions with an answer, those above the threshold
    abstained: float  # of the questions without one, those below it


def read_samples() -> tuple[Sample, ...]:
    """Return all samples."""
    content = yaml.safe_load((_HERE / "samples.yaml").read_text(encoding="utf-8"))
    return tuple(Sample.model_validate(entry) for entry in content["samples"])


def read_sample_pack() -> Pack:
    """Return the sample pack as it stood when the samples were written."""
    return read_pack(_HERE.parents[1] / "knowledge", today=TODAY)


@dataclass(frozen=True)
class Asked:
    """A sample, the customer cards of its kind, and what speaks for each of all cards."""

    sample: Sample
    cards: dict[int, str]  # ids by place
    signals: Signals


def ask(samples: Sequence[Sample], pack: Pack) -> tuple[Asked, ...]:
    """Ask each sample once."""
    shelf = open_shelf(pack, memory_index(pack, MiniLm(), today=TODAY), TODAY)

    def cards(kind: CardKind) -> dict[int, str]:
        wanted = {card.id for card in pack.approved(kind, audience="customer")}
        return {place: c.id for place, c in enumerate(shelf.cards) if c.id in wanted}

    answers = shelf.signals([sample.ask for sample in samples])
    return tuple(
        Asked(sample, cards(sample.kind), signals)
        for sample, signals in zip(samples, answers, strict=True)
    )


def rank(asked: Sequence[Asked], words: float) -> tuple[Found, ...]:
    """Return what is found where covered words weigh `words`."""
    found = []
    for one in asked:
        relevance = one.signals.relevance(words)
        ordered = sorted(one.cards, key=lambda place: (-relevance[place], one.cards[place]))
        cards = tuple(one.cards[place] for place in ordered)
        found.append(Found(one.sample, cards, float(relevance[ordered[0]])))
    return tuple(found)


def score(found: Sequence[Found], threshold: float) -> Figures:
    """Return the figures of what was found."""
    some = [f for f in found if not f.sample.none]
    none = [f for f in found if f.sample.none]
    return Figures(
        first=_mean(f.cards[0] in f.sample.best for f in some),
        recall_at_3=_mean(bool(set(f.cards[:3]) & set(f.sample.best)) for f in some),
        ndcg_at_5=_mean(_ndcg(f) for f in some),
        answered=_mean(f.relevance >= threshold for f in some),
        abstained=_mean(f.relevance < threshold for f in none),
    )


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / max(1, len(numbers))


def _ndcg(found: Found) -> float:
    sample = found.sample
    ideal = [3] * len(sample.best) + [1] * len(sample.also)
    got = [sample.gain(card) for card in found.cards[:5]]
    return _discounted(got) / _discounted(ideal[:5])


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def best_threshold(found: Sequence[Found]) -> float:
    """Return the threshold with the best mean of answered and abstained."""
    candidates = sorted(f.relevance for f in found)

    def quality(threshold: float) -> float:
        figures = score(found, threshold)
        return figures.answered + figures.abstained

    return max(candidates, key=quality)
