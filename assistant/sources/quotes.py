"""Quotations are checked against what the source says, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.sources.decode import one_line
from assistant.sources.source import Passage, Source

_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

_BEGINS = re.compile(r"(?<!\w)(?<!\d[.,'])")
_ENDS = re.compile(r"(?!\w)(?![.,'’]\d)")


def find_quote(quote: str, source: Source) -> Passage | None:
    """Return the first passage that holds a quote, or in which it begins; None where none does.

    White space aside, the quote must stand character for character in one passage, or in several
    that follow each other in one paragraph, in whole words and whole numbers: "$1" does not stand
    in "$1.4 million". It is cleaned as sources are.
    """
    wanted = one_line(quote)
    if not any(character.isalnum() for character in wanted):
        return None
    whole = (passage for passage in source.passages if _place(wanted, passage.text) >= 0)
    return next(whole, None) or _across(wanted, source)


def _place(wanted: str, text: str) -> int:
    """Return where a quote stands in whole words and numbers, -1 where it does not."""
    start = text.find(wanted)
    while start >= 0:
        begins = not _is_spaced(wanted[0]) or _BEGINS.match(text, start)
        if begins and (not _is_spaced(wanted[-1]) or _ENDS.match(text, start + len(wanted))):
            return start
        start = text.find(wanted, start + 1)
    return -1


def _is_spaced(character: str) -> bool:
    """Tell whether a character belongs to words that spaces part; not so in Chinese or Thai."""
    return character.isalnum() and not _UNSPACED.match(character)


def _across(wanted: str, source: Source) -> Passage | None:
    for run in _runs(source):
        text, starts = "", []
        for passage in run:
            text += "" if text.endswith(("。", "！", "？")) or not text else " "
            starts.append(len(text))
            text += passage.text
        if (place := _place(wanted, text)) >= 0:
            return run[sum(start <= place for start in starts) - 1]
    return None


def _runs(source: Source) -> Iterator[Sequence[Passage]]:
    """Yield passages between which the source has nothing but white space."""
    run: list[Passage] = []
    for passage in source.passages:
        if run and not passage.follows:
            yield run
            run = []
        run.append(passage)
    yield run
