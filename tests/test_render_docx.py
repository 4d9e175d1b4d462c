"""The Word document: the same page, in two columns, that opens."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from hostile import hostile_brief
from tidewater import tidewater_brief

from assistant.render import to_docx


def test_the_layers_are_headings_and_stand_in_two_columns() -> None:
    """A reader can jump between them, and paper is used well."""
    document = Document(BytesIO(to_docx(tidewater_brief())))

    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    columns = [s._sectPr.xpath("./w:cols")[0].get(qn("w:num")) for s in document.sections]  # noqa: SLF001 no public way
    assert headings[:5] == ["Preparation", "Opening", "Core", "Closing", "After"]
    assert columns == [None, "2"]


def test_words_to_be_said_have_a_bar_beside_them() -> None:
    """They can be told apart on paper without color, and nothing else has one."""
    document = Document(BytesIO(to_docx(tidewater_brief())))

    barred = [p.text for p in document.paragraphs if p._p.xpath("./w:pPr/w:pBdr/w:left")]  # noqa: SLF001 no public way
    assert any(text.startswith("Clarify ") for text in barred)
    assert any(text.startswith("Turning point ") for text in barred)
    assert not [text for text in barred if text.startswith(("Agenda", "O1", "Like them"))]


def test_gaps_and_notes_begin_a_page() -> None:
    """What stands before them is the brief itself."""
    document = Document(BytesIO(to_docx(tidewater_brief())))

    texts = [p.text for p in document.paragraphs]
    breaks = [i for i, p in enumerate(document.paragraphs) if p._p.xpath(".//w:br[@w:type='page']")]  # noqa: SLF001 no public way
    assert [texts[i + 1] for i in breaks] == ["Gaps"]


def test_the_file_says_whose_it_is_and_when_it_was_made() -> None:
    """By the brief's own date, not the machine's."""
    brief = tidewater_brief()

    properties = Document(BytesIO(to_docx(brief))).core_properties

    assert properties.title == "Tidewater Gulf Terminals"
    assert properties.author == "Harbourline"
    assert properties.created == brief.created_at


def test_the_file_holds_no_link_no_image_and_no_field() -> None:
    """Nothing is loaded or run when it is opened."""
    with ZipFile(BytesIO(to_docx(hostile_brief()))) as archive:
        names = archive.namelist()
        body = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()

    assert not [name for name in names if "media" in name or "embeddings" in name]
    assert "TargetMode" not in relations
    for active in ("<w:hyperlink", "<w:drawing", "<w:fldSimple", "<w:instrText", "<w:object"):
        assert active not in body
