"""DOCX to blocks, read from the front until a limit is reached; needs the extra `documents`.

The file is read part by part instead of through a library that builds the whole of it first: of a
document that is too long only the beginning is ever unpacked.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import NamedTuple, Protocol

from assistant.errors import SourceError
from assistant.sources.blocks import Block, BlockKind
from assistant.sources.decode import cleaned_lines, one_line
from assistant.sources.drafts import Draft
from assistant.sources.layout import blocks_of
from assistant.sources.limits import Limits
from assistant.sources.lines import Line
from assistant.sources.people import people_in

_EXTRA = "pip install 'groundwork[documents]'"
_MAX_PARTS = 2_000  # files inside a DOCX
_MAX_DEPTH = 60  # of tables within tables
_MAX_SMALL = 100_000  # elements read of the parts beside the text: styles, dates, where parts are
_CHUNK = 65_536  # bytes
_NO_DATES = frozenset({date(1970, 1, 1), date(1980, 1, 1), date(2000, 1, 1)})  # of tools' clocks
# What the standard library raises on damaged archives; a part that is locked is a RuntimeError.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, IndexError,
    NotImplementedError, RuntimeError, SyntaxError, OverflowError,
)  # fmt: skip


def read_docx(raw: bytes, name: str, limits: Limits) -> Draft:
    """Return the paragraphs and table rows of a DOCX; lines count its paragraphs and rows.

    Deleted and hidden text is left out; headers, footers, notes, comments and text boxes are not
    read. Of a longer document the first part is read, up to the limits for lines, characters and
    elements, and a warning names the one that was reached.

    Raises:
        SourceError: it is damaged, larger unpacked than `limits.unpacked_bytes`, or the extra
            `documents` is not installed.
    """
    if find_spec("lxml") is None:
        raise SourceError(f"{name}: reading a DOCX needs {_EXTRA}", name=name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_parts(archive, name, limits)
            package = _Package.of(archive)
            text = _tree(archive, package.text, elements=limits.elements, lines=limits.lines)
            styles = _style_names(_small(archive, package.styles))
            written_on = _written_on(_small(archive, package.dates))
    except _DAMAGED as error:
        raise SourceError(
            f"{name}: the DOCX is damaged: {one_line(str(error))[:200]}", name=name
        ) from error
    reading = _Reading(styles, limits, text.cut_by)
    blocks = tuple(reading.blocks(text.top))
    return Draft(
        kind="document",
        blocks=blocks,
        written_on=written_on,
        people=people_in(blocks),
        warnings=(f"only its first {reading.cut_by} were read",) if reading.cut_by else (),
    )


# --- its parts


def _check_parts(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive that would unpack to far more than it seems to hold."""
    parts = archive.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        most = f"{limits.unpacked_bytes:,} bytes or {_MAX_PARTS:,} parts"
        raise SourceError(f"{name}: unpacks to more than {most}: hand in its text", name=name)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise SourceError(f"{name}: an archive, but no DOCX: hand in what is in it", name=name)


class _Package(NamedTuple):
    """Where in the archive the parts are; "" where there is none."""

    text: str
    styles: str
    dates: str

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> _Package:
        """Follow the archive's own list.

        Raises:
            ValueError: it lists no text.
        """
        top = _listed(archive, "")
        text = top.get("officeDocument", "")
        if not text:
            raise ValueError("it lists no document")
        return cls(text, _listed(archive, text).get("styles", ""), top.get("core-properties", ""))


