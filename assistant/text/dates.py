"""Dates and times of day that a text mentions, as fine as it says them and no finer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.text.date_forms import Moment, moments
from assistant.text.words import plain

_MONTHS_OF_QUARTER, _MONTHS_OF_HALF = 3, 6
_SEASONS = ("winter", "spring", "summer", "autumn")  # from December on
_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class DateMention:
    """A stretch of the text that says when; more than one reading where it is ambiguous."""

    readings: tuple[Moment, ...]
    start: int
    end: int
    text: str


@lru_cache(maxsize=8192)
def dates(text: str, today: date | None = None) -> tuple[DateMention, ...]:
    """Return the dates and times of day that a text mentions, in order.

    Relative ones ("next Thursday") are resolved against `today`, the day the text was written,
    and stay relative without it. Years need four digits, or "fiscal" or an apostrophe before two.
    """
    return tuple(
        DateMention(readings, start, end, text[start:end])
        for start, end, readings in moments(plain(text), today)
    )


def says_when(said: DateMention, known: DateMention, today: date) -> bool:
    """Tell whether `known` says what `said` says: as fine, or finer.

    A day without a year is taken for the last or the next such day, seen from `today`.
    """
    return any(
        _implies(full, moment)
        for reading in known.readings
        for full in _with_year(reading, today)
        for moment in said.readings
    )


def days_named(text: str, today: date) -> tuple[date, ...]:
    """Return the calendar days a text names, in order; one without a year is the next such day."""
    found = []
    for mention in dates(text, today):
        full = (_calendar(m) for reading in mention.readings for m in _with_year(reading, today))
        known = sorted(day for day in full if day)
        if known:
            found.append(next((day for day in known if day >= today), known[-1]))
    return tuple(found)


def months_named(text: str, today: date) -> tuple[date, ...]:
    """Return the first days of the months a text names without a day, in order, as `days_named`."""
    found = []
    for mention in dates(text, today):
        full = [m for reading in mention.readings for m in _with_year(reading, today)]
        known = sorted(date(m.year, m.month, 1) for m in full if m.year and m.month and not m.day)
        if known and not any(m.day for m in full):
            found.append(next((day for day in known if day >= today), known[-1]))
    return tuple(found)


def _with_year(moment: Moment, today: date) -> tuple[Moment, ...]:
    if moment.year is not None or moment.month is None:
        return (moment,)
    near = [replace(moment, year=today.year + step) for step in (-1, 0, 1)]
    fitting = [m for m in near if _calendar(m) is None or _right_weekday(m)]
    return (moment, *_nearest(fitting, today))


def _nearest(moments: list[Moment], today: date) -> list[Moment]:
    """Keep the last such day and the next one."""
    first = [
        (m, date(m.year or 1, m.month or 1, min(m.day or 1, _SHORTEST_MONTH))) for m in moments
    ]
    past = [m for m, day in first if day <= today][-1:]
    return past + [m for m, day in first if day > today][:1]


def _calendar(moment: Moment) -> date | None:
    if not (moment.year and moment.month and moment.day):
        return None
    try:
        return date(moment.year, moment.month, moment.day)
    except ValueError:
        return None


def _right_weekday(moment: Moment) -> bool:
    day = _calendar(moment)
    return day is None or moment.weekday is None or day.weekday() == moment.weekday


def contradicts_itself(mention: DateMention) -> bool:
    """Tell whether a mention names a weekday that its day does not fall on, or no such day."""
    return all(
        moment.year is not None
        and moment.month is not None
        and moment.day is not None
        and (_calendar(moment) is None or not _right_weekday(moment))
        for moment in mention.readings
    )


def _implies(known: Moment, said: Moment) -> bool:
    if said.relative and said.relative == known.relative:
        return True
    wanted = {
        "year": said.year, "quarter": said.quarter, "month": said.month, "day": said.day,
        "weekday": said.weekday, "week": said.week, "season": said.season or None,
        "half": said.half, "minute": said.minute,
    }  # fmt: skip
    if said.fiscal != known.fiscal and not (said.year is None and not said.fiscal):
        return False
    asked = {name: value for name, value in wanted.items() if value is not None}
    return bool(asked) and all(value in _known(known, name) for name, value in asked.items())


def _known(moment: Moment, name: str) -> set[object]:
    """Return the values of a field that the moment states or that follow from it."""
    stated: set[object] = {getattr(moment, name)}
    day = _calendar(moment)
    if name == "weekday" and day:
        return {day.weekday()}
    if name == "week" and day:
        return {day.isocalendar().week}
    if moment.month is None or moment.fiscal:
        return stated
    follows = {
        "quarter": (moment.month - 1) // _MONTHS_OF_QUARTER + 1,
        "half": (moment.month - 1) // _MONTHS_OF_HALF + 1,
        "season": _SEASONS[moment.month % 12 // _MONTHS_OF_QUARTER],
    }
    return stated | ({follows[name]} if name in follows else set())
