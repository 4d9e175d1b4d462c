"""A source and its passages: types only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

# notes: the seller's own, with what they were told and CRM records; page: published by somebody, a
# pasted page, profile or earnings call too; document: a PDF, a DOCX or what was copied from one.
SourceKind = Literal["notes", "email", "page", "invite", "transcript", "document"]


Attendance = Literal[
    "", "declined", "tentative", "optional"
]  # what they answered goes before how asked


@dataclass(frozen=True)
class Passage:
    """One statement of a source: a sentence, a bullet, a table row, or a turn's sentence.

    `text` is the source's own words with control characters, invisible characters and line
    wrapping removed and nothing else changed; it is never empty and at most 600 characters.
    """

    source: str  # id of its source
    line: int  # where it starts, from 1; in a paged document, the line of the page
    text: str
    page: int | None = None  # from 1, in documents that have pages
    heading: str = ""  # the nearest heading above it
    speaker: str = ""  # who says it, as the source marks it ("Dana", "me", an e-mail's sender)
    quoted: bool = False  # inside quotation marks or an e-mail's quoted reply
    follows: bool = False  # goes on where the passage before it ends, in the same paragraph


@dataclass(frozen=True)
class Person:
    """Somebody a source names in a structured place: a header, an attendee list, a signature."""

    name: str  # "" where only an address is known
    email: str = ""
    role: str = ""
    attendance: Attendance = ""  # of a guest whom an invitation does not surely expect


@dataclass(frozen=True)
class Invite:
    """One occurrence of a meeting, as an invitation states it."""

    title: str
    start: datetime | None  # aware where the invite names a zone that is known
    minutes: int | None
    zone: str  # IANA name, or "" where the invite has none (floating time)
    place: str
    organizer: Person | None
    attendees: tuple[Person, ...]
    description: str
    day: date | None = None  # of a meeting that has a day but no hour; `start` is None then


@dataclass(frozen=True)
class AgendaPoint:
    """One point of an agenda, in the words of whoever sent it."""

    text: str  # without its number and its time
    line: int  # of the source, from 1
    minutes: int | None = None  # as it was sent; None where it says nothing of time


@dataclass(frozen=True)
class Agenda:
    """What a source says is to be talked about at the meeting, in its order; never empty."""

    points: tuple[AgendaPoint, ...]
    by: str = ""  # who wrote it, as the source marks it; "" where it does not


@dataclass(frozen=True)
class Source:
    """Something the seller handed in, read and numbered. Untrusted."""

    id: str  # S1, S2 ... in the order given
    name: str  # file name, URL or "stdin", as shown to the seller
    kind: SourceKind
    passages: tuple[Passage, ...]
    written_on: date | None = None  # where the source itself says so
    people: tuple[Person, ...] = ()
    invite: Invite | None = None
    warnings: tuple[str, ...] = field(
        default=()
    )  # what was not read, guessed or cut, in plain words
    agenda: Agenda | None = None  # of an invitation or a mail that sends one
