"""A brief or a reply for the terminal, 40 to 120 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from assistant.brief import Brief
from assistant.render.layout import lay_out
from assistant.render.page import Block, Line, Notes, Page
from assistant.render.reply import ReplyPage, lay_out_reply
from assistant.reply import Reply

if TYPE_CHECKING:
    from rich.console import Console

_NARROWEST, _WIDEST = 40, 120
_STEP = 2  # columns to the right for what stands under a line, and for a line that runs on


@dataclass(frozen=True)
class _Row:
    """A paragraph of styled pieces, set in from the left; a `rule` fills the width."""

    pieces: tuple[tuple[str, str], ...]  # text and rich style
    depth: int = 0
    rule: bool = False


def to_terminal(brief: Brief, *, width: int = 80, color: bool = False) -> str:
    """Return the brief as text for a terminal of `width` columns, used from 40 to 120.

    Without `color` there is no escape code in it; the brief's own words never hold one.
    """
    return _printed(_rows(lay_out(brief)), width=width, color=color)


def reply_to_terminal(reply: Reply, *, width: int = 80, color: bool = False) -> str:
    """Return the reply as `to_terminal` does a brief."""
    return _printed(_reply_rows(lay_out_reply(reply)), width=width, color=color)


def _printed(rows: Iterable[_Row], *, width: int, color: bool) -> str:
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=min(max(width, _NARROWEST), _WIDEST),
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for row in rows:
        _print(console, row)
    return out.getvalue()


def _print(console: Console, row: _Row) -> None:
    """Wrap a row so that what runs on stands further in than where it began."""
    from rich.rule import Rule
    from rich.text import Text

    text = Text.assemble(*row.pieces)
    if row.rule:
        console.print(Rule(text, align="left", style="dim"))
        return
    begins, runs_on = " " * (_STEP * row.depth), " " * (_STEP * (row.depth + 1))
    wrapped = text.wrap(console, console.width - len(runs_on))
    for number, part in enumerate(wrapped):
        part.rstrip()
        console.print(Text(runs_on if number else begins) + part, soft_wrap=True)


def _rows(page: Page) -> Iterator[_Row]:
    yield _Row(((page.title, "bold"),))
    yield from (_Row(((text, ""),)) for text in (page.subtitle, page.when, page.place) if text)
    yield _blank()
    yield from _lines(page.minute)
    for layer in page.layers:
        yield from _heading(layer.title)
        for block in layer.blocks:
            yield from _block(block)
    for block in (page.checks, page.gaps):
        yield from _heading(block.title)
        yield from _lines(block.lines)
    yield from _heading("Notes")
    yield _Row(((page.legend, "dim"),))
    for group in page.notes:
        yield from _notes(group)
    yield from _heading("Made by")
    yield from (_Row(((text, "dim"),)) for text in page.made)


def _reply_rows(page: ReplyPage) -> Iterator[_Row]:
    yield _Row(((page.title, "bold"),))
    for block in page.blocks:
        yield from _heading(block.title)
        yield from _lines(block.lines)
    if page.notes:
        yield from _heading("Notes")
    for group in page.notes:
        yield from _notes(group)
    yield _blank()
    yield from (_Row(((text, "dim"),)) for text in page.made)


def _blank() -> _Row:
    return _Row((("", ""),))


def _heading(title: str) -> Iterator[_Row]:
    yield _blank()
    yield _Row(((title, "bold"),), rule=True)


def _block(block: Block) -> Iterator[_Row]:
    if block.title:
        yield _blank()
        yield _Row(((block.title, "bold underline"),))
    yield from _lines(block.lines)


def _lines(lines: Iterable[Line], depth: int = 0) -> Iterator[_Row]:
    for line in lines:
        yield _Row(tuple(_pieces(line)), depth)
        yield from _lines(line.under, depth + 1)


def _pieces(line: Line) -> Iterator[tuple[str, str]]:
    yield (f"{line.lead}:", "bold") if line.lead else ("-", "")
    if line.text:
        yield f" {line.text}", "cyan" if line.spoken else ""
    for label in line.labels:
        yield f" [{label}]", "dim"
    if line.aside:
        yield f" ({line.aside})", "italic dim"


def _notes(group: Notes) -> Iterator[_Row]:
    yield _Row(((group.title, "bold"),))
    for note in group.notes:
        text = " ".join(filter(None, (note.label, note.text, f"({note.about})")))
        yield _Row(((text, ""),), depth=1)
