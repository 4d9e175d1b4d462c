"""Ask the database for an account: its timeline, what the next brief must know, everything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assistant.debrief import Outcome
from assistant.dossier import Side
from assistant.errors import UsageError
from assistant.history import (
    AccountLine,
    Answered,
    DatedFact,
    DocumentKind,
    History,
    ObjectionMet,
    OpenAction,
    Promise,
    Timeline,
    TimelineEntry,
)
from assistant.store.database import Database
from assistant.store.documents import DebriefRead, fold, read_brief, read_debrief
from assistant.store.tables import Account, Action, Document

_MOST_NAMED = 5


def list_accounts(database: Database, *, today: date) -> tuple[AccountLine, ...]:
    """Return every account, the one met last first.

    Raises:
        StoreError: the database cannot be read.
    """
    with database.reading() as session:
        whole = selectinload(Account.documents).selectinload(Document.actions)
        accounts = session.scalars(select(Account).options(whole))
        lines = [_line(account, today) for account in accounts]
    return tuple(
        sorted(lines, key=lambda a: (-(a.last_meeting or date.min).toordinal(), a.name.casefold()))
    )


def timeline(database: Database, account: str) -> Timeline:
    """Return what is kept of an account and still stands, oldest first.

    Raises:
        UsageError: no account is called so; names the ones that nearly are.
        StoreError: the database cannot be read.
    """
    with database.reading() as session:
        found = _named(session, account)
        standing = _standing(found)
        return Timeline(
            account=found.name,
            entries=tuple(_entry(row) for row in standing),
            open_actions=_open_actions(standing),
            objections=tuple(o for row in standing for o in _objections(row)),
            said=_said(standing),
        )


def history(database: Database, account: str, *, before: date | None = None) -> History:
    """Return what the calls of an account leave for a brief of a meeting on the day `before`.

    Calls of that day or later are left out; with None none is. An account that is not known has
    an empty history.

    Raises:
        StoreError: the database cannot be read.
    """
    with database.reading() as session:
        found = _find(session, account)
        if found is None:
            return History(account=" ".join(account.split()))
        calls = [
            row
            for row in _standing(found)
            if row.kind == "debrief" and (before is None or _day(row) < before)
        ]
        if not calls:
            return History(account=found.name)
        last = calls[-1]
        return History(
            account=found.name,
            held_on=last.held_on,
            outcome=cast("Outcome | None", last.outcome),
            open_actions=_open_actions(calls),
            promises=tuple(_promises(read_debrief(last.text))),
            objections=tuple(_objections(last)),
            facts=tuple(_facts(last)),
        )


def mark_done(database: Database, account: str, action: int, *, on: date) -> str:
    """Mark an open action of an account as done; return its task.

    Raises:
        UsageError: the account has no open action of that number.
        StoreError: the database cannot be written to.
    """
    with database.writing() as session:
        found = _named(session, account)
        row = session.get(Action, action)
        if row is None or row.done_on or row.document.account_id != found.id:
            raise UsageError(
                f"{found.name} has no open action {action}; "
                f"'groundwork account \"{found.name}\"' shows them with their numbers"
            )
        row.done_on = on
        return row.task


def export(database: Database, account: str = "", *, at: datetime) -> dict[str, Any]:
    """Return everything that is kept, as JSON has it: of one account, or of all with "".

    Documents that a newer one has taken the place of are in it, marked so.

    Raises:
        UsageError: no account is called so.
        StoreError: the database cannot be read.
    """
    with database.reading() as session:
        rows = [_named(session, account)] if account else session.scalars(select(Account)).all()
        return {"exported_at": at.isoformat(), "accounts": [_exported(row) for row in rows]}


def _exported(account: Account) -> dict[str, Any]:
    return {"name": account.name, "documents": [_whole(row) for row in account.documents]}


def _whole(row: Document) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "made_at": row.made_at.isoformat(),
        "held_on": row.held_on and row.held_on.isoformat(),
        "seller": row.seller,
        "stage": row.stage,
        "superseded": row.superseded,
        "actions_done": [
            {"task": action.task, "on": action.done_on.isoformat()}
            for action in row.actions
            if action.done_on
        ],
        "document": json.loads(row.text),
    }


def _find(session: Session, name: str) -> Account | None:
    return session.scalar(select(Account).where(Account.key == fold(name)))


def _named(session: Session, name: str) -> Account:
    found = _find(session, name)
    if found is not None:
        return found
    names = {fold(one): one for one in session.scalars(select(Account.name))}
    if not names:
        raise UsageError("no account is kept yet; 'groundwork brief' keeps each it makes")
    near = get_close_matches(fold(name), names, n=_MOST_NAMED, cutoff=0.4) or sorted(names)
    told = ", ".join(names[key] for key in near[:_MOST_NAMED])
    raise UsageError(f"no account is called {name!r}; there is: {told}")


def _line(account: Account, today: date) -> AccountLine:
    standing = _standing(account)
    calls = [row for row in standing if row.kind == "debrief"]
    dated = [row.held_on for row in calls or standing if row.held_on]
    actions = _open_actions(standing)
    return AccountLine(
        name=account.name,
        last_meeting=dated[-1] if dated else None,
        last_outcome=cast("Outcome | None", calls[-1].outcome if calls else None),
        open_actions=len(actions),
        overdue=sum(action.is_overdue(today) for action in actions),
    )


def _standing(account: Account) -> list[Document]:
    """Return the documents that no newer one has taken the place of, by day, a brief first."""
    rows = [row for row in account.documents if not row.superseded]
    return sorted(rows, key=lambda row: (_day(row), row.kind, row.id))


def _day(row: Document) -> date:
    return row.held_on or row.made_at.date()


def _entry(row: Document) -> TimelineEntry:
    return TimelineEntry(
        kind=cast("DocumentKind", row.kind),
        made_at=row.made_at,
        held_on=row.held_on,
        title=row.title,
        seller=row.seller,
        stage=row.stage,
        outcome=cast("Outcome | None", row.outcome),
        next_step=row.next_step,
        next_step_on=row.next_step_on,
    )


def _open_actions(rows: Iterable[Document]) -> tuple[OpenAction, ...]:
    still = [_open_action(a, _day(row)) for row in rows for a in row.actions if not a.done_on]
    return tuple(sorted(still, key=lambda a: (a.due or date.max, a.agreed_on, a.id)))


def _open_action(row: Action, day: date) -> OpenAction:
    return OpenAction(
        id=row.id,
        task=row.task,
        owner=row.owner,
        side=cast("Side", row.side),
        due=row.due,
        agreed_on=day,
        quote=row.quote,
        hedged=row.hedged,
    )


def _objections(row: Document) -> Iterator[ObjectionMet]:
    for one in row.objections:
        answered = cast("Answered", one.answered)
        yield ObjectionMet(said=one.said, card=one.card, answered=answered, raised_on=_day(row))


def _facts(row: Document) -> Sequence[DatedFact]:
    if row.kind == "brief":
        return [fact.dated(row.made_at.date()) for fact in read_brief(row.text).facts]
    return [fact.dated(_day(row)) for fact in read_debrief(row.text).facts]


def _said(rows: Iterable[Document]) -> tuple[DatedFact, ...]:
    """Return what somebody is named for, each once: notes are often handed in again."""
    first: dict[tuple[str, str], DatedFact] = {}
    for row in rows:
        for fact in _facts(row):
            if fact.speaker:
                first.setdefault((fact.speaker, fact.quote), fact)
    return tuple(first.values())


def _promises(debrief: DebriefRead) -> Iterator[Promise]:
    """Yield what each side undertook, and the step that the customer agreed to."""
    day = debrief.held_on
    for one in debrief.actions:
        yield Promise(
            what=one.task, who=one.owner, side=one.side, due=one.due, quote=one.quote, given_on=day
        )
    if step := debrief.next_step.agreed:
        yield Promise(
            what=step.action,
            who=", ".join(step.customer_actors),
            side="customer",
            due=step.when,
            quote=step.quote,
            given_on=day,
        )
