"""A brief as a Word document: the same page, in two columns."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.brief import Brief
from assistant.errors import UsageError
from assistant.render.layout import lay_out
from assistant.render.page import Block, Line, Notes, Page
from assistant.render.printable import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BODY_PT, _SMALL_PT, _MARK_PT = 8, 6.5, 6.5
_MARGIN_MM, _GAP_TWIPS, _INDENT_MM = 10, 280, 3
_FONT = "Arial"
_PROPERTY_LENGTH = 255  # Open Packaging Conventions as python-docx holds them
_QUIET = "5A606B"
_SPOKEN = "12406B"


def to_docx(brief: Brief) -> bytes:
    """Return the brief as a .docx file.

    Raises:
        UsageError: the extra that writes Word documents is not installed.
    """
    try:
        from docx import Document
    except ImportError as error:
        raise UsageError(
            "a Word document needs the extra 'documents': pip install 'groundwork[documents]'"
        ) from error
    page = lay_out(brief)
    document = Document()
    _prepare(document, page, brief)
    _write(document, page)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Document, page: Page, brief: Brief) -> None:
    """Set margins, one small font and close lines, and the file's own title and date."""
    from docx.shared import Mm, Pt

    section = document.sections[0]
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN_MM))
    for name, size in (("Normal", _BODY_PT), ("Title", 15), ("Heading 1", 10), ("Heading 2", 8.5)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        _own_font(style)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 3)
        style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0
    properties = document.core_properties
    properties.title = page.title[:_PROPERTY_LENGTH]
    properties.author = printable(brief.seller)[:_PROPERTY_LENGTH]
    properties.created = properties.modified = brief.created_at.replace(tzinfo=None)


def _own_font(style: Any) -> None:  # noqa: ANN401 python-docx types no XML
    """Take off the theme's font, which would win over the named one in headings."""
    from docx.oxml.ns import qn

    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _write(document: Document, page: Page) -> None:
    document.add_paragraph(page.title, style="Title")
    for text in filter(None, (page.subtitle, page.when)):
        document.add_paragraph(text)
    _lines(document, page.minute)
    _in_columns(document)
    for layer in page.layers:
        document.add_paragraph(layer.title, style="Heading 1")
        for block in layer.blocks:
            _block(document, block, "Heading 2")
    for block in page.ending:
        _block(document, block, "Heading 1")
    document.add_paragraph("Notes", style="Heading 1")
    _quiet(document.add_paragraph(), page.legend)
    for group in page.notes:
        _notes(document, group)
    for text in page.made:
        _quiet(document.add_paragraph(), text)


def _in_columns(document: Document) -> None:
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    section = document.add_section(WD_SECTION.CONTINUOUS)
    columns: Any = section._sectPr.xpath("./w:cols")[0]  # noqa: SLF001  # no public way to columns
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), str(_GAP_TWIPS))


def _block(document: Document, block: Block, style: str) -> None:
    if block.title:
        heading = document.add_paragraph(block.title, style=style)
        if block.writer:
            _quiet(heading, f"  {block.writer}")
    _lines(document, block.lines)


def _lines(document: Document, lines: Iterable[Line], depth: int = 0) -> None:
    """Write each line as a paragraph; what may flow runs on in one paragraph under it."""
    for line in lines:
        _line(_indented(document, depth), line)
        if not line.flows:
            _lines(document, line.under, depth + 1)
        elif line.under:
            paragraph = _indented(document, depth + 1)
            for child in line.under:
                _line(paragraph, child)
                paragraph.add_run(" ")


def _indented(document: Document, depth: int) -> Paragraph:
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(_INDENT_MM * depth)
    return paragraph


def _line(paragraph: Paragraph, line: Line) -> None:
    from docx.shared import Pt, RGBColor

    if line.lead:
        paragraph.add_run(f"{line.lead} ").bold = True
    words = paragraph.add_run(line.text)
    if line.spoken:
        words.font.color.rgb = RGBColor.from_string(_SPOKEN)
    for mark in line.marks:
        run = paragraph.add_run(f" [{mark.label}]")
        run.font.size = Pt(_MARK_PT)
        run.font.color.rgb = RGBColor.from_string(_QUIET)
    if line.aside:
        paragraph.add_run(f" {line.aside}").italic = True


def _quiet(paragraph: Paragraph, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.bold = False
    run.font.size = Pt(_SMALL_PT)
    run.font.color.rgb = RGBColor.from_string(_QUIET)


def _notes(document: Document, group: Notes) -> None:
    from docx.shared import Pt

    document.add_paragraph(group.title, style="Heading 2")
    paragraph = document.add_paragraph()
    for number, note in enumerate(group.notes):
        between = " · " if number else ""
        for text, bold in ((f"{between}{note.label}", True), (note.text, False)):
            run = paragraph.add_run(f"{text} ")
            run.bold = bold
            run.font.size = Pt(_MARK_PT)
        _quiet(paragraph, f"({note.about})")
