"""Quotations: where a text quotes, and where the quoted words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.words import Span, blotted, normalise, plain, words

QUOTED_WORDS = 3  # fewer are a term, not a quotation
_QUOTED = re.compile(
    r"""
      “([^“”\n]{3,600})” | „([^„“”\n]{3,600})[“”] | «([^«»\n]{3,600})» | "([^"\n]{3,600})"
    | (?<![\w'’])['‘](?=\w)((?:[^'’\n]|(?<=\w)['’](?=\w)){3,600}?)['’](?!\w)
    """,
    re.VERBOSE,
)
_CUT = re.compile(r"\s*(?:\.\.\.|…|\[(?:\.\.\.|…|[^\]\d]{1,24})\])\s*")
_OUTER = " .,;:!?'\"-()"
_LEAST_SIMILAR = 86  # of 100, rapidfuzz partial ratio: a slip of one word in eight still counts
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Quotation:
    """Words between quotation marks; the span includes the marks."""

    words: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def quotations(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of three words or more, in order."""
    return tuple(
        Quotation(match[match.lastindex or 0], *match.span())
        for match in _QUOTED.finditer(text)
        if len(words(match.group())) >= QUOTED_WORDS
    )


@lru_cache(maxsize=8192)
def unquoted(text: str) -> str:
    """Return the text with its quotations blanked out, as long as it was."""
    return blotted(text, [(q.start, q.end) for q in quotations(text)], " ")


def stands_in(quote: str, text: str) -> bool:
    """Tell whether the quote's words stand in the text, in one piece and word for word.

    Case, white space, the kind of quotation marks and what surrounds the first and the last word
    do not count. Around "..." or "[...]" each piece must stand there, in order.
    """
    known = normalise(text)
    return bool(words(quote)) and (_in_order([quote], known) or _in_order(_CUT.split(quote), known))


def _in_order(pieces: Sequence[str], known: str) -> bool:
    position = 0
    for piece in filter(words, pieces):
        wanted = normalise(piece).strip(_OUTER)
        found = _whole_words(wanted, known, position)
        if found < 0:
            return False
        position = found + len(wanted)
    return True


def _whole_words(wanted: str, known: str, start: int) -> int:
    found = known.find(wanted, start)
    while found >= 0:
        before, after = known[found - 1 : found], known[found + len(wanted) :][:1]
        if not (before.isalnum() or after.isalnum()):
            return found
        found = known.find(wanted, found + 1)
    return -1


def locate(quote: str, text: str) -> Span | None:
    """Return where `text` holds the quote's words, verbatim or with a small slip; else None.

    `text[start:end]` is what the text really says, in whole words. A quote whose numbers the
    stretch does not hold is not located: a slip of the pen is not a slip of the figure.
    """
    wanted = quote.strip()
    if not words(wanted):
        return None
    return _verbatim(wanted, text) or _similar(wanted, text)


def _verbatim(quote: str, text: str) -> Span | None:
    pieces = [re.escape(piece) for piece in plain(quote).strip(_OUTER).split()]
    match = re.search(r"(?<!\w)" + r"\s+".join(pieces) + r"(?!\w)", plain(text), re.IGNORECASE)
    return Span(*match.span()) if match else None


def _similar(quote: str, text: str) -> Span | None:
    from rapidfuzz import fuzz  # a vendor, not at import time

    wanted, view = plain(quote).lower(), plain(text)
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in view)
    found = fuzz.partial_ratio_alignment(wanted, lowered, score_cutoff=_LEAST_SIMILAR)
    if not found or len(wanted) > len(lowered):
        return None
    span = _whole(view, found.dest_start, found.dest_end)
    same = _DIGITS.findall(wanted) == _DIGITS.findall(view[span.start : span.end])
    return span if same else None


def _whole(view: str, start: int, end: int) -> Span:
    """Widen a stretch to whole words, without the space and marks around it."""
    while start > 0 and view[start].isalnum() and view[start - 1].isalnum():
        start -= 1
    while end < len(view) and view[end - 1].isalnum() and view[end].isalnum():
        end += 1
    stretch = view[start:end]
    start += len(stretch) - len(stretch.lstrip(_OUTER))
    return Span(start, start + len(stretch.strip(_OUTER)))
