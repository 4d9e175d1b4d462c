"""Read and write approvals.yaml: who approved or retired which card, and in which wording."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints

from assistant.errors import KnowledgeError
from assistant.files import write_text
from assistant.knowledge.card import Day
from assistant.knowledge.fields import validate, without_empty
from assistant.knowledge.problem import Problem, problem_of
from assistant.knowledge.strict_yaml import Tree, parse_yaml, read_file

FILE = "approvals.yaml"
_HEAD = """\
# Written by 'groundwork knowledge approve' and 'groundwork knowledge retire'.
# A card whose words are no longer those of its fingerprint is a draft again.
"""

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Approval(_Frozen):
    """Somebody stands by a card in exactly the words that have this fingerprint."""

    fingerprint: Fingerprint
    approver: str
    date: Day
    note: str = ""


class Retirement(_Frozen):
    """A card that is not to be used any more, and why."""

    retired: str  # the reason
    by: str
    date: Day


@dataclass(frozen=True)
class Approvals:
    """What the file says, by card id; an entry that cannot be read is a problem and no approval."""

    path: Path
    by_card: Mapping[str, Approval | Retirement] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def retired(self) -> frozenset[str]:
        """Return the ids of the cards that are retired."""
        return frozenset(k for k, entry in self.by_card.items() if isinstance(entry, Retirement))


def read_approvals(path: Path) -> Approvals:
    """Read the approvals; no file means that nothing has been approved yet."""
    if not path.exists():
        return Approvals(path)
    try:
        tree = parse_yaml(read_file(path), path=path)
    except KnowledgeError as error:
        return Approvals(path, problems=(problem_of(error),))
    entries: dict[str, Approval | Retirement] = {}
    problems = list(tree.problems)
    for card_id in tree.values:
        entry = _entry(card_id, tree, path)
        if isinstance(entry, tuple):
            problems += entry
        else:
            entries[card_id] = entry
    # An entry with anything in it twice is no approval: nobody can tell which one was meant.
    twice = {loc[0] for loc in tree.twice}
    kept = {card_id: entry for card_id, entry in entries.items() if card_id not in twice}
    lines = {card_id: tree.line((card_id,)) for card_id in tree.values}
    return Approvals(path, kept, lines, tuple(problems))


def _entry(card_id: str, tree: Tree, path: Path) -> Approval | Retirement | tuple[Problem, ...]:
    values = without_empty(tree.values[card_id])
    if not isinstance(values, dict):
        message = f"{card_id}: expected fingerprint, approver and date, or retired, by and date"
        return (Problem(path, tree.line((card_id,)), message, card=card_id),)
    model: type[Approval | Retirement] = Retirement if "retired" in values else Approval
    return validate(model, values, tree=tree, path=path, at=(card_id,))


def write_approvals(path: Path, by_card: Mapping[str, Approval | Retirement]) -> None:
    """Replace the file whole, in the order of the ids; the caller holds the lock.

    Raises:
        StoreError: it cannot be written; the old file is untouched.
    """
    entries = {
        card_id: {k: v for k, v in by_card[card_id].model_dump().items() if v != ""}
        for card_id in sorted(by_card)
    }
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)
    write_text(path, _head(path) + (text if entries else ""))


def _head(path: Path) -> str:
    """Return the comment that the file begins with, ours where it has none."""
    if not path.exists():
        return _HEAD
    lines = read_file(path).split("\n")
    comment = list(itertools.takewhile(lambda line: line.startswith("#"), lines))
    return "".join(f"{line}\n" for line in comment) or _HEAD
