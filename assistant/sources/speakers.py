"""Who speaks: the marks by which notes and transcripts name a speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.sources.words import words

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ž]"
NAME = (
    rf"(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Herr|Frau|Hr|Fr)\.? )*{_CAPITAL}[\w'’.-]*"
    rf"(?: (?:(?:de|von|van|der|den|ten|del|della|di|da|du|la|le|el|bin|ibn|al|y|zu)"
    rf"|{_CAPITAL}[\w'’.-]*)){{0,3}}"
)
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_STAMP = rf"\[?\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}},? {_TIME}(?: ?[AaPp][Mm])?\]?"
_HEAD = re.compile(
    rf"(?:(?:{_STAMP}|{_TIME})\s*[-–]?\s*)?\*{{0,2}}"
    rf"(?P<name>{NAME}|[^\W\d_][\w-]*(?: \d{{1,3}})?)"
    rf"(?:\s*\((?P<note>[^()]{{1,60}})\))?(?:\s+{_TIME})?"
    r"(?:,? (?:by|per|via|on|in|at|says?|said|asks?|asked|wrote|writes|repl(?:ied|ies)|adds?|added"
    r"|told|meint|sagt|sagte|schreibt|schrieb|fragt|fragte|am|beim)\b[^:]{0,50})?\*{0,2}"
)
_COLON = re.compile(r":\*{0,2}(?=\s|[\"“„«»])\s*")
_TURN = re.compile(
    rf"(?P<name>{NAME})(?:\s*,)?(?:\s+(?:[-–—]\s+)?{_TIME}|\s+[-–—]\s+(?P<title>[^.!?:|]{{3,90}})"
    rf"|,\s+(?P<role>[^.!?:|]{{3,90}}))"
)
_QUOTE_MARKS = "\"“”„«»‘'「『"
_FIRST_PERSON = re.compile(
    r"\b(?:i|we|our|us|my|me|you|your|i'm|we're|i'd|we'd|i'll|we'll|wir|uns|unser\w*|ich|mein\w*)\b",
    re.IGNORECASE,
)
_OURSELVES_OR_THEM = frozenset({"me", "us", "we", "i", "them", "they", "ich", "wir"})
_WORD = re.compile(r"[\w'’-]+")


@dataclass(frozen=True)
class Mark:
    """What stands before the colon of a line, and may be a speaker."""

    name: str
    note: str  # in parentheses behind the name
    start: int  # where the marked words begin
    rest: str

    @property
    def opens_a_quote(self) -> bool:
        """Whether what follows begins with a quotation mark."""
        return self.rest[:1] in _QUOTE_MARKS

    @property
    def is_named(self) -> bool:
        """Whether the mark has the shape of a person's name."""
        return is_name(self.name)


def is_name(text: str) -> bool:
    """Tell whether a text has the shape of a person's name, with no word of a form or a record."""
    own = {word.lower() for word in _WORD.findall(text)}
    shouted = text.isupper() and len(text) > 3
    return bool(re.fullmatch(NAME, text)) and not words("labels") & own and not shouted


def mark_of(text: str) -> Mark | None:
    """Return what a line has before its colon, where it has the shape of a speaker's mark."""
    head = text[:120]
    colon = _COLON.search(head)
    if not colon:
        return None
    lead = len(head) - len(head.lstrip(" \t*-•"))
    match = _HEAD.fullmatch(head[lead : colon.start()].rstrip())
    if not match or colon.end() >= len(text):
        return None
    return Mark(match["name"], match["note"] or "", colon.end(), text[colon.end() :])


def turn_of(text: str) -> Mark | None:
    """Return the speaker of a line that is only a name with a time or a title behind it."""
    if text == "Operator":
        return Mark(text, "", len(text), "")
    match = _TURN.fullmatch(text) if len(text) <= 120 else None
    if not match:
        return None
    title = match["title"] or match["role"] or ""
    if title and not has_role(title):
        return None
    mark = Mark(match["name"], title, len(text), "")
    return mark if mark.is_named and (" " in mark.name or not title) else None


def has_role(text: str) -> bool:
    """Tell whether a text holds a word that titles are made of."""
    return any(
        word in words("roles") or word.endswith(("leiter", "leiterin", "leitung"))
        for word in (found.lower() for found in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))
    )


def recurring_marks(marks: Sequence[Mark], blocks: int) -> frozenset[str]:
    """Return the speakers of a transcript, none where the text is not one.

    A text is a transcript where more than half of its blocks are marked, marks recur, and what
    follows them reads as talk, not as the values of a form.
    """
    named = [mark for mark in marks if not words("labels") & set(mark.name.lower().split())]
    times = Counter(mark.name for mark in named)
    again = {name for name, count in times.items() if count > 1}
    talk = sum(len(mark.rest.split()) > 3 for mark in named)
    if len(named) < 4 or 2 * len(named) <= blocks or not again or 2 * talk < len(named):
        return frozenset()
    return (
        frozenset(times)
        if sum(times[name] for name in again) * 2 > len(named)
        else frozenset(again)
    )


def is_speaker(mark: Mark, *, known: Collection[str], transcript: Collection[str]) -> bool:
    """Tell whether a mark names who speaks, and is no field of a record.

    It does where it is one of *me, us, them* and their like; where the name is `known` from a
    header, an invitation, a list of contacts or a signature of any source; where the text is a
    `transcript`; where a name is followed by a quotation; and where a side's word (*customer,
    rep*) is followed by words in the first or second person.
    """
    name = mark.name.lower()
    if name in _OURSELVES_OR_THEM or mark.name in transcript:
        return True
    if name in words("sides"):
        return mark.opens_a_quote or bool(_FIRST_PERSON.search(mark.rest))
    return mark.is_named and (mark.opens_a_quote or name in known)
