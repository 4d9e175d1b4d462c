"""Blocks: what belongs together in a source, and how its lines are joined to one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.sources.lines import Line

BlockKind = Literal["heading", "columns", "prose", "bullet", "row", "turn"]


@dataclass(frozen=True)
class Block:
    """What belongs together in a source: a heading, a paragraph, a list item, a table row.

    A `columns` block names the columns of the rows below it, a `turn` block whose words follow.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    lasts: bool = True  # a heading that is only over the list right below it does not
    indent: int = 0  # of a list item; of a heading over a list, -1 where it is no item itself
    after_break: bool = False  # a line break, not a paragraph, parts it from the block before

    @cached_property
    def flow(self) -> Flow:
        """The block's text, its lines joined."""
        return flow_of(self.lines)


class Flow(NamedTuple):
    """Lines joined to one text with single spaces, and where each of them begins in it."""

    text: str
    starts: tuple[int, ...]
    numbers: tuple[int, ...]

    def line_at(self, position: int) -> int:
        """Return the number of the line that holds a position of the text."""
        return self.numbers[max(0, bisect_right(self.starts, position) - 1)]


# --- joining what was wrapped

WRAPPED_WORD = re.compile(r"[a-zß-ÿ]-$")
_HYPHENATED = re.compile(
    r"(?:^|[\s(])(?:on|off|e|co|re|pre|post|non|self|well|long|short|low|high|full|part|real|mid|multi"
    r"|cross|third|first|second|year|end|up|in|out|face|day|time|door|cost|data|yard|one|two|three|four"
    r"|five|six|ten|half|all|cut|log|sign|follow|go|by|to|of|the|state|semi|anti|over|under)-$",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(r"(?:und|oder|bzw|and|or|to|bis)\b")


def flow_of(lines: Sequence[Line]) -> Flow:
    """Join the lines of a block; a word that was parted at a line's end is made whole."""
    starts: list[int] = []
    pieces: list[str] = []
    size = 0
    for line in lines:
        piece = " ".join(line.text.split())
        if pieces and not line.glued:
            size += _join(pieces, piece)
        starts.append(size)
        pieces.append(piece)
        size += len(piece)
    return Flow("".join(pieces), tuple(starts), tuple(line.number for line in lines))


def _join(pieces: list[str], following: str) -> int:
    """Mend the end of the last piece for what follows; return by how much the text grew."""
    if not WRAPPED_WORD.search(pieces[-1]) or not following[:1].islower():
        pieces[-1] += " "
        return 1
    if _SUSPENDED.match(following):
        pieces[-1] += " "
        return 1
    if _HYPHENATED.search(pieces[-1]):
        return 0
    pieces[-1] = pieces[-1][:-1]
    return -1
