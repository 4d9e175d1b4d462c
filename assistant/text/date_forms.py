"""The forms in which dates and times of day are written, each with its reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.text.words import word_list


@dataclass(frozen=True)
class Moment:
    """One reading of a mention; None where the text does not say."""

    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 is Monday
    week: int | None = None  # of the year, as ISO 8601 counts
    season: str = ""
    half: int | None = None  # of the year
    fiscal: bool = False  # the year or quarter is a fiscal one
    minute: int | None = None  # of the day
    relative: str = ""  # "next week", "last year", as the text says it


Found = re.Match[str]
Reader = Callable[[Found, date | None], Iterator[Moment]]

# --- the words of the calendar

_MONTHS = """
    january/jan/januar/jänner february/feb/februar march/mar/märz april/apr may/mai june/jun/juni
    july/jul/juli august/aug september/sep/sept october/oct/oktober/okt november/nov
    december/dec/dezember/dez
"""
_WEEKDAYS = """
    monday/mon/montag tuesday/tue/tues/dienstag wednesday/wed/weds/mittwoch
    thursday/thu/thur/thurs/donnerstag friday/fri/freitag saturday/sat/samstag sunday/sun/sonntag
"""
_SEASON_NAMES = "spring/frühjahr/frühling summer/sommer autumn/fall/herbst winter"
_UNITS_OF_DAY = "first second third fourth fifth sixth seventh eighth ninth"
_TEENS = """
    tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth
    nineteenth twentieth
"""
_HOURS_OF_DAY = "one two three four five six seven eight nine ten eleven twelve"


def _numbered(table: str, first: int) -> dict[str, int]:
    """Number the words of a table; words parted by a slash share a number."""
    return {
        name: number
        for number, names in enumerate(word_list(table), first)
        for name in names.split("/")
    }


MONTH = _numbered(_MONTHS, 1)
WEEKDAY = _numbered(_WEEKDAYS, 0)
_GERMAN_DAY = _numbered("mo di mi do fr sa so", 0)  # before a date only
_SEASON = {
    name: names.split("/")[0] for names in word_list(_SEASON_NAMES) for name in names.split("/")
}
_UNIT_OF_DAY = _numbered(_UNITS_OF_DAY, 1)
_DAY_WORD = {
    **_UNIT_OF_DAY,
    **_numbered(_TEENS, 10),
    **{f"twenty {word}": 20 + n for word, n in _UNIT_OF_DAY.items()},
    "thirtieth": 30,
    "thirty first": 31,
}
_HOUR_WORD = _numbered(_HOURS_OF_DAY, 1)
_LATER_HOUR = {word: hour for word, hour in _HOUR_WORD.items() if hour > 1}  # "one" is any one

_CENTURY = 100
_NOON, _HOURS, _MINUTES = 12, 24, 60
_MONTHS_OF_YEAR, _MONTHS_OF_QUARTER = 12, 3

# --- the pieces of the patterns, for re.VERBOSE


def _any(table: Mapping[str, object]) -> str:
    names = sorted(table, key=len, reverse=True)
    return "(?i:" + "|".join(name.replace(" ", "[ -]") for name in names) + ")"


def _capital(table: Mapping[str, object], *left_out: str) -> str:
    """Match a name in capitals or with one; those left out are everyday words as well."""
    forms = {f for name in table if name not in left_out for f in (name.capitalize(), name.upper())}
    return "(?:" + "|".join(sorted(forms, key=len, reverse=True)) + ")"


_Y = r"(?:(?:19|20)\d\d|'\d\d)(?!\d)"
_YYYY = r"(?:19|20)\d\d"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = "(?:st|nd|rd|th)"
_MONTH_NAME, _WEEKDAY_NAME = _any(MONTH), _any(WEEKDAY)
_FULL_WEEKDAY = _any({name: 0 for name in WEEKDAY if name.endswith(("day", "tag"))})
_SOME_DAY = _any(WEEKDAY | _GERMAN_DAY)
_PART = r"(?:(?i:early|mid|late|the\ start\ of|the\ end\ of|end\ of)[ -])?"
_ORDINAL = "(?i:first|second|third|fourth|1st|2nd|3rd|4th)"
_FISCAL = r"(?i:fiscal(?:\s+year)?|FY|financial\s+year)"
_BEFORE_MAY = (
    "in by since until till of from for before after during this last next to late early every"
)
_MAY = (
    "(?:"
    + "|".join(rf"(?<=\b{w}\ )|(?<=\b{w.capitalize()}\ )" for w in word_list(_BEFORE_MAY))
    + ")May"
)


def _weekday_before(group: str) -> str:
    return rf"(?:(?P<{group}>{_SOME_DAY})\.?,?\s+(?:(?:the|den)\s+)?)?"


# --- one pattern and one reader a form


def _year(raw: str | None) -> int | None:
    if not raw:
        return None
    year = int(raw.lstrip("'"))
    return year if year >= _CENTURY else 2000 + year


def _weekday(raw: str | None) -> int | None:
    low = (raw or "").lower()
    return WEEKDAY.get(low, _GERMAN_DAY.get(low))


def _day(raw: str | None, word: str | None = None) -> int | None:
    if word:
        return _DAY_WORD[word.lower().replace("-", " ")]
    return int(raw) if raw else None


_ISO = rf"\b(?P<i_y>{_YYYY})-(?P<i_m>0[1-9]|1[0-2])-(?P<i_d>0[1-9]|[12]\d|3[01])\b"


def _iso(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(year=int(m["i_y"]), month=int(m["i_m"]), day=int(m["i_d"]))


_DAY_MONTH = rf"""
    \b{_weekday_before("a_w")}(?P<a_d>{_D})(?:{_TH}|\.)?[\s-]+(?:of\s+)?
    (?P<a_m>{_MONTH_NAME})\b\.?(?:,?\s+(?P<a_y>{_Y}))?
