"""An index that is asked ahead answers as the index does, and asks each text once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.index.vectors import Card, Held, Nearness
from assistant.retrieval.ahead import AskedAhead
from assistant.testing import a_dossier, a_fact

LONG = (
    "Our drivers wait two hours at the gate on Mondays. Nobody can say which trailer holds the "
    "load that production needs first."
)


class CountingIndex:
    """Two cards; what comes near a text follows from its letters."""

    def __init__(self) -> None:
        """Nothing is asked yet."""
        self.asked: list[str] = []

    @property
    def cards(self) -> tuple[Held, ...]:
        """Return two cards."""
        return tuple(Held(id=i, kind="insight", audience="customer", texts=()) for i in ("a", "b"))

    def nearness(self, texts: Sequence[str]) -> Nearness:
        """Return a row a text."""
        self.asked += texts
        scores = np.array([[len(t), t.count("a")] for t in texts], dtype=np.float32).reshape(-1, 2)
        return Nearness(scores, scores.astype(np.intp), scores > 3)

    def missing(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """Return nothing: all is held."""
        del cards
        return ()


def _same(one: Nearness, other: Nearness) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("scores", "nearest", "other")
    )


def test_each_text_is_asked_once_and_answered_alike() -> None:
    """Known and new texts may be mixed, and a text may come twice."""
    index = CountingIndex()
    ahead = AskedAhead(index)

    first = ahead.nearness(["a gate", "dock"])
    mixed = ahead.nearness(["dock", "yard", "a gate", "dock"])

    assert index.asked == ["a gate", "dock", "yard"]
    assert _same(first, CountingIndex().nearness(["a gate", "dock"]))
    assert _same(mixed, CountingIndex().nearness(["dock", "yard", "a gate", "dock"]))


def test_no_text_is_no_question() -> None:
    """The index says itself what nothing comes to."""
    assert AskedAhead(CountingIndex()).nearness([]).scores.shape == (0, 2)


def test_all_that_a_brief_may_ask_is_asked_ahead() -> None:
    """Whole facts and the sentences of long ones, of every kind: a model may sort them anew."""
    index = CountingIndex()
    dossier = a_dossier(a_fact(LONG), a_fact("It rains a lot here.", id="F2", kind="other", line=2))

    AskedAhead(index).ask_about(dossier)

    assert LONG in index.asked
    assert "It rains a lot here." in index.asked
    assert "Our drivers wait two hours at the gate on Mondays." in index.asked
