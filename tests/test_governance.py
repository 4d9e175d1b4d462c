"""Governance: what is cited as a card is approved, in date and fit for the customer's ears."""

from __future__ import annotations

import pytest
from conversation import known, said

from assistant.brief import Anticipate, Anticipated, Teach, TeachPoint
from assistant.checks.governance import check_cards, check_governance
from assistant.testing import a_claim, an_insight, an_objection

EVIDENCE = known(
    "Trucks wait.",
    cards=(an_insight("approved"), an_objection("coaching", audience="internal")),
)


@pytest.mark.parametrize("cited", ["approved", "F1", "meeting", "profile", "schedule"])
def test_approved_cards_and_what_is_no_card_pass(cited: str) -> None:
    """Facts and the conversation's own data are not cards."""
    assert check_governance([said("Trucks wait.", cited)], EVIDENCE) == ()


def test_a_card_that_is_not_approved_is_an_error() -> None:
    """Draft, expired, retired or made up: it is not among the cards in date."""
    (finding,) = check_governance([said("Trucks wait.", "F1", "retired-card", where="x")], EVIDENCE)

    assert (finding.check, finding.severity, finding.where) == ("governance", "error", "x")
    assert finding.message == "retired-card is not an approved card in date"


def test_an_internal_card_may_coach_but_not_speak() -> None:
    """The same card is fit for the seller's eyes only."""
    spoken = said("Compared with what?", "coaching")
    read = said("Compared with what?", "coaching", spoken=False)

    assert check_governance([read], EVIDENCE) == ()
    assert [f.message for f in check_governance([spoken], EVIDENCE)] == [
        "coaching is an internal card: it coaches the seller and is never said"
    ]


def test_a_fact_that_is_not_there_is_left_to_grounding() -> None:
    """One fault, one finding."""
    assert check_governance([said("Trucks wait.", "F99")], EVIDENCE) == ()


def test_the_card_that_a_part_names_is_checked_although_no_sentence_cites_it() -> None:
    """The finding stands at the field."""
    point = TeachPoint(card="draft-card", point=a_claim(), why_them=a_claim(), ask="Why?")

    (finding,) = check_cards(Teach(points=(point,)), EVIDENCE)

    assert (finding.where, finding.message) == (
        "points[0].card",
        "draft-card is not an approved card in date",
    )


def test_a_gap_names_no_card() -> None:
    """An objection without an approved response is a gap, not an error."""
    gap = Anticipated(they_say="Too dear.", kind="objection", card="", clarify="How so?")

    assert check_cards(Anticipate(concerns=(gap,)), EVIDENCE) == ()
