"""Read one card file: front matter and headings become a card, or problems with their lines."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.errors import KnowledgeError
from assistant.knowledge.card import CardKind, Insight, Objection, Sizes, Story
from assistant.knowledge.fields import did_you_mean, spell, validate, without_empty
from assistant.knowledge.names import can_be_found
from assistant.knowledge.problem import Problem, problem_of
from assistant.knowledge.strict_yaml import Tree, Value, parse_yaml, read_file

FOLDERS: Mapping[str, CardKind] = {
    "insights": "insight",
    "stories": "story",
    "objections": "objection",
}
HEADINGS: Mapping[CardKind, tuple[str, ...]] = {
    "insight": ("Claim", "Why it matters", "Evidence", "Ask"),
    "story": ("Situation", "Complication", "Turning point", "Resolution"),
    "objection": ("They say", "Behind it", "Clarify", "Respond", "Proof", "Check"),
}
_MODELS: Mapping[CardKind, type[Insight | Story | Objection]] = {
    "insight": Insight,
    "story": Story,
    "objection": Objection,
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_LENGTH = 80
_RESERVED = {"meeting", "profile", "schedule"}  # evidence ids of a brief that are no card's
_HEADING = re.compile(r" {0,3}(#{1,6})([ \t]*)(.*?)[ \t]*#*[ \t]*")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])(?:[ \t]+(.*))?")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SIZE = re.compile(r"(\d{1,9})\s*[-–]\s*(\d{1,9})")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'"}


@dataclass(frozen=True)
class CardFile:
    """A card as its file holds it; the name of an anonymous customer still stands in it.

    `text` is the normalised card, the words that an approval is for: `fingerprint` is its sha256.
    `lines` holds the line of each field by its name: `review_by`, `sources[1].date`, `claim`,
    `they_say[2]`.
    """

    card: Insight | Story | Objection
    path: Path
    text: str
    lines: Mapping[str, int]
    problems: tuple[Problem, ...] = ()  # what does not keep the card from being read

    @property
    def fingerprint(self) -> str:
        """Return the sha256 of the normalised card, in hexadecimal."""
        return fingerprint(self.text)


def fingerprint(text: str) -> str:
    """Return the sha256 of a normalised card's text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_card_file(path: Path, *, kind: CardKind) -> CardFile | tuple[Problem, ...]:
    """Return the card at `path`, which must be of `kind`, or all that is wrong with it."""
    try:
        front, body, body_line = _split(read_file(path), path)
        tree = parse_yaml(front, path=path, first_line=2)
    except KnowledgeError as error:
        return (problem_of(error, card=path.stem),)
    sections, problems = _sections(body, body_line, kind=kind, path=path)
    found = _card(tree, sections, kind=kind, path=path)
    if isinstance(found, tuple):
        problems = [*problems, *found]
    errors = [*tree.problems, *problems]
    if isinstance(found, tuple) or any(p.severity == "error" for p in errors):
        return tuple(sorted(errors, key=lambda p: p.line))
    text = _normalised(tree, sections, kind)
    return CardFile(found, path, text, _lines(tree, sections), tuple(errors))


# --- the two halves of a file


def _split(text: str, path: Path) -> tuple[str, str, int]:
    """Return front matter, body, and the line on which the body starts."""
    lines = text.split("\n")
    if not text.strip():
        raise KnowledgeError("is empty", path=path)
    if lines[0].rstrip() != "---":
        raise KnowledgeError("must begin with '---' and the card's keys", path=path, line=1)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            rest = lines[number + 1 :]
            return "\n".join(lines[1:number]), "\n".join(rest), number + 2
    message = "the front matter does not end: put '---' on a line of its own after the keys"
    raise KnowledgeError(message, path=path, line=1)


@dataclass(frozen=True)
class _Section:
    name: str  # its heading as the format spells it, or an unknown one with its marks
    line: int  # of the heading
    lines: tuple[tuple[int, str], ...]  # its own lines with their numbers

    @property
    def field(self) -> str:
        return _field(self.name)

    @cached_property
    def text(self) -> str:
        return _unwrap(line for _, line in self.lines)


def _field(heading: str) -> str:
    return heading.casefold().replace(" ", "_")


