"""People whom a text names in a structured place: speakers with a title, contact rows, forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.sources.blocks import Block
from assistant.sources.names import merged, person_of, spelled_name
from assistant.sources.source import Person
from assistant.sources.speakers import NAME, has_role, is_name, mark_of, turn_of

_CONTACTS = re.compile(
    r"\b(?:contacts?|people|attendees|participants|team|stakeholders|kontakte|ansprechpartner"
    r"|teilnehmer)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\*{0,2}(?:attendees|participants|present|in the room|with|attending|teilnehmer|anwesend"
    r"|dabei)\s*:\*{0,2}\s*(?P<list>.{3,400})",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"(?P<name>{NAME})(?:\s*\((?P<note>[^()]*)\))?")
_FORM = re.compile(r"(?P<field>[^\W\d_][\w -]{2,20}?)\s*:\s*(?P<value>\S.*)")
_FIELDS = {
    "first name": "first",
    "vorname": "first",
    "last name": "last",
    "surname": "last",
    "nachname": "last",
    "name": "full",
    "full name": "full",
    "job title": "role",
    "title": "role",
    "position": "role",
    "role": "role",
    "funktion": "role",
    "e-mail": "email",
    "email": "email",
    "e-mail address": "email",
    "email address": "email",
}
_MAX_ROLE = 80


def people_in(blocks: Sequence[Block]) -> tuple[Person, ...]:
    """Return the people that a text's structure names, in order; prose is not searched."""
    return merged([*_speakers(blocks), *_present(blocks), *_contacts(blocks), *_filled_in(blocks)])


def _speakers(blocks: Iterable[Block]) -> Iterator[Person]:
    for block in blocks:
        if block.kind not in {"turn", "prose", "bullet"}:
            continue
        text = block.flow.text
        mark = turn_of(text) if block.kind == "turn" else mark_of(text)
        if mark and mark.is_named and has_role(mark.note):
            yield Person(spelled_name(mark.name), role=_title(mark.note))
        elif mark and block.kind == "turn" and mark.is_named and " " in mark.name:
            yield Person(spelled_name(mark.name))


def _title(note: str) -> str:
    """Return the title without the company before it: `Larkfield Securities - Analyst`."""
    pieces = [piece.strip() for piece in re.split(r"\s+[-–—]\s+", note)]
    return next(piece for piece in pieces if has_role(piece))[:_MAX_ROLE]


def _present(blocks: Iterable[Block]) -> Iterator[Person]:
    """Yield those whom a line like `Present: …` lists."""
    for block in blocks:
        listed = _PRESENT.match(block.flow.text) if block.kind in {"prose", "bullet"} else None
        names = re.split(r"\.\s+(?=[A-ZÀ-Þ]\w+:)", listed["list"])[0] if listed else ""
        for piece in re.split(r"[,;]\s*(?![^()]*\))", names):
            match = _LISTED.fullmatch(piece.strip(" ."))
            if match and is_name(match["name"]):
                note = match["note"] or ""
                yield Person(match["name"], role=note[:_MAX_ROLE] if has_role(note) else "")


def _contacts(blocks: Iterable[Block]) -> Iterator[Person]:
    heading = ""
    for block in blocks:
        text = block.flow.text
        if block.kind == "heading":
            heading = text
        if block.kind != "row" or len(text) > 400:
            continue
        first, *cells = [cell.strip() for cell in text.split(" | ")]
        name = first.rstrip("? ")
        email = next((found for cell in cells if (found := person_of(cell).email)), "")
        listed = email or _CONTACTS.search(heading)
        if listed and is_name(name):
            roles = [cell for cell in cells if has_role(cell) and "@" not in cell]
            yield Person(name, email, roles[0][:_MAX_ROLE] if roles else "")


def _filled_in(blocks: Iterable[Block]) -> Iterator[Person]:
    """Yield the person of a web form, whose name and title are fields of their own."""
    form: dict[str, str] = {}
    for block in blocks:
        match = _FORM.fullmatch(block.flow.text) if block.kind == "prose" else None
        field = _FIELDS.get(match["field"].lower(), "") if match else ""
        if match and field and field in form:
            yield from _from_form(form)
            form = {}
        if match and field:
            form[field] = match["value"].strip()
    yield from _from_form(form)


def _from_form(form: dict[str, str]) -> Iterator[Person]:
    name = form.get("full") or f"{form.get('first', '')} {form.get('last', '')}".strip()
    if len(form) > 1 and re.fullmatch(NAME, name) and ("email" in form or "role" in form):
        email = person_of(form.get("email", "")).email
        yield Person(spelled_name(name), email, form.get("role", "")[:_MAX_ROLE])
