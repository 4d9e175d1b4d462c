"""A brief as a Word document: the same page, in two columns."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.brief import Brief
from assistant.errors import UsageError
from assistant.render.layout import lay_out
from assistant.render.page import Block, Line, Notes, Page
from assistant.render.paper import Size, print_size
from assistant.render.printable import printable

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BODY_PT: dict[Size, float] = {
    "roomy": 8.5,
    "plain": 8,
    "dense": 7.5,
    "denser": 6.75,
    "densest": 6,
}
_SMALLER_PT = 1  # marks, notes and what is said quietly
_MARGIN_MM, _GAP_TWIPS, _INDENT_MM = 10, 280, 3
_FONT = "Arial"
_PROPERTY_LENGTH = 255  # Open Packaging Conventions as python-docx holds them
_QUIET, _SAID = "Quiet", "Said"  # our character styles
_COLORS = {_QUIET: "5A606B", _SAID: "12406B"}


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
    """Set margins, the styles, and the file's own title and date."""
    from docx.shared import Mm

    section = document.sections[0]
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(_MARGIN_MM))
    _set_styles(document, _BODY_PT[print_size(page)])
    properties = document.core_properties
    properties.title = page.title[:_PROPERTY_LENGTH]
    properties.author = printable(brief.seller)[:_PROPERTY_LENGTH]
    properties.created = properties.modified = brief.created_at.replace(tzinfo=None)


def _set_styles(document: Document, body: float) -> None:
    """Set one small font and close lines, and add a style for what is quiet or to be said."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": body, "Title": body + 6, "Heading 1": body + 2, "Heading 2": body + 0.5}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        _own_font(style)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 2)
        style.paragraph_format.space_after = Pt(0.5)
        style.paragraph_format.line_spacing = 1.0
    for name, color in _COLORS.items():
        added: Any = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        added.font.color.rgb = RGBColor.from_string(color)
    document.styles[_QUIET].font.size = Pt(body - _SMALLER_PT)


def _own_font(style: Any) -> None:  # noqa: ANN401 python-docx types no XML
    """Take off the theme's font, which would win over the named one in headings."""
    from docx.oxml.ns import qn

    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _write(document: Document, page: Page) -> None:
    """Write the brief itself, then what backs it, from a new page on."""
    from docx.enum.text import WD_BREAK

    document.add_paragraph(page.title, style="Title")
    for text in filter(None, (page.subtitle, page.when, page.place)):
        document.add_paragraph(text)
    _lines(document, page.minute)
    _in_columns(document)
    for layer in page.layers:
        document.add_paragraph(layer.title, style="Heading 1")
        for block in layer.blocks:
            _block(document, block, "Heading 2")
    _block(document, page.checks, "Heading 1")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _block(document, page.gaps, "Heading 1")
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
        document.add_paragraph(block.title, style=style)
    _lines(document, block.lines)


def _lines(document: Document, lines: Iterable[Line], depth: int = 0) -> None:
    """Write each line as a paragraph; what flows runs on in the paragraph of its lead."""
    for line in lines:
        paragraph = _indented(document, depth)
        _line(paragraph, line)
        if line.spoken:
            _bar(paragraph)
        if not line.flows:
            _lines(document, line.under, depth + 1)
            continue
        if line.text:
            paragraph = _indented(document, depth + 1)
        for child in line.under:
            _line(paragraph, child)
            paragraph.add_run(" ")


def _indented(document: Document, depth: int) -> Paragraph:
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(_INDENT_MM * depth)
    return paragraph


def _bar(paragraph: Paragraph) -> None:
    """Draw a bar beside a paragraph that is worded to be said."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders: Any = OxmlElement("w:pBdr")
    bar: Any = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", _COLORS[_SAID])):
        bar.set(qn(f"w:{name}"), value)
    borders.append(bar)
    # The schema fixes the order in a paragraph's properties: borders stand before its spacing.
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 no public way to borders
    properties.insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _line(paragraph: Paragraph, line: Line) -> None:
    if line.lead:
        paragraph.add_run(f"{line.lead} ").bold = True
    paragraph.add_run(line.text, style=_SAID if line.spoken else None)
    for label in line.labels:
        _quiet(paragraph, f" [{label}]")
    if line.aside:
        paragraph.add_run(f" {line.aside}").italic = True


def _quiet(paragraph: Paragraph, text: str) -> None:
    paragraph.add_run(text, style=_QUIET).bold = False


def _notes(document: Document, group: Notes) -> None:
    document.add_paragraph(group.title, style="Heading 2")
    paragraph = document.add_paragraph()
    for number, note in enumerate(group.notes):
        between = " · " if number else ""
        paragraph.add_run(f"{between}{note.label} ", style=_QUIET).bold = True
        _quiet(paragraph, f"{note.text} ({note.about})".strip())
