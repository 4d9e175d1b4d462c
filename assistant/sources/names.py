"""Names and addresses of people, as headers, invitations and signatures write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.sources.decode import one_line
from assistant.sources.source import Person

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_TITLES = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|mx|herr|frau|hr|fr)\.?\s+)+", re.IGNORECASE)
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d_][\w'’ -]*), (?P<first>[^\W\d_][\w'’. -]*)")
_NO_FIRST_NAME = frozenset({"inc", "llc", "ltd", "gmbh", "jr", "sr", "phd", "md", "mba", "cpa"})
_NOTE = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def person_of(text: str) -> Person:
    """Return the person in `Name <address>`, `Last, First`, or a bare name or address.

    The name is "" where only an address is given. A note in brackets behind the name is left out.
    """
    address = _ADDRESS.search(text)
    email = address[0].lower() if address else ""
    name = text.replace(address[0], " ") if address else text
    name = re.sub(r"[<\[(]?\s*mailto:\s*[>\])]?|<\s*>|\[\s*\]|\(\s*\)", " ", name)
    return Person(spelled_name(name), email)


def spelled_name(text: str) -> str:
    """Return a name as it is said: `Okonjo, Shirley (Millbrook)` becomes `Shirley Okonjo`."""
    name = _NOTE.sub("", one_line(text).strip(" \"'<>,;")).strip(" \"'")
    match = _LAST_FIRST.fullmatch(name)
    if match and match["first"].lower().strip(".") not in _NO_FIRST_NAME:
        name = f"{match['first']} {match['last']}"
    return "" if "@" in name or not any(map(str.isalpha, name)) else name[:100]


def same_person(text: str, person: Person) -> bool:
    """Tell whether a line is nothing but a person's full name, first name or initials."""
    said, full = _bare(text), _bare(person.name)
    if not said or not full:
        return False
    initials = "".join(word[0] for word in full.split())
    return said in {full, full.split()[0]} or (len(initials) > 1 and said == initials)


def _bare(name: str) -> str:
    return " ".join(_TITLES.sub("", name.strip()).lower().split())


def spoken_names(people: Iterable[Person]) -> frozenset[str]:
    """Return what people are called, in lower case: full names, first names and last names."""
    called: set[str] = set()
    for person in people:
        bare = _bare(person.name)
        parts = [part for part in bare.split() if len(part.strip(".")) > 1]
        called |= {person.name.lower(), bare, *parts[:1], *parts[-1:]}
    return frozenset(called - {""})


def merged(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return each person once, by address or else by name, with what any mention adds."""
    once: list[Person] = []
    places: dict[str, int] = {}
    for person in people:
        keys = [key for key in (person.email.lower(), _bare(person.name)) if key]
        place = next((places[key] for key in keys if key in places), len(once))
        if place < len(once) and _differ(once[place], person):
            place = len(once)  # two people of one name
        if keys and place == len(once):
            once.append(person)
        elif keys:
            once[place] = _both(once[place], person)
        places |= dict.fromkeys(keys, place)
    return tuple(once)


def _differ(known: Person, other: Person) -> bool:
    return bool(known.email and other.email) and known.email.lower() != other.email.lower()


def _both(known: Person, added: Person) -> Person:
    return Person(
        known.name or added.name,
        known.email or added.email,
        known.role or added.role,
        known.attendance or added.attendance,
    )


def completed(people: Iterable[Person], everybody: Iterable[Person]) -> tuple[Person, ...]:
    """Return people with their full names, where a first or last name fits one person only."""
    called: dict[str, set[Person]] = {}
    for person in merged(everybody):
        parts = _bare(person.name).split()
        for part in {*parts[:1], *parts[-1:]} if len(parts) > 1 else ():
            called.setdefault(part, set()).add(person)
    return merged(_completed(person, called.get(_bare(person.name), set())) for person in people)


def _completed(person: Person, candidates: set[Person]) -> Person:
    if len(candidates) != 1:
        return person
    (only,) = candidates
    return replace(
        person, name=only.name, email=person.email or only.email, role=person.role or only.role
    )
