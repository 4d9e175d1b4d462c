"""Pledges: nothing is given, guaranteed or agreed aloud that the cited evidence has not so."""

from __future__ import annotations

import pytest
from conversation import known, said, told

from assistant.checks.grounding import check_grounding
from assistant.dossier import Fact
from assistant.testing import a_story, an_objection

WAITING = "Trucks wait for a door."


def messages(text: str, fact: Fact | str = WAITING, *, spoken: bool = True) -> list[str]:
    found = check_grounding([said(text, "F1", "meeting", spoken=spoken)], known(fact))
    return [finding.message for finding in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The first year is free.", "year is free"),
        ("The review comes at no extra cost.", "at no extra cost"),
        ("We will waive the fee.", "waive"),
        ("We guarantee it.", "guarantee"),
        ("You get a discount.", "discount"),
        ("You get a full refund.", "refund"),
        ("This is exclusive to you.", "exclusive"),
        ("As you promised, trucks come first.", "promised"),
        ("Dana has approved it.", "approved"),
        ("If we waived the fee, would you start?", "waived"),
        ("Since you have agreed to a pilot, which door comes first?", "agreed"),
    ],
)
def test_what_is_given_or_agreed_without_evidence_is_an_error(text: str, words: str) -> None:
    """The finding names the words that make the pledge."""
    assert messages(text) == [f"“{words}” is not in F1 or meeting"]


@pytest.mark.parametrize(
    "text",
    [
        "What would have to be true before you could agree to a pilot?",
        "Would a guarantee help your carriers?",
        "We cannot guarantee that no truck waits.",
        "Once it is signed, trucks wait no longer.",
        "An agreed time is what a truck waits for.",
        "Feel free to say where trucks wait.",
        "The door is free by then.",
    ],
)
def test_what_is_asked_denied_or_still_to_come_is_no_pledge(text: str) -> None:
    """Only what is stated, or offered in a question, is made."""
    assert messages(text) == []


def test_a_note_for_the_seller_may_say_what_is_hoped_for() -> None:
    """What counts as an advance is worded as if it had been agreed."""
    assert messages("Advance: Dana Whitfield has agreed to a review.", spoken=False) == []


def test_a_pledge_of_something_else_is_an_error() -> None:
    """They agreed, but not to this."""
    fact = told("We agreed to review the gate logs.", "Dana")

    assert messages("You agreed to review the gate logs.", fact) == []
    assert messages("You agreed to a pilot.", fact) == [
        "“agreed”: F1 or meeting says it of something else"
    ]


def test_a_pledge_keeps_its_polarity() -> None:
    """What was refused has not been given."""
    assert messages("Gail has approved the budget.", "Gail has not approved the budget.") == [
        "“approved” is not in F1 or meeting"
    ]


def test_what_one_of_us_promised_is_not_the_customers_promise() -> None:
    """And theirs is kept."""
    text = "You promised the gate logs."

    assert messages(text, told("I will send the gate logs.", "Marcus")) == []
    assert messages(text, told("I will send the gate logs.", "me")) != []


def test_what_another_customer_signed_this_one_did_not() -> None:
    """A story's deed stays in the story."""
    story = a_story("works-council", turning_point="They signed an agreement on times per door.")
    evidence = known(WAITING, cards=(story,))

    theirs = said("They signed an agreement on times per door.", story.id)
    agreed = said("Times per door are kept, as you agreed.", story.id)
    yours = said("You signed an agreement on times per door.", story.id)

    assert check_grounding([theirs], evidence) == ()
    assert check_grounding([agreed], evidence) != ()
    assert check_grounding([yours], evidence) != ()


def test_what_the_customer_says_in_an_objection_is_not_our_answer() -> None:
    """What others give them, we have not given."""
    card = an_objection("pilot-first", "Others give us a free trial.")
    evidence = known(WAITING, cards=(card,))

    assert check_grounding([said("You get a free trial.", card.id)], evidence) != ()
