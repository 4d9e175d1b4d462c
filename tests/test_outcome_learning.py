"""What was learned: what neither the brief nor the call had before, and the figures we gave."""

from __future__ import annotations

from calls import a_call
from sample_calls import debrief_of

from assistant.debrief import Learned
from assistant.outcome.learning import learned_of
from assistant.outcome.steps import find_steps


def learned(*turns: str) -> Learned:
    """Return what a call without a brief teaches."""
    call = a_call(*turns)
    return learned_of(call, find_steps(call), None)


def test_the_sample_call_teaches_what_its_brief_had_not() -> None:
    """The hearing, the limit, who must agree, what half would be, and which date is right."""
    by_us = " ".join(debrief_of("tidewater").learned.by_us)

    for new in ("hearing", "350 trucks", "Ray Boudreaux", "seven hundred thousand", "March 1"):
        assert new in by_us
    assert "get the gate logs" not in by_us


def test_our_small_talk_teaches_them_nothing() -> None:
    """A figure of ours does; theirs told back to them does not."""
    found = learned(
        "Sam: Good, I've written down all three, and my notes have 40 rooms.",
        "Rita: We have 120 rooms.",
        "Sam: You said 120 rooms. At 29 hotels the laundry fell by 18 percent.",
    )

    assert found.by_them == ("At 29 hotels the laundry fell by 18 percent.",)


def test_each_piece_of_news_is_news_once() -> None:
    """A figure that comes again, a promise and how somebody feels are none."""
    found = learned(
        "Sam: How many rooms are there?",
        "Rita: We have 120 rooms. I'm in a hurry, sorry.",
        "Sam: And guests?",
        "Rita: As I said, we have 120 rooms. Bruno Falk runs the laundry.",
        "Rita: I'll send you the list of 300 guests by Friday.",
    )

    assert found.by_us == ("We have 120 rooms.", "Bruno Falk runs the laundry.")


def test_the_reading_that_they_say_is_right_is_learned() -> None:
    """Both dates were in our notes; which one holds was not."""
    found = learned(
        "Sam: My notes have two dates for the opening, May 3 and June 1. Which is right?",
        "Rita: June 1 for the whole house.",
    )

    assert found.by_us == ("June 1 for the whole house.",)
