"""The evidence that a statement cites, read once for all rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

from assistant.brief import Finding, Statement
from assistant.evidence import Evidence
from assistant.text import (
    DateMention,
    Direction,
    Quantity,
    Role,
    dates,
    directions,
    is_common,
    names,
    normalise,
    quantities,
    roles,
    stands_in,
    stem,
    words,
)

T = TypeVar("T")

_SHORT_FOR = {
    "pt": "point", "rd": "road", "ave": "avenue", "blvd": "boulevard", "mt": "mount",
    "ctr": "center", "centre": "center", "intl": "international", "bros": "brothers",
}  # fmt: skip
_SHORTEST_NAME = 3  # letters; a shorter word stands for nobody


@dataclass(frozen=True)
class Cited:
    """What the evidence of one statement holds, all of it together."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    today: date

    @property
    def shown(self) -> str:
        """The ids as a message names them: "F1, F2 or insight-detention"."""
        *most, last = self.ids or ("",)
        return f"{', '.join(most)} or {last}" if most else last

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity that is cited."""
        return self._all(quantities)

    @property
    def dates(self) -> tuple[DateMention, ...]:
        """Every date and time of day that is cited."""
        return self._all(dates)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role that is cited."""
        return self._all(roles)

    @property
    def directions(self) -> tuple[Direction, ...]:
        """Every movement that is cited."""
        return self._all(directions)

    def holds(self, stretch: str) -> bool:
        """Tell whether the words of `stretch` stand in the evidence as they are."""
        return any(stands_in(stretch, text) for text in self.texts)

    def knows_word(self, word: str) -> bool:
        """Tell whether a word, or a form of it, stands in the evidence."""
        return any(_word_known(_SHORT_FOR.get(word, word), text) for text in self.texts)

    def knows_pair(self, one: str, two: str) -> bool:
        """Tell whether two words stand side by side in the evidence, in either order."""
        one, two = _SHORT_FOR.get(one, one), _SHORT_FOR.get(two, two)
        return any({(one, two), (two, one)} & _pairs(text) for text in self.texts)

    def _all(self, read: Callable[[str], tuple[T, ...]]) -> tuple[T, ...]:
        return tuple(found for text in self.texts for found in read(text))


def reader(evidence: Evidence) -> Callable[[Statement], Cited]:
    """Return a function that reads what a statement cites of this evidence.

    Who or what is named there by a part of the name brings the whole name along, and a participant
    their role: a note says "Dana" or "Pelican", and the dossier knows who and what that is.
    """
    people = evidence.dossier.meeting.people
    known = [(p.name, f"{p.name}, {p.role}" if p.role else p.name) for p in people]
    known += [(name, name) for name in _full_names(_open_texts(evidence))]

    def cited(statement: Statement) -> Cited:
        return read(tuple(dict.fromkeys(e for e in statement.evidence if evidence.knows(e))))

    @cache
    def read(ids: tuple[str, ...]) -> Cited:
        texts = tuple(evidence.text(evidence_id) for evidence_id in ids)
        called = (whole for name, whole in known if _calls_for(texts, name, whole))
        return Cited(ids, (*texts, *called), evidence.today)

    return cited


def _open_texts(evidence: Evidence) -> tuple[str, ...]:
    facts = [fact for fact in evidence.dossier.facts if fact.voice != "internal"]
    return tuple(dict.fromkeys(text for fact in facts for text in (fact.text, fact.speaker)))


@lru_cache(maxsize=64)
def _full_names(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of two words or more that the texts hold."""
    found = (name for text in texts for name in names(text) if len(name.parts) > 1)
    return tuple(dict.fromkeys(name.text for name in found))


def _calls_for(texts: Sequence[str], name: str, whole: str) -> bool:
    """Tell whether the texts name somebody by a part, and do not have the whole already."""
    if any(whole in text for text in texts):
        return False
    return any(_mentions(text, name) for text in texts)


def error(check: str, statement: Statement, message: str) -> Finding:
    """Return an error finding at a statement."""
    return Finding(check=check, severity="error", where=statement.where, message=message)


def missing(what: str, known: Cited) -> str:
    """Return the message that something said is not in what is cited."""
    return f"{what} is not in {known.shown}" if known.ids else f"{what} rests on no evidence"


def is_run_of(parts: Sequence[str], name: str) -> bool:
    """Tell whether the words stand in the name side by side, in order."""
    return f" {' '.join(parts)} " in f" {' '.join(words(name))} "


@lru_cache(maxsize=65536)
def _mentions(text: str, name: str) -> bool:
    """Tell whether a text holds a name or what it is called by: its first or an unusual word."""
    if normalise(name) in normalise(text):
        return True
    return any(
        len(word) >= _SHORTEST_NAME and word.casefold() in _tokens(text) and _calls(text, word)
        for place, word in enumerate(name.split())
        if place == 0 or not is_common(word)
    )


def _calls(text: str, word: str) -> bool:
    return not is_common(word) or re.search(rf"\b{re.escape(word)}\b", text) is not None


@lru_cache(maxsize=8192)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(_bare(words(text)))


def _bare(found: Iterable[str]) -> list[str]:
    bare = (word.removesuffix("'s") for word in found)
    return [_SHORT_FOR.get(word, word) for word in bare]


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, _tokens(text)))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """Return the words of a line that stand side by side, or round an initial or a particle."""
    found: set[tuple[str, str]] = set()
    for line in text.splitlines():
        here = _bare(words(line))
        found.update(pairwise(here))
        found.update(
            (one, two)
            for one, mid, two in zip(here, here[1:], here[2:], strict=False)
            if len(mid) < _SHORTEST_NAME
        )
    return frozenset(found)


def _word_known(word: str, text: str) -> bool:
    return (
        word in _tokens(text)
        or stem(word) in _stems(text)
        or (not word.isalnum() and word in normalise(text))
    )
