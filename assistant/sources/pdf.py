"""PDF to blocks; needs the extra `documents`."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.errors import SourceError
from assistant.sources.decode import cleaned_lines, one_line
from assistant.sources.drafts import Draft
from assistant.sources.layout import blocks_of
from assistant.sources.limits import Limits
from assistant.sources.lines import Line
from assistant.sources.people import people_in

if TYPE_CHECKING:
    from pypdf import PdfReader

_SILENT = logging.NullHandler()  # a damaged file is said once, not in a log on the terminal
_EXTRA = "pip install 'groundwork[documents]'"
_PAGE_NUMBER = re.compile(r"\b(?:page|seite|p\.) ?#|#+ ?(?:/|of|von) ?#")
_NO_DATES = frozenset({date(1970, 1, 1), date(1980, 1, 1), date(2000, 1, 1)})  # of tools' clocks


def read_pdf(raw: bytes, name: str, limits: Limits) -> Draft:
    """Return the text of a PDF, page by page; `Line.number` counts the lines of the page.

    Raises:
        SourceError: it is damaged, needs a password or holds pictures of text only, or the extra
            `documents` is not installed.
    """
    try:
        from pypdf import Configuration, PdfReader, apply_configuration
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise SourceError(f"{name}: reading a PDF needs {_EXTRA}", name=name) from error
    logging.getLogger("pypdf").addHandler(_SILENT)
    try:
        # What one stream may unpack to, and its steps: a page of a report takes a hundredth.
        bounds = Configuration(
            zlib_maximum_output_length=20_000_000,
            stream_decoding_work_maximum_length=50_000_000,
            stream_parsing_work_maximum_count=300_000,
            disable_legacy_handling=True,
        )
        with apply_configuration(bounds):
            reader = PdfReader(io.BytesIO(raw), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise SourceError(
                    f"{name}: the PDF needs a password: save it without one", name=name
                )
            pages, warnings = _pdf_pages(reader, limits)
            written_on = _pdf_date(reader)
    except DependencyError as error:
        raise SourceError(f"{name}: the PDF is encrypted: save it without", name=name) from error
    except (PyPdfError, *_DAMAGED) as error:
        raise SourceError(
            f"{name}: the PDF is damaged: {one_line(str(error))}", name=name
        ) from error
    lines = [line for page in _without_running_heads(pages) for line in page]
    if not any(line.text.strip() for line in lines):
        raise SourceError(
            f"{name}: the PDF holds no text, only pictures of it: hand in the text itself",
            name=name,
        )
    blocks = blocks_of(lines, running_text=True)
    return Draft(
        kind="document",
        blocks=blocks,
        written_on=written_on,
        people=people_in(blocks),
        warnings=warnings,
    )


# What pypdf is known to raise on damaged files, beside its own errors.
_DAMAGED = (
    ValueError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError,
    AssertionError, NotImplementedError, OSError,
)  # fmt: skip


def _pdf_pages(reader: PdfReader, limits: Limits) -> tuple[list[list[Line]], tuple[str, ...]]:
    pages: list[list[Line]] = []
    size = 0
    count = len(reader.pages)
    for number in range(1, min(count, limits.pages) + 1):
        text = reader.pages[number - 1].extract_text()
        size += len(text)
        if size > limits.text_chars:
            return pages, (f"only its first {limits.text_chars:,} characters were read",)
        numbered = enumerate(cleaned_lines(text), start=1)
        pages.append([Line(n, piece, page=number) for n, pieces in numbered for piece in pieces])
    cut = (f"only its first {limits.pages} of {count} pages were read",)
    return pages, cut if count > limits.pages else ()


def _without_running_heads(pages: list[list[Line]]) -> Iterator[list[Line]]:
    """Leave out what stands on top or at the foot of page after page, and page numbers."""
    edges = Counter(
        text for page in pages for text in {_folded(line.text) for line in _edges(page)}
    )
    running = {text for text, times in edges.items() if times > max(1, len(pages) // 2)}
    for position, page in enumerate(pages):
        at_edge = {line.number for line in _edges(page)}
        yield [
            line._replace(text="")
            if line.number in at_edge and _runs(line.text, running, first=position == 0)
            else line
            for line in page
        ]


def _runs(text: str, running: set[str], *, first: bool) -> bool:
    folded = _folded(text)
    alone = folded.strip(" -–—.#")
    return (folded in running and ("#" in folded or not first)) or alone.isdecimal() or not alone


def _edges(page: list[Line]) -> list[Line]:
    said = [line for line in page if line.text.strip()]
    return [*said[:2], *said[-2:]]


def _folded(text: str) -> str:
    """Return a line as it reads on every page: without its number, where it has a page's."""
    plain = " ".join(text.split()).lower()
    unnumbered = re.sub(r"\d+", "#", plain)
    return unnumbered if _PAGE_NUMBER.search(unnumbered) else plain


def _pdf_date(reader: PdfReader) -> date | None:
    with suppress(*_DAMAGED):
        created = reader.metadata.creation_date if reader.metadata else None
        return _day(created)
    return None


def _day(moment: object) -> date | None:
    day = moment.date() if isinstance(moment, datetime) else None
    return None if day in _NO_DATES else day
