"""The knowledge pack: every card with its standing on a day, and the seller profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from assistant.errors import KnowledgeError, UsageError
from assistant.knowledge.aliases import with_aliases, withdrawn_names, withdrawn_problems
from assistant.knowledge.approvals import FILE, Approval, Approvals, Retirement, read_approvals
from assistant.knowledge.card import Audience, Card, CardKind, Story
from assistant.knowledge.card_file import FOLDERS, CardFile, read_card_file
from assistant.knowledge.fields import did_you_mean
from assistant.knowledge.problem import Problem
from assistant.knowledge.profile import SellerProfile
from assistant.knowledge.profile_file import read_profile_file

Status = Literal["approved", "draft", "expired", "retired"]


@dataclass(frozen=True)
class Entry:
    """A card of the pack with its standing on the pack's day.

    `card` holds aliases where a customer may not be named. `fingerprint` is the sha256 of the
    card's words as they stand in its file at `path`; `lines` says where each field stands there.
    """

    card: Card
    path: Path
    fingerprint: str
    status: Status
    reason: str  # why it has this status, in plain words; "" where it is approved
    lines: Mapping[str, int]


@dataclass(frozen=True)
class Pack:
    """The cards that could be read, by id, and what is wrong with the rest."""

    folder: Path
    today: date
    entries: Mapping[str, Entry]
    problems: tuple[Problem, ...]
    approvals: Approvals
    unnameable: tuple[str, ...] = ()  # customers who are never named outside, as they are called

    def entry(self, card_id: str) -> Entry:
        """Return a card with its standing.

        Raises:
            KnowledgeError: its file is there but cannot be read.
            UsageError: there is no such card; names the nearest one.
        """
        if card_id in self.entries:
            return self.entries[card_id]
        for problem in self.problems:
            if problem.card == card_id and problem.severity == "error":
                raise problem.as_error()
        raise UsageError(f"{card_id}: no such card in {self.folder}; {self._hint(card_id)}")

    def _hint(self, card_id: str) -> str:
        hint = did_you_mean(card_id, self.entries)
        return hint if "did you mean" in hint else "'groundwork knowledge list' shows them"

    def status(self, card_id: str) -> Status:
        """Return a card's status on the pack's day; raises as `entry` does."""
        return self.entry(card_id).status

    def fingerprint(self, card_id: str) -> str:
        """Return the sha256 of a card's words; raises as `entry` does."""
        return self.entry(card_id).fingerprint

    def approved(
        self, kind: CardKind | None = None, *, audience: Audience | None = None
    ) -> tuple[Card, ...]:
        """Return the cards that may be used on the pack's day, in the order of their ids."""
        return tuple(
            entry.card
            for entry in self.entries.values()
            if entry.status == "approved"
            and kind in {None, entry.card.kind}
            and audience in {None, entry.card.audience}
        )


def read_pack(folder: Path, *, today: date) -> Pack:
    """Read every card under `folder` (insights/, stories/, objections/) and its approval.

    A card that cannot be read is left out and reported in `problems`; the others serve. Where the
    approvals cannot be read, every card they are for is a draft, and the problem is reported.
    The name of an anonymous customer is replaced by its alias in every card of the pack; a card
    that names a customer whose only story has been retired is a draft.

    Raises:
        KnowledgeError: there is no such folder.
    """
    if not folder.is_dir():
        raise KnowledgeError("no such folder; 'groundwork init' makes a workspace", path=folder)
    files, problems = _read_files(folder)
    approvals = read_approvals(folder / FILE)
    spoken, faults = with_aliases(files)
    retired = approvals.retired
    withdrawn = withdrawn_names(spoken, retired)
    problems += [*faults, *approvals.problems]
    entries: dict[str, Entry] = {}
    for file in sorted(spoken, key=lambda file: file.card.id):
        named = withdrawn_problems(file, withdrawn)
        entries[file.card.id] = _entry(file, approvals, named, today=today)
        problems += () if file.card.id in retired else named
    unnameable = tuple(_unnameable(files, entries))
    return Pack(folder, today, entries, tuple(problems), approvals, unnameable)


def read_profile(path: Path) -> SellerProfile:
    """Read the seller profile.

    Raises:
        KnowledgeError: it is missing or malformed; names the first problem and counts the rest.
    """
    found = read_profile_file(path)
    if isinstance(found, SellerProfile):
        return found
    first = found[0]
    rest = len(found) - 1
    more = f" (and {rest} more: 'groundwork knowledge lint' lists them)" if rest else ""
    raise KnowledgeError(first.message + more, path=first.path, line=first.line)


def _unnameable(files: Iterable[CardFile], entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield the customers of stories that are anonymous, or that may not be told at all."""
    stories = [file.card for file in files if isinstance(file.card, Story)]
    told = {
        card.customer.name
        for card in stories
        if card.customer.naming == "named" and _is_approved(card.id, entries)
    }
    yield from dict.fromkeys(c.customer.name for c in stories if c.customer.name not in told)


def _is_approved(card_id: str, entries: Mapping[str, Entry]) -> bool:
    return card_id in entries and entries[card_id].status == "approved"


# --- files


def _read_files(folder: Path) -> tuple[list[CardFile], list[Problem]]:
    files: list[CardFile] = []
    problems: list[Problem] = []
    for name, kind in FOLDERS.items():
        for path in _paths(folder / name):
            if path.suffix != ".md":
                message = "is not read: a card's name ends in .md"
                problems.append(Problem(path, 0, message, severity="warning"))
                continue
            found = read_card_file(path, kind=kind)
            if isinstance(found, CardFile):
                files.append(found)
                problems += _of_card(found.problems, found.card.id)
            else:
                problems += _of_card(found, path.stem)
    return _without_twins(files, problems)


def _paths(folder: Path) -> list[Path]:
    """Return the files of a folder and its subfolders; hidden ones and README.md are no cards."""
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name.casefold() != "readme.md"
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def _of_card(problems: Iterable[Problem], card_id: str) -> list[Problem]:
    return [replace(problem, card=card_id) for problem in problems]


def _without_twins(
    files: list[CardFile], problems: list[Problem]
) -> tuple[list[CardFile], list[Problem]]:
    """Leave out cards that share an id: nobody can tell which one an approval was for."""
    by_id: dict[str, list[CardFile]] = {}
    for file in files:
        by_id.setdefault(file.card.id, []).append(file)
    for card_id, same in by_id.items():
        for file, other in zip(same[1:], same, strict=False):
            message = f"id: {card_id!r} is also the id of {other.path}: rename one of them"
            line = file.lines.get("id", 0)
            problems.append(Problem(file.path, line, message, card=card_id))
    return [same[0] for same in by_id.values() if len(same) == 1], problems


# --- standing


def _entry(file: CardFile, approvals: Approvals, named: Sequence[Problem], *, today: date) -> Entry:
    approval = approvals.by_card.get(file.card.id)
    status, reason = _standing(file, approval, today)
    if named and status in {"approved", "expired"}:
        status, reason = "draft", named[0].message
    return Entry(file.card, file.path, file.fingerprint, status, reason, file.lines)


def _standing(
    file: CardFile, approval: Approval | Retirement | None, today: date
) -> tuple[Status, str]:
    match approval:
        case None:
            return "draft", "nobody has approved it"
        case Retirement():
            return "retired", f"retired by {approval.by} on {approval.date}: {approval.retired}"
        case Approval() if approval.fingerprint != file.fingerprint:
            return "draft", f"changed since {approval.approver} approved it on {approval.date}"
    if today > file.card.review_by:
        return "expired", f"its review was due on {file.card.review_by}"
    return "approved", ""
