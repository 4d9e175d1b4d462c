"""PDF and DOCX: text with its page or paragraph, and clear words where there is none."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from assistant.errors import SourceError
from assistant.sources import Limits, Source, read_sources
from assistant.sources.pdf import read_pdf


def read(folder: Path, name: str, raw: bytes, limits: Limits | None = None) -> Source:
    path = folder / name
    path.write_bytes(raw)
    (source,) = read_sources([str(path)], limits=limits or Limits())
    return source


def a_pdf(*pages: list[str], user: str = "", owner: str = "") -> bytes:
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 60 780 Td {drawn}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001  # its only way
    writer.add_metadata({"/CreationDate": "D:20261103100000Z"})
    if user or owner:
        writer.encrypt(user, owner or None, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- PDF


def test_a_pdf_keeps_page_and_line(tmp_path: Path) -> None:
    """Words parted at a line's end are made whole."""
    raw = a_pdf(
        ["We will cut idling by the end of 2027, com-", "pared with today. Every plant."],
        ["Our docks have 640 doors."],
    )

    source = read(tmp_path, "report.pdf", raw)

    assert (source.kind, source.written_on) == ("document", date(2026, 11, 3))
    assert [(p.page, p.line, p.text) for p in source.passages] == [
        (1, 1, "We will cut idling by the end of 2027, compared with today."),
        (1, 2, "Every plant."),
        (2, 1, "Our docks have 640 doors."),
    ]


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    """The first page keeps its title; lines that only look alike stay."""
    pages = [
        ["Kestrel Report", f"We ship {n} loads.", f"Kestrel, page {n} of 3", str(n)]
        for n in (1, 2, 3)
    ]

    source = read(tmp_path, "report.pdf", a_pdf(*pages))

    assert [(p.page, p.heading, p.text) for p in source.passages] == [
        (1, "Kestrel Report", "We ship 1 loads."),
        (2, "Kestrel Report", "We ship 2 loads."),
        (3, "Kestrel Report", "We ship 3 loads."),
    ]


def test_a_pdf_that_only_its_owner_locked_is_read(tmp_path: Path) -> None:
    """Everybody may open it."""
    raw = a_pdf(["Our docks have 640 doors."], owner="owner")

    assert len(read(tmp_path, "x.pdf", raw).passages) == 1


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (a_pdf(["x"], user="open"), "needs a password: save it without one"),
        (a_pdf([], []), "holds no text, only pictures of it"),
        (b"%PDF-1.4 nonsense", "the PDF is damaged"),
        (a_pdf(["Our docks"])[:300], "the PDF is damaged|holds no text"),
    ],
    ids=["password", "pictures", "nonsense", "cut off"],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, raw: bytes, said: str) -> None:
    """One line with a cure."""
    with pytest.raises(SourceError, match=said):
        read(tmp_path, "x.pdf", raw)


def test_pages_over_the_limit_are_said_to_be_left_out(tmp_path: Path) -> None:
    """The first ones are read."""
    source = read(tmp_path, "x.pdf", a_pdf(["One dock."], ["Two docks."]), Limits(pages=1))

    assert [p.text for p in source.passages] == ["One dock."]
    assert source.warnings == ("only its first 1 of 2 pages were read",)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 900), st.binary(min_size=1, max_size=20))
def test_no_damaged_pdf_crashes_the_reader(position: int, noise: bytes) -> None:
    """It is read, or refused as damaged."""
    raw = bytearray(a_pdf(["Our docks have 640 doors."]))
    raw[position : position + len(noise)] = noise

    try:
        read_pdf(bytes(raw), "x.pdf", Limits())
    except SourceError as error:
        refused = str(error)
    else:
        refused = ""

    assert not refused or refused.startswith("x.pdf: ")


# --- DOCX


def test_a_docx_gives_paragraphs_lists_and_rows(tmp_path: Path) -> None:
    """Lines count paragraphs and rows; headings and columns come with what they head."""
    document = docx.Document()
    document.add_heading("Dock group", level=1)
    document.add_paragraph("We met. All came.")
    document.add_paragraph("We look at appointments first.", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Month", "Loads", "Oct", "131"], strict=True
    ):
        cell.text = text
    document.core_properties.modified = datetime(2026, 11, 17, tzinfo=UTC)

    source = read(tmp_path, "minutes.docx", saved(document))

    assert (source.kind, source.written_on) == ("document", date(2026, 11, 17))
    assert [(p.line, p.heading, p.text) for p in source.passages] == [
        (2, "Dock group", "We met."),
        (2, "Dock group", "All came."),
        (3, "Dock group", "We look at appointments first."),
        (5, "Dock group / Month | Loads", "Oct | 131"),
    ]