"""


def _day_month(m: Found, _: date | None) -> Iterator[Moment]:
    month, weekday = MONTH[m["a_m"].lower()], _weekday(m["a_w"])
    yield Moment(year=_year(m["a_y"]), month=month, day=int(m["a_d"]), weekday=weekday)


_MONTH_DAY = rf"""
    \b{_weekday_before("b_w")}(?P<b_m>{_MONTH_NAME})\b\.?\s+(?:the\s+)?
    (?:(?P<b_d>{_D}){_TH}?(?![\d%]|[.,:]\d|\s*%)|(?P<b_word>{_any(_DAY_WORD)}))\b
    (?:,?\s+(?P<b_y>{_Y}))?
"""


def _month_day(m: Found, _: date | None) -> Iterator[Moment]:
    day, month = _day(m["b_d"], m["b_word"]), MONTH[m["b_m"].lower()]
    yield Moment(year=_year(m["b_y"]), month=month, day=day, weekday=_weekday(m["b_w"]))


_MONTH_YEAR = rf"\b{_PART}(?P<c_m>{_MONTH_NAME})\b\.?,?\s+(?:of\s+)?(?P<c_y>{_Y})"


def _month_year(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(year=_year(m["c_y"]), month=MONTH[m["c_m"].lower()])


_NUMERIC = rf"""
    (?<![\d.,/-])\b{_weekday_before("d_w")}
    (?:(?P<d_d>{_D})\.\s?(?P<d_m>0?[1-9]|1[0-2])\.(?:\s?(?P<d_y>(?:{_YYYY}|\d\d)(?!\d)))?
    |(?P<d_1>{_D})/(?P<d_2>{_D})(?:/(?P<d_z>{_YYYY}|\d\d))?(?![\d/]))(?![\d%])
