"""What is wrong with a knowledge file, where, and the cure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.errors import KnowledgeError

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a card, the approvals or the seller profile.

    An `error` keeps the card out (it cannot be read) or keeps it from being approved; a `warning`
    is worth a look. `line` counts from 1 and is 0 where the whole file is meant. `card` is the id
    of the card that is meant, as far as it is known.
    """

    path: Path
    line: int
    message: str
    severity: Severity = "error"
    card: str = ""

    def __str__(self) -> str:
        """Return the place and the message on one line."""
        return str(self.as_error())

    def as_error(self) -> KnowledgeError:
        """Return the same as an error to raise."""
        return KnowledgeError(self.message, path=self.path, line=self.line)


def problem_of(error: KnowledgeError, *, card: str = "") -> Problem:
    """Return an error as a problem to collect."""
    return Problem(error.path, error.line, error.detail, card=card)
