"""People of a conversation, as the checks know them: by any part of their name, on either side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from assistant.dossier import Fact
from assistant.evidence import Evidence
from assistant.text import word_list, words

OURS = word_list("me i us we")  # who speaks in a note of our own


def everyone(evidence: Evidence) -> Mapping[frozenset[str], str]:
    """Return the names of everybody who speaks or takes part, by the words of the name."""
    people = [p.name for p in evidence.dossier.meeting.people]
    speakers = [f.speaker for f in evidence.dossier.facts if f.speaker.casefold() not in OURS]
    return _by_words(tuple(dict.fromkeys([*people, *speakers])))


@lru_cache(maxsize=256)
def _by_words(given: tuple[str, ...]) -> Mapping[frozenset[str], str]:
    people = {frozenset(words(name)): name for name in given if words(name)}
    return {p: name for p, name in people.items() if not any(p < other for other in people)}


def is_ours(fact: Fact, evidence: Evidence) -> bool:
    """Tell whether one of us said or wrote a fact."""
    if fact.speaker.casefold() in OURS:
        return True
    called = set(words(fact.speaker))
    sides = {p.side for p in evidence.dossier.meeting.people if called & set(words(p.name))}
    return bool(called) and sides == {"seller"}