"""


def _numeric(m: Found, _: date | None) -> Iterator[Moment]:
    weekday = _weekday(m["d_w"])
    if m["d_d"]:
        yield Moment(_year(m["d_y"]), month=int(m["d_m"]), day=int(m["d_d"]), weekday=weekday)
        return
    if m.group().endswith("24/7"):
        return
    one, two = int(m["d_1"]), int(m["d_2"])
    for month, day in dict.fromkeys([(one, two), (two, one)]):  # American, then British
        if month <= _MONTHS_OF_YEAR:
            yield Moment(_year(m["d_z"]), month=month, day=day, weekday=weekday)


_WEEKDAY_THE = rf"""
    \b(?P<f_w>{_WEEKDAY_NAME})\s+the\s+(?:(?P<f_d>{_D}){_TH}|(?P<f_word>{_any(_DAY_WORD)}))
"""


def _weekday_the(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(day=_day(m["f_d"], m["f_word"]), weekday=_weekday(m["f_w"]))


_QUARTER = rf"""
    \b(?:(?P<g_before>(?i:fiscal))\s+)?
    (?:Q(?P<g_q>[1-4])|(?P<g_qw>{_ORDINAL})\s+(?i:quarter)|H(?P<g_h>[12])
    |(?P<g_hw>{_ORDINAL})\s+(?i:half)(?=\s+(?:of\s+)?(?i:the\ year|fiscal|FY|20)))\b
    (?:[\s,-]*(?:of\s+|in\s+)?(?:(?P<g_f>{_FISCAL})[\s-]?|(?i:calendar(?:\s+year)?)\s*)?
    (?P<g_y>'?(?:{_YYYY}|(?<=FY)\d\d|(?<=')\d\d))(?!\d))?
"""


def _ordinal(raw: str | None) -> int | None:
    if not raw:
        return None
    return int(raw[0]) if raw[0].isdigit() else _UNIT_OF_DAY[raw.lower()]


def _quarter(m: Found, _: date | None) -> Iterator[Moment]:
    quarter = int(m["g_q"]) if m["g_q"] else _ordinal(m["g_qw"])
    half = int(m["g_h"]) if m["g_h"] else _ordinal(m["g_hw"])
    fiscal = bool(m["g_f"] or m["g_before"])
    yield Moment(year=_year(m["g_y"]), quarter=quarter, half=half, fiscal=fiscal)


_FISCAL_YEAR = rf"""
    \b(?:(?i:fiscal(?:\s+year)?|financial\s+year|geschäftsjahr)\s+|FY[\s-]?)
    '?(?P<h_y>{_YYYY}|\d\d)(?:/\d\d)?\b
"""


def _fiscal_year(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(year=_year(m["h_y"]), fiscal=True)


_SEASON_FORM = rf"""
    \b(?:(?P<s_1>{_any(_SEASON)})\s+(?:of\s+)?(?P<s_y>{_Y})
    |(?i:in|this|next|last|by|until)\s+(?:the\s+)?
    (?P<s_2>{_any({name: 0 for name in _SEASON if name != "fall"})})(?!\s+(?:of\s+)?{_Y}))\b
"""


def _season(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(year=_year(m["s_y"]), season=_SEASON[(m["s_1"] or m["s_2"]).lower()])


_WEEK = rf"""
    \b(?:KW|CW|calendar\ week|week)\s?(?P<k_w>[1-9]|[1-4]\d|5[0-3])\b
    (?:\s+(?:of\s+)?(?P<k_y>{_YYYY}))?
"""


def _week(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(year=_year(m["k_y"]), week=int(m["k_w"]))


_RELATIVE = rf"""
    \b(?i:next|last|coming|past)\s+(?:(?P<r_unit>(?i:week|month|quarter|year|yr))
    |(?P<r_day>{_WEEKDAY_NAME})|(?P<r_month>{_capital(MONTH)}))\b|\b(?i:tomorrow|yesterday)\b
