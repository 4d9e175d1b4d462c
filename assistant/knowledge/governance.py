"""Approve and retire cards, and show what has changed since a card was approved.

The approved text of a card is kept under `.approved/` in the pack's folder, one file a fingerprint
(`<card>.<first 12 of the fingerprint>.txt`), so that it travels and is reviewed with the cards and
needs no version control to be compared with. It is never overwritten: its name says its content.
It holds what the card's file holds, an anonymous customer's name included: for the approver's
eyes, never for a brief.
"""

from __future__ import annotations

import difflib
import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import KnowledgeError, StoreError, UsageError
from assistant.files import write_text
from assistant.knowledge.approvals import (
    FILE,
    Approval,
    Approvals,
    Retirement,
    read_approvals,
    write_approvals,
)
from assistant.knowledge.card_file import CardFile, fingerprint, read_card_file
from assistant.knowledge.lint import lint_card
from assistant.knowledge.lock import changing
from assistant.knowledge.pack import Entry, Pack
from assistant.knowledge.strict_yaml import hidden_at, read_file

_KEPT = ".approved"
_LONGEST = 300  # characters of a name, a note, a reason
_SENTENCE_END = re.compile(r"(?<=[.!?]) +(?=\S)")


@dataclass(frozen=True)
class Difference:
    """What has changed in a card since it was approved.

    `lines` is a unified diff, one sentence a line, with "…" between places that are apart, empty
    where nothing changed. A card that was never approved is all new; `note` says so, or why there
    is nothing to compare.
    """

    card: str
    lines: tuple[str, ...]
    note: str = ""


def difference(pack: Pack, card_id: str) -> Difference:
    """Compare a card's file with the text that was last approved.

    Raises:
        KnowledgeError: the card's file cannot be read.
        UsageError: there is no such card.
    """
    entry = pack.entry(card_id)
    now = _reread(entry).text
    match pack.approvals.by_card.get(card_id):
        case Approval() as approval if approval.fingerprint == fingerprint(now):
            return Difference(card_id, (), "nothing has changed since it was approved")
        case Approval() as approval:
            before = _kept_text(pack.folder, card_id, approval.fingerprint)
            note = "" if before else "the text that was approved is not kept; this is the new text"
            return Difference(card_id, _diff(before, now), note)
        case Retirement():
            return Difference(card_id, _diff("", now), entry.reason)
    return Difference(card_id, _diff("", now), "it has never been approved; all of it is new")


def approve(pack: Pack, card_id: str, *, by: str, note: str = "", today: date) -> Approval:
    """Record that `by` stands by a card in the words it has in the pack.

    The approved text is kept first, then approvals.yaml is replaced whole.

    Raises:
        KnowledgeError: the card or approvals.yaml cannot be read, or lint finds an error in it.
        UsageError: no such card; no name; its review is overdue; its file has changed since the
            pack was read.
        StoreError: something cannot be written; what was approved before still is.
    """
    by, note = _said("--by", by), _said("--note", note) if note else ""
    entry = pack.entry(card_id)
    if today > entry.card.review_by:
        raise UsageError(
            f"{entry.path}:{entry.lines['review_by']}: review_by: was due on "
            f"{entry.card.review_by}: set a later day, then approve the card"
        )
    _refuse_errors(pack, card_id)
    with _changing(pack):
        approvals = _readable(pack)
        file = _reread(entry)
        if file.fingerprint != entry.fingerprint:
            raise UsageError(f"{card_id}: its file changed just now: look at it again")
        _keep(pack.folder, file)
        approval = Approval(fingerprint=file.fingerprint, approver=by, date=today, note=note)
        write_approvals(approvals.path, {**approvals.by_card, card_id: approval})
    return approval


def retire(pack: Pack, card_id: str, *, by: str, reason: str, today: date) -> Retirement:
    """Record that a card is not to be used any more; its file stays.

    Raises:
        KnowledgeError: the card or approvals.yaml cannot be read.
        UsageError: no such card; no name; no reason.
        StoreError: approvals.yaml cannot be written; it is unchanged.
    """
    retirement = Retirement(retired=_said("--reason", reason), by=_said("--by", by), date=today)
    pack.entry(card_id)
    with _changing(pack):
        approvals = _readable(pack)
        write_approvals(approvals.path, {**approvals.by_card, card_id: retirement})
    return retirement


def _said(name: str, text: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > _LONGEST or hidden_at(words) >= 0:
        raise UsageError(f"{name}: expected 1 to {_LONGEST} characters of plain text")
    return words


def _refuse_errors(pack: Pack, card_id: str) -> None:
    errors = [problem for problem in lint_card(pack, card_id) if problem.severity == "error"]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        message = f"{errors[0].message}{more}; mend it before it is approved"
        raise KnowledgeError(message, path=errors[0].path, line=errors[0].line)


def _changing(pack: Pack) -> AbstractContextManager[None]:
    lock = pack.folder.parent / ".groundwork" / "approvals.lock"
    return changing(pack.folder / FILE, lock=lock)


def _readable(pack: Pack) -> Approvals:
    """Read the approvals as they are now; writing over what cannot be read would lose it."""
    approvals = read_approvals(pack.folder / FILE)
    if approvals.problems:
        raise approvals.problems[0].as_error()
    return approvals


def _reread(entry: Entry) -> CardFile:
    found = read_card_file(entry.path, kind=entry.card.kind)
    if isinstance(found, CardFile):
        return found
    raise found[0].as_error()


# --- the texts that were approved


def _keep(folder: Path, file: CardFile) -> None:
    path = _kept_path(folder, file.card.id, file.fingerprint)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be made: {error.strerror or error}") from error
    write_text(path, file.text)


def _kept_path(folder: Path, card_id: str, of: str) -> Path:
    return folder / _KEPT / f"{card_id}.{of[:12]}.txt"


def _kept_text(folder: Path, card_id: str, of: str) -> str:
    """Return the approved text, "" where it is not kept or is not that text any more."""
    try:
        text = read_file(_kept_path(folder, card_id, of))
    except KnowledgeError:
        return ""
    return text if fingerprint(text) == of else ""


def _diff(before: str, now: str) -> tuple[str, ...]:
    lines = list(difflib.unified_diff(_shown(before), _shown(now), n=1, lineterm=""))
    # The first three lines name the files and the first place; the others between places follow.
    return tuple("…" if line.startswith("@@") else line for line in lines[3:])


def _shown(text: str) -> list[str]:
    """Return a normalised card in lines that a person can compare: one sentence each."""
    return [
        sentence
        for line in text.split("\n")
        if line
        for sentence in ([line] if line.startswith("#") else _SENTENCE_END.split(line))
    ]
