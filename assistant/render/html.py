"""A brief as one self-contained HTML page: no script, no image, no link to elsewhere."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from assistant.brief import Brief
from assistant.render.layout import lay_out
from assistant.render.paper import print_size

_TEMPLATES = "templates"


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
        page=page, style=style, style_hash=_sha256(style), size=print_size(page)
    )


def _sha256(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
