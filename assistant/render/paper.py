"""How small a page must be printed so that two sheets hold it."""

from __future__ import annotations

from typing import Literal

from assistant.render.page import Line, Page, lines_of

Size = Literal["roomy", "plain", "dense", "denser", "densest"]

# Characters that two Letter pages hold in print at each size: measured with Chromium, in Arial and
# in DejaVu Sans, the widest of the usual fonts.
_HOLDS: tuple[tuple[int, Size], ...] = (
    (9_900, "roomy"),
    (12_500, "plain"),
    (16_500, "dense"),
    (19_000, "denser"),
)
_NOTES_SIZE = 0.75  # the room that a character takes in the notes, which are smaller


def print_size(page: Page) -> Size:
    """Return the largest size at which two pages of A4 or Letter hold the brief."""
    length = float(sum(_length(line) for line in lines_of(page)))
    quotes = (note for group in page.notes for note in group.notes)
    length += sum(len(f"{n.label}{n.text}{n.about}") for n in quotes) * _NOTES_SIZE
    return next((size for most, size in _HOLDS if length <= most), "densest")


def _length(line: Line) -> int:
    marks = sum(len(mark.label) + len("[] ") for mark in line.marks)
    return len(line.lead) + len(line.text) + len(line.aside) + marks
