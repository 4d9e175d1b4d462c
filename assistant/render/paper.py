"""How small a page must be printed so that two sheets hold it, its gaps and notes aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Literal

from assistant.render.page import Line, Page

Size = Literal["roomy", "plain", "dense", "denser", "densest"]


@dataclass(frozen=True)
class _Sheet:
    """What two Letter pages hold in print at one size."""

    size: Size
    characters: int  # in a row of a column
    rows: int


# Measured with Chromium, in Arial and in DejaVu Sans, the widest of the usual fonts.
_SHEETS = (
    _Sheet("roomy", 68, 240),
    _Sheet("plain", 72, 270),
    _Sheet("dense", 76, 290),
    _Sheet("denser", 84, 300),
)
_HEADING = 1.5  # rows
_INDENT = 2  # characters
_MARK_SIZE = 0.8  # of the page's own


def print_size(page: Page) -> Size:
    """Return the largest size at which two pages of A4 or Letter hold the brief."""
    return next((s.size for s in _SHEETS if _rows(page, s.characters) <= s.rows), "densest")


def _rows(page: Page, characters: int) -> float:
    """Return how many rows of a column the page takes; the first minute runs across both."""
    blocks = [*(block for layer in page.layers for block in layer.blocks), page.checks]
    headings = len(page.layers) + sum(bool(block.title) for block in blocks)
    body = sum(_of_lines(block.lines, characters) for block in blocks)
    return 2 * _of_lines(page.minute, 2 * characters) + headings * _HEADING + body


def _of_lines(lines: Iterable[Line], characters: int) -> int:
    return sum(_of_line(line, characters) for line in lines)


def _of_line(line: Line, characters: int) -> int:
    if line.flows:
        return ceil((_length(line) + sum(map(_length, line.under))) / characters)
    return ceil(_length(line) / characters) + _of_lines(line.under, characters - _INDENT)


def _length(line: Line) -> float:
    marks = sum(len(mark.label) + len("[] ") for mark in line.marks) * _MARK_SIZE
    aside = 0 if line.unprinted else len(line.aside)
    return len(line.lead) + 1 + len(line.text) + aside + marks