def _sections(
    body: str, first_line: int, *, kind: CardKind, path: Path
) -> tuple[list[_Section], list[Problem]]:
    """Return the known sections of a body, and what is wrong with the headings."""
    problems: list[Problem] = []
    if "<!--" in (body := _COMMENT.sub(_blank, body)):
        line = first_line + body.count("\n", 0, body.index("<!--"))
        problems.append(Problem(path, line, "a comment does not end: close it with '-->'"))
    numbered = enumerate(body.split("\n"), start=first_line)
    before, *sections = _cut(numbered, HEADINGS[kind])
    for number, words in before.lines:
        if words.strip():
            message = f"text before the first heading: put it under '## {HEADINGS[kind][0]}'"
            problems.append(Problem(path, number, message))
    problems += _heading_problems(sections, HEADINGS[kind], path)
    return [s for s in sections if s.name in HEADINGS[kind]], problems


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


def _cut(numbered: Iterable[tuple[int, str]], headings: Iterable[str]) -> list[_Section]:
    """Return what stands before the first heading, then one section a heading."""
    names = {name.casefold(): name for name in headings}
    heads: list[tuple[str, int]] = [("", 0)]
    bodies: list[list[tuple[int, str]]] = [[]]
    for number, line in numbered:
        if heading := _heading(line, names):
            heads.append((heading, number))
            bodies.append([])
        else:
            bodies[-1].append((number, line))
    return [
        _Section(name, number, tuple(lines))
        for (name, number), lines in zip(heads, bodies, strict=True)
    ]


def _heading(line: str, names: Mapping[str, str]) -> str:
    """Return a heading's name as the format spells it, an unknown one with its marks, else ""."""
    match = _HEADING.fullmatch(line)
    if match is None:
        return ""
    marks, space, name = match.groups()
    known = names.get(name.rstrip(":").casefold())
    if known and marks == "##":
        return known
    return line.strip() if space or known or not name else ""


def _heading_problems(
    sections: list[_Section], wanted: tuple[str, ...], path: Path
) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for section in sections:
        if message := _fault_of(section, first, wanted):
            yield Problem(path, section.line, message)
        first.setdefault(section.name, section.line)
    last = max(first.values(), default=0)
    for name in wanted:
        if name not in first:
            yield Problem(path, last, f"the heading '## {name}' is missing")
    order = [name for name in first if name in wanted]
    if order != [name for name in wanted if name in first]:
        message = f"the headings stand in another order than {', '.join(wanted)}"
        yield Problem(path, first[order[0]], message, severity="warning")


def _fault_of(section: _Section, first: Mapping[str, int], wanted: tuple[str, ...]) -> str:
    if section.name not in wanted:
        hint = did_you_mean(section.name.strip("# "), wanted)
        return f"unknown heading '{section.name}'; {hint}"
    if section.name in first:
        return f"'## {section.name}' stands here and on line {first[section.name]}: keep one"
    return "" if section.text else f"nothing stands under '## {section.name}'"


def _unwrap(lines: Iterable[str]) -> str:
    """Return paragraphs as one line each; list items keep their lines."""
    text = ""
    for line in lines:
        words = " ".join(line.split())
        if not words:
            text = text and text.rstrip("\n") + "\n\n"
        elif not text or text.endswith("\n"):
            text += words
        else:
            text += ("\n" if _BULLET.fullmatch(words) else " ") + words
    return text.strip("\n")


# --- the card


def _card(
    tree: Tree, sections: list[_Section], *, kind: CardKind, path: Path
) -> Insight | Story | Objection | tuple[Problem, ...]:
    body = [_field(name) for name in HEADINGS[kind]]
    values, problems = _front_values(tree, body, kind=kind, path=path)
    for section in sections:
        if section.text:
            values[section.field] = section.text
    if "they_say" in values:
        says = next(s for s in sections if s.field == "they_say")
        values["they_say"], faults = _variants(says, path)
        problems += faults
    found = validate(_MODELS[kind], values, tree=tree, path=path, body=body)
    if isinstance(found, tuple):
        return (*problems, *found)
    problems += _customer_problems(found, tree, path)
    return tuple(problems) if problems else found


def _front_values(
    tree: Tree, body: list[str], *, kind: CardKind, path: Path
) -> tuple[dict[str, object], list[Problem]]:
    problems = [
        Problem(path, tree.line((key,)), f"{key}: belongs below the front matter, under '## …'")
        for key in tree.values
        if key in body
    ]
    values: dict[str, object] = {
        key: without_empty(value)
        for key, value in tree.values.items()
        if value is not None and key not in body
    }
    problems += _identity_problems(values, tree, kind=kind, path=path)
    values["kind"] = kind
    if isinstance(sizes := values.get("sizes"), list):
        values["sizes"], faults = _sizes(sizes, tree, path)
        problems += faults
    return values, problems


