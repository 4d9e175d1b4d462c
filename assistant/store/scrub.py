"""Take a person out of a document: their name, their addresses, and what they said.

A document is JSON of a schema that is not known here, and stays valid in it: entries of people and
statements go, other texts are marked as erased, and ids, kinds and days are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.store.documents import Json
from assistant.store.person import MARK, Person
from assistant.text.words import word_list, words

# Not prose: ids, places, and words of which a schema allows a few.
STRUCTURE = frozenset(
    word_list(
        """
        id at card source where kind voice side need state verdict origin severity check test stage
        outcome rackham answered attendance schema_version created_at start day due when held_on
        zone parts
        """
    )
)
_WHOLE = ("facts", "participants")  # lists whose entries go whole
_NAMES = ("name", "speaker", "owner", "seller")
_RUN = 5  # words in a row that two people do not say alike by chance
_LEAST = 3  # words; what is shorter is everybody's


def people_in(value: object) -> Iterator[str]:
    """Yield the names of the people that a document lists or quotes."""
    if isinstance(value, Mapping):
        if "side" in value or "speaker" in value or "role" in value:
            yield from (value[k] for k in _NAMES if isinstance(value.get(k), str))
        yield from value.get("customer_actors") or ()
        for one in value.values():
            yield from people_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from people_in(one)


def addresses_in(value: object, person: Person) -> Iterator[str]:
    """Yield the addresses that a document gives for the person."""
    if isinstance(value, Mapping):
        if person.is_called(str(value.get("name", ""))) and value.get("email"):
            yield str(value["email"]).casefold()
        for one in value.values():
            yield from addresses_in(one, person)
    elif isinstance(value, list):
        for one in value:
            yield from addresses_in(one, person)


def texts_in(value: object) -> Iterator[str]:
    """Yield every text of a document, the keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


@dataclass
class Scrub:
    """One document being cleaned; counts what went."""

    person: Person
    said: int = 0  # statements of theirs that went
    mentions: int = 0  # other texts that named them or repeated their words
    _ids: set[str] = field(default_factory=set)
    _places: set[str] = field(default_factory=set)
    _runs: set[tuple[str, ...]] = field(default_factory=set)

    def clean(self, content: Json, speakers: Mapping[str, str] | None = None) -> Json:
        """Return the document without the person.

        `speakers` has who says what stands at a place ("S1:14") of a call.
        """
        self._places |= {
            place for place, who in (speakers or {}).items() if self.person.is_called(who)
        }
        own_sources = self._own_sources(content)
        for fact in _facts(content):
            if self._is_theirs(fact, own_sources):
                self._remember(fact)
        for quote in self._quotes(content):
            self._runs.update(_runs(quote))
        cleaned: Json = self._mapping(content)
        return cleaned

    def _quotes(self, value: object) -> Iterator[str]:
        """Yield what is quoted from the places at which they spoke."""
        if isinstance(value, Mapping):
            if value.get("at") in self._places:
                yield from (value[key] for key in ("quote", "said") if key in value)
            for one in value.values():
                yield from self._quotes(one)
        elif isinstance(value, list):
            for one in value:
                yield from self._quotes(one)

    def _own_sources(self, content: Json) -> frozenset[str]:
        """Return the ids of sources that are called as the person is: their page, their letter."""
        sources = (content.get("dossier") or {}).get("sources") or ()
        return frozenset(one["id"] for one in sources if self.person.is_named_in(one["name"]))

    def _is_theirs(self, fact: Mapping[str, Any], own_sources: frozenset[str]) -> bool:
        speaker = fact.get("speaker") or ""
        if speaker:
            return self.person.is_called(speaker)
        return fact.get("voice") == "public" and fact.get("source") in own_sources

    def _remember(self, fact: Mapping[str, Any]) -> None:
        self.said += 1
        self._ids.add(fact["id"])
        self._places.add(f"{fact.get('source', '')}:{fact.get('line', '')}")
        for text in (fact["quote"], fact["text"]):
            self._runs.update(_runs(text))

    # --- the walk

    def _value(self, value: object, key: str) -> object:
        if isinstance(value, Mapping):
            return self._mapping(value)
        if isinstance(value, list):
            return self._list(value, key)
        return self._text(value, key) if isinstance(value, str) else value

    def _mapping(self, value: Mapping[str, Any]) -> Json:
        blank = self._rests_on_them(value)
        quoted = self._undertook(value)
        cleaned: Json = {}
        for key, one in value.items():
            prose = not _is_structure(key, one) and key not in {"name", "evidence"}
            told = key in {"task", "action", "owner", "customer_actors"}  # in our words
            if (blank and prose and not told) or (quoted and key in {"quote", "firmer"}):
                kept = self._blank(one, key)
            else:
                kept = self._value(one, key)
            cleaned[self.person.erase(key)] = kept
        return cleaned

    def _list(self, value: Sequence[Any], key: str) -> list[Any]:
        if key == "evidence":
            return [id_ for id_ in value if id_ not in self._ids]
        kept = [one for one in value if not (key in _WHOLE and self._goes(one))]
        self.mentions += len(value) - len(kept) if key == "participants" else 0
        # An address of theirs in a list of addresses leaves no entry behind.
        alone = [one for one in kept if not (isinstance(one, str) and self._is_address(one))]
        self.mentions += len(kept) - len(alone)
        return [self._value(one, key) for one in alone]

    def _text(self, text: str, key: str) -> str:
        if _is_structure(key, text):
            return text
        cleaned = MARK if self._repeats(text) else self.person.erase(text)
        self.mentions += cleaned != text
        return cleaned

    def _blank(self, value: object, key: str) -> object:
        """Mark what rests on their words; what is within has its own evidence, and is asked."""
        if isinstance(value, str):
            self.mentions += bool(value)
            return MARK if value else value
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return [] if key == "quotes" else [self._blank(one, key) for one in value]
        return self._value(value, key)

    # --- what is theirs

    def _goes(self, value: object) -> bool:
        if not isinstance(value, Mapping):
            return False
        name = value.get("name") or ""
        return value.get("id") in self._ids or self.person.is_called(name)

    def _rests_on_them(self, value: Mapping[str, Any]) -> bool:
        cited = self._ids.intersection(value.get("evidence") or ())
        speaks = self.person.is_called(value.get("speaker") or "")
        return bool(cited) or speaks or value.get("at") in self._places

    def _undertook(self, value: Mapping[str, Any]) -> bool:
        who = [value.get("owner") or "", *(value.get("customer_actors") or ())]
        return any(self.person.is_called(name) for name in who)

    def _is_address(self, text: str) -> bool:
        return "@" in text and " " not in text and self.person.owns(text)

    def _repeats(self, text: str) -> bool:
        return not self._runs.isdisjoint(_runs(text)) if self._runs else False


def _is_structure(key: str, value: object) -> bool:
    """Tell whether a value is an id, a kind or a day; the `need` of a gap is prose for once."""
    return key in STRUCTURE and not (key == "need" and isinstance(value, str) and " " in value)


def _facts(content: Json) -> Iterator[Mapping[str, Any]]:
    yield from content.get("facts") or ()
    yield from (content.get("dossier") or {}).get("facts") or ()


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield each stretch of words that shows where a text was taken from."""
    said = words(text)
    if _LEAST <= len(said) < _RUN:
        yield said
    for start in range(len(said) - _RUN + 1):
        yield said[start : start + _RUN]
