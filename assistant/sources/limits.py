"""How much of a source is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What is refused or cut, so that no source can hold up a brief.

    More than `file_bytes`, `page_bytes` or `unpacked_bytes` is refused; of the rest the first part
    is read and a warning names the limit. The figures are the product's own: a day of talk is some
    400,000 characters.
    """

    file_bytes: int = 10_000_000
    page_bytes: int = 10_000_000  # of a web page, as it arrives
    unpacked_bytes: int = 60_000_000  # of a DOCX, whose parts are packed
    invite_bytes: int = 2_000_000  # what a calendar parser gets through within a second
    text_chars: int = 1_000_000
    line_chars: int = 100_000
    lines: int = 20_000
    tags: int = 20_000  # of an HTML page, scripts and styles not counted
    elements: int = 400_000  # of a DOCX: twenty a paragraph, which is what an office writes
    pages: int = 100  # of a PDF
    passages: int = 5_000
    redirects: int = 5
    deadline_s: float = 20.0  # for one web page, from the first byte sent to the last received
