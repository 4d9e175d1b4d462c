"""PDF and DOCX to blocks; both need the extra `documents`."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from assistant.errors import SourceError
from assistant.sources.blocks import Block, BlockKind
from assistant.sources.decode import cleaned_lines, one_line
from assistant.sources.drafts import Draft
from assistant.sources.layout import blocks_of
from assistant.sources.limits import Limits
from assistant.sources.lines import Line
from assistant.sources.people import people_in

if TYPE_CHECKING:
    from docx.document import Document
    from pypdf import PdfReader

_SILENT = logging.NullHandler()  # a damaged file is said once, not in a log on the terminal
_EXTRA = "pip install 'groundwork[documents]'"
_MAX_PARTS = 2_000  # files inside a DOCX
_MAX_DEPTH = 60  # of tables within tables
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


# --- DOCX


def read_docx(raw: bytes, name: str, limits: Limits) -> Draft:
    """Return the paragraphs and table rows of a DOCX; lines count its paragraphs and rows.

    Deleted and hidden text is left out; headers, footers, notes, comments and text boxes are not
    read.

    Raises:
        SourceError: it is damaged, larger unpacked than `limits.unpacked_bytes`, or the extra
            `documents` is not installed.
    """
    _check_parts(raw, name, limits)
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise SourceError(f"{name}: reading a DOCX needs {_EXTRA}", name=name) from error
    try:
        document = docx.Document(io.BytesIO(raw))
        styles = _style_names(document)
    except (OpcError, SyntaxError, zipfile.BadZipFile, *_DAMAGED) as error:
        raise SourceError(
            f"{name}: the DOCX is damaged: {one_line(str(error))}", name=name
        ) from error
    blocks = tuple(_docx_blocks(document.element.body, styles))
    return Draft(
        kind="document",
        blocks=blocks,
        written_on=_docx_date(document),
        people=people_in(blocks),
    )


def _check_parts(raw: bytes, name: str, limits: Limits) -> None:
    """Refuse an archive that would unpack to far more than it seems to hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, *_DAMAGED) as error:
        raise SourceError(
            f"{name}: the DOCX is damaged: {one_line(str(error))}", name=name
        ) from error
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        most = f"{limits.unpacked_bytes:,} bytes or {_MAX_PARTS:,} parts"
        raise SourceError(f"{name}: unpacks to more than {most}: hand in its text", name=name)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise SourceError(f"{name}: an archive, but no DOCX: hand in what is in it", name=name)


def _style_names(document: Document) -> dict[str, str]:
    return {style.style_id: style.name or "" for style in document.styles}


class _Node(Protocol):
    """What is used of an element of the document's XML."""

    tag: object
    text: str | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator[_Node]: ...
    def iter(self) -> Iterator[_Node]: ...
    def iterancestors(self) -> Iterator[_Node]: ...
    def getprevious(self) -> _Node | None: ...
    def getnext(self) -> _Node | None: ...


def _local(node: _Node | None) -> str:
    return node.tag.rpartition("}")[2] if node is not None and isinstance(node.tag, str) else ""


def _docx_blocks(body: _Node, styles: Mapping[str, str]) -> Iterator[Block]:
    for number, (node, depth) in enumerate(_parts_of(body), start=1):
        if _local(node) == "tr":
            text = " | ".join(_text_of(cell) for cell in _cells(node))
            kind: BlockKind = "columns" if _names_columns(node) else "row"
        else:
            text, kind = _text_of(node), _paragraph_kind(node, styles)
        pieces = [piece for split in cleaned_lines(text) for piece in split]
        lines = [Line(number, piece) for piece in pieces if piece.strip(" |")]
        if kind == "prose":
            yield from blocks_of(lines, running_text=True)
        elif lines:
            yield Block(kind, tuple(lines), indent=depth)


def _parts_of(body: _Node) -> Iterator[tuple[_Node, int]]:
    """Yield paragraphs and table rows in reading order, without calling itself."""
    stack = [(child, 0) for child in reversed(list(body))]
    while stack:
        node, depth = stack.pop()
        name = _local(node)
        if name == "p" or (name == "tr" and not any(_local(n) == "tbl" for n in node.iter())):
            yield node, depth
        elif name in {"tbl", "tr", "tc", "sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            inner = depth + (name == "tbl")
            if inner <= _MAX_DEPTH:
                stack += [(child, inner) for child in reversed(list(node))]


def _names_columns(row: _Node) -> bool:
    first = _local(row.getprevious()) != "tr"
    return first and _local(row.getnext()) == "tr" and len(_cells(row)) > 1


def _cells(row: _Node) -> list[_Node]:
    return [node for node in row.iter() if _local(node) == "tc"]


def _text_of(node: _Node) -> str:
    """Return the text that shows: not what was deleted, hidden, or is a field's code."""
    paragraphs = (part for part in node.iter() if _local(part) == "p")
    return "\n".join("".join(_texts(paragraph)) for paragraph in paragraphs).strip()


_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _texts(paragraph: _Node) -> Iterator[str]:
    for run in paragraph.iter():
        if _local(run) == "r" and not _is_hidden(run):
            for part in run:
                name = _local(part)
                yield (part.text or "") if name == "t" else _SIGNS.get(name, "")


def _is_hidden(run: _Node) -> bool:
    if any(_local(up) in {"del", "moveFrom", "txbxContent"} for up in run.iterancestors()):
        return True
    marks = (mark for part in run if _local(part) == "rPr" for mark in part)
    return any(
        _local(mark) in {"vanish", "webHidden"}
        and all(value not in {"0", "false"} for value in mark.attrib.values())
        for mark in marks
    )


def _paragraph_kind(paragraph: _Node, styles: Mapping[str, str]) -> BlockKind:
    properties = (part for part in paragraph if _local(part) == "pPr")
    inner = {_local(part): part for holder in properties for part in holder}
    style = next(iter(inner["pStyle"].attrib.values()), "") if "pStyle" in inner else ""
    name = styles.get(style, style).lower()
    if name.startswith(("heading", "title", "subtitle")):
        return "heading"
    return "bullet" if "numPr" in inner or name.startswith("list") else "prose"


def _docx_date(document: Document) -> date | None:
    with suppress(*_DAMAGED):
        return _day(document.core_properties.modified or document.core_properties.created)
    return None
