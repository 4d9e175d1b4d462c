"""Days on which something can happen, and those that the sources rule out."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.calendar import Period, ruled_out, unsigned_in, workday_before
from assistant.testing import a_fact

TODAY = date(2026, 11, 24)
YEAR_END = Period(date(2026, 12, 18), date(2027, 1, 4))


@pytest.mark.parametrize(
    "text",
    [
        "We do not sign anything new between December 18 and January 4.",
        "No purchase orders from Dec 18 to Jan 4.",
        "Between December 18 and January 4 nobody at the hospital signs a contract.",
        "Zwischen dem 18. Dezember und dem 4. Januar wird nichts unterschrieben.",
        "Vom 18. Dezember bis zum 4. Januar machen wir keine Verträge.",
    ],
)
def test_days_on_which_nothing_is_signed_are_known(text: str) -> None:
    """In both orders and languages; no day in them is proposed either."""
    assert unsigned_in(text, TODAY) == YEAR_END
    assert ruled_out([a_fact(text)], TODAY) == (YEAR_END,)


@pytest.mark.parametrize(
    "text",
    [
        "Our ERP team says no change between 15 December and 10 January.",
        "We sign the lease between December 18 and January 4.",
        "We do not sign for four clinics when I have not seen one work.",
        "The contract runs until January 4.",
        "The contract runs from December 18 to January 4, 2028 and is not exclusive.",
        "",
    ],
)
def test_other_lines_tell_no_such_days(text: str) -> None:
    """A freeze of their systems is a doubt; what is not denied, or has no two days, is none."""
    assert unsigned_in(text, TODAY) is None


def test_a_freeze_told_before_its_denial_rules_out_days() -> None:
    """Order does not matter: between … and … nothing."""
    fact = a_fact("Zwischen 15. Dezember und 10. Januar ändern wir nichts am Kassensystem.")

    assert ruled_out([fact], TODAY) == (Period(date(2026, 12, 15), date(2027, 1, 10)),)


@pytest.mark.parametrize("today", [date(2026, 12, 20), date(2027, 1, 3)])
def test_a_stretch_that_has_begun_is_not_taken_for_next_years(today: date) -> None:
    """Nor for the eleven months between its last day and its first."""
    text = "We do not sign anything new between December 18 and January 4."

    assert unsigned_in(text, today) == YEAR_END


def test_the_last_working_day_before_a_stretch() -> None:
    """Weekends and the turn of the year are passed over."""
    assert workday_before(date(2026, 12, 21)) == date(2026, 12, 18)
    assert workday_before(date(2027, 1, 4)) == date(2026, 12, 23)
