"""Figures: each is in the cited evidence, as exactly, and of the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assistant.checks.asserted import asks
from assistant.checks.cited import Cited, missing
from assistant.evidence import Evidence
from assistant.text import (
    STOPWORDS,
    Quantity,
    is_common,
    quantities,
    rate_of,
    sentences,
    stem,
    word_list,
    words,
)

_ROUNDING = Decimal("0.1")  # how far "about 400" may be from what it rounds
_ORDINALS = word_list("zeroth first second third fourth fifth sixth seventh eighth ninth tenth")
_NEXT_WORD = re.compile(r"[ -][^\W\d_]+")
# "The 60-minute goal" and "her limit of $100,000" name the bound itself.
_LIMIT = re.compile(
    r"\b(?:limits?|thresholds?|targets?|goals?|caps?|ceilings?|floors?|marks?|minimum|maximum)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|suppose|supposing|imagine|whether)\b", re.IGNORECASE)
_FOLLOWING = re.compile(r"(?:-?ish\b)?(?:[ -]+(?:of\s+)?[^\W\d_]+){1,4}")
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|it|which|us|you)\b", re.IGNORECASE)
_PLURAL = re.compile(r"[^\W\d_]{2,}[^\W\d_su]s|people|men|women|staff|personnel|lkws?")
# Plural in form, and no things that are counted.
_UNCOUNTED = frozenset(
    word_list("""
    times ones others things ways always perhaps towards sometimes besides whereas overseas less
    stands matters takes needs means makes comes goes gives helps says wants keeps gets brings hurts
    """)
)
# What the notes may call by one word and the brief by another; the first is how it is compared.
_ALIKE = """
    site/plant/terminal/facility/location/center/centre/warehouse/depot/werk
    people/employee/empl/staff/headcount/fte/worker/colleague/person/mitarbeiter
    truck/lorry/lkw/vehicle carrier/haulier/hauler/spediteur supplier/vendor/lieferant
    customer/client/kunde door/dock/ramp/rampe/tor/bay shipment/load/delivery/ladung call/phone/ring
