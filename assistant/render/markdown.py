"""A brief or a reply as Markdown (CommonMark): whatever its words hold, they stay words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.brief import Brief
from assistant.render.layout import lay_out
from assistant.render.page import Block, Layer, Line, Notes
from assistant.render.reply import lay_out_reply
from assistant.reply import Reply

# Characters that begin or end something in CommonMark or GitHub's tables, wherever they stand. A
# tilde before a figure ("~410") can only begin, and as no other is left, nothing ends it.
_ACTIVE = re.compile(r"([\\`*\[\]<>|]|~(?!\d)|(?<=[^\s“(])~)")
# An underscore inside a word is harmless, and common in file names.
_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# At the beginning of a line: headings, quotes, lists, rules.
_STARTS = re.compile(r"^(?=[#+=-])|^(\d+)(?=[.)](?:\s|$))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# Addresses that a viewer would turn into links by itself.
_LINKED = re.compile(r"(?<=\w):(?=//)|(?<=\bwww)\.|@(?=\w)", re.IGNORECASE)


def to_markdown(brief: Brief) -> str:
    """Return the brief as Markdown without links, images or HTML."""
    page = lay_out(brief)
    title = f"# {escaped(page.title)}"
    when = " · ".join(filter(None, (escaped(page.when), as_code(page.place))))
    head = [title, "  \n".join(filter(None, (escaped(page.subtitle), when)))]
    minute = "\n".join(_item(line) for line in page.minute)
    layers = (text for layer in page.layers for text in _layer(layer))
    ending = (text for block in (page.checks, page.gaps) for text in _block(block, level=2))
    notes = [
        "## Notes",
        escaped(page.legend),
        *(text for group in page.notes for text in _notes(group)),
    ]
    made = "  \n".join(escaped(text) for text in page.made)
    return "\n\n".join([*head, minute, *layers, *ending, *notes, "---", made]) + "\n"


def reply_to_markdown(reply: Reply) -> str:
    """Return the reply as Markdown without links, images or HTML."""
    page = lay_out_reply(reply)
    blocks = (text for block in page.blocks for text in _block(block, level=2))
    notes = [text for group in page.notes for text in _notes(group)]
    made = "  \n".join(escaped(text) for text in page.made)
    heading = f"# {escaped(page.title)}"
    return (
        "\n\n".join([heading, *blocks, *(["## Notes", *notes] if notes else ()), "---", made])
        + "\n"
    )


def escaped(text: str) -> str:
    """Return text that a Markdown viewer shows as it stands."""
    text = _ACTIVE.sub(r"\\\1", text)
    text = _EMPHASIS.sub(r"\\_", text)
    text = _ENTITY.sub(r"\\&", text)
    text = _LINKED.sub(r"\\\g<0>", text)
    return _STARTS.sub(r"\1\\", text)


def as_code(text: str) -> str:
    """Return text as inline code: an address in it can be copied whole, and no viewer links it."""
    if not text:
        return ""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _layer(layer: Layer) -> Iterator[str]:
    yield f"## {escaped(layer.title)}"
    for block in layer.blocks:
        yield from _block(block, level=3)


def _block(block: Block, *, level: int) -> Iterator[str]:
    if block.title:
        yield f"{'#' * level} {escaped(block.title)}"
    yield "\n".join(_item(line) for line in block.lines)


def _item(line: Line, depth: int = 0) -> str:
    """Return a line as a list item, with what stands under it one step in."""
    aside = f"*{escaped(line.aside)}*" if line.aside else ""
    lead = f"**{escaped(line.lead)}:**" if line.lead else ""
    words = " ".join(filter(None, (lead, escaped(line.text), _marks(line.labels), aside)))
    under = [_item(child, depth + 1) for child in line.under]
    return "\n".join([f"{'  ' * depth}- {words}", *under])


def _marks(labels: Iterable[str]) -> str:
    """Brackets without a definition are only brackets, and the page's words hold none."""
    return " ".join(f"[{escaped(label)}]" for label in labels)


def _notes(group: Notes) -> Iterator[str]:
    yield f"**{escaped(group.title)}**"
    yield "\n".join(
        f"- {' '.join(filter(None, (escaped(n.label), escaped(n.text), f'({escaped(n.about)})')))}"
        for n in group.notes
    )