def test_deleted_and_hidden_words_are_not_read_and_inserted_ones_are(tmp_path: Path) -> None:
    """A tracked change is what the document says now."""
    document = docx.Document()
    paragraph = document.add_paragraph("The price is ")
    for tag, text, name in (("w:del", "90", "w:delText"), ("w:ins", "95", "w:t")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(name)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)  # noqa: SLF001  # python-docx has no tracked changes
    hidden = paragraph.add_run(" secret")
    hidden.font.hidden = True
    paragraph.add_run(" dollars.")

    source = read(tmp_path, "x.docx", saved(document))

    assert [p.text for p in source.passages] == ["The price is 95 dollars."]


def test_a_docx_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    """Before it is unpacked; the limit is named."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 70_000_000)

    with pytest.raises(SourceError, match="unpacks to more than 60,000,000 bytes"):
        read(tmp_path, "bomb.docx", out.getvalue())


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"notes.txt": "x"}, "an archive, but no DOCX"),
        ({"[Content_Types].xml": "<Types"}, "the DOCX is damaged"),
        ({"[Content_Types].xml": "<x/>"}, "the DOCX is damaged"),
    ],
)
def test_another_archive_is_no_docx(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    """Whatever it is called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    with pytest.raises(SourceError, match=said):
        read(tmp_path, "x.docx", out.getvalue())


def test_entities_in_a_docx_are_not_resolved(tmp_path: Path) -> None:
    """No file of the machine gets into a source."""
    document = docx.Document()
    document.add_paragraph("The docks are MARK full.")
    raw = saved(document)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "word/document.xml":
                entity = b'<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/hostname">]>'
                content = content.replace(b"?>", b"?>" + entity, 1).replace(b"MARK", b"&leak;")
            new.writestr(part, content)

    source = read(tmp_path, "x.docx", out.getvalue())

    assert [p.text for p in source.passages] == ["The docks are"]


def test_text_in_nested_tables_is_read(tmp_path: Path) -> None:
    """Layout tables hold tables."""
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    inner = cell.add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Boise", "40 doors"

    source = read(tmp_path, "x.docx", saved(document))

    assert [p.text for p in source.passages] == ["Boise | 40 doors"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_docx(body: str, *, end: str = "</w:body></w:document>") -> bytes:
    """Build a DOCX around the XML of its body."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "word/document.xml":
                content = f'<w:document xmlns:w="{W}"><w:body>{body}{end}'.encode()
            new.writestr(part, content)
    return out.getvalue()


def paragraphs(count: int, text: str = "The docks are full.") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * count


@pytest.mark.parametrize(
    ("body", "limits", "passages", "said"),
    [
        (paragraphs(5_000), Limits(lines=300), 300, "300 paragraphs and rows"),
        (paragraphs(5_000), Limits(elements=900), 300, "900 elements"),
        (paragraphs(5_000), Limits(text_chars=6_000), 300, "6,000 characters"),
        (
            paragraphs(1, "The docks are full. " * 5_000),
            Limits(text_chars=6_000),
            300,
            "6,000 char",
        ),
    ],
    ids=["paragraphs", "elements", "characters", "one paragraph"],
)
def test_of_a_long_docx_the_beginning_is_read(
    tmp_path: Path, body: str, limits: Limits, passages: int, said: str
) -> None:
    """The limit that was reached is named."""
    source = read(tmp_path, "x.docx", a_docx(body), limits)

    assert passages <= len(source.passages) < 5_000
    assert source.warnings[0].startswith(f"only its first {said}")


def test_what_is_behind_a_limit_is_never_unpacked(tmp_path: Path) -> None:
    """Damage there is not even seen, so the size of the rest costs nothing."""
    raw = a_docx(paragraphs(5_000), end="<w:p></w:q>")

    assert read(tmp_path, "x.docx", raw, Limits(lines=300)).passages
    with pytest.raises(SourceError, match="the DOCX is damaged"):
        read(tmp_path, "x.docx", raw)


def test_a_limit_that_is_just_reached_cuts_nothing(tmp_path: Path) -> None:
    """Nobody is warned of what was not lost."""
    source = read(tmp_path, "x.docx", a_docx(paragraphs(300)), Limits(lines=300))

    assert (len(source.passages), source.warnings) == (300, ())
