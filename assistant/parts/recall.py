"""What they said, given back: aloud to them, or on the page to the seller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dossier import Dossier, Fact, Participant
from assistant.parts.phrases import quotation

_REPORT = re.compile(
    r"(?P<who>\w+) (?:(?:has|had|also|just|then) )*(?P<verb>said|says|told (?:me|us)|ask(?:s|ed))"
    r"(?:,? that)?[,:]? (?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(r",? (?:and|but) (?:he|she|they)\b.*", re.DOTALL)  # the note goes on about them
_THIRD_PERSON = ("he", "she", "they")
_FIRST_PERSON = re.compile(r"\b(?:i|we|our|my|us|ich|wir|uns|unser\w*|mein\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    words: str
    verb: str  # "said" or "asked"; "" where the words are ours, about them


def recalled(fact: Fact, dossier: Dossier) -> str:
    """Return a sentence that brings a fact up in the customer's presence, by its voice.

    What is published was read; shorthand of ours is owned as our notes; what they said is given
    back to whoever said it, without the words that only reported it.
    """
    words = quotation(_told(fact).words)
    stop = "" if words[-2:-1] in "?!" else "."
    return f"{_leading(fact, dossier)}: {words}{stop}"


def _leading(fact: Fact, dossier: Dossier) -> str:
    verb = _told(fact).verb
    if fact.voice == "public":
        kinds = {source.id: source.kind for source in dossier.sources}
        if kinds.get(fact.source) == "notes":
            return "My notes say"
        return f"I read that {fact.speaker} said" if fact.speaker[:1].isupper() else "I read"
    if name := spoken_name(fact.speaker, dossier.meeting.participants):
        return f"{name}, you {verb}" if verb else f"{name}, my notes say"
    if verb and fact.speaker[:1].isupper():
        return f"{fact.speaker} {'told us' if verb == 'said' else verb}"
    return "You told us" if verb and _FIRST_PERSON.search(fact.quote) else "My notes say"


def own_words(fact: Fact) -> str:
    """Return their own words between quotation marks: of "Walt said it costs a day" the end."""
    return quotation(_told(fact).words)


def _told(fact: Fact) -> _Told:
    """Part what the speaker said from the note that reports it: "Walt said it costs a day"."""
    match = _REPORT.match(fact.quote)
    if match and _calls(match["who"], fact.speaker):
        verb = "asked" if match["verb"].lower().startswith("ask") else "said"
        return _Told(_ASIDE.split(match["words"], maxsplit=1)[0], verb)
    return _Told(fact.quote, "" if _is_about_speaker(fact) else "said")


def _is_about_speaker(fact: Fact) -> bool:
    return any(_calls(word, fact.speaker) for word in fact.quote.split()[:1])


def _calls(word: str, speaker: str) -> bool:
    return bool(speaker) and word.lower() in {*_THIRD_PERSON, *speaker.lower().split()}


def noted(fact: Fact) -> str:
    """Return a fact as the seller reads it: who said it, unless the words say so, and the words."""
    words = quotation(fact.quote)
    named = fact.speaker[:1].isupper() and not _is_about_speaker(fact)
    return f"{fact.speaker}: {words}" if named else words


def spoken_name(speaker: str, people: Sequence[Participant]) -> str:
    """Return how to address a speaker who is in the room, "" where they are not.

    That is their first name; who has a title is called by it, unless the sources use the first
    name; whom the sources call by the family name is given the full one.
    """
    wanted = speaker.strip().lower()
    for person in people:
        titles = [part for part in person.name.split() if part.endswith(".") and len(part) > 2]
        parts = [part for part in person.name.split() if not part.endswith(".")]
        if wanted and wanted in {person.name.lower(), *(part.lower() for part in parts)}:
            by_family_name = wanted == parts[-1].lower() and len(parts) > 1
            if titles and wanted != parts[0].lower():
                return " ".join([*titles, parts[-1]])
            return person.name if by_family_name else parts[0]
    return ""
