"""Blocks to passages: one statement each, with its line, heading and speaker."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.sources.blocks import Block, Flow
from assistant.sources.decode import one_line
from assistant.sources.sentences import MAX_CHARS, statements
from assistant.sources.source import Passage
from assistant.sources.speakers import (
    NAME,
    has_role,
    is_name,
    is_speaker,
    mark_of,
    recurring_marks,
    turn_of,
)

_CLOSERS = {
    '"': '"”',
    "“": '”"',
    "”": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‘": "’",
    "'": "'",
    "「": "」",
    "『": "』",
}
_AFTER_A_QUOTE = re.compile(r"\s*(?:[-–—|]+\s|\(|[A-ZÀ-Þ])")
_ONLY_STOPS = re.compile(r"[\s.,;!?]*")
_SOURCE_OF_A_QUOTE = re.compile(
    rf"[\s\-–—(]*(?P<name>{NAME})(?:,\s+|\s+\()?(?P<title>[^.!?()]*)\)?"
)
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w'’&/.-]*(?: [\w'’&/.-]+){0,2}):\s")
_MAX_HEADING = 120


class Words(NamedTuple):
    """A stretch of a block and whose it is."""

    start: int
    end: int
    speaker: str = ""
    quoted: bool = False
    label: str = ""  # of the line; it heads all but the first of the line's statements


@dataclass
class _Place:
    """Where in a source the reader is."""

    heading: str = ""
    columns: str = ""
    turn: str = ""
    lists: list[tuple[int, str]] = field(default_factory=list)  # indents, headings to come back to

    def move_to(self, block: Block) -> None:
        """Take in what a block says about those below it."""
        text = block.flow.text[:_MAX_HEADING]
        if block.kind == "turn":
            mark = turn_of(text)
            self.turn = mark.name if mark else ""
        elif block.kind == "heading":
            self._head(block, text)
        else:
            self._leave_lists(block)
        if block.kind != "row":
            self.columns = text if block.kind == "columns" else ""

    def _head(self, block: Block, text: str) -> None:
        if block.lasts:
            self.lists, self.turn = [], ""
        else:
            self._leave_lists(block)
            self.lists.append((block.indent, self.heading))
        self.heading = text if block.lasts or block.indent < 0 else _within(self.heading, text)

    def _leave_lists(self, block: Block) -> None:
        depth = -1 if block.kind == "prose" else block.indent
        while self.lists and depth <= self.lists[-1][0]:
            self.heading = self.lists.pop()[1]

    @property
    def heads(self) -> str:
        """The heading of what stands here; rows of a table have their columns' names too."""
        return _within(self.heading, self.columns)


def _within(outer: str, inner: str) -> str:
    return " / ".join(filter(None, (outer, inner)))


def passages_of(
    blocks: Sequence[Block], *, source: str, known: Collection[str] = ()
) -> Iterator[Passage]:
    """Yield the statements of a source in reading order.

    Headings, the names of columns and of speakers are not statements: they come with those they
    belong to. `known` are names of people, in lower case, that some source gives in a structured
    place; a line that begins with one of them and a colon is theirs.
    """
    talk = [block for block in blocks if block.kind in {"prose", "bullet"}]
    marks = [mark for block in talk if (mark := mark_of(block.flow.text))]
    transcript = recurring_marks(marks, len(talk))
    place = _Place()
    for block in blocks:
        place.move_to(block)
        if block.kind in {"heading", "columns", "turn"}:
            continue
        if block.kind == "row":
            stretches = [Words(0, len(block.flow.text))]
        else:
            stretches = list(_said(block, place.turn, known, transcript))
        for stretch in stretches:
            yield from _passages(block, stretch, source, place.heads)


def _said(
    block: Block, turn: str, known: Collection[str], transcript: Collection[str]
) -> Iterator[Words]:
    """Part a block's text by who says it; marks and quotation marks are left out."""
    text, line = block.flow.text, block.lines[0]
    label = _LABEL.match(text)
    speaker, start = line.speaker if label else turn or line.speaker, 0
    mark = mark_of(text)
    while mark:
        if not is_speaker(mark, known=known, transcript=transcript):
            break
        speaker, start = mark.name, start + mark.start
        mark = mark_of(mark.rest)
    for words in _quoted(text, start, speaker, marked=start > 0):
        labelled = label["name"] if label and start == 0 else ""
        yield words._replace(quoted=words.quoted or line.quoted, label=labelled)


def _quoted(text: str, start: int, speaker: str, *, marked: bool) -> Iterator[Words]:
    end = len(text)
    closing = _closing_mark(text, start)
    if closing is None or (closing == end and not marked):
        yield Words(start, end, speaker)
        return
    rest = text[closing + 1 :]
    if _ONLY_STOPS.fullmatch(rest):
        yield Words(start + 1, closing, speaker, quoted=True)
        return
    if not _AFTER_A_QUOTE.match(rest):
        yield Words(start, end, speaker)
        return
    if not marked and (named := _source_of_quote(rest)):
        yield Words(start + 1, closing, named, quoted=True)
        return
    yield Words(start + 1, closing, speaker, quoted=True)
    dashes = len(rest) - len(rest.lstrip(" -–—|"))
    yield Words(closing + 1 + dashes, end)


def _closing_mark(text: str, start: int) -> int | None:
    """Find where the quotation that begins at `start` closes.

    None where nothing is quoted there; the text's length where nothing closes it.
    """
    closers = _CLOSERS.get(text[start : start + 1])
    if closers is None:
        return None
    inside, end = False, len(text)
    last = len(text.rstrip(" .,;!?")) - 1
    for position in range(start + 1, end):
        if text[position] not in closers:
            continue
        before, after = text[position - 1], text[position + 1 : position + 2]
        if before.isalnum() and after.isalnum():  # an apostrophe
            continue
        if before in " (" and after.isalnum() and position != last:
            inside = True
        elif inside and position != last:
            inside = False
        else:
            return position
    return end


def _source_of_quote(rest: str) -> str:
    """Return the name in `— Dana Whitfield, COO` behind a quotation."""
    match = _SOURCE_OF_A_QUOTE.fullmatch(rest.rstrip(" ."))
    if not match:
        return ""
    return match["name"] if is_name(match["name"]) and has_role(match["title"]) else ""


def _passages(block: Block, stretch: Words, source: str, heading: str) -> Iterator[Passage]:
    flow: Flow = block.flow
    line = block.lines[0]
    follows = False
    for start, end in statements(flow.text[stretch.start : stretch.end]):
        position = stretch.start + start
        text = one_line(flow.text[position : stretch.start + end])[:MAX_CHARS].rstrip()
        says_something = any(character.isalnum() for character in text)
        if says_something:
            yield Passage(
                source=source,
                line=flow.line_at(position),
                text=text,
                page=line.page,
                heading=one_line(_within(heading, stretch.label if start else "")),
                speaker=one_line(stretch.speaker),
                quoted=stretch.quoted,
                follows=follows,
            )
        follows = says_something
