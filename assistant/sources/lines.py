"""A text as numbered lines."""

from __future__ import annotations

from typing import NamedTuple

from assistant.sources.decode import cleaned_lines
from assistant.sources.limits import Limits


class Line(NamedTuple):
    """A line of a source, cleaned; what it means for its passages comes with it."""

    number: int  # from 1, of the file or of its page
    text: str
    page: int | None = None
    speaker: str = ""  # whose line it is, where the source says so for a whole stretch
    quoted: bool = False
    glued: bool = False  # goes on where the line before ends, without a space

    @property
    def context(self) -> tuple[int | None, str, bool]:
        """What lines of one paragraph have in common."""
        return self.page, self.speaker, self.quoted


def lines_of(text: str, limits: Limits) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the cleaned lines of a text, and which limits cut it short, in plain words."""
    warnings = []
    if len(text) > limits.text_chars:
        text = text[: limits.text_chars]
        warnings.append(f"only its first {limits.text_chars:,} characters were read")
    split = cleaned_lines(text)
    if len(split) > limits.lines:
        warnings.append(f"only its first {limits.lines:,} lines were read")
    pieces = [
        (number, piece) for number, line in enumerate(split[: limits.lines], 1) for piece in line
    ]
    if any(len(piece) > limits.line_chars for _, piece in pieces):
        warnings.append(f"of a line only the first {limits.line_chars:,} characters were read")
    lines = tuple(Line(number, piece[: limits.line_chars]) for number, piece in pieces)
    return lines, tuple(warnings)
