"""Dates: every form of a day, as fine as the text says it, and what follows from what."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from assistant.text import DateMention, contradicts_itself, dates, says_when

TODAY = date(2026, 11, 23)  # a Monday


def only(text: str, today: date | None = None) -> DateMention:
    (mention,) = dates(text, today)
    return mention


def said(text: str, today: date | None = None) -> dict[str, object]:
    """Return what the first reading states."""
    moment = only(text, today).readings[0]
    stated = {k: v for k, v in asdict(moment).items() if k != "relative"}
    return {k: v for k, v in stated.items() if v is not None and v is not False and v != ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-03", {"year": 2026, "month": 12, "day": 3}),
        ("3 December 2026", {"year": 2026, "month": 12, "day": 3}),
        ("3rd of December", {"month": 12, "day": 3}),
        ("Dec 3", {"month": 12, "day": 3}),
        ("December 3, 2026", {"year": 2026, "month": 12, "day": 3}),
        ("3.12.2026", {"year": 2026, "month": 12, "day": 3}),
        ("Do 5.11.", {"month": 11, "day": 5, "weekday": 3}),
        ("Thurs 10 Dec", {"month": 12, "day": 10, "weekday": 3}),
        ("11/20/26", {"year": 2026, "month": 11, "day": 20}),
        ("march thirty first", {"month": 3, "day": 31}),
        ("tuesday the twenty fourth", {"day": 24, "weekday": 1}),
        ("mid-March 2027", {"year": 2027, "month": 3}),
        ("in May", {"month": 5}),
        ("Q3 FY26", {"year": 2026, "quarter": 3, "fiscal": True}),
        ("Q2 of fiscal 2027", {"year": 2027, "quarter": 2, "fiscal": True}),
        ("the third quarter", {"quarter": 3}),
        ("second quarter of 2027", {"year": 2027, "quarter": 2}),
        ("first half of 2026", {"year": 2026, "half": 1}),
        ("fiscal year 2026", {"year": 2026, "fiscal": True}),
        ("FY27", {"year": 2027, "fiscal": True}),
        ("im Frühjahr 2027", {"year": 2027, "season": "spring"}),
        ("KW 4", {"week": 4}),
        ("on mondays", {"weekday": 0}),
        ("since 2019", {"year": 2019}),
        ("14:30", {"minute": 870}),
        ("2:30 pm", {"minute": 870}),
        ("11a MT", {"minute": 660}),
        ("four in the afternoon", {"minute": 960}),
        ("noon", {"minute": 720}),
    ],
)
def test_a_date_is_read_as_fine_as_it_is_said(text: str, expected: dict[str, object]) -> None:
    """English, American and German forms, in digits and in words; nothing is filled in."""
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "37 % of the trucks",
        "24/7",
        "room 2.14",
        "May I ask what happens?",
        "we may sign",
        "2,600 people",
        "2000 trucks",
        "the fall in volume",
        "our next step",
        "the sun sat low",
        "one week of gate logs",
        "at 18,400 sites",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    """37 % is not the year 2037, and may is not always a month."""
    assert dates(text) == ()


def test_a_day_between_slashes_is_read_both_ways() -> None:
    """American and British; only where both are days."""
    both, one = only("starts 4/5/27"), only("starts 1/15/27")

    assert {(m.month, m.day) for m in both.readings} == {(4, 5), (5, 4)}
    assert {(m.month, m.day) for m in one.readings} == {(1, 15)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next Thursday", {"year": 2026, "month": 11, "day": 26}),
        ("last Thursday", {"year": 2026, "month": 11, "day": 19}),
        ("tomorrow", {"year": 2026, "month": 11, "day": 24}),
        ("next week", {"year": 2026, "week": 49}),
        ("next month", {"year": 2026, "month": 12}),
        ("last quarter", {"year": 2026, "quarter": 3}),
        ("last year", {"year": 2025}),
    ],
)
def test_a_relative_date_is_resolved_against_the_day_of_its_text(
    text: str, expected: dict[str, object]
) -> None:
    """Only where that day is given."""
    assert said(text, TODAY) == expected
    assert "year" not in said(text)


def test_next_month_after_december_is_in_the_next_year() -> None:
    """The year turns with the month."""
    assert said("next month", date(2026, 12, 9)) == {"year": 2027, "month": 1}
    assert said("last month", date(2027, 1, 9)) == {"year": 2026, "month": 12}
    assert said("next quarter", date(2026, 12, 9)) == {"year": 2027, "quarter": 1}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("in December 2026", "2026-12-03"),
        ("in 2026", "3 December 2026"),
        ("in Q4 2026", "3 December 2026"),
        ("on Thursday", "2026-12-03"),
        ("in winter 2026", "3 December 2026"),
        ("on 3 December 2026", "Dec 3"),
        ("by June 30, 2027", "30 June"),
        ("on Monday 30 November 2026", "by Mon 30 Nov"),
        ("in week 49 of 2026", "2026-12-03"),
        ("at 3 pm", "15:00"),
        ("in the fiscal third quarter", "Q3 of fiscal 2026"),
        ("next Thursday", "26 November 2026"),
    ],
)
def test_a_coarser_date_follows_from_a_finer_one(claim: str, evidence: str) -> None:
    """And a day without a year is the last or the next such day."""
    assert says_when(only(claim, TODAY), only(evidence), TODAY)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("on 3 December 2026", "December 2026"),
        ("in December", "Q4 2026"),
        ("in Q2 2027", "second quarter of fiscal 2027"),
        ("at the end of 2027", "fiscal 2027"),
        ("on 3 December 2029", "Dec 3"),
        ("on 4 December", "3 December 2026"),
        ("on Friday", "2026-12-03"),
        ("at 3 am", "15:00"),
        ("in August 2027", "summer 2027"),
        ("on Tuesday 30 November 2027", "by Mon 30 Nov"),
    ],
)
def test_a_finer_or_another_date_does_not_follow(claim: str, evidence: str) -> None:
    """A fiscal quarter says nothing of the calendar's."""
    assert not says_when(only(claim, TODAY), only(evidence), TODAY)


def test_a_date_can_contradict_itself() -> None:
    """By its weekday, or because there is no such day."""
    assert contradicts_itself(only("Wednesday 10 December 2026"))
    assert contradicts_itself(only("31 November 2026"))
    assert not contradicts_itself(only("Thursday 10 December 2026"))
    assert not contradicts_itself(only("Thursday"))
