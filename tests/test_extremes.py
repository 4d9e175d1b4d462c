"""Extremes: all, always, never and the biggest are said only where the evidence says them."""

from __future__ import annotations

import pytest
from conversation import known, said

from assistant.checks.grounding import check_grounding


def messages(text: str, *facts: str) -> list[str]:
    cited = [f"F{n}" for n in range(1, len(facts) + 1)]
    return [f.message for f in check_grounding([said(text, *cited)], known(*facts))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("All carriers book by phone.", "All carriers"),
        ("Every carrier books by phone.", "Every carrier"),
        ("Carriers always book by phone.", "always book"),
        ("Carriers never book by phone.", "never book"),
        ("Carriers are the biggest risk.", "biggest"),
        ("Carriers are the most expensive part.", "the most expensive"),
    ],
)
def test_an_extreme_that_the_evidence_has_not_is_an_error(text: str, words: str) -> None:
    """The finding names it."""
    assert messages(text, "Some carriers book by phone.") == [f"“{words}” is not in F1"]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("All carriers book by phone.", "Each of the carriers books by phone."),
        ("Carriers always book by phone.", "Carriers book by phone every time."),
        ("Every Monday the queue is long.", "On Mondays the queue is long."),
        ("A list is written every day.", "A list is written daily."),
        ("Detention is the largest bill.", "Detention is our biggest bill."),
        ("The best hauliers come.", "Unsere besten Spediteure kommen."),
        ("Not all carriers book by phone.", "Some carriers book by phone."),
        ("What if every carrier booked by phone?", "Some carriers book by phone."),
        ("Do your best with carriers, after all.", "Some carriers book by phone."),
    ],
)
def test_an_extreme_that_the_evidence_has_passes(text: str, fact: str) -> None:
    """In another word for it, or as no extreme at all."""
    assert messages(text, fact) == []


def test_an_extreme_of_something_else_does_not_help() -> None:
    """The evidence has "all", of doors."""
    assert messages("All carriers book by phone.", "All doors are full.", "Carriers phone.") != []


def test_most_of_the_line_that_is_retold_is_not_all() -> None:
    """Even where another line says each of the same."""
    facts = ("Most trucks now make one more trip a day.", "Each truck spent 71 minutes on site.")

    assert messages("All trucks now make one more trip a day.", *facts) != []
    assert messages("Most trucks now make one more trip a day.", *facts) == []
