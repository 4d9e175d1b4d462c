"""Measure what is found for texts as they are typed or spoken, with and without mending them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.doubts import Doubt, find_doubts
from assistant.embedding import MiniLm
from assistant.index import memory_index
from assistant.retrieval import search
from evals.retrieval.measure import TODAY, read_sample_pack

_HERE = Path(__file__).parent
Part = Literal["fit", "check"]
Ask = Callable[[str], Sequence[str]]


class Sample(BaseModel):
    """A text, and what a seller would want for it; exactly one of `best`, `none` and `both`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    part: Part
    ask: str
    best: tuple[str, ...] = ()  # each of them answers it
    also: tuple[str, ...] = ()  # helps, and does not count
    none: bool = False
    both: tuple[str, ...] = ()  # the answers to its doubts, in their order

    def is_met_by(self, answers: Sequence[str]) -> bool:
        """Tell whether these cards, "" where there is none, are what a seller would want."""
        if self.both:
            return list(answers) == list(self.both)
        return len(answers) == 1 and (answers[0] in self.best or (self.none and not answers[0]))


@dataclass(frozen=True)
class Figures:
    """Shares of the samples, 0..1."""

    answered: float  # by a card that answers
    abstained: float  # where there is nothing to answer
    parted: float  # each doubt by its own card


def read_samples() -> tuple[Sample, ...]:
    """Return all samples."""
    content = yaml.safe_load((_HERE / "samples.yaml").read_text(encoding="utf-8"))
    return tuple(Sample.model_validate(entry) for entry in content["samples"])


def the_product() -> Ask:
    """Return what the product answers to a text, by card."""
    pack = read_sample_pack()
    index = memory_index(pack, MiniLm(), today=TODAY)

    def ask(text: str) -> list[str]:
        doubts = find_doubts(text, index=index, pack=pack, today=TODAY)
        return [_best(doubt) for doubt in doubts]

    return ask


def the_bare_search() -> Ask:
    """Return what is found for a text as it was typed, in one piece."""
    pack = read_sample_pack()
    index = memory_index(pack, MiniLm(), today=TODAY)

    def ask(text: str) -> list[str]:
        hits = search(text, index=index, pack=pack, kind="objection", today=TODAY, k=1)
        return [hits[0].card.id if hits else ""]

    return ask


def _best(doubt: Doubt) -> str:
    return doubt.hits[0].card.id if doubt.hits else ""


def score(samples: Iterable[Sample], ask: Ask) -> Figures:
    """Return the figures of what is found for some samples."""
    met = [(sample, sample.is_met_by(ask(sample.ask))) for sample in samples]
    return Figures(
        answered=_mean(right for sample, right in met if sample.best),
        abstained=_mean(right for sample, right in met if sample.none),
        parted=_mean(right for sample, right in met if sample.both),
    )


def _mean(values: Iterable[bool]) -> float:
    numbers = list(values)
    return sum(numbers) / max(1, len(numbers))
