"""What is known of a prospect before the call: facts, people, meeting, unknowns. Types only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.sources.source import AgendaPoint, Attendance, SourceKind

Voice = Literal["customer", "public", "internal"]
Side = Literal["seller", "customer", "unknown"]
FactKind = Literal[
    "company",  # size, sites, industry, money
    "trigger",  # what changed and makes this the moment
    "priority",  # a goal they pursue
    "challenge",  # a problem they have
    "concern",  # an objection or a doubt of theirs
    "promise",  # what somebody undertook to do
    "person",  # who somebody is or wants
    "technology",  # systems and tools in use
    "logistics",  # the meeting itself
    "other",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Frozen):
    """One statement about the prospect, with the words it rests on.

    `quote` stands verbatim (white space aside) in the source at `line`; `text` is the statement as
    a reader should see it, the quote itself where nobody restated it.
    """

    id: str  # F1, F2 ... in reading order
    kind: FactKind
    voice: Voice
    text: str
    quote: str
    source: str
    line: int
    page: int | None = None
    speaker: str = ""
    marked: bool = False  # of our own remarks: the notes say that it is for us alone


class SourceNote(_Frozen):
    """A source as the brief lists it; `warnings` say what was not read, guessed or cut."""

    id: str
    name: str
    kind: SourceKind
    warnings: tuple[str, ...] = ()


class Participant(_Frozen):
    """Somebody who will be in the conversation. Empty strings are unknown."""

    name: str
    role: str = ""
    side: Side = "unknown"
    email: str = ""
    attendance: Attendance = ""  # as they answered, or were asked: who may or will not come


class SentAgenda(_Frozen):
    """The agenda that one side sent the other beforehand, in its words and order."""

    points: tuple[AgendaPoint, ...]  # never empty
    by: str = ""  # who sent it, "" where unknown
    side: Side
    source: str  # id of the source that holds it


class Meeting(_Frozen):
    """The conversation that is being prepared.

    `start` is None where no hour is known; `day` is of a meeting that has a day and no hour. Where
    a start names no zone it is naive.
    """

    title: str = ""
    start: datetime | None = None
    day: date | None = None
    minutes: int
    zone: str = ""  # IANA name; "" where unknown
    place: str = ""
    participants: tuple[Participant, ...] = ()
    declined: tuple[Participant, ...] = ()  # who said no: they are not in the room
    nameless: tuple[str, ...] = ()  # addresses of others who are expected, whom no source names
    agenda: SentAgenda | None = None  # None where nobody sent one

    @property
    def people(self) -> tuple[Participant, ...]:
        """Everybody who was asked, in the room or not."""
        return (*self.participants, *self.declined)

    @property
    def held_on(self) -> date | None:
        """The day of the meeting where it is held, None where no source gives one."""
        return self.start.date() if self.start else self.day


class Dossier(_Frozen):
    """Everything the brief may rest on, beside the cards. One account."""

    account: str  # the prospect's name, "" where unknown
    sources: tuple[SourceNote, ...]
    facts: tuple[Fact, ...]
    meeting: Meeting
    unknowns: tuple[str, ...] = ()  # what the sources do not say, each worded as a question
    dropped: int = 0  # statements whose quote was not found in their source
    emails: tuple[str, ...] = ()  # every address that the sources hold
