"""The page of a brief, the same for every view: lines in layers, each with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.render.marks import Mark


@dataclass(frozen=True)
class Line:
    """A sentence or a few: `lead` comes first in bold, `aside` last and quietly."""

    text: str
    lead: str = ""
    marks: tuple[Mark, ...] = ()
    spoken: bool = False  # worded to be said to the customer
    aside: str = ""
    unprinted: bool = False  # the aside is for the screen, not for paper
    under: tuple[Line, ...] = ()
    flows: bool = False  # what stands under it may run on in one paragraph, where paper is short
    whole: bool = False  # stays together with what stands under it where a column ends

    @property
    def labels(self) -> tuple[str, ...]:
        """The marks as text shows them: two facts of one place have one label."""
        return tuple(dict.fromkeys(mark.label for mark in self.marks))


@dataclass(frozen=True)
class Block:
    """A part of the brief under its heading."""

    title: str
    lines: tuple[Line, ...]
    folds: bool = False  # shut at first where the screen is narrow


@dataclass(frozen=True)
class Layer:
    """One of the five layers of a conversation."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Note:
    """A verbatim quote with its place, or an approved card."""

    id: str
    label: str
    text: str
    about: str


@dataclass(frozen=True)
class Notes:
    """The notes on one source, in the order in which they stand in it."""

    title: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Page:
    """Everything a view shows, in reading order."""

    title: str
    subtitle: str
    when: str
    place: str
    minute: tuple[Line, ...]  # whom, why now, fit, objectives, next step
    layers: tuple[Layer, ...]
    checks: Block  # what to mend or look at before use
    gaps: Block  # what no approved card answers
    notes: tuple[Notes, ...]
    legend: str
    made: tuple[str, ...]


def every_line(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines and what stands under them, in reading order."""
    for line in lines:
        yield line
        yield from every_line(line.under)


def lines_of(page: Page) -> Iterator[Line]:
    """Yield every line of a page that may carry a mark."""
    yield from every_line(page.minute)
    for block in (
        *(block for layer in page.layers for block in layer.blocks),
        page.checks,
        page.gaps,
    ):
        yield from every_line(block.lines)
