"""What the readers of the single formats hand over, before speakers are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.sources.blocks import Block
from assistant.sources.source import Agenda, Invite, Person, SourceKind


@dataclass(frozen=True)
class Draft:
    """A source without its id: its blocks still have to become passages.

    That needs the names of the people of all sources.
    """

    kind: SourceKind
    blocks: tuple[Block, ...] = ()
    written_on: date | None = None
    people: tuple[Person, ...] = ()
    invite: Invite | None = None
    warnings: tuple[str, ...] = ()
    agenda: Agenda | None = None
