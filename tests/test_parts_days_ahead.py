"""Their days after the call: in order, each once, with the weeks that are left."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dossier import FactKind
from assistant.parts.days_ahead import days_ahead
from assistant.plan import Plan
from assistant.testing import a_fact
from tests.plans import a_misfit, a_plan

MEETING = date(2026, 3, 24)  # a week after the builders' today


def a_plan_of(*quotes: str, kind: FactKind = "priority") -> Plan:
    """Build a plan of facts with these words."""
    facts = [
        a_fact(quote, id=f"F{n}", kind=kind, line=n, speaker="Dana")
        for n, quote in enumerate(quotes, start=1)
    ]
    return a_plan(*facts)


@pytest.mark.parametrize(
    ("quote", "day", "whole_month", "weeks"),
    [
        ("I need Boise at 90 percent by June 26.", date(2026, 6, 26), False, 13),
        ("I have to show a number in May.", date(2026, 5, 1), True, 5),
        ("The hearing is on 2 April.", date(2026, 4, 2), False, 1),
        ("It opens on 1 February 2027.", date(2027, 2, 1), False, 44),
        ("It opens in February 2027.", date(2027, 2, 1), True, 44),
        ("Ab April verlangt der Handel 97 %.", date(2026, 4, 1), True, 1),
    ],
)
def test_a_day_or_month_of_theirs_is_told_with_the_weeks_to_it(
    quote: str, day: date, whole_month: bool, weeks: int
) -> None:
    """Counted from the call, whole weeks only."""
    (told,) = days_ahead(a_plan_of(quote))

    assert (told.day, told.whole_month, told.weeks) == (day, whole_month, weeks)
    assert quote.rstrip(".") in told.what.text
    assert told.what.evidence == ("F1",)


@pytest.mark.parametrize(
    "quote",
    [
        "She took 4,100 calls in February.",  # the last one: the next is eleven months off
        "The call is on 24 March.",
        "I will send it by 20 March.",  # before the call
        "It costs us a lot every month.",
        "We serve 2,400 people.",
    ],
)
def test_what_is_past_or_has_no_day_is_not_ahead(quote: str) -> None:
    """What is due before the call stands where it is to be done."""
    assert days_ahead(a_plan_of(quote)) == ()


def test_the_days_stand_in_order_each_once_and_five_at_most() -> None:
    """The weightier of two lines that say the same is kept."""
    what = ("gate", "yard", "scale", "crane", "fence", "tunnel", "bridge")
    quotes = [f"The {name} opens on {9 - n} July." for n, name in enumerate(what)]
    same = ("We must have trucks booked by May 4.", "We must have the trucks booked by May 4.")

    days = [told.day for told in days_ahead(a_plan_of(*quotes))]
    once = days_ahead(a_plan_of(*same))

    assert days == [date(2026, 7, n) for n in range(3, 8)]
    assert len(once) == 1


def test_our_own_remarks_promises_and_misfits_have_no_day_ahead() -> None:
    """A plan is made for who fits, around what they said."""
    ours = a_fact("Decision is planned for 12 June", kind="priority", voice="internal")
    promise = a_fact("I will send it by 12 June.", kind="promise", speaker="Dana")
    theirs = a_fact("I need it by 12 June.", kind="priority", speaker="Dana")

    assert days_ahead(a_plan(ours)) == ()
    assert days_ahead(a_plan(promise)) == ()
    assert days_ahead(a_plan(theirs, fit=a_misfit())) == ()
