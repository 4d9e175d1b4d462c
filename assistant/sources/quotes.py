"""Quotations are checked against what the source says, word for word."""

from __future__ import annotations

import re

from assistant.sources.decode import one_line
from assistant.sources.source import Passage, Source


def find_quote(quote: str, source: Source) -> Passage | None:
    """Return the first passage that holds a quote; None where none does.

    White space aside, the quote must stand in one passage character for character, in whole words
    and whole numbers: "$1" does not stand in "$1.4 million". It is cleaned as sources are.
    """
    wanted = one_line(quote)
    if not any(character.isalnum() for character in wanted):
        return None
    begins = r"(?<!\w)(?<!\d[.,'])" if wanted[0].isalnum() else ""
    ends = r"(?!\w)(?![.,'’]\d)" if wanted[-1].isalnum() else ""
    pattern = re.compile(begins + re.escape(wanted) + ends)
    return next((passage for passage in source.passages if pattern.search(passage.text)), None)
