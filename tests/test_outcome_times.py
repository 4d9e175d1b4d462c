"""Times that somebody can be held to: days and weeks, seen from the day of the call."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.outcome.times import times, without_times

HELD_ON = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "due", "is_coarse"),
    [
        ("by the 12th", date(2026, 12, 12), False),
        ("next Tuesday at ten", date(2026, 12, 1), False),
        ("on Tuesday", date(2026, 12, 1), False),
        ("tomorrow", date(2026, 11, 25), False),
        ("the day after tomorrow", date(2026, 11, 26), False),
        ("this afternoon", date(2026, 11, 24), False),
        ("Thursday next week", date(2026, 12, 3), False),
        ("next week on Thursday", date(2026, 12, 3), False),
        ("a week on Thursday", date(2026, 12, 3), False),
        ("by close of business Friday", date(2026, 11, 27), False),
        ("Friday the 4th", date(2026, 12, 4), False),
        ("in ten days", date(2026, 12, 4), False),
        ("within 48 hours", date(2026, 11, 26), False),
        ("next week", date(2026, 12, 4), True),
        ("by the end of the week", date(2026, 11, 27), True),
        ("the week of the 7th", date(2026, 12, 11), True),
        ("in week 50", date(2026, 12, 11), True),
        ("at the end of the month", date(2026, 11, 30), True),
        ("by the end of January", date(2027, 1, 31), True),
        ("in the first week of January", date(2027, 1, 8), True),
        ("am 12. Dezember", date(2026, 12, 12), False),
        ("bis Ende der Woche", date(2026, 11, 27), True),
    ],
)
def test_a_time_has_a_day_that_it_is_due(text: str, due: date, is_coarse: bool) -> None:
    """A weekday is the next one; a week is due on its Friday."""
    (found,) = times(text, HELD_ON)

    assert (found.due, found.is_coarse) == (due, is_coarse)


@pytest.mark.parametrize(
    "text",
    [
        "some time in January",
        "sometime next week",
        "in spring",
        "next month",
        "soon",
        "maybe Thursday",
        "Monday or so",
        "after the holidays",
        "since Monday",
        "last Tuesday's run",
        "what happens on a Friday",
        "on Fridays",
        "on the 5th floor",
        "at ten",
    ],
)
def test_what_nobody_can_be_held_to_is_no_time(text: str) -> None:
    """Seasons, months, doubts, habits, what is past, and an hour without a day."""
    assert times(text, HELD_ON) == ()


def test_the_words_of_a_time_can_be_taken_out() -> None:
    """What is left is what is to be done."""
    assert without_times("send the logs by Friday", HELD_ON).split() == [
        "send",
        "the",
        "logs",
        "by",
    ]
