"""Read the part of YAML that people write by hand: text, lists and mappings, each with its line.

Nothing is executed and nothing is guessed: a scalar stays the text it is (`NO`, `2027-03-31`,
`0700`), and its type is the reader's business. Aliases, anchors and tags are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.errors import KnowledgeError
from assistant.knowledge.problem import Problem

MAX_BYTES = 256 * 1024
_MAX_DEPTH = 8  # a card needs three; what is deeper is not a card

Value = str | list["Value"] | dict[str, "Value"] | None
Loc = tuple[str | int, ...]

# libyaml's parser where it was built in, some ten times faster; both yield the same events.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Controls, bidirectional overrides and invisible characters. Joiners and direction marks stay:
# emoji, Persian and Hebrew need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_NOTHING = {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True)
class Tree:
    """A YAML mapping as plain text values; `lines` holds the line of each value by its place."""

    values: Mapping[str, Value]
    lines: Mapping[Loc, int]
    problems: tuple[Problem, ...] = ()  # duplicate keys
    twice: frozenset[Loc] = frozenset()  # where they stand; the first one is in `values`

    def line(self, loc: Loc) -> int:
        """Return the line of a value, or of the nearest thing around it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 0)


def read_file(path: Path) -> str:
    """Return a knowledge file's text with plain line ends and no byte order mark.

    Raises:
        KnowledgeError: it cannot be read, is over 256 KB, is not UTF-8, or holds a control
            character or an invisible one.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror or error}", path=path) from error
    if len(content) > MAX_BYTES:
        raise KnowledgeError("is over 256 KB, the most a knowledge file may hold", path=path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8 (byte 0x{content[error.start]:02x}): save it as UTF-8"
        raise KnowledgeError(message, path=path, line=line) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (at := hidden_at(text)) >= 0:
        raise KnowledgeError(_unseen(text[at]), path=path, line=text.count("\n", 0, at) + 1)
    return text


def hidden_at(text: str) -> int:
    """Return where the first control or invisible character stands; -1 where there is none."""
    found = _HIDDEN.search(text)
    return found.start() if found else -1


def _unseen(character: str) -> str:
    return f"holds the invisible character U+{ord(character):04X}: delete it"


def parse_yaml(text: str, *, path: Path, first_line: int = 1) -> Tree:
    """Read one YAML mapping; values that are empty, `~` or `null` come as None.

    White space inside a value counts as one space.

    Raises:
        KnowledgeError: it is not YAML, not a mapping, or uses an alias, an anchor or a tag; says
            where and what to write instead.
    """
    reader = _Reader(path, first_line, text)
    try:
        values = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark
        line = first_line + (mark.line if mark else 0)
        message = f"is not readable YAML: {error.problem}; a value with ': ' or '#' needs quotes"
        raise KnowledgeError(message, path=path, line=line) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"is not readable YAML: {error}", path=path) from error
    return Tree(values, reader.lines, tuple(reader.problems), frozenset(reader.twice))


class _Reader:
    def __init__(self, path: Path, first_line: int, text: str) -> None:
        self.path = path
        self.first_line = first_line
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self.twice: set[Loc] = set()

    def document(self) -> dict[str, Value]:
        next(self.events)  # the stream's start
        if isinstance(event := next(self.events), yaml.StreamEndEvent):
            return {}
        value = self._value(next(self.events), ())
        next(self.events)  # the document's end
        if not isinstance(event := next(self.events), yaml.StreamEndEvent):
            raise self._refusal(event, "holds a second document: take the '---' out")
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise KnowledgeError("expected 'key: value' lines", path=self.path, line=self._top())
        return value

    def _top(self) -> int:
        return self.lines.get((), self.first_line)

    def _value(self, event: yaml.Event, loc: Loc) -> Value:
        self._refuse_magic(event)
        self.lines.setdefault(loc, self._line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(loc) >= _MAX_DEPTH:
            raise self._refusal(event, "is nested too deeply")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(loc)
        return self._mapping(loc)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        # Only an escape in double quotes brings in what the text itself cannot hold.
        if event.style == '"' and (at := hidden_at(event.value)) >= 0:
            raise self._refusal(event, _unseen(event.value[at]))
        if not event.style and event.value in _NOTHING:
            return None
        return " ".join(event.value.split()) or None

    def _list(self, loc: Loc) -> list[Value]:
        values: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self._value(event, (*loc, len(values))))
        return values

    def _mapping(self, loc: Loc) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(event, "expected a key, got a list or a mapping")
            self._refuse_magic(event)
            key = self._scalar(event) or ""
            if key in values:
                self._report_twice(event, key, loc)
                self._value(next(self.events), (*loc, key))
                continue
            self.lines[*loc, key] = self._line(event)
            values[key] = self._value(next(self.events), (*loc, key))
        return values

    def _report_twice(self, event: yaml.Event, key: str, loc: Loc) -> None:
        self.twice.add((*loc, key))
        first = self.lines[*loc, key]
        message = f"{key}: stands here and on line {first}: keep one"
        self.problems.append(Problem(self.path, self._line(event), message))

    def _refuse_magic(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refusal(event, f"refers to the alias *{event.anchor}: write the value out")
        if getattr(event, "anchor", None):
            raise self._refusal(event, "holds a YAML anchor (&name): write the value out")
        if getattr(event, "tag", None):
            raise self._refusal(event, "holds a YAML tag (!name): write the plain value")

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self.first_line + (mark.line if mark else 0)

    def _refusal(self, event: yaml.Event, message: str) -> KnowledgeError:
        return KnowledgeError(message, path=self.path, line=self._line(event))
