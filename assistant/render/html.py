"""A brief as one self-contained HTML page: no script, no image, no link to elsewhere."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from assistant.brief import Brief
from assistant.render.layout import lay_out
from assistant.render.page import Line, Page, lines_of

_TEMPLATES = "templates"
# Characters that two Letter pages hold in print at each size: measured with Chromium, in Arial and
# in DejaVu Sans, the widest of the usual fonts.
_SIZES = ((9_900, "roomy"), (12_500, "plain"), (16_500, "dense"), (19_000, "denser"))
_SMALLEST = "densest"
_NOTES_SIZE = 0.75  # the room that a character takes in the notes, which are smaller


def to_html(brief: Brief) -> str:
    """Return the page. Its security policy allows its own style sheet by hash, and nothing else."""
    from jinja2 import (
        Environment,
        PackageLoader,
        StrictUndefined,
    )

    environment = Environment(
        loader=PackageLoader("assistant.render", _TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = lay_out(brief)
    style = (files("assistant.render") / _TEMPLATES / "brief.css").read_text("utf-8").strip()
    return environment.get_template("brief.html").render(
        page=page, style=style, style_hash=_sha256(style), size=_size(page)
    )


def _sha256(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _size(page: Page) -> str:
    length = float(sum(_length(line) for line in lines_of(page)))
    quotes = (note for group in page.notes for note in group.notes)
    length += sum(len(f"{n.label}{n.text}{n.about}") for n in quotes) * _NOTES_SIZE
    return next((size for most, size in _SIZES if length <= most), _SMALLEST)


def _length(line: Line) -> int:
    marks = sum(len(mark.label) + len("[] ") for mark in line.marks)
    return len(line.lead) + len(line.text) + len(line.aside) + marks
