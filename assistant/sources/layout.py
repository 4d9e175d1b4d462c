"""Plain lines to blocks: headings, paragraphs, list items, table rows and turns of talk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import NamedTuple

from assistant.sources.blocks import WRAPPED_WORD, Block, BlockKind
from assistant.sources.lines import Line
from assistant.sources.speakers import Mark, mark_of, turn_of
from assistant.sources.words import words

_RULED = re.compile(r"[\s\-=_*~#`.•·+|:—–]{3,}")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*)")
_MAX_HEADING = 100  # characters; what is longer says something
_NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-ZÀ-Þ]")
_BULLET = re.compile(
    r"(?P<indent>\s*)(?:[-*•‣◦▪■□●○►▸➢➤→✓✔☐☑☒·–—\uf0a7\uf0b7\uf0d8]\s+|\+\s+(?!\d)"
    r"|[-•](?=[^\W\d_]|[\"“„])|(?P<number>\d{1,2})[.)]\s+|\(\d{1,2}\)\s+|[a-z]\)\s+)"
    r"(?:\[[ xX]?\]\s+)?(?=\S)"
)
_MONTH = re.compile(
    r"(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[a-zä]*\b", re.IGNORECASE
)
_TERMINAL = re.compile(r"[.!?…。！？][)\]\"'”’“»«]*$")
_STOP_INSIDE = re.compile(r"[.!?]\s")
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&/'’.\- ]*")
_SAYS_SOMETHING = re.compile(
    r"\b(?:no|not|never|none|nobody|is|are|was|were|be|has|have|had|will|won'?t|can|can'?t|want|wants"
    r"|need|needs|don'?t|do|does|did|we|they|he|she|i|you|us|me|kein\w*|nicht|nie|ist|sind|war|hat"
    r"|haben|wird|wollen|muss|braucht|wir|er|es|ich)\b|\d|\$|€",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[^\W\d_][\w .#/&-]{0,28}:\s*\S")

_RAGGED = 8  # columns: lines may be wrapped a little narrower than their neighbours

# Page furniture: nobody wrote it to be read.
_PAGE_NUMBER = re.compile(
    r"\s{8,}\d{1,4}\s*"
    r"|\s*[-–—]\s*\d{1,4}\s*[-–—]\s*|\s*(?:page|seite)\s+\d+(?:\s+(?:of|von|/)\s+\d+)?\s*",
    re.IGNORECASE,
)
_WIDE_GAP = re.compile(r"\S\s{5,}\S")
_GAP = re.compile(r"\s+\|\s+|\s*\t\s*|\s{3,}")
_CELLS = re.compile(rf"{_GAP.pattern}|\s+·\s+")
_NAVIGATION = re.compile(
    r"privacy(?: policy)?|terms(?: of use| & conditions)?"
    r"|cookies?(?:[ -](?:settings|einstellungen))?|imprint|impressum|datenschutz|agb|sign (?:in|up)"
    r"|log ?in|start free|status|follow|message|more|karriere.*|careers.*|kontakt|pricing|docs"
    r"|sitemap|do not sell my information",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(r"[\w.-]+(?:\s+[>›»]\s+[\w.ÄÖÜäöüß -]+){2,}(?:\s*\(.*\))?")
_COUNTER = re.compile(
    r"\d[\d,.]*\+? (?:connections|followers|reactions|comments|likes)\b.{0,60}"
    r"|(?:show|see|read|load) (?:more|all|less)\b.{0,20}|(?:she|he|they)/(?:her|him|them)\b.{0,20}",
    re.IGNORECASE,
)
_OTHER_PEOPLE = frozenset(
    {
        "people also viewed",
        "more profiles for you",
        "people you may know",
        "related articles",
        "you might also like",
        "recommended for you",
    }
)


def is_blank(text: str) -> bool:
    """Tell whether a line parts paragraphs: nothing in it, or only a ruled line."""
    return not text.strip() or bool(_RULED.fullmatch(text))


def blocks_of(lines: Sequence[Line], *, running_text: bool = False) -> tuple[Block, ...]:
    """Return the blocks of a text, in order.

    Page numbers, repeated page headers, navigation and counters of a pasted page are left out. In
    `running_text` (e-mail, documents) a line that introduces a list heads that list only; in notes
    it heads what follows until the next heading.
    """
    layout = _Layout.of(list(_without_furniture(lines)), running_text=running_text)
    return tuple(
        block
        for group, below in zip_longest(layout.groups, layout.groups[1:])
        for block in _Group(group, layout, below[0].text if below else "").blocks()
    )


def _without_furniture(lines: Sequence[Line]) -> Iterator[Line]:
    wide = (" ".join(line.text.split()) for line in lines if _WIDE_GAP.search(line.text))
    repeated = {text for text, times in Counter(wide).items() if times > 1}
    for line in lines:
        stripped = " ".join(line.text.split())
        if stripped in repeated or _PAGE_NUMBER.fullmatch(line.text):
            yield line._replace(text="")
        elif not (_COUNTER.fullmatch(stripped) or is_furniture(line.text)):
            yield line


def is_furniture(text: str) -> bool:
    """Tell whether a line is the navigation of a pasted page."""
    stripped = text.strip()
    if len(stripped) > 200:
        return False
    cells = [cell for cell in _CELLS.split(stripped) if cell]
    known = sum(bool(_NAVIGATION.fullmatch(cell)) for cell in cells)
    return (len(cells) >= 3 and known >= 2) or bool(_BREADCRUMB.fullmatch(stripped))


# --- what only the whole text tells


class _Layout(NamedTuple):
    groups: tuple[tuple[Line, ...], ...]  # lines without a blank one between them
    width: int  # to which paragraphs are wrapped; 0 where nothing shows that they are
    by_line: bool  # lines stand for themselves
    has_turns: bool
    running_text: bool

    @classmethod
    def of(cls, lines: Sequence[Line], *, running_text: bool) -> _Layout:
        groups = tuple(_groups(lines))
        plain = [run for group in groups for run in _plain_runs(group)]
        width = max((_width(group) for group in plain if _is_wrapped(group)), default=0)
        broken = sum(map(_short_lines, plain))
        turns = sum(_speaks_below(group) is not None for group in groups)
        return cls(groups, width, broken > 1 and not width, turns > 1, running_text)


def _groups(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    group: list[Line] = []
    for line in lines:
        underline = _UNDERLINE.fullmatch(line.text)
        if group and underline and _is_title(group[-1].text, underline[1]):
            group[-1] = group[-1]._replace(text=f"# {group[-1].text.strip()}")
            continue
        parted = is_blank(line.text) and not (group and "|" in line.text)
        if group and (parted or group[-1].context != line.context):
            yield tuple(group)
            group = []
        if not parted:
            group.append(line)
    if group:
        yield tuple(group)


def _is_title(text: str, underline: str) -> bool:
    title = text.strip()
    return (
        len(title) <= 80
        and (len(title) <= 3 * len(underline) or underline.startswith("="))
        and len(underline) <= 2 * len(title) + 10
        and not _FIELD.match(title)
        and not _BULLET.match(text)
        and not _TERMINAL.search(title)
    )


def _plain_runs(group: Sequence[Line]) -> Iterator[list[str]]:
    """Yield the stretches of a group in which no line is an item, a row or marked."""
    for plain, run in groupby((line.text for line in group), key=_is_plain):
        if plain:
            yield list(run)


def _is_plain(text: str) -> bool:
    return not (_BULLET.match(text) or "|" in text or "\t" in text or mark_of(text))


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether a line had to end where it does: the next word would not have fitted."""
    first = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(first) > width


