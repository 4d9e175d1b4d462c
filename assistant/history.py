"""What is remembered of an account: its timeline, and what the next brief must know. Types only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.debrief import Outcome
from assistant.dossier import Side

DocumentKind = Literal["brief", "debrief"]
Answered = Literal["approved", "improvised", "not"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OpenAction(_Frozen):
    """A task that somebody undertook in a call and that nobody has marked as done."""

    id: int  # to mark it as done by
    task: str
    owner: str  # "" where the call did not say
    side: Side
    due: date | None  # None where no day was said
    agreed_on: date  # the day of the call
    quote: str
    hedged: bool  # "I'll try"

    def is_overdue(self, today: date) -> bool:
        """Tell whether its day is past."""
        return self.due is not None and self.due < today


class Promise(_Frozen):
    """What one side told the other it would do, in the words of the call."""

    what: str
    who: str  # names, "" unknown
    side: Side
    due: date | None
    quote: str
    given_on: date


class ObjectionMet(_Frozen):
    """An objection of theirs, with the card that answers it; "" is a gap."""

    said: str
    card: str
    answered: Answered
    raised_on: date


class DatedFact(_Frozen):
    """Something learned, who said it, and on which day."""

    kind: str
    voice: str
    text: str
    quote: str
    speaker: str  # "" where nobody is named
    learned_on: date
    place: str  # within the source of that day: "S1:14"


class History(_Frozen):
    """What the last calls leave for the next brief; empty where there was none."""

    account: str
    held_on: date | None = None  # of the last call
    outcome: Outcome | None = None
    open_actions: tuple[OpenAction, ...] = ()  # of every call, by due day; those without one last
    promises: tuple[Promise, ...] = ()  # of the last call, of both sides
    objections: tuple[ObjectionMet, ...] = ()  # of the last call
    facts: tuple[DatedFact, ...] = ()  # of the last call


class TimelineEntry(_Frozen):
    """A brief or a call as the account's timeline shows it."""

    kind: DocumentKind
    made_at: datetime
    held_on: date | None  # the meeting's day, None where a brief knows none
    title: str
    seller: str
    stage: str
    outcome: Outcome | None  # of a call
    next_step: str  # a brief's provisional one, or what a call agreed
    next_step_on: date | None


class Timeline(_Frozen):
    """Everything kept of one account that still stands, oldest first."""

    account: str
    entries: tuple[TimelineEntry, ...]
    open_actions: tuple[OpenAction, ...]
    objections: tuple[ObjectionMet, ...]
    said: tuple[DatedFact, ...]  # what somebody is named for


class AccountLine(_Frozen):
    """An account at a glance."""

    name: str
    last_meeting: date | None  # of its calls; the next one's where only a brief is kept
    last_outcome: Outcome | None
    open_actions: int
    overdue: int
