"""Erase a person from the database, so that no byte of them is left in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from assistant.errors import UsageError
from assistant.gaps import erase_from_gaps
from assistant.store.database import Database
from assistant.store.documents import Json, derive, fold, to_text
from assistant.store.person import Person, bare, key_of, other_parts, tokens
from assistant.store.scrub import Scrub, addresses_in, people_in, texts_in
from assistant.store.tables import Account, Document


@dataclass(frozen=True)
class ErasedHere:
    """What goes, or went, from one account."""

    account: str
    person: Person  # as they are told from the others of this account
    documents: int  # briefs and debriefs that change
    said: int  # statements of theirs, removed
    mentions: int  # places that named them or rested on their words
    left: tuple[str, ...]  # where a part of the name stays, since it seems to mean somebody else


@dataclass(frozen=True)
class Erasure:
    """What goes, or went, with a person."""

    name: str
    addresses: tuple[str, ...]
    accounts: tuple[ErasedHere, ...]  # none where nobody of that name is known
    needs: int  # lines of the collected gaps that change


def plan_erasure(database: Database, name: str, *, gaps: Path) -> Erasure:
    """Return what erasing a person would take out; nothing is changed.

    Raises:
        UsageError: the name is too little to tell one person from others.
        StoreError: the database or the file of the gaps cannot be read.
    """
    with database.reading() as session:
        return _erase(session, name, gaps=gaps, apply=False)


def erase_person(database: Database, name: str, *, gaps: Path) -> Erasure:
    """Erase a person from every document and row of every account, and sweep the database.

    `gaps` is the folder in which the needs are collected; they forget the person too.

    Raises:
        UsageError: the name is too little to tell one person from others.
        StoreError: it could not be done; the message says what is erased.
    """
    if not database.exists():
        with database.reading() as session:
            return _erase(session, name, gaps=gaps, apply=True)
    with database.writing() as session:
        done = _erase(session, name, gaps=gaps, apply=True)
    database.sweep()  # also where nobody was found: an erasure may have been cut off before it
    return done


def _erase(session: Session, name: str, *, gaps: Path, apply: bool) -> Erasure:
    if not tokens(name):
        raise UsageError(f"--erase-person: expected a name, got {name!r}")
    known = Person(name)
    whole = selectinload(Account.documents).undefer(Document.text)
    query = select(Account).order_by(Account.name).options(whole)
    bared = {account: _bare_texts(account) for account in session.scalars(query)}
    near = {a: _contents(a) for a, texts in bared.items() if any(map(known.may_be_in, texts))}
    addresses = frozenset(a for many in near.values() for a in addresses_in(many, known))
    known = replace(known, addresses=addresses)
    for account, texts in bared.items():
        if account not in near and any(a in text for a in map(bare, addresses) for text in texts):
            near[account] = _contents(account)
    erased = [
        _erase_from(account, near[account], _among(known, account, near[account]), apply=apply)
        for account in bared
        if account in near and _is_in(known, account, near[account])
    ]
    # Before the documents are written for good: who shares a name is read out of them.
    needs = erase_from_gaps(
        gaps,
        {here.account: here.person.erase for here in erased},
        otherwise=_whole_only(known).erase,
        apply=apply,
    )
    return Erasure(name, tuple(sorted(addresses)), tuple(erased), needs)


def _whole_only(person: Person) -> Person:
    """Return the person as somebody whose parts of the name may be anybody's."""
    return replace(person, others=frozenset(map(key_of, person.parts)))


def _is_in(person: Person, account: Account, contents: Sequence[Json]) -> bool:
    beside = [text for row in account.documents for text in (row.seller, row.speakers)]
    return any(person.is_named_in(text) for text in (*_texts(contents), *beside, account.name))


def _bare_texts(account: Account) -> tuple[str, ...]:
    beside = (text for row in account.documents for text in (row.text, row.seller, row.speakers))
    return tuple(map(bare, (account.name, *beside)))


def _contents(account: Account) -> list[Json]:
    return [json.loads(document.text) for document in account.documents]


def _texts(contents: Sequence[Json]) -> Iterator[str]:
    for content in contents:
        yield from texts_in(content)


def _among(person: Person, account: Account, contents: Sequence[Json]) -> Person:
    """Tell the person from the others of an account, whose parts of names are then not theirs.

    Raises:
        UsageError: a single name that others bear too.
    """
    names = {name for content in contents for name in people_in(content)}
    names |= {who for row in account.documents for who in json.loads(row.speakers).values()}
    others = other_parts(names, person) | frozenset(map(key_of, tokens(account.name)))
    shared = [part for part in person.parts if key_of(part) in others]
    if len(person.parts) == 1 and shared:
        raise UsageError(
            f"--erase-person: {account.name} has more than one {shared[0]}; give the whole name"
        )
    return replace(person, others=others)


def _erase_from(
    account: Account, contents: Sequence[Json], person: Person, *, apply: bool
) -> ErasedHere:
    name = account.name
    changed = said = mentions = 0
    left: dict[str, None] = {}
    for document, content in zip(account.documents, contents, strict=True):
        scrub = Scrub(person)
        speakers: dict[str, str] = json.loads(document.speakers)
        cleaned = scrub.clean(content, speakers)
        seller = person.erase(document.seller)
        said += scrub.said
        mentions += scrub.mentions + (seller != document.seller)
        changed += (cleaned, seller) != (content, document.seller)
        left |= dict.fromkeys(place for text in texts_in(cleaned) for place in person.remains(text))
        if apply:
            _replace(document, cleaned, seller)
            document.speakers = to_text(
                {p: who for p, who in speakers.items() if not person.is_called(who)}
            )
    if apply:
        _rename(account, person)
    return ErasedHere(name, person, changed, said, mentions, tuple(left))


def _replace(document: Document, cleaned: Json, seller: str) -> None:
    document.text = to_text(cleaned)
    document.seller = seller
    derive(document)


def _rename(account: Account, person: Person) -> None:
    """Take the person's whole name out of the company's; a part of it is the company's own."""
    if person.is_named_in(account.name):
        account.name = f"{_whole_only(person).erase(account.name)} {account.id}"
        account.key = fold(account.name)