def _identity_problems(
    values: Mapping[str, object], tree: Tree, *, kind: CardKind, path: Path
) -> Iterator[Problem]:
    said = values.get("kind")
    if said is None:
        yield Problem(path, tree.line(("kind",)), f"kind: missing: add 'kind: {kind}'")
    elif said != kind:
        message = f"kind: expected {kind!r} in this folder, got {str(said)!r}: move or mend it"
        yield Problem(path, tree.line(("kind",)), message)
    if isinstance(name := values.get("id"), str):
        yield from _id_problems(name, tree.line(("id",)), path)


def _id_problems(name: str, line: int, path: Path) -> Iterator[Problem]:
    if not _ID.fullmatch(name) or len(name) > _ID_LENGTH:
        message = f"id: expected up to {_ID_LENGTH} of a-z, 0-9 and single '-', got {name[:99]!r}"
        yield Problem(path, line, message)
    elif name in _RESERVED:
        yield Problem(path, line, f"id: {name!r} is a word of the brief's own: take another id")
    elif name != path.stem:
        message = f"id: expected the file's name, {path.stem!r}, got {name!r}: rename one of them"
        yield Problem(path, line, message)


def _sizes(written: list[Value], tree: Tree, path: Path) -> tuple[list[Sizes], list[Problem]]:
    sizes: list[Sizes] = []
    problems: list[Problem] = []
    for i, value in enumerate(written):
        match = _SIZE.fullmatch(str(value))
        if match and int(match[1]) <= int(match[2]):
            sizes.append(Sizes(least=int(match[1]), most=int(match[2])))
            continue
        message = f"sizes[{i + 1}]: expected employees such as 500-5000, got {str(value)[:60]!r}"
        problems.append(Problem(path, tree.line(("sizes", i)), message))
    return sizes, problems


def _variants(section: _Section, path: Path) -> tuple[list[str], list[Problem]]:
    variants: list[str] = []
    problems: list[Problem] = []
    for number, line in section.lines:
        if bullet := _BULLET.fullmatch(line):
            variants.append(" ".join((bullet[1] or "").split()))
        elif line.strip() and variants:
            variants[-1] += " " + " ".join(line.split())
        elif line.strip():
            message = "They say: expected a list: begin each thing they say with '- '"
            problems.append(Problem(path, number, message))
    return [_unquoted(v) for v in variants if v], problems


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[0])
    inner = text[1:-1]
    if closing and text.endswith(closing) and inner and text[0] not in inner:
        return inner.strip()
    return text


def _customer_problems(
    card: Insight | Story | Objection, tree: Tree, path: Path
) -> Iterator[Problem]:
    if not isinstance(card, Story):
        return
    if card.customer.naming == "anonymous" and not card.customer.alias:
        message = "customer.alias: missing: an anonymous customer needs one, such as 'a grocer'"
        yield Problem(path, tree.line(("customer", "naming")), message)
    if card.customer.naming == "anonymous" and not can_be_found(card.customer.name):
        message = f"customer.name: {card.customer.name!r} is too short to be kept out: write it out"
        yield Problem(path, tree.line(("customer", "name")), message)
    if card.customer.employees < 1:
        message = "customer.employees: expected at least 1"
        yield Problem(path, tree.line(("customer", "employees")), message)


# --- the normalised card


def _normalised(tree: Tree, sections: list[_Section], kind: CardKind) -> str:
    """Return the card with nothing but its words: keys sorted, headings in order, lines unwrapped.

    The form is fixed for good: a change of it would turn every approved card into a draft.
    """
    values = {key: without_empty(tree.values[key]) for key in sorted(tree.values)}
    keys = [
        f"{key}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
        for key, value in values.items()
        if value
    ]
    texts = {s.field: s.text for s in sections}
    body = [f"## {name}\n\n{texts[_field(name)]}\n" for name in HEADINGS[kind]]
    return "\n".join([*keys, "", *body])


def _lines(tree: Tree, sections: list[_Section]) -> dict[str, int]:
    lines = {spell(loc): line for loc, line in tree.lines.items() if loc}
    for section in sections:
        lines[section.field] = section.line
        bullets = [n for n, line in section.lines if _BULLET.fullmatch(line)]
        lines |= {f"{section.field}[{i}]": n for i, n in enumerate(bullets, start=1)}
    return lines
