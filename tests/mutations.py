"""Change exactly one thing in a sentence, the way a careless writer would.

It shares no code with the checks, so that it does not share their blind spots.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

MutantKind = Literal["digit", "name", "date", "quote"]

_MONTHS = [
    "January", "February", "March", "April", "June", "July", "August", "September", "October",
    "November", "December",
]  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CALENDAR = re.compile(rf"\b(?:{'|'.join((*_MONTHS, *_DAYS))})\b")
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
_OTHER_WORDS = ("never", "seven", "fewer", "abroad", "gladly", "nowhere")
_STRANGERS = ("Quillon", "Brandt", "Ferreira", "Ostrander", "Zielinski", "Vantongeren", "Ashdown")


@dataclass(frozen=True)
class Mutant:
    """A sentence with one thing changed: `was` became `now` at `start`."""

    kind: MutantKind
    text: str
    was: str
    now: str
    start: int


def mutants(text: str, *, names: Sequence[str] = (), seed: int = 0) -> Iterator[Mutant]:
    """Yield the text with one digit, name, date or quoted word changed, each in turn.

    `names` are the ones to look for; a word of one becomes a stranger's. The same seed gives the
    same mutants.
    """
    chance = random.Random(f"{seed} {text}")  # noqa: S311  # repeatable, not secret
    yield from _digits(text, chance)
    yield from _names(text, names, chance)
    yield from _dates(text, chance)
    yield from _quotes(text, chance)


def _mutant(kind: MutantKind, text: str, start: int, was: str, now: str) -> Mutant:
    return Mutant(kind, text[:start] + now + text[start + len(was) :], was, now, start)


def _digits(text: str, chance: random.Random) -> Iterator[Mutant]:
    for match in re.finditer(r"\d", text):
        others = [d for d in "123456789" if d != match.group()]
        yield _mutant("digit", text, match.start(), match.group(), chance.choice(others))


def _names(text: str, names: Sequence[str], chance: random.Random) -> Iterator[Mutant]:
    for word in sorted({part for name in names for part in name.split()}):
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            yield _mutant("name", text, match.start(), word, chance.choice(_STRANGERS))


def _dates(text: str, chance: random.Random) -> Iterator[Mutant]:
    for match in _CALENDAR.finditer(text):
        alike = _MONTHS if match.group() in _MONTHS else _DAYS
        other = chance.choice([word for word in alike if word != match.group()])
        yield _mutant("date", text, match.start(), match.group(), other)


def _quotes(text: str, chance: random.Random) -> Iterator[Mutant]:
    for quote in _QUOTED.finditer(text):
        found = list(re.finditer(r"[^\W\d_]{3,}", quote.group()))
        for match in found if len(found) > 2 else []:
            now = chance.choice([word for word in _OTHER_WORDS if word != match.group()])
            yield _mutant("quote", text, quote.start() + match.start(), match.group(), now)
