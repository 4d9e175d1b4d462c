"""Cues: the words that tell what kind of statement a line is."""

from __future__ import annotations

import pytest
from effort import effort

from assistant.research import cues


@pytest.mark.parametrize(
    ("line", "kind", "weight"),
    [
        ("WORRIED about Data Protection", "concern", 6.0),
        ("detention, detention and overtime", "challenge", 6.0),
        ("ready by Q1", "priority", 1.0),
        ("nothing of the sort", "challenge", 0.0),
    ],
)
def test_each_word_of_a_kind_weighs_once_in_any_case(
    line: str, kind: cues.FactKind, weight: float
) -> None:
    """A word that comes twice counts once; capitals change nothing."""
    assert cues.score(line, kind) == weight


def test_a_capital_counts_where_a_cue_asks_for_one() -> None:
    """Who blocks is a name; `it blocks` is not said of anybody."""
    assert cues.is_private("Marcus blocks")
    assert not cues.is_private("the gate blocks")


def test_a_line_is_not_searched_for_each_word_of_each_kind() -> None:
    """Words are looked for together, and one by one only where some of them stand."""
    cues.kind_of("It rained the day before.")

    assert effort(lambda: cues.kind_of("The weather was nice on the way.")) < 150
