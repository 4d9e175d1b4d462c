"""Quantities that a text states: how much or how many, of what kind, and for each what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, zip_longest

from assistant.text.numbers import Number, masked, numbers
from assistant.text.units import QuantityKind, Unit, duration, per, read_unit, sign_before
from assistant.text.words import STOPWORDS, stem, word_list


@dataclass(frozen=True)
class Quantity:
    """How much or how many.

    `value` is in percent, percentage points, units of money, times, seconds or months, or things;
    `other` is its second reading where a lone separator is ambiguous (1.250). A range gives one
    quantity for each end, both with the unit.
    """

    value: Decimal
    kind: QuantityKind
    unit: str  # "EUR"; "second" or "month"; "" otherwise
    start: int
    end: int
    text: str
    number: Decimal | None = None  # as written, before its unit; None of a compound
    other: Decimal | None = None
    nouns: tuple[str, ...] = ()  # stems of the words that follow, nearest first
    per: str = ""  # "day", "truck": of a rate
    about: bool = False
    bound: int = 0  # 1: that or more; -1: that or less; with `about`, hardly so
    loosely: bool = False  # the words that make it a bound, or about, may say nothing of the kind
    ends: tuple[Decimal, Decimal] | None = None  # of the range it belongs to

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Every reading of the value."""
        return (self.value,) if self.other is None else (self.value, self.other)


