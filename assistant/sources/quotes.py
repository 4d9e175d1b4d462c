"""Quotations are checked against what the source says, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.sources.decode import one_line
from assistant.sources.source import Passage, Source


def find_quote(quote: str, source: Source) -> Passage | None:
    """Return the first passage that holds a quote, or with which it begins; None where none does.

    White space aside, the quote must stand character for character in one passage, or in sentences
    that follow each other on one line, in whole words and whole numbers: "$1" does not stand in
    "$1.4 million". It is cleaned as sources are.
    """
    wanted = one_line(quote)
    if not any(character.isalnum() for character in wanted):
        return None
    begins = r"(?<!\w)(?<!\d[.,'])" if wanted[0].isalnum() else ""
    ends = r"(?!\w)(?![.,'’]\d)" if wanted[-1].isalnum() else ""
    pattern = re.compile(begins + re.escape(wanted) + ends)
    for passage in source.passages:
        if pattern.search(passage.text):
            return passage
    for line in _lines(source):
        if pattern.search(" ".join(passage.text for passage in line)):
            return line[0]
    return None


def _lines(source: Source) -> Iterator[tuple[Passage, ...]]:
    """Yield the sentences that begin on one line and are said by one speaker, in their order."""
    for _, line in groupby(source.passages, key=lambda p: (p.page, p.line, p.speaker)):
        yield tuple(line)
