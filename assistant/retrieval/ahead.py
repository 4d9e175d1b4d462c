"""An index that is asked before its answers are needed, while a model is waited for."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.dossier import Dossier
from assistant.index.vectors import Card, Held, Nearness
from assistant.retrieval.dossier import questions
from assistant.retrieval.doubts import parts_of
from assistant.retrieval.search import AskedIndex


@dataclass(frozen=True)
class AskedAhead:
    """An index that answers what it was asked before without asking again. Safe in threads."""

    index: AskedIndex
    _known: dict[str, Nearness] = field(default_factory=dict)  # of one text each
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def cards(self) -> tuple[Held, ...]:
        """Return the cards it holds."""
        return self.index.cards

    def missing(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """Return the ids of cards that are not held in their present words."""
        return self.index.missing(cards)

    def ask_about(self, dossier: Dossier) -> None:
        """Ask all that `retrieve` may ask for these facts, of whatever kind they turn out to be.

        Raises:
            ModelError: the embedder fails.
        """
        asked = [part for fact in dossier.facts for part in (fact, *parts_of(fact))]
        self.nearness([text for part in asked for text in questions(part)])

    def nearness(self, texts: Sequence[str]) -> Nearness:
        """Return how near each card comes to each text, as the index has it.

        Raises:
            ModelError: the embedder fails.
        """
        if not texts:
            return self.index.nearness(texts)
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._known]
            if new:
                found = self.index.nearness(new)
                for row, text in enumerate(new):
                    self._known[text] = _rows(found, slice(row, row + 1))
            known = [self._known[text] for text in texts]
        return Nearness(
            *(
                np.concatenate([getattr(one, name) for one in known])
                for name in ("scores", "nearest", "other")
            )
        )


def _rows(found: Nearness, rows: slice) -> Nearness:
    return Nearness(found.scores[rows], found.nearest[rows], found.other[rows])
