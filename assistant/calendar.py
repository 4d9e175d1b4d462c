"""Days on which something can happen: working days, and those the sources rule out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.dossier import Fact
from assistant.text.dates import days_named

_AWAY = re.compile(
    r"\b(?:off|away|out of (?:the )?office|on leave|on holiday|on vacation|unavailable|urlaub)\b"
    r"[^.]{0,20}\b(?:from|since|ab)\b",
    re.IGNORECASE,
)
_NOTHING = r"\b(?:no|not|nothing|nobody|freeze|frozen|closed|kein\w*|nichts|nicht|niemand)\b"
_BETWEEN = r"\b(?:between|from|zwischen|vom)\b"
_FREEZE = re.compile(rf"{_NOTHING}.{{0,60}}{_BETWEEN}|{_BETWEEN}.{{0,60}}{_NOTHING}", re.IGNORECASE)
_SIGNED = (
    r"\b(?:sign(?:s|ed|ing|ature|atures)?|contracts?|purchase orders?|unterschr\w+|unterzeichn\w+"
    r"|verträge?|vertrag)\b"
)
_UNSIGNED = re.compile(rf"{_NOTHING}.{{0,40}}{_SIGNED}|{_SIGNED}.{{0,16}}{_NOTHING}", re.IGNORECASE)
_YEAR = timedelta(days=365)
_ENDS = 2  # days that a stretch is told by
_LEAVE = timedelta(days=14)  # how long somebody is taken to be away where no end is told


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= self.last


def ruled_out(facts: Iterable[Fact], today: date) -> tuple[Period, ...]:
    """Return the stretches in which, by the sources, somebody is away or nothing may begin.

    Internal remarks count too: they are not spoken, but a day they rule out is not proposed.
    """
    periods = []
    for fact in facts:
        days = days_named(fact.quote, today)
        if freeze := _freeze(fact.quote, days):
            periods.append(freeze)
        elif days and _AWAY.search(fact.quote):
            periods.append(Period(days[0], days[0] + _LEAVE))
    return tuple(periods)


def unsigned_in(text: str, today: date) -> Period | None:
    """Return the stretch of days in which, by a line, nothing is signed; None where it tells none.

    Such a line is a date to keep to, and no doubt about what we offer.
    """
    return _freeze(text, days_named(text, today)) if _UNSIGNED.search(text) else None


def _freeze(text: str, days: Sequence[date]) -> Period | None:
    if len(days) < _ENDS or not _FREEZE.search(text):
        return None
    first, last = days[:_ENDS]
    if first > last:  # it has begun: a day without a year is taken for the next such day
        first -= _YEAR
    return Period(first, last) if first <= last else Period(last, first)


def free_workday(wanted: date, periods: Iterable[Period], *, after: date) -> date:
    """Return the day wanted, or the nearest working day that no period holds; later than `after`.

    Earlier days are tried before later ones: what has been agreed is best done soon.
    """
    closed = tuple(periods)

    def is_free(day: date) -> bool:
        return works(day) and not any(period.holds(day) for period in closed)

    earlier = (wanted - timedelta(days=n) for n in range((wanted - after).days))
    later = (wanted + timedelta(days=n) for n in range(1, 60))
    return next((day for day in (*earlier, *later) if is_free(day)), workday(wanted))


def workday(day: date) -> date:
    """Return the day itself, or the next one on which people work.

    Weekends and the days from 24 December to 1 January are passed over; other holidays are not
    known and stay for the seller to see.
    """
    while not works(day):
        day += timedelta(days=1)
    return day


def workday_before(day: date) -> date:
    """Return the last day before this one on which people work."""
    day -= timedelta(days=1)
    while not works(day):
        day -= timedelta(days=1)
    return day


def works(day: date) -> bool:
    """Tell whether people work on a day, as far as is known."""
    year_end = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    return day.weekday() < 5 and not year_end
