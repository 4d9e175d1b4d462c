"""What the database reads out of a kept brief or debrief.

Only what is asked for is read, and more in the document is no fault: a document that another
version of the product wrote stays readable.
"""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.debrief import Outcome
from assistant.dossier import Side
from assistant.errors import StoreError
from assistant.history import Answered, DatedFact, DocumentKind
from assistant.store.tables import Action, Document, Objection

Json = dict[str, Any]
T = TypeVar("T", bound=BaseModel)


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Stated(_Read):
    """A fact, as both kinds of document have it."""

    kind: str
    voice: str
    text: str
    quote: str
    source: str = ""
    line: int = 0
    speaker: str = ""

    def dated(self, day: date) -> DatedFact:
        """Return it with the day on which it was learned."""
        place = f"{self.source}:{self.line}" if self.source else ""
        known = self.model_dump(exclude={"source", "line"})
        return DatedFact(**known, learned_on=day, place=place)


class _Person(_Read):
    name: str
    side: str = ""


class _Meeting(_Read):
    title: str = ""
    start: datetime | None = None
    day: date | None = None
    participants: tuple[_Person, ...] = ()


class _Dossier(_Read):
    account: str
    facts: tuple[Stated, ...] = ()


class _Step(_Read):
    action: str
    customer_actors: tuple[str, ...] = ()
    when: date | None = None
    quote: str = ""


class _Opening(_Read):
    next_step: _Step


class BriefRead(_Read):
    """A kept brief."""

    schema_version: int
    created_at: datetime
    meeting: _Meeting
    dossier: _Dossier
    opening: _Opening

    @property
    def account(self) -> str:
        """Return the account's name, "" where it is not known."""
        return self.dossier.account

    @property
    def facts(self) -> tuple[Stated, ...]:
        """Return what was known before the call."""
        return self.dossier.facts

    @property
    def held_on(self) -> date | None:
        """Return the meeting's day, None where it is not known."""
        return self.meeting.start.date() if self.meeting.start else self.meeting.day

    @property
    def seller(self) -> str:
        """Return who of ours is expected, the first one; "" where nobody is named."""
        ours = (one.name for one in self.meeting.participants if one.side == "seller")
        return next(ours, "")

    @property
    def occasion(self) -> str:
        """Tell briefs of one meeting from those of another; a moved meeting is another."""
        if self.meeting.start:
            return self.meeting.start.isoformat()
        return f"{self.meeting.day or f'made {self.created_at.date()}'}"


class _NextStep(_Read):
    proposed_early: bool
    reconfirmed: bool
    agreed: _Step | None = None


class _Undertaken(_Read):
    task: str
    owner: str = ""
    side: Side = "unknown"
    due: date | None = None
    quote: str = ""
    hedged: bool = False


class _Objected(_Read):
    said: str
    card: str = ""
    answered: Answered


class DebriefRead(_Read):
    """A kept debrief."""

    schema_version: int
    created_at: datetime
    held_on: date
    account: str
    outcome: Outcome
    next_step: _NextStep
    actions: tuple[_Undertaken, ...] = ()
    objections: tuple[_Objected, ...] = ()
    facts: tuple[Stated, ...] = ()


def as_json(document: BaseModel) -> str:
    """Return a document as the text to keep; what UTF-8 cannot hold is escaped."""
    return to_text(document.model_dump(mode="json"))


def to_text(content: Json) -> str:
    """Return changed content as the text to keep."""
    text = json.dumps(content, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def read_brief(text: str) -> BriefRead:
    """Read a kept brief.

    Raises:
        StoreError: the text is no brief.
    """
    return _read(BriefRead, text, "brief")


def read_debrief(text: str) -> DebriefRead:
    """Read a kept debrief.

    Raises:
        StoreError: the text is no debrief.
    """
    return _read(DebriefRead, text, "debrief")


def _read(kind: type[T], text: str, name: DocumentKind) -> T:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "its text"
        raise StoreError(
            f"the database: a {name} cannot be read: {where}: {first['msg']}; "
            "put back a copy of the database from before"
        ) from error


def derive(row: Document) -> None:
    """Fill the columns and rows that are derived from the document's text, anew.

    What was marked as done stays so: a text that was changed has its actions in the same order.

    Raises:
        StoreError: the text is no document of its kind.
    """
    if row.kind == "brief":
        brief = read_brief(row.text)
        row.title = _column(brief.meeting.title)
        row.next_step = _column(brief.opening.next_step.action)
        row.next_step_on = brief.opening.next_step.when
        return
    debrief = read_debrief(row.text)
    agreed = debrief.next_step.agreed
    row.outcome = debrief.outcome
    row.proposed_early = debrief.next_step.proposed_early
    row.reconfirmed = debrief.next_step.reconfirmed
    row.next_step = _column(agreed.action) if agreed else ""
    row.next_step_on = agreed.when if agreed else None
    done = {action.place: action.done_on for action in row.actions}
    row.actions = [_action(one, i, done.get(i)) for i, one in enumerate(debrief.actions)]
    row.objections = [
        Objection(said=_column(one.said), card=_column(one.card), answered=one.answered)
        for one in debrief.objections
    ]


def _action(one: _Undertaken, place: int, done_on: date | None) -> Action:
    return Action(
        place=place,
        task=_column(one.task),
        owner=_column(one.owner),
        side=one.side,
        due=one.due,
        quote=_column(one.quote),
        hedged=one.hedged,
        done_on=done_on,
    )


def _column(text: str) -> str:
    """Return a text that every database takes: PostgreSQL refuses NUL."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def fold(name: str) -> str:
    """Return what two spellings of one company's name share: case and spaces do not matter.

    Nothing else is taken away, so that two companies never become one.
    """
    seen = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) != "Cf")
    return " ".join(seen.casefold().split())