"""
_SAME = {
    stem(word): stem(group.split("/")[0])
    for group in word_list(_ALIKE)
    for word in group.split("/")
}
_SHORTEST_ABBREVIATION = 3  # letters


@dataclass(frozen=True)
class _Found:
    """A figure of the evidence and the sentence in which it stands."""

    quantity: Quantity
    counted: str  # stem of the things that are counted, as `_things` reads them; "" where none
    named_before: bool  # "400 of them": another line says of what
    stems: frozenset[str]  # of all words of the sentence, things by their common name


def misstated_figures(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    """Yield what is wrong with each figure: unknown, less or more exact, or of other things."""
    for said in quantities(text):
        alike = [f for f in _figures_of(known) if _is_it(text, said, f, known)]
        found = [f.quantity for f in alike]
        if not (alike or _as_written(text, said, known)):
            yield missing(_shown(text, said), known)
        elif alike and not _is_as_exact(text, said, found):
            yield f"{_compared(said)}: {known.shown} says {_otherwise(found[0])}"
        elif _of_something_else(said, found, known):
            yield f"{_shown(text, said)}: {known.shown} says {said.text} of something else"
        elif alike:
            yield from _of_other_things(text, said, alike, known)


def _is_it(text: str, said: Quantity, figure: _Found, known: Cited) -> bool:
    """Tell whether a figure of the evidence may be the one that is said; rounded, of the same."""
    if not _same_amount(said, figure.quantity, known):
        return False
    things = "" if _equal(said, figure.quantity) else _things(text, said)
    return not things or _may_count(things, said, figure, known)


def _figures_of(known: Cited) -> list[_Found]:
    return [figure for text in known.texts for figure in _figures_in(text)]


@lru_cache(maxsize=8192)
def _figures_in(text: str) -> tuple[_Found, ...]:
    spans = sentences(text)
    found = []
    for quantity in quantities(text):
        span = next((s for s in spans if s.start <= quantity.start < s.end), (0, len(text)))
        counted = _things(text, quantity) or "".join(set(quantity.nouns[:1]) & {"time"})
        before = _OF_THEM.match(text, quantity.end) is not None
        found.append(_Found(quantity, counted, before, _named(text[span[0] : span[1]])))
    return tuple(found)


def _shown(text: str, said: Quantity) -> str:
    noun = _NEXT_WORD.match(text, said.end) if said.kind == "count" else None
    counted = noun and stem(noun.group().strip(" -")) in said.nouns
    return said.text + (noun.group() if noun and counted else "")


def _as_written(text: str, said: Quantity, known: Cited) -> bool:
    """Tell whether the evidence has the same words, where it was not read as the same number."""
    if said.kind == "ordinal":
        return _ordinal_word(said, known)
    following = _NEXT_WORD.match(text, said.end)
    read = any(said.number in (k.number, k.value) for k in known.quantities)
    return following is not None and not read and known.holds(said.text + following.group())


def _ordinal_word(said: Quantity, known: Cited) -> bool:
    return said.value < len(_ORDINALS) and known.knows_word(_ORDINALS[int(said.value)])


# --- how much


def _same_amount(said: Quantity, known: Quantity, around: Cited) -> bool:
    return (
        _same_kind(said, known, around)
        and _same_value(said, known)
        and (not said.per or not known.per or said.per == known.per)
        and (known.ends is None or said.ends == known.ends or said.about or said.bound != 0)
    )


def _same_kind(said: Quantity, known: Quantity, around: Cited) -> bool:
    """Tell whether two numbers can be one; a bare one takes the unit that its context has."""
    if said.kind == known.kind:
        return said.unit == known.unit
    if said.kind == "count":
        return not said.nouns
    if known.kind != "count" or known.nouns:
        return False
    alike = [k for k in around.quantities if (k.kind, k.unit) == (said.kind, said.unit)]
    same_number = [k for k in alike if k.number == said.number]
    return any(_equal(said, k) for k in same_number) if same_number else bool(alike)


def _same_value(said: Quantity, known: Quantity) -> bool:
    return _equal(said, known) or (
        (said.about or said.bound != 0)
        and any(
            _rounds(value, exact, said.bound) for value in said.values for exact in known.values
        )
    )


def _equal(said: Quantity, known: Quantity) -> bool:
    if set(said.values) & set(known.values):
        return True
    return said.kind != known.kind and (said.value == known.number or said.number == known.value)


def _rounds(value: Decimal, exact: Decimal, bound: int) -> bool:
    """Tell whether `value` is `exact` with fewer figures, on the side that was said."""
    figures = _digits(value)
    if not 0 < figures < _digits(exact) or abs(value - exact) > _ROUNDING * abs(exact):
        return False
    if bound:
        return (exact - value) * bound > 0
    step = Decimal(1).scaleb(exact.adjusted() - figures + 1)
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step == value


def _digits(value: Decimal) -> int:
    """Return how many figures a number has, without the zeros at its end."""
    return len(value.normalize().as_tuple().digits) if value else 0


# --- how exactly


def _is_as_exact(text: str, said: Quantity, found: Sequence[Quantity]) -> bool:
    exact = [k for k in found if _equal(said, k)]
    turned = bool(exact) and all(said.bound * k.bound < 0 for k in exact)
    return not turned and any(_compares_alike(text, said, k) for k in found)


def _compares_alike(text: str, said: Quantity, known: Quantity) -> bool:
    """Tell whether a figure is as exact as the evidence has it: more than, less than, about.

    Just over may be said for more than; not the reverse. A question may suppose a bound that
    nobody stated, a limit is called by its figure alone, and so is what is about that much in a
    question, or where the text has said so before.
    """
    if said.bound * known.bound < 0:
        return False
    if not _equal(said, known) or said.loosely or known.loosely:
        return True
    if said.bound != known.bound:
        if said.bound == 0:
            return (said.about and known.about) or _names_limit(text, said)
        return known.ends is not None or _supposes(text, said)
    if said.about or not known.about:
        return known.about or not said.about
    return known.bound != 0 or asks(text, said.start) or _said_before(text, said)


def _said_before(text: str, said: Quantity) -> bool:
    """Tell whether the same amount stands before it as about that much: "those 40 trucks"."""
    return any(q.about and _equal(said, q) for q in quantities(text) if q.start < said.start)


def _names_limit(text: str, said: Quantity) -> bool:
    return _LIMIT.search(_sentence_of(text, said)) is not None


def _supposes(text: str, said: Quantity) -> bool:
    """Tell whether a question makes up a case: "what if it were under 20 percent?"."""
    begin = next((a for a, b in sentences(text) if a <= said.start < b), 0)
    return asks(text, said.start) and _IF.search(text[begin : said.start]) is not None


def _sentence_of(text: str, said: Quantity) -> str:
    return next((text[a:b] for a, b in sentences(text) if a <= said.start < b), text)


def _compared(said: Quantity) -> str:
    return f"{_WORDS[said.bound, said.about]}{said.text}".strip()


def _otherwise(known: Quantity) -> str:
    return _WORDS[known.bound, known.about].strip() or f"just {known.text}"


_WORDS = {
    (1, False): "more than ",
    (-1, False): "less than ",
    (1, True): "just over ",
    (-1, True): "nearly ",
    (0, True): "about ",
    (0, False): "",
}


# --- of what


def _of_something_else(said: Quantity, alike: Sequence[Quantity], known: Cited) -> bool:
    """Tell whether the figure belongs to other things, and these things have another figure."""
    if said.kind != "count" or not said.nouns or not alike:
        return False
    if any(not k.nouns or set(k.nouns) & set(said.nouns) for k in alike):
        return False
    return any(k.kind == "count" and said.nouns[0] in k.nouns[:2] for k in known.quantities)


def _of_other_things(
    text: str, said: Quantity, alike: Sequence[_Found], known: Cited
) -> Iterator[str]:
    """Yield it where the evidence counts other things, or for each of nothing."""
    things = _things(text, said)
    if things and not any(_may_count(things, said, figure, known) for figure in alike):
        yield f"{_shown(text, said)}: {known.shown} does not say {said.text} of these"
    if said.per and not any(_is_rate(said.per, figure) for figure in alike):
        yield f"{said.text} a {said.per}: {known.shown} does not say for each {said.per}"


def _may_count(things: str, said: Quantity, figure: _Found, known: Cited) -> bool:
    """Tell whether a figure of the evidence may be of these things; one it cannot read may be."""
    quantity = figure.quantity
    if quantity.kind != said.kind or things in figure.stems or _abbreviated(things, figure.stems):
        return True
    if figure.named_before:
        return True
    if not figure.counted:
        return said.kind == "percent" or bool(quantity.nouns) or _knows(things, known)
    return False


def _knows(things: str, known: Cited) -> bool:
    return any(things in _named(text) for text in known.texts)


def _abbreviated(things: str, stems: frozenset[str]) -> bool:
    """Tell whether the things are cut short in the evidence: "Empl" for employees."""
    return any(
        len(s) >= _SHORTEST_ABBREVIATION and things.startswith(s) and not is_common(s)
        for s in stems
    )


def _is_rate(per: str, figure: _Found) -> bool:
    return figure.quantity.per == per or per in figure.stems


def _things(text: str, quantity: Quantity) -> str:
    """Return the stem of the plural noun that follows a count, "% of" included; "" without one."""
    if quantity.kind not in {"count", "percent"}:
        return ""
    following = _FOLLOWING.match(text, quantity.end)
    for word in words(following.group()) if following else ():
        if word not in STOPWORDS and _PLURAL.fullmatch(word) and word not in _UNCOUNTED:
            return _thing(word)
        if word in STOPWORDS and word not in _PASSED:
            break
    return ""


_PASSED = word_list("of the all your our their its more other own")


@lru_cache(maxsize=8192)
def _named(text: str) -> frozenset[str]:
    return frozenset(_thing(word) for word in words(text))


def _thing(word: str) -> str:
    return _SAME.get(stem(word), rate_of(word))