def _open_pairs(group: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each line that does not end a sentence, with the line below it."""
    for line, following in pairwise(group):
        if not _TERMINAL.search(line.rstrip()):
            yield line, following


def _width(group: Sequence[str]) -> int:
    return max(map(len, group), default=0)


def _short_lines(group: Sequence[str]) -> int:
    """Count the lines that end early and not with a sentence."""
    width = _width(group)
    return sum(not _is_full(line, following, width) for line, following in _open_pairs(group))


def _is_wrapped(group: Sequence[str]) -> bool:
    width = _width(group)
    pairs = list(_open_pairs(group))
    runs_on = any(_STOP_INSIDE.search(line) for line in group)
    least = width - _RAGGED * (runs_on and len(pairs) > 1)
    return (
        len(group) > 2
        and 45 <= width <= 140
        and bool(pairs)
        and all(_is_full(line, following, least) for line, following in pairs)
    )


def _speaks_below(group: Sequence[Line]) -> Mark | None:
    """Return who speaks in a paragraph whose first line is nothing but their name and title."""
    if len(group) < 2 or turn_of(group[1].text.strip()):
        return None
    return turn_of(group[0].text.strip())


# --- one group of lines


@dataclass(frozen=True)
class _Group:
    lines: tuple[Line, ...]
    layout: _Layout
    below: str  # the first line of the next group

    def blocks(self) -> Iterator[Block]:
        first, *rest = self.lines
        if first.text.strip().lower() in _OTHER_PEOPLE:
            return
        if self.layout.has_turns and _speaks_below(self.lines):
            yield Block("turn", (first,))
        elif rest and _is_over_sentences(first.text, rest[0].text):
            yield Block("heading", (first._replace(text=first.text.strip()),))
        else:
            rest = list(self.lines)
        yield from self._body(rest)

    def _body(self, lines: Sequence[Line]) -> Iterator[Block]:
        started: _Started | None = None
        number = 0
        for position, line in enumerate(lines):
            following = lines[position + 1].text if position + 1 < len(lines) else self.below
            heading = self._heading(line, following)
            bullet, number = _bullet(line.text, number)
            if started and not heading and not bullet and self._continues(started, line):
                started.lines.append(line)
                continue
            if started:
                yield from started.blocks()
            if heading:
                yield heading
                started = None
            else:
                started = _Started.by(line, bullet, following)
        if started:
            yield from started.blocks()

    def _heading(self, line: Line, following: str) -> Block | None:
        """Return the heading that a line is, if it is one."""
        text = line.text.strip()
        if len(text) > _MAX_HEADING:
            return None
        if marked := _MARKDOWN_HEADING.fullmatch(text):
            title = marked["text"].strip(" #*_")
        elif text.endswith(":") or _is_over_its_own_list(line.text, following):
            return _introduction(line, following, running_text=self.layout.running_text)
        elif self._is_shouted_or_numbered(line):
            title = text.strip("*=- ")
        else:
            return None
        return Block("heading", (line._replace(text=title),)) if title else None

    def _is_shouted_or_numbered(self, line: Line) -> bool:
        text = line.text.strip()
        if _BULLET.match(line.text) or "|" in text or _ends(text):
            return False
        numbered = line is self.lines[0] and bool(_NUMBERED_HEADING.match(text))
        return _is_in_capitals(text) or (numbered and len(text.split()) <= 8)

    def _continues(self, started: _Started, line: Line) -> bool:
        """Tell whether a line goes on where the one before was wrapped."""
        if started.kind == "row" or not _is_plain(line.text):
            return False
        last, text = started.lines[-1].text.rstrip(), line.text.strip()
        if started.kind == "bullet" and line.text[:1] in " \t":
            return True
        if _ends(last) and (started.kind == "bullet" or mark_of(started.lines[0].text)):
            return False
        small = text[:1].islower()
        if small and (WRAPPED_WORD.search(last) or last.endswith((",", "(", "/"))):
            return True
        if self.layout.width:
            return _is_full(last, text, self.layout.width - _RAGGED)
        unsure = self.layout.by_line or not self.layout.running_text
        return not unsure and small and len(last) >= 55 and not _ends(last)


@dataclass
class _Started:
    """A block whose lines are still being collected."""

    kind: BlockKind
    lines: list[Line]
    indent: int = 0

    @classmethod
    def by(cls, line: Line, bullet: re.Match[str] | None, following: str) -> _Started:
        if bullet:
            text = line.text[bullet.end() :]
            return cls("bullet", [line._replace(text=text)], _depth(bullet))
        return cls(_kind_of_row(line.text, following), [line])

    def blocks(self) -> Iterator[Block]:
        """Yield the block, or the blocks that a row of labelled cells stands for."""
        line, *others = self.lines
        if is_blank(line.text) and not others:
            return
        if others:
            yield Block(self.kind, tuple(self.lines), indent=self.indent)
            return
        text = _undecorated(line.text.strip())
        cells = [cell for cell in _GAP.split(text) if cell]
        labelled = sum(bool(_FIELD.match(cell)) for cell in cells)
        if labelled > 1 and 2 * labelled >= len(cells):
            yield from (Block("prose", (line._replace(text=cell),)) for cell in cells)
        else:
            yield Block(self.kind, (line._replace(text=text),), indent=self.indent)


def _undecorated(text: str) -> str:
    """Return a line without the dashes, asterisks or bars that frame it on both sides."""
    for frame in ("--", "**", "==", "__", "|"):
        if text.startswith(frame) and text.endswith(frame) and len(text) > 2 * len(frame):
            text = text.strip(frame[0]).strip()
    return text.removeprefix("|").strip()


def _bullet(text: str, number: int) -> tuple[re.Match[str] | None, int]:
    """Return the marker of a list item, and its number where items are counted."""
    match = _BULLET.match(text)
    if not match or not match["number"]:
        return match, number
    ordinal = int(match["number"])
    if ordinal not in {1, number + 1} or _MONTH.match(text, match.end()):
        return None, number
    return match, ordinal


def _ends(text: str) -> bool:
    return bool(_TERMINAL.search(text))


def _is_over_sentences(first: str, second: str) -> bool:
    """Tell whether a short line without a stop stands over sentences, as a title does."""
    title = first.strip()
    if title.lower() in words("sections"):
        return True
    return (
        _is_plain(first)
        and not title.startswith("#")
        and len(title.split()) <= 5
        and (title[:1].isupper() or bool(_BULLET.match(second)))
        and not re.search(r"[.!?,;:\"“„]|\s-\s", title)
        and not _SAYS_SOMETHING.search(title)
        and (_ends(second.strip()) or bool(_BULLET.match(second)))
    )


def _introduction(line: Line, following: str, *, running_text: bool) -> Block | None:
    """Return the heading that a line with a colon at its end is, over a list or a section."""
    own, below = _BULLET.match(line.text), _BULLET.match(following)
    indent = _depth(own) if own else -1
    text = line.text[own.end() if own else 0 :].strip().strip("*_").rstrip(":*_ ")
    many = len(text.split())
    if not text or many > 8 or _STOP_INSIDE.search(text) or (own and not below):
        return None
    if (own and below and _depth(below) <= indent) or (running_text and not below and many > 3):
        return None
    lasts = not own and not (running_text and below)
    return Block("heading", (line._replace(text=text),), lasts, indent)


def _is_over_its_own_list(text: str, following: str) -> bool:
    """Tell whether a list item is nothing but the title of the items nested below it."""
    own, below = _BULLET.match(text), _BULLET.match(following)
    title = text[own.end() :].strip() if own else ""
    return (
        bool(own and below and _depth(below) > _depth(own))
        and len(title.split()) <= 4
        and not re.search(r"[.!?,;:]", title)
        and not _SAYS_SOMETHING.search(title)
    )


def _depth(bullet: re.Match[str]) -> int:
    return len(bullet["indent"].expandtabs(4))


def _is_in_capitals(text: str) -> bool:
    """Tell whether a line shouts as headings do: at most four words, a note behind them aside."""
    title = re.split(r"\s+[-–—(#]|\s{2,}|\s+\d", text.strip("*=- "), maxsplit=1)[0]
    return (
        sum(character.isalpha() for character in title) >= 4
        and bool(_CAPITALS.fullmatch(title))
        and len(title.split()) <= 4
    )


def _kind_of_row(text: str, following: str) -> BlockKind:
    stripped = text.strip()
    below = following.strip()
    if "|" in below and "-" in below and _RULED.fullmatch(below):
        return "columns"
    if stripped.startswith("|") or stripped.count(" | ") > 1 or stripped.count("\t") > 1:
        return "row"
    return "row" if "\t" in stripped and "\t" in below else "prose"