def _listed(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the parts that a part (the archive itself for "") says it has, by their kind."""
    folder, file = posixpath.split(part)
    found: dict[str, str] = {}
    for link in _small(archive, posixpath.join(folder, "_rels", f"{file}.rels")):
        kind = link.attrib.get("Type", "").rpartition("/")[2]
        target = posixpath.join("/", folder, link.attrib.get("Target", ""))
        if link.attrib.get("TargetMode") != "External":
            found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
    return found


class _Node(Protocol):
    """What is used of an element of the document's XML."""

    tag: object
    text: str | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator[_Node]: ...
    def __reversed__(self) -> Iterator[_Node]: ...
    def iter(self, *tags: str) -> Iterator[_Node]: ...
    def iterancestors(self, *tags: str) -> Iterator[_Node]: ...
    def getprevious(self) -> _Node | None: ...
    def getnext(self) -> _Node | None: ...


class _Tree(NamedTuple):
    """What was read of a part, below the element that holds it, and the limit that ended it."""

    top: _Node
    cut_by: str = ""


_LINES = frozenset({"p", "tr"})
_TOPS = frozenset({"body", "Relationships", "styles", "coreProperties"})


def _small(archive: zipfile.ZipFile, part: str) -> Iterator[_Node]:
    """Yield what stands right below the top of a part beside the text, nothing if it is missing."""
    if part in archive.namelist():
        yield from _tree(archive, part, elements=_MAX_SMALL, lines=_MAX_SMALL).top


def _tree(archive: zipfile.ZipFile, part: str, *, elements: int, lines: int) -> _Tree:
    """Read a part until it has more than so many elements, or paragraphs and rows.

    Raises:
        ValueError: nothing of it can be read.
    """
    from lxml import etree  # type: ignore[import-untyped]  # it has no types

    wanted = [f"{{*}}{name}" for name in (*_TOPS, *_LINES)]
    parser = etree.XMLPullParser(
        events=("start",), tag=wanted, resolve_entities=False, no_network=True
    )
    top: _Node | None = None
    read = said = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            begun: list[_Node] = [node for _, node in parser.read_events()]
            if top is None:
                top = next((node for node in begun if _local(node) in _TOPS), None)
            said += sum(_local(node) in _LINES for node in begun)
            read += chunk.count(b"<") - chunk.count(b"</")
            if top is not None and said > lines:
                return _Tree(top, f"{lines:,} paragraphs and rows")
            if top is not None and read > elements:
                return _Tree(top, f"{elements:,} elements")
    parser.close()
    if top is None:
        raise ValueError(f"{part} holds no text")
    return _Tree(top)


def _local(node: _Node | None) -> str:
    return node.tag.rpartition("}")[2] if node is not None and isinstance(node.tag, str) else ""


def _value(node: _Node, name: str) -> str:
    """Return an attribute of whatever name space."""
    return next((v for key, v in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _style_names(styles: Iterable[_Node]) -> dict[str, str]:
    return {
        _value(style, "styleId"): _value(part, "val")
        for style in styles
        for part in style
        if _local(part) == "name"
    }


def _written_on(properties: Iterable[_Node]) -> date | None:
    """Return the day of the last change, else that of the making."""
    said = {_local(node): node.text or "" for node in properties}
    for name in ("modified", "created"):
        try:
            day = date.fromisoformat(said.get(name, "")[:10])
        except ValueError:
            continue
        return None if day in _NO_DATES else day
    return None


# --- its text


@dataclass
class _Reading:
    """Paragraphs and rows being read until a limit is reached."""

    styles: Mapping[str, str]  # names by id
    limits: Limits
    cut_by: str  # the limit that ended the reading, "" where none did
    characters: int = 0

    def blocks(self, body: _Node) -> Iterator[Block]:
        """Yield the blocks below the document's body."""
        for number, (node, depth) in enumerate(_parts_of(body), start=1):
            kind = _kind(node, self.styles)
            text = _text_of(node)[: self.limits.text_chars - self.characters + 1]
            self.characters += len(text)
            pieces = [piece for split in cleaned_lines(text) for piece in split]
            lines = [Line(number, piece) for piece in pieces if piece.strip(" |")]
            if kind == "prose":
                yield from blocks_of(lines, running_text=True)
            elif lines:
                yield Block(kind, tuple(lines), indent=depth)
            if self.characters > self.limits.text_chars:
                self.cut_by = f"{self.limits.text_chars:,} characters"
                return


def _parts_of(body: _Node) -> Iterator[tuple[_Node, int]]:
    """Yield paragraphs and table rows in reading order, without calling itself."""
    laid_out = _rows_of_layout(body)
    stack = [(child, 0) for child in reversed(body)]
    while stack:
        node, depth = stack.pop()
        name = _local(node)
        if name == "p" or (name == "tr" and node not in laid_out):
            yield node, depth
        elif name in {"tbl", "tr", "tc", "sdt", "sdtContent", "ins", "customXml", "smartTag"}:
            inner = depth + (name == "tbl")
            if inner <= _MAX_DEPTH:
                stack += [(child, inner) for child in reversed(node)]


def _rows_of_layout(body: _Node) -> set[_Node]:
    """Return the rows that hold a table of their own."""
    found: set[_Node] = set()
    for table in body.iter("{*}tbl"):
        for row in table.iterancestors("{*}tr"):
            if row in found:
                break
            found.add(row)
    return found


def _kind(node: _Node, styles: Mapping[str, str]) -> BlockKind:
    if _local(node) == "tr":
        return "columns" if _names_columns(node) else "row"
    return _paragraph_kind(node, styles)


def _names_columns(row: _Node) -> bool:
    first = _local(row.getprevious()) != "tr"
    return first and _local(row.getnext()) == "tr" and len(_cells(row)) > 1


def _cells(row: _Node) -> list[_Node]:
    return list(row.iter("{*}tc"))


def _text_of(node: _Node) -> str:
    """Return the text that shows: not what was deleted, hidden, or is a field's code."""
    if _local(node) == "tr":
        return " | ".join(_text_of(cell) for cell in _cells(node))
    paragraphs = (part for part in _shown(node) if _local(part) == "p")
    return "\n".join("".join(_texts(paragraph)) for paragraph in paragraphs).strip()


_GONE = frozenset({"del", "moveFrom", "txbxContent"})
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _shown(node: _Node) -> Iterator[_Node]:
    """Yield an element and those inside it, in order, but none of what was deleted or floats."""
    stack = [node]
    while stack:
        part = stack.pop()
        if _local(part) not in _GONE:
            yield part
            stack += reversed(part)


def _texts(paragraph: _Node) -> Iterator[str]:
    for run in _shown(paragraph):
        if _local(run) == "r" and not _is_hidden(run):
            for part in run:
                name = _local(part)
                yield (part.text or "") if name == "t" else _SIGNS.get(name, "")


def _is_hidden(run: _Node) -> bool:
    marks = (mark for part in run if _local(part) == "rPr" for mark in part)
    return any(
        _local(mark) in {"vanish", "webHidden"}
        and all(value not in {"0", "false"} for value in mark.attrib.values())
        for mark in marks
    )


def _paragraph_kind(paragraph: _Node, styles: Mapping[str, str]) -> BlockKind:
    properties = (part for part in paragraph if _local(part) == "pPr")
    inner = {_local(part): part for holder in properties for part in holder}
    style = _value(inner["pStyle"], "val") if "pStyle" in inner else ""
    name = styles.get(style, style).lower()
    if name.startswith(("heading", "title", "subtitle")):
        return "heading"
    return "bullet" if "numPr" in inner or name.startswith("list") else "prose"
