"""Many cards: the approved ones of the sample pack, each told of many places."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from itertools import islice, product
from pathlib import Path

from assistant.knowledge.approvals import FILE, Approval, write_approvals
from assistant.knowledge.card import Story
from assistant.knowledge.card_file import FOLDERS
from assistant.knowledge.pack import Entry, read_pack
from assistant.workspace import bundled

_FIRST = ("Ald", "Brack", "Cald", "Dun", "Els", "Fern", "Gran", "Hal", "Ken", "Lang", "Mar", "Nor")
_LAST = ("bury", "combe", "dale", "field", "ford", "ham", "ley", "minster", "port", "stead", "wick")
_END = re.compile(r"([.?!])$", re.MULTILINE)
_FOLDER_OF = {kind: folder for folder, kind in FOLDERS.items()}


def write_pack(folder: Path, *, count: int, today: date) -> None:
    """Write a knowledge folder of `count` approved cards; no two share a text."""
    samples = bundled("knowledge")
    templates = [e for e in read_pack(samples, today=today).entries.values() if _serves(e)]
    folder.mkdir(parents=True)
    shutil.copy(samples / "seller.yaml", folder)
    cards = ((place, entry) for place in _places() for entry in templates)
    for number, (place, entry) in enumerate(islice(cards, count)):
        write_card(folder, entry, place, number)
    approve_all(folder, today)


def write_card(folder: Path, entry: Entry, place: str, number: int) -> str:
    """Write a card's text as told of a place, and return its id."""
    card_id = f"{entry.card.id}-{number}"
    path = folder / _FOLDER_OF[entry.card.kind] / f"{card_id}.md"
    path.parent.mkdir(exist_ok=True)
    front, _, body = entry.path.read_text(encoding="utf-8").partition("\n---\n\n")
    front = front.replace(f"id: {entry.card.id}", f"id: {card_id}")
    front = re.sub(r"^(title: .*)$", rf"\1, {place}", front, flags=re.MULTILINE, count=1)
    path.write_text(f"{front}\n---\n\n{told_of(body, place)}", encoding="utf-8")
    return card_id


def told_of(text: str, place: str) -> str:
    """Return a text in which every paragraph ends with a place."""
    return _END.sub(rf" in {place}\1", text)


def approve_all(folder: Path, today: date) -> None:
    """Approve every card as it stands."""
    entries = read_pack(folder, today=today).entries
    approvals = {
        card_id: Approval(
            fingerprint=entry.fingerprint,
            approver="benchmarks",
            date=today.replace(),  # its own: YAML writes a shared one as an alias, which is refused
        )
        for card_id, entry in entries.items()
    }
    write_approvals(folder / FILE, approvals)


def _serves(entry: Entry) -> bool:
    """Tell whether copies of a card can be approved: an anonymous customer has one story."""
    hidden = isinstance(entry.card, Story) and entry.card.customer.naming == "anonymous"
    return entry.status == "approved" and entry.card.audience == "customer" and not hidden


def _places() -> Iterator[str]:
    """Yield names of places, some seventeen thousand, no two alike."""
    towns = [first + last for first, last in product(_FIRST, _LAST)]
    yield from towns
    yield from (f"{one} and {other}" for one, other in product(towns, towns) if one != other)
