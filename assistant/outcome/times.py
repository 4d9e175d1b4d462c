"""Times by which something is promised: a day, or a week, as a call's words give it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant.outcome.words import pattern
from assistant.text.date_forms import Moment
from assistant.text.dates import dates
from assistant.text.words import blotted, plain, word_list

_FRIDAY, _SUNDAY = 4, 6
_WEEKDAYS = word_list("monday tuesday wednesday thursday friday saturday sunday")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fourteen": 14, "zwei": 2, "drei": 3, "einer": 1,
}  # fmt: skip
_ORDINALS = {
    word: number
    for number, word in enumerate(
        word_list("""
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """),
        start=1,
    )
}
_NOT_YET = pattern("times.not_yet")
_NOT_YET_AFTER = pattern("times.not_yet_after")
_MANY = pattern("times.many")
_BACK = pattern("times.back")
_ENDS = pattern("times.ends")


@dataclass(frozen=True)
class Time:
    """A time to come: the day it is due, and how finely the words give it."""

    due: date  # of a week its Friday, of a month its last day
    text: str
    start: int
    end: int
    is_coarse: bool = False  # a week or a longer stretch, not a day


@lru_cache(maxsize=8192)
def times(text: str, held_on: date) -> tuple[Time, ...]:
    """Return the times to come that words name, seen from the day of the call, in order.

    Named are days, weeks, and the ends of months, quarters and years. A month, a season, "soon",
    "some time next week" and what is past are no times to be held to. A weekday is the next one.
    """
    view = plain(text)
    found = [*_own(view, held_on), *_dated(view, held_on)]
    kept: list[Time] = []
    for time in sorted(found, key=lambda t: (-(t.end - t.start), t.start)):
        if all(time.end <= k.start or time.start >= k.end for k in kept) and _counts(view, time):
            kept.append(time)
    ordered = sorted(kept, key=lambda t: t.start)
    return tuple(t for t in _with_weeks(ordered, view) if t.due >= held_on)


def without_times(text: str, held_on: date) -> str:
    """Return the text with the times that it names taken out, past ones and hours too."""
    view = plain(text)
    spans = [(t.start, t.end) for t in times(text, held_on)]
    spans += [(m.start, m.end) for m in dates(text, held_on)]
    return blotted(view, spans, " ")


def _counts(view: str, time: Time) -> bool:
    before = view[: time.start]
    unsure = _NOT_YET.search(before) or _NOT_YET_AFTER.match(view, time.end)
    unsure = unsure or _MANY.fullmatch(time.text)
    return not unsure and not _BACK.search(before)


def _with_weeks(found: list[Time], view: str) -> Iterator[Time]:
    """Put a weekday into the week that stands beside it: `Thursday next week`."""
    rest = list(found)
    while rest:
        one = rest.pop(0)
        following = rest[0] if rest else None
        near = following and not re.search(
            r"[.;:?!]|\b(?:and|or)\b", view[one.end : following.start]
        )
        if following and near and following.start - one.end < 12:
            day, week = (following, one) if one.is_coarse else (one, following)
            if week.is_coarse and not day.is_coarse and _is_weekday(day):
                rest.pop(0)
                due = _weekday_of(week.due, _WEEKDAYS.index(_is_weekday(day)))
                yield Time(due, view[one.start : following.end], one.start, following.end)
                continue
        yield one


def _is_weekday(time: Time) -> str:
    word = time.text.lower().split()[-1].rstrip("s") if time.text else ""
    return word if word in _WEEKDAYS else ""


def _weekday_of(day: date, weekday: int) -> date:
    return day + timedelta(days=weekday - day.weekday())


# --- dates as every text gives them


def _dated(view: str, held_on: date) -> Iterator[Time]:
    for mention in dates(view, held_on):
        ends = bool(_ENDS.search(view[: mention.start])) or mention.text.lower().startswith("end")
        ends = ends or "end of" in mention.text.lower()
        for reading in mention.readings:
            if resolved := _resolved(reading, held_on, ends=ends):
                due, is_coarse = resolved
                yield Time(due, mention.text, mention.start, mention.end, is_coarse)
                break


def _resolved(moment: Moment, held_on: date, *, ends: bool) -> tuple[date, bool] | None:
    """Return the day that a reading comes to and whether it is coarse; None where it has none."""
    if moment.week is not None:
        return _friday_of(moment.week, moment.year or held_on.year), True
    if moment.day is not None:
        due = _calendar_day(moment, held_on)
        return (due, False) if due else None
    if moment.weekday is not None:
        ahead = (moment.weekday - held_on.weekday()) % 7 or 7
        return held_on + timedelta(days=ahead), False
    if moment.month is not None and ends:
        return _month_end(moment.year, moment.month, held_on), True
    return None


def _friday_of(week: int, year: int) -> date:
    return date.fromisocalendar(year, min(week, 52), _FRIDAY + 1)


def _calendar_day(moment: Moment, held_on: date) -> date | None:
    """Return the next such day; a day without a month is in this month or the one after."""
    if moment.year and moment.month:
        return _safe(moment.year, moment.month, moment.day or 1)
    if moment.month:
        near = (_safe(held_on.year + step, moment.month, moment.day or 1) for step in (0, 1))
    else:
        near = (_in_month(held_on, step, moment.day or 1) for step in range(4))
    fits = (d for d in near if d and d >= held_on)
    return next((d for d in fits if moment.weekday in {None, d.weekday()}), None)


def _in_month(held_on: date, step: int, day: int) -> date | None:
    years, place = divmod(held_on.month - 1 + step, 12)
    return _safe(held_on.year + years, place + 1, day)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int | None, month: int, held_on: date) -> date:
    full = year or (held_on.year if month >= held_on.month else held_on.year + 1)
    return date(full, month, calendar.monthrange(full, month)[1])


# --- what only counts from the day of the call


def _in_days(match: re.Match[str], held_on: date) -> date:
    count = match["count"].lower()
    number = int(count) if count.isdigit() else _NUMBERS[count]
    unit = match["unit"].lower()
    days = 7 * number if unit.startswith("w") else number
    return held_on + timedelta(days=-(-number // 24) if unit.startswith(("h", "s")) else days)


def _of_month(match: re.Match[str], held_on: date) -> date | None:
    day = int(match["day"]) if match["day"] else _ORDINALS[match["word"].lower()]
    return _calendar_day(Moment(day=day), held_on)


def _week_of(match: re.Match[str], held_on: date) -> date | None:
    day = _of_month(match, held_on)
    return _weekday_of(day, _FRIDAY) if day else None


def _week_on(match: re.Match[str], held_on: date) -> date:
    ahead = (_WEEKDAYS.index(match["weekday"].lower()) - held_on.weekday()) % 7 or 7
    return held_on + timedelta(days=ahead + 7)


def _first_week(match: re.Match[str], held_on: date) -> date | None:
    mentions = dates(match[0], held_on)
    month = next((r.month for m in mentions for r in m.readings if r.month), None)
    if month is None:
        return None
    first = _calendar_day(Moment(month=month, day=1), held_on)
    return _weekday_of(first + timedelta(days=6), _FRIDAY) if first else None


def _quarter_end(held_on: date) -> date:
    month = (held_on.month - 1) // 3 * 3 + 3
    return date(held_on.year, month, calendar.monthrange(held_on.year, month)[1])


def _this_friday(_: re.Match[str], held_on: date) -> date:
    return _weekday_of(held_on, max(_FRIDAY, held_on.weekday()))


def _sunday(_: re.Match[str], held_on: date) -> date:
    return _weekday_of(held_on, _SUNDAY)


def _friday_after(weeks: int) -> _Reader:
    return lambda _, held_on: _weekday_of(held_on, _FRIDAY) + timedelta(weeks=weeks)


def _days_after(days: int) -> _Reader:
    return lambda _, held_on: held_on + timedelta(days=days)


def _end_of_month(months: int) -> _Reader:
    def read(_: re.Match[str], held_on: date) -> date:
        years, place = divmod(held_on.month - 1 + months, 12)
        return _month_end(held_on.year + years, place + 1, held_on)

    return read


_Reader = Callable[[re.Match[str], date], date | None]
# What a form of `words.toml` comes to, and whether that is coarser than a day.
_READERS: Mapping[str, tuple[_Reader, bool]] = {
    "today": (_days_after(0), False),
    "tomorrow": (_days_after(1), False),
    "in_two_days": (_days_after(2), False),
    "this_week": (_this_friday, True),
    "this_weekend": (_sunday, True),
    "next_week": (_friday_after(1), True),
    "week_after_next": (_friday_after(2), True),
    "this_month": (_end_of_month(0), True),
    "next_month": (_end_of_month(1), True),
    "this_quarter": (lambda _, held_on: _quarter_end(held_on), True),
    "this_year": (lambda _, held_on: date(held_on.year, 12, 31), True),
    "in_days": (_in_days, False),
    "from_now": (_in_days, False),
    "week_on": (_week_on, False),
    "weekday_week": (_week_on, False),
    "week_of": (_week_of, True),
    "first_week": (_first_week, True),
    "day_of_month": (_of_month, False),
}
_FORMS = {name: pattern(f"times.{name}", whole=True) for name in _READERS}


def _own(view: str, held_on: date) -> Iterator[Time]:
    for name, (read, is_coarse) in _READERS.items():
        for match in _FORMS[name].finditer(view):
            if due := read(match, held_on):
                yield Time(due, match[0], match.start(), match.end(), is_coarse)