"""


def _relative(m: Found, today: date | None) -> Iterator[Moment]:
    said = " ".join(m.group().lower().split())
    for written, meant in (("yr", "year"), ("past ", "last "), ("coming ", "next ")):
        said = said.replace(written, meant)
    step = -1 if said.startswith(("last", "yesterday")) else 1
    if m["r_day"]:
        yield _near_weekday(WEEKDAY[m["r_day"].lower()], step, said, today)
    elif m["r_month"]:
        yield Moment(month=MONTH[m["r_month"].lower()], relative=said)
    elif today is None:
        yield Moment(relative=said)
    else:
        yield _moved(said.split()[-1], step, said, today)


def _near_weekday(weekday: int, step: int, said: str, today: date | None) -> Moment:
    if today is None:
        return Moment(weekday=weekday, relative=said)
    ahead = (weekday - today.weekday()) % 7 or 7
    day = today + timedelta(days=ahead if step > 0 else ahead - 7 or -7)
    return Moment(day.year, month=day.month, day=day.day, relative=said)


def _moved(unit: str, step: int, said: str, today: date) -> Moment:
    """Return the day, week, month, quarter or year next to that of `today`."""
    match unit:
        case "week":
            year, week, _ = (today + timedelta(weeks=step)).isocalendar()
            return Moment(year, week=week, relative=said)
        case "year":
            return Moment(today.year + step, relative=said)
        case "month":
            year, place = divmod(today.year * _MONTHS_OF_YEAR + today.month - 1 + step, 12)
            return Moment(year, month=place + 1, relative=said)
        case "quarter":
            year, place = divmod(today.year * 4 + (today.month - 1) // _MONTHS_OF_QUARTER + step, 4)
            return Moment(year, quarter=place + 1, relative=said)
    day = today + timedelta(days=step)
    return Moment(day.year, month=day.month, day=day.day, relative=said)


_CLOCK = rf"""
    \b(?:
      (?P<t_h>[01]?\d|2[0-3])[:.](?P<t_m>[0-5]\d)
      (?:\s*(?P<t_half>(?i:[ap]\.?m\b\.?))|\s*Uhr\b|(?<=:\d\d)(?:\s*h\b)?)(?![\d:])
    | (?P<u_h>1[0-2]|0?[1-9])\s*(?P<u_half>(?i:[ap]\.?m\b\.?|[ap]\b(?=\s*(?:[A-Z]{{2}}|,|;|$))))
    | (?P<v_h>[01]?\d|2[0-3])\s*(?:Uhr\b|o'clock)
    | (?P<w_h>[01]?\d|{_any(_LATER_HOUR)}|(?<=at\ )one|(?<=by\ )one)
      \s+(?:o'clock\s*)?
      (?:in\s+the\s+(?P<w_half>morning|afternoon|evening)|(?<=o'clock))
    | (?i:at)\s+(?P<x_h>1[0-2]|[1-9]|{_any(_HOUR_WORD)})
      (?=\s*(?:[.,;!?](?!\d)|$|\s(?:on|sharp|when|and)\b|["']))
    )|\b(?P<noon>(?i:noon|midnight))
"""


def _clock(m: Found, _: date | None) -> Iterator[Moment]:
    if m["noon"]:
        yield Moment(minute=_NOON * _MINUTES if m["noon"].lower() == "noon" else 0)
        return
    raw = m["t_h"] or m["u_h"] or m["v_h"] or m["w_h"] or m["x_h"]
    hour = _HOUR_WORD.get(raw.lower()) or int(raw)
    half = (m["t_half"] or m["u_half"] or m["w_half"] or "").lower()
    for reading in _hours(hour, half):
        yield Moment(minute=reading * _MINUTES + int(m["t_m"] or 0))


def _hours(hour: int, half: str) -> tuple[int, ...]:
    if half.startswith(("am", "a.m", "m")) or half == "a":
        return (hour % _NOON,)
    if half:
        return (hour % _NOON + _NOON,)
    return (hour, (hour + _NOON) % _HOURS) if 0 < hour <= _NOON else (hour % _HOURS,)


_ONLY_MONTH = rf"""
    (?<![\w-])(?:{_PART}(?P<m_1>{_capital(MONTH, "may")})\b|(?P<m_2>{_MAY})\b)
    (?!\s+(?:I|we|you)\b)
"""


def _only_month(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(month=MONTH[(m["m_1"] or m["m_2"]).lower()])


_ONLY_WEEKDAY = rf"\b(?P<n_w>{_capital(WEEKDAY, 'sun', 'sat')}|{_FULL_WEEKDAY})s?\b"


def _only_weekday(m: Found, _: date | None) -> Iterator[Moment]:
    yield Moment(weekday=WEEKDAY[m["n_w"].lower()])


_ONLY_YEAR = rf"""
    (?<![\d.,$€£\#/-])(?<![A-Za-z])(?P<y_y>{_YYYY})
    (?![\d%]|[.,]\d|\s*(?:%|€|\$|EUR|USD|GBP))(?:/\d\d\b)?
"""
_IN_A_YEAR = re.compile(r"(?:\b[Ii]n|\b[Bb]y|[Ss]ince)\s$")
_THINGS = re.compile(r"-?\s+(?:more\s+|new\s+)?[a-z]{3,}s\b(?<!\bwas)(?<!\bhas)")


def _only_year(m: Found, _: date | None) -> Iterator[Moment]:
    """Read a year, unless things are counted: "2000 trucks"."""
    if _IN_A_YEAR.search(m.string[: m.start()]) or not _THINGS.match(m.string, m.end()):
        yield Moment(year=int(m["y_y"]))


_FORMS: Mapping[str, tuple[str, Reader]] = {
    "iso": (_ISO, _iso),
    "day_month": (_DAY_MONTH, _day_month),
    "month_day": (_MONTH_DAY, _month_day),
    "month_year": (_MONTH_YEAR, _month_year),
    "numeric": (_NUMERIC, _numeric),
    "weekday_the": (_WEEKDAY_THE, _weekday_the),
    "quarter": (_QUARTER, _quarter),
    "fiscal_year": (_FISCAL_YEAR, _fiscal_year),
    "season": (_SEASON_FORM, _season),
    "week": (_WEEK, _week),
    "relative": (_RELATIVE, _relative),
    "clock": (_CLOCK, _clock),
    "month": (_ONLY_MONTH, _only_month),
    "weekday": (_ONLY_WEEKDAY, _only_weekday),
    "year": (_ONLY_YEAR, _only_year),
}
_ANY_FORM = re.compile(
    "|".join(f"(?P<{name}>{form})" for name, (form, _) in _FORMS.items()), re.VERBOSE
)


# A form begins with a word that has a digit, or with one of these: looked up before it is tried.
_OTHER_LEADS = """
    first second third fourth fiscal fy financial geschäftsjahr calendar week kw cw early mid late
    the end next last coming past this in by until at tomorrow yesterday noon midnight
"""
_LEADS = frozenset(
    [*MONTH, *WEEKDAY, *_GERMAN_DAY, *_SEASON, *_HOUR_WORD, *word_list(_OTHER_LEADS)]
)
_LEAD = re.compile(r"[^\W_]+")


def moments(text: str, today: date | None) -> Iterator[tuple[int, int, tuple[Moment, ...]]]:
    """Yield where a date or time of day stands in plain text, and its readings."""
    done = 0
    for lead in _LEAD.finditer(text):
        word = lead.group().casefold()
        if lead.start() < done or not _leads(word):
            continue
        match = _ANY_FORM.match(text, lead.start())
        if match and (readings := _read(match, today)):
            yield match.start(), match.end(), readings
            done = match.end()


def _leads(word: str) -> bool:
    return word in _LEADS or word.removesuffix("s") in WEEKDAY or any(c.isdigit() for c in word)


def _read(match: Found, today: date | None) -> tuple[Moment, ...]:
    name = next(name for name in _FORMS if match[name])
    return tuple(_FORMS[name][1](match, today))
