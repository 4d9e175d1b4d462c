"""Directions: what a text says rose or fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.quantities import Quantity, quantities
from assistant.text.words import Span, content, plain, sentences

_UP = (
    r"r(?:ise|ises|ose|isen|ising)|gr(?:ow|ows|ew|own|owing|owth)|increas(?:e|es|ed|ing)|"
    r"climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|soar(?:s|ed|ing)?|higher|"
    r"expand(?:s|ed|ing)?|rais(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|"
    r"gestiegen|steigt|mehr"
)
_DOWN = (
    r"f(?:alls|ell|allen|alling)|(?<!\bthe )(?<!\bin )fall|drop(?:s|ped|ping)?|"
    r"decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|shr(?:ank|unk|inking)|cut(?:s|ting)?|"
    r"reduc(?:e|es|ed|ing|tion)|lower(?:s|ed|ing)?|fewer|slash(?:es|ed|ing)?|"
    r"shorten(?:s|ed|ing)?|halv(?:e|es|ed|ing)|gesunken|sinkt|weniger"
)
_WORD = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b"
    r"(?!\s+(?:short|behind|under|into|asleep|ice|dock))",
    re.IGNORECASE,
)
_UP_DOWN = re.compile(r"\b(?P<word>up|down)\b(?!\s+to\b)", re.IGNORECASE)
_MORE_LESS = re.compile(r"\s*(?P<word>more|fewer|less|higher|lower)\b(?!\s+than\b)", re.IGNORECASE)
_FROM_TO = re.compile(r"\bfrom\b(?P<a>[^.;]{1,40}?)\b(?:to|down to|up to)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|never|n't|no(?!-)|without|instead of)\b[^.;,]{0,18}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Direction:
    """One movement: 1 is up, -1 is down. `about` holds the stems of its sentence."""

    sign: int
    word: str
    start: int
    about: frozenset[str]
    sentence: Span


@lru_cache(maxsize=8192)
def directions(text: str) -> tuple[Direction, ...]:
    """Return the movements that a text states, in order.

    "Up" and "down" count beside a number only; "from 94 to 61 minutes" is a fall. What is denied
    ("did not fall") is left out.
    """
    view = plain(text)
    found = [
        Direction(sign, word, start, _about(view, span, word), span)
        for span in sentences(view)
        for sign, word, start in _moves(view, span)
        if not _NEGATED.search(view[span.start : start])
    ]
    return tuple(sorted(found, key=lambda d: d.start))


def _about(view: str, span: Span, word: str) -> frozenset[str]:
    return frozenset(content(view[span.start : span.end])) - frozenset(content(word))


def _moves(view: str, span: Span) -> Iterator[tuple[int, str, int]]:
    for match in _WORD.finditer(view, span.start, span.end):
        yield (1 if match["up"] else -1), match.group(), match.start()
    inside = [q for q in quantities(view) if span.start <= q.start < span.end]
    for match in _UP_DOWN.finditer(view, span.start, span.end):
        if any(_beside(view, match, q) for q in inside):
            yield (1 if match["word"].lower() == "up" else -1), match.group(), match.start()
    for quantity in inside:
        if more := _MORE_LESS.match(view, quantity.end):
            up = more["word"].lower() in {"more", "higher"}
            yield (1 if up else -1), f"{quantity.text} {more['word']}", more.start("word")
    yield from _changes(view, span, inside)


def _beside(view: str, match: re.Match[str], quantity: Quantity) -> bool:
    if quantity.start >= match.end():
        return (
            re.fullmatch(r"\s+(?:by |from |another )?", view[match.end() : quantity.start])
            is not None
        )
    return 0 <= match.start() - quantity.end <= 1


def _changes(view: str, span: Span, inside: list[Quantity]) -> Iterator[tuple[int, str, int]]:
    for match in _FROM_TO.finditer(view, span.start, span.end):
        before = [q for q in inside if match.start("a") <= q.start < match.end("a")]
        after = [q for q in inside if q.start >= match.end()]
        if (
            before
            and after
            and before[0].value != after[0].value
            and before[0].kind == after[0].kind
        ):
            up = after[0].value > before[0].value
            yield (1 if up else -1), match.group(), match.start()
