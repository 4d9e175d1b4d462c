"""Keep a brief or a debrief; a newer one of the same meeting takes the older one's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.brief import Brief
from assistant.debrief import Debrief
from assistant.errors import UsageError
from assistant.store.database import Database
from assistant.store.documents import (
    BriefRead,
    DebriefRead,
    as_json,
    derive,
    fold,
    read_brief,
    read_debrief,
    to_text,
)
from assistant.store.tables import Account, Document


def keep_brief(database: Database, brief: Brief, *, stage: str = "") -> str:
    """Keep a brief with the stage of the ladder that it was made for; return the account's name.

    Raises:
        UsageError: the brief names no account.
        StoreError: it could not be kept; the message says why.
    """
    text = as_json(brief)
    read = read_brief(text)
    return _keep(
        database,
        read,
        Document(
            kind="brief",
            occasion=read.occasion,
            made_at=read.created_at,
            held_on=read.held_on,
            seller=read.seller,
            stage=stage,
            schema_version=read.schema_version,
            text=text,
        ),
    )


def keep_debrief(
    database: Database,
    debrief: Debrief,
    *,
    call: str = "",
    seller: str = "",
    stage: str = "",
    speakers: Mapping[str, str] | None = None,
) -> str:
    """Keep a debrief; return the account's name.

    `call` tells two calls of one day apart, such as a fingerprint of the transcript; another
    debrief of the same call takes the place of the first. Where `seller` or `stage` is not given,
    the brief of that meeting says it, else the last one before it. `speakers` has who says what
    stands at a place ("S1:14"), so that what somebody said can be erased with them.

    Raises:
        UsageError: the debrief names no account.
        StoreError: it could not be kept; the message says why.
    """
    text = as_json(debrief)
    read = read_debrief(text)
    return _keep(
        database,
        read,
        Document(
            kind="debrief",
            occasion=f"{read.held_on} {call}".strip(),
            made_at=read.created_at,
            held_on=read.held_on,
            seller=seller,
            stage=stage,
            schema_version=read.schema_version,
            text=text,
            speakers=to_text({p: who for p, who in (speakers or {}).items() if f'"{p}"' in text}),
        ),
    )


def _keep(database: Database, read: BriefRead | DebriefRead, row: Document) -> str:
    if not fold(read.account):
        raise UsageError("it names no account to be kept for; give one with --account")
    with database.writing() as session:
        account = _account(session, read.account)
        if row.kind == "debrief":
            _complete(row, _brief_before(session, account, row.held_on))
        older = _of_same_occasion(session, account, row)
        row.account_id = account.id
        derive(row)
        _supersede(older, row)
        session.add(row)
        return account.name


def _account(session: Session, name: str) -> Account:
    key = fold(name)
    known = session.scalar(select(Account).where(Account.key == key))
    if known is None:
        known = Account(key=key, name=" ".join(name.split()))
        session.add(known)
        session.flush()
    return known


def _brief_before(session: Session, account: Account, day: date | None) -> Document | None:
    """Return the brief of the meeting of that day, else of the last one before it."""
    return session.scalar(
        select(Document)
        .where(
            Document.account_id == account.id,
            Document.kind == "brief",
            Document.superseded.is_(False),
            Document.held_on <= day,
        )
        .order_by(Document.held_on.desc(), Document.id.desc())
        .limit(1)
    )


def _complete(row: Document, brief: Document | None) -> None:
    if brief is not None:
        row.seller = row.seller or brief.seller
        row.stage = row.stage or brief.stage


def _of_same_occasion(session: Session, account: Account, row: Document) -> Sequence[Document]:
    return session.scalars(
        select(Document).where(
            Document.account_id == account.id,
            Document.kind == row.kind,
            Document.occasion == row.occasion,
            Document.superseded.is_(False),
        )
    ).all()


def _supersede(older: Sequence[Document], row: Document) -> None:
    """Mark the older documents; what was done of them is done of this one."""
    done: dict[str, date] = {}
    for one in older:
        one.superseded = True
        done |= {fold(action.task): action.done_on for action in one.actions if action.done_on}
    for action in row.actions:
        action.done_on = done.get(fold(action.task))