_ABOUT = re.compile(
    r"""
    (?:\b(?:about|around|roughly|approximately|approx\.?|some|circa|ca\.?|nearly|almost|rund|etwa
        |knapp|like|maybe|perhaps|probably|close\ to|just\ over|just\ under|a\ good|well\ over
        |(?:an?\ )?estimated(?:\ at)?|(?:in|on)\ the\ (?:region|order)\ of|give\ or\ take|not\ quite
        |just\ short\ of|the\ best\ part\ of|ungefähr|schätzungsweise|nahezu|beinahe|annähernd
        |vielleicht|wohl|gut)|[~≈])
    \s*(?:an?\ |the\ )?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT_AFTER = re.compile(
    r"-?ish\b|(?:\s+[^\W\d_]+){0,2}\s+or so\b"
    r"|(?:\s+[^\W\d_]+){0,4},?\s+(?:give or take|more or less)\b",
    re.IGNORECASE,
)
# "Some 400 calls" are also just 400 calls, and "talk about 400 calls" says of what.
_SOME = re.compile(
    r"\b(?:some|about\s+the|(?:talk|ask|think|know|hear|say|said|tell|told|speak|worr|concern|learn"
    r"|question|word)\w*\s+(?:\w+\s+)?about)\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"""
    (?:\b(?:over|above|beyond|at\ least|exceed(?:s|ed|ing)?|über|mindestens|mehr\ als
        |(?<!no\ )(?<!not\ )more\ than|no\ less\ than|not\ less\ than|no\ fewer\ than
        |greater\ than|(?<!no\ )longer\ than|upwards\ of|in\ excess\ of|north\ of|a\ good|gut
        |a\ minimum\ of)|\bmind\.|>=?)
    \s*(?:the\ |an?\ )?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LESS = re.compile(
    r"""
    (?:\b(?:under|below|within|at\ most|up\ to|unter|höchstens|bis\ zu|shorter\ than
        |(?<!no\ )(?<!not\ )less\ than|(?<!no\ )(?<!not\ )fewer\ than|no\ more\ than
        |not\ more\ than|no\ longer\ than|not\ over|as\ much\ as|as\ many\ as|south\ of
        |nearly|almost|knapp|not\ quite|just\ short\ of|the\ best\ part\ of|nahezu|beinahe|annähernd
        |a\ maximum\ of)|\bmax\.|<=?)
    \s*(?:the\ |an?\ )?$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MORE_AFTER = re.compile(
    r"(?:\+|(?:\s+[^\W\d_]+){0,2}\s+(?:(?:or|and)\s+(?:over|above|up|beyond)"
    r"|or\s+(?:more|longer|higher|greater)|at\s+(?:the\s+)?(?:very\s+)?least)\b)",
    re.IGNORECASE,
)
_LESS_AFTER = re.compile(
    r"(?:\s+[^\W\d_]+){0,2}\s+(?:or\s+(?:less|fewer|under|below|lower|shorter)"
    r"|at\s+(?:the\s+)?(?:very\s+)?most|tops)\b",
    re.IGNORECASE,
)
# "Spread over 38 doors" says where, "within 4 months" when: neither need be a bound.
_PLACED = re.compile(r"\bwithin\s*(?:the |a )?$|(?:\b(?P<before>\w+)\s+)?\bover\s*$", re.IGNORECASE)
_COMPARES = STOPWORDS | frozenset(
    word_list(
        """take takes took taking cost costs lose loses lost need needs needed last lasts lasted
        run runs ran wait waits waited stand stands stood employ employs see sees saw send sends
        sent handle handles handled serve serves served use uses used operate operates count counts
        well already still just"""
    )
)
_SPREAD = word_list("distributed divided shared stretched scattered spaced staggered averaged")
_MANY = 1000  # nothing is spread over more things
_BEFORE = 24  # characters in which "about" and "at least" are looked for
_TO = re.compile(r"\s?-\s?|\s+(?:to|bis|through)\s+")
_OR = re.compile(r"\s+(?:or|oder)\s+")
_AND = re.compile(r"\s+(?:and|und)\s+")
_BETWEEN = re.compile(r"\b(?:between|zwischen)\s+\D{0,3}$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+\D{0,12}$", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|and|und)?\s*")
_NOUN = re.compile(r"[^\W\d_]+")
_NOUNS, _AFTER = 4, 60  # words, and the characters they stand in
_CLAUSE_END = re.compile(r"[.,;:!?()\n_\"]|\d")
_PASSED = word_list(
    "ish more other full new whole own extra additional further of the all your our their its"
)
_ONES = word_list("one ein eine einen einem einer")


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order.

    Dates, times of day, addresses, telephone and list numbers, standards and numbered places
    ("Line 3", "ISO 9001"), 24/7, idioms, and "one" without a unit are no quantities.
    """
    view = masked(text)
    found = numbers(view)
    read = [
        quantity
        for number, following in zip_longest(found, found[1:])
        if (quantity := _read(view, text, number, following))
    ]
    return tuple(_whole_durations(text, list(_with_ends(view, _in_money(view, read)))))


def _read(view: str, text: str, number: Number, following: Number | None) -> Quantity | None:
    end = _shared_end(view, number, following)
    unit = read_unit(view, number, end)
    if _is_bare_one(view, number, unit):
        return None
    start = sign_before(view, number.start)
    first, *second = (value * unit.scale for value in number.values)
    return Quantity(
        value=first,
        number=number.values[0],
        other=second[0] if second else None,
        kind=unit.kind,
        unit=unit.unit,
        start=start,
        end=unit.end if end == number.end else number.end,
        text=text[start : unit.end if end == number.end else number.end].strip(),
        nouns=_nouns(view, unit),
        per=per(view, unit.end),
        about=_says(_ABOUT, view, start) or _ABOUT_AFTER.match(view, unit.end) is not None,
        bound=_bound(view, start, unit),
        loosely=_says(_SOME, view, start) or _is_placed(view, start, unit, first),
    )


def _bound(view: str, start: int, unit: Unit) -> int:
    more = _says(_MORE, view, start) or _MORE_AFTER.match(view, unit.end) is not None
    less = _says(_LESS, view, start) or _LESS_AFTER.match(view, unit.end) is not None
    return more - less


def _is_placed(view: str, start: int, unit: Unit, value: Decimal) -> bool:
    """Tell whether the preposition before a number may say where or when, and not how many."""
    match = _PLACED.search(view, max(0, start - _BEFORE), start)
    if not match or unit.kind not in {"count", "duration"}:
        return False
    if unit.kind == "count" and value >= _MANY:
        return False
    before = (match["before"] or "").casefold()
    if not before:
        return unit.kind == "duration"
    return before in _SPREAD or not (before in _COMPARES or before.endswith("ed"))


def _shared_end(view: str, number: Number, following: Number | None) -> int:
    """Return where the unit is looked for: the first end of a range has that of the second."""
    if following is None or number.kind:
        return number.end
    between = view[number.end : sign_before(view, following.start)]
    linked = _TO.fullmatch(between) or _OR.fullmatch(between)
    spanned = _AND.fullmatch(between) and _says(_BETWEEN, view, number.start)
    return following.end if linked or spanned else number.end


def _is_bare_one(view: str, number: Number, unit: Unit) -> bool:
    return unit.kind == "count" and view[number.start : number.end].casefold() in _ONES


def _nouns(view: str, unit: Unit) -> tuple[str, ...]:
    if unit.kind not in {"count", "percent"}:
        return ()
    found: list[str] = []
    clause = _CLAUSE_END.split(view[unit.end : unit.end + _AFTER], maxsplit=1)[0]
    for match in _NOUN.finditer(clause):
        word = match.group().casefold()
        if word in _PASSED and not found:
            continue
        if word in STOPWORDS or len(found) == _NOUNS:
            break
        found.append(stem(word))
    return tuple(found)


# --- what several numbers make together


def _in_money(view: str, read: Sequence[Quantity]) -> list[Quantity]:
    """Give the second end of "$3-5 million" the currency of the first."""
    money = {
        two.start: one.unit
        for one, two in pairwise(read)
        if one.kind == "money" and two.kind == "count" and _TO.fullmatch(view[one.end : two.start])
    }
    return [replace(q, kind="money", unit=money[q.start]) if q.start in money else q for q in read]


def _with_ends(view: str, read: Sequence[Quantity]) -> Iterator[Quantity]:
    """Mark the two ends of each range."""
    ends: dict[int, tuple[Decimal, Decimal]] = {}
    for one, two in pairwise(read):
        if one.kind == two.kind and _is_range(view, one, two):
            ends[one.start] = ends[two.start] = (one.value, two.value)
    for quantity in read:
        yield replace(quantity, ends=ends.get(quantity.start))


def _is_range(view: str, one: Quantity, two: Quantity) -> bool:
    between = view[one.end : two.start]
    if _TO.fullmatch(between):
        return not _says(_FROM, view, one.start)
    return bool(_AND.fullmatch(between) and _says(_BETWEEN, view, one.start))


def _says(words_before: re.Pattern[str], view: str, position: int) -> bool:
    return words_before.search(view, max(0, position - _BEFORE), position) is not None


def _whole_durations(text: str, read: list[Quantity]) -> Iterator[Quantity]:
    """Read "two hours and 20 minutes" as one duration."""
    held: Quantity | None = None
    for quantity in read:
        if held and _continues(text, held, quantity):
            held = replace(
                held,
                value=held.value + quantity.value,
                number=None,
                end=quantity.end,
                text=text[held.start : quantity.end],
                per=quantity.per,
            )
            continue
        if held:
            yield held
        held = quantity
    if held:
        yield held


def _continues(text: str, one: Quantity, two: Quantity) -> bool:
    return (
        one.kind == two.kind == "duration"
        and one.unit == two.unit
        and two.value < _grain(one)
        and _JOINED.fullmatch(text[one.end : two.start]) is not None
        and _grain(two) < _grain(one)
    )


def _grain(quantity: Quantity) -> Decimal:
    """Return the size of the unit that a duration is given in."""
    unit = re.search(r"[^\W\d_]+\s*$", quantity.text)
    read = duration(unit.group(), 0) if unit else None
    return read.scale if read else Decimal(0)
