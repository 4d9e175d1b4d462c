"""Days on which something can happen: working days, and those the sources rule out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.dossier import Fact
from assistant.text.dates import days_named

_AWAY = re.compile(
    r"\b(?:off|away|out of (?:the )?office|on leave|on holiday|on vacation|unavailable|urlaub)\b"
    r"[^.]{0,20}\b(?:from|since|ab)\b",
    re.IGNORECASE,
)
_FREEZE = re.compile(
    r"\b(?:no|not|nothing|freeze|frozen|closed|kein\w*|nichts)\b.{0,60}\b(?:between|from|zwischen)\b",
    re.IGNORECASE,
)
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
        if len(days) >= 2 and _FREEZE.search(fact.quote):
            periods.append(Period(min(days[:2]), max(days[:2])))
        elif days and _AWAY.search(fact.quote):
            periods.append(Period(days[0], days[0] + _LEAVE))
    return tuple(periods)


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


def works(day: date) -> bool:
    """Tell whether people work on a day, as far as is known."""
    year_end = (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)
    return day.weekday() < 5 and not year_end
