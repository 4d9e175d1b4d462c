"""Units: what the words around a number make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.text.numbers import Number
from assistant.text.words import stem

QuantityKind = Literal["percent", "points", "money", "multiple", "duration", "ordinal", "count"]


@dataclass(frozen=True)
class Unit:
    """The kind of a number, its unit, and by how much it is scaled; `end` is behind the unit."""

    kind: QuantityKind
    end: int
    unit: str = ""  # "EUR"; "second" or "month"
    scale: Decimal = Decimal(1)


# --- how large

_SCALES = {
    "k": 3, "th": 3, "ts": 3, "bn": 9, "b": 9, "bi": 9, "mr": 9, "milliard": 9, "m": 6, "mn": 6,
    "ml": 6, "mi": 6, "hu": 2,
}  # fmt: skip
_MAGNITUDE = re.compile(
    r"""
    (?P<glued>[kKmM](?![\w²³'])|bn\b|[bB](?![\w']))
    | \s?(?P<word>(?i:milliarden?|millions?|millionen|mio|mln|mn|billions?|bn|mrd|thousands?|tsd
        |hundred)\b\.?|[kKM](?=\s?€)|[kmM](?=\s(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?)\b))
    """,
    re.VERBOSE,
)

# --- of what

_PERCENT = re.compile(
    r"\s?(?:%|(?:percent|per\s?cent|pct|prozent)\b|v\.\s?h\.)(?!\s*-?points?\b)", re.IGNORECASE
)
_POINTS = re.compile(
    r"\s?(?:(?P<bp>basis[\s-]points?\b|bps?\b)|(?:%|percent(?:age)?)[\s-]*points?\b|ppt?s?\b)",
    re.IGNORECASE,
)
_SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "A$": "AUD", "C$": "CAD"}
_CURRENCY = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "quid": "GBP", "franc": "CHF",
    "franken": "CHF", "yen": "JPY",
}  # fmt: skip
_CODES = "USD|EUR|GBP|CHF|SEK|DKK|NOK|PLN|CAD|AUD|JPY"
_MONEY_BEFORE = re.compile(rf"(?:(?P<s>(?:US|A|C)?\$|[€£¥])|\b(?P<c>{_CODES}))\s?~?\s?$")
_LONGEST_SIGN = 8  # characters of a currency and the space behind it
_MONEY_AFTER = re.compile(
    rf"[\s-]?(?:(?P<s>US\$|[€$£¥])|(?P<c>{_CODES})\b"
    r"|(?P<n>(?i:dollar|euro|pound|franc|franken|quid|yen))s?\b)"
)
_DURATION = re.compile(
    r"""
    [\s-]{0,2}(?:(?:full|more|working|business|extra|additional|whole|short|calendar|straight|long
        |further|busy|consecutive)\s+)?
    (?P<u>seconds?|secs?|sekunden?|minutes?|mins?|minuten?|hours?|hrs?|h|stunden?|std
        |days?|tage?n?|weeks?|wks?|wochen?|months?|mos|monate?n?|quarters?|years?|yrs?|jahre?n?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SECONDS = {
    "se": 1, "mi": 60, "ho": 3600, "hr": 3600, "h": 3600, "st": 3600, "da": 86400, "ta": 86400,
    "we": 604800, "wk": 604800, "wo": 604800,
}  # fmt: skip
_MONTHS = {"mo": 1, "qu": 3, "ye": 12, "yr": 12, "ja": 12}
# "Four times a week" and "four times in May" count; "four times the cost" multiplies.
_TIMES = re.compile(
    r"""
    \s?[x×](?!\w)|\s?times\b(?!\s+(?:a|an|per|each|every|daily|weekly|already|before|since|in|this
        |last|of|are|is|do|for|at|on|when|and|or|must|will|we|you|they|between)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FREQUENCY = re.compile(r"\s+(?:a|per|each|every)\b", re.IGNORECASE)

# --- for each what

_PER = re.compile(
    r"""
    (?:\s+(?!(?:from|in|within|for|by|after|before|until|of|to|than|over|and|or|is|was|per|pro|je)\b)[^\W\d]+)
    {0,3}
    (?:\s+(?:per|pro|je)\s+(?P<any>[^\W\d]+)|\s?/\s?(?P<slash>[^\W\d]+)
    |\s+(?:an?|each|every|im|am|in\ der)\s+(?P<time>hour|day|week|month|quarter|year|shift
        |jahr|monat|tag|woche)\b
        (?!-|\s+(?:ago|later|earlier|before|after))
    |\s+(?P<adverb>hourly|daily|weekly|monthly|quarterly|yearly|annually|täglich)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PER_NAMES = {
    "stund": "hour", "stunde": "hour", "tag": "day", "woche": "week", "woch": "week",
    "monat": "month", "jahr": "year", "yr": "year", "wk": "week", "h": "hour", "hr": "hour",
    "hour": "hour", "daili": "day", "täglich": "day", "nightli": "night", "week": "week",
    "month": "month", "quarter": "quarter", "year": "year", "annual": "year", "lkw": "truck",
}  # fmt: skip


def read_unit(view: str, number: Number, end: int) -> Unit:
    """Return what a number is of; its unit is looked for at `end`, its sign before it."""
    if number.kind:
        frequency = _is_frequency(view, number.start, end)
        return Unit("count" if frequency else number.kind, end)
    if number.ordinal:
        return Unit("ordinal", end)
    scale, after = _magnitude(view, end)
    unit = _relative(view, after) or _money(view, number.start, after) or duration(view, after)
    unit = unit or Unit("count", after)
    return replace(unit, scale=unit.scale * scale)


def _is_frequency(view: str, start: int, end: int) -> bool:
    """Tell whether "twice a week" is meant, and not "twice the cost"."""
    once = view[start:end].casefold() in {"twice", "thrice"}
    return once and _FREQUENCY.match(view, end) is not None


def sign_before(view: str, start: int) -> int:
    """Return where a number's currency sign begins, or `start` where it has none before it."""
    sign = _money_before(view, start)
    return sign.start() if sign else start


def _money_before(view: str, start: int) -> re.Match[str] | None:
    return _MONEY_BEFORE.search(view, max(0, start - _LONGEST_SIGN), start)


def per(view: str, end: int) -> str:
    """Return what a quantity is for each of: "day", "truck"; "" where it is no rate."""
    match = _PER.match(view, end)
    if not match:
        return ""
    return rate_of(match["any"] or match["time"] or match["slash"] or match["adverb"])


def rate_of(word: str) -> str:
    """Return what a word makes a rate for each of: "daily" and "days" are "day"."""
    return _PER_NAMES.get(stem(word), stem(word))


def _magnitude(view: str, end: int) -> tuple[Decimal, int]:
    match = _MAGNITUDE.match(view, end)
    if not match:
        return Decimal(1), end
    word = (match["glued"] or match["word"]).casefold().strip(" .")
    key = word if word in _SCALES else "milliard" if word.startswith("milliard") else word[:2]
    return Decimal(10) ** _SCALES[key], match.end()


def _relative(view: str, end: int) -> Unit | None:
    if match := _POINTS.match(view, end):
        return Unit("points", match.end(), scale=Decimal("0.01") if match["bp"] else Decimal(1))
    if match := _PERCENT.match(view, end):
        return Unit("percent", match.end())
    if match := _TIMES.match(view, end):
        return Unit("multiple", match.end())
    return None


def _money(view: str, start: int, end: int) -> Unit | None:
    if before := _money_before(view, start):
        return Unit("money", end, unit=before["c"] or _SYMBOLS[before["s"]])
    after = _MONEY_AFTER.match(view, end)
    if not after:
        return None
    named = after["c"] or _SYMBOLS.get(after["s"] or "") or _CURRENCY[after["n"].casefold()]
    return Unit("money", after.end(), unit=named)


def duration(view: str, end: int) -> Unit | None:
    """Return the unit of time at `end`, None where there is none."""
    match = _DURATION.match(view, end)
    if not match:
        return None
    name = match["u"].casefold()[:2]
    if name in _MONTHS:
        return Unit("duration", match.end(), "month", Decimal(_MONTHS[name]))
    return Unit("duration", match.end(), "second", Decimal(_SECONDS[name]))
