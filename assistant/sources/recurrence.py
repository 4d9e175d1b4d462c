"""Repeating meetings: the next occurrence, where the rule is an ordinary one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icalendar import Event

_AHEAD = timedelta(days=400)  # a yearly meeting comes round in that time
_EARLIEST = 1990  # rules are followed from their first day on
_MAX_DATES = 500  # single days added or left out
_MAX_INTERVAL = 366
# What may stand beside FREQ, COUNT, UNTIL, INTERVAL and WKST. Each of these rules has days within a
# few years; one that never has any would be searched up to the year 9999.
_ORDINARY = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH"},
}
_ALWAYS = {"FREQ", "COUNT", "UNTIL", "INTERVAL", "WKST"}


def next_occurrence(series: Sequence[Event], today: date) -> Event | None:
    """Return the first occurrence from `today` on, None where there is none or none is looked for.

    `series` are the events of one UID: the rule, and single occurrences that were moved. Rules by
    the hour or finer, and rules that may never have a day, are not followed.
    """
    if not all(_is_ordinary(event) for event in series):
        return None
    from icalendar import Calendar
    from recurring_ical_events import of  # type: ignore[import-untyped]  # it has no types

    calendar = Calendar()
    for event in series:
        calendar.add_component(event)
    try:
        found = of(calendar).between(today, today + _AHEAD)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return None
    return min(found, key=_sort_key, default=None)


def _start(event: Event) -> date | None:
    try:
        start = getattr(event.get("DTSTART"), "dt", None)
    except ValueError:
        return None
    return start if isinstance(start, date) else None


def _sort_key(event: Event) -> tuple[int, ...]:
    start = _start(event) or date.max
    hour = (start.hour, start.minute) if isinstance(start, datetime) else ()
    return start.year, start.month, start.day, *hour


def _is_ordinary(event: Event) -> bool:
    start = _start(event)
    rules: Any = event.get("RRULE", [])
    listed = rules if isinstance(rules, list) else [rules]
    return (
        start is not None
        and start.year >= _EARLIEST
        and len(listed) <= 1
        and "EXRULE" not in event
        and all(_is_followed(rule) for rule in listed)
        and _dates(event, "RDATE") + _dates(event, "EXDATE") <= _MAX_DATES
    )


def _is_followed(rule: object) -> bool:
    if not isinstance(rule, Mapping):
        return False
    parts = {str(key).upper(): value for key, value in rule.items()}
    frequency = str(next(iter(parts.get("FREQ", [])), "")).upper()
    interval = next(iter(parts.get("INTERVAL", [1])), 1)
    extra = set(parts) - _ALWAYS
    return (
        extra <= _ORDINARY.get(frequency, set())
        and frequency in _ORDINARY
        and isinstance(interval, int)
        and 0 < interval <= _MAX_INTERVAL
        and all(len(value) <= 31 for value in parts.values() if isinstance(value, list))
        and ("BYSETPOS" not in extra or "BYDAY" in extra)
        and not {"BYDAY", "BYMONTHDAY"} <= extra
    )


def _dates(event: Event, name: str) -> int:
    written: Any = event.get(name, [])
    listed = written if isinstance(written, list) else [written]
    try:
        return sum(len(getattr(one, "dts", ())) for one in listed)
    except ValueError:  # of a list that cannot be read nobody knows how long it is
        return _MAX_DATES + 1
