"""How several people are addressed at the beginning of an e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.dossier import Participant
from assistant.parts.phrases import listed

_MOST_GREETED = 4  # by name; more are greeted together


def greeting(people: Sequence[Participant]) -> str:
    """Return how to address several people: by the names they are spoken to with."""
    formal = any(_title(person) for person in people)
    called = [_formally(person) if formal else person.name.split()[0] for person in people]
    return f"Hello {listed(called)}," if 0 < len(called) <= _MOST_GREETED else "Hello everybody,"


def _title(person: Participant) -> str:
    first = person.name.split()[0]
    return first if first.endswith(".") and len(first) > len("J.") else ""


def _formally(person: Participant) -> str:
    """Return a title with the family name, else the whole name."""
    title = _title(person)
    return f"{title} {person.name.split()[-1]}" if title else person.name
