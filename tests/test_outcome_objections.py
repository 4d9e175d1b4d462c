"""Objections of a call, held against every approved response."""

from __future__ import annotations

import pytest
from accounts import NOW, index, pack, profile
from calls import a_transcript

from assistant.debrief import Debrief
from assistant.debriefing import debrief

ASKED = "Sam: What worries you?"


def debriefed(*turns: str) -> Debrief:
    """Debrief a call without a brief, with the cards at hand."""
    return debrief(
        [a_transcript(*turns)],
        profile=profile(),
        now=NOW,
        held_on=NOW.date(),
        ours=["Sam"],
        pack=pack(),
        index=index(),
    )


def test_an_approved_response_is_found_that_no_brief_brought() -> None:
    """As `knowledge search` finds it."""
    made = debriefed(ASKED, "Dana: I'm worried that the small carriers won't use another portal.")

    (objection,) = made.objections
    assert (objection.card, objection.answered) == ("carriers-will-not-use-it", "not")
    assert made.gaps == ()
    assert not any("hand in the brief" in finding.message for finding in made.findings)


def test_what_no_card_answers_is_a_gap_without_a_brief_as_well() -> None:
    """Enablement hears of it."""
    made = debriefed(ASKED, "Dana: I'm worried about the noise of the loudspeakers in the chapel.")

    assert [gap.need for gap in made.gaps] == [
        "I'm worried about the noise of the loudspeakers in the chapel."
    ]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Price, term and data terms.", 0),
        ("The price looks too high for us.", 1),
    ],
)
def test_a_list_of_topics_is_no_objection(said: str, count: int) -> None:
    """Somebody has to say something of them."""
    made = debriefed("Sam: What would make the hour worth your time?", f"Dana: {said}")

    assert len(made.objections) == count


def test_who_asks_back_first_answers_after_it() -> None:
    """The method clarifies before it responds; a question alone is no answer."""
    asks = ("Dana: The price looks too high for nine sites.", "Sam: What do you compare it with?")
    answers = ("Dana: With the old one.", "Sam: The old one has no yard, and ours needs none.")

    assert [o.answered for o in debriefed(*asks, *answers).objections] == ["improvised"]
    assert [o.answered for o in debriefed(*asks, answers[0]).objections] == ["not"]


def test_what_was_left_standing_is_a_lesson() -> None:
    """With the card that answers it; what was answered teaches nothing."""
    said = "The price looks too high for nine sites."
    left = debriefed(ASKED, f"Dana: {said}")
    answered = debriefed(ASKED, f"Dana: {said}", "Sam: Set it beside what waiting costs you.")

    assert any(said in lesson and "price-is-too-high" in lesson for lesson in left.lessons)
    assert not any(said in lesson for lesson in answered.lessons)
