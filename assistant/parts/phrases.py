"""The small phrases that composers share: quoting, naming, dating."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.dossier import Dossier, Fact, Participant
from assistant.knowledge.profile import Step

_MOST_QUOTED = 34  # words; more cannot be taken in when it is said aloud


def quoted(fact: Fact) -> str:
    """Return the fact's words between quotation marks, cut at a sentence's end where too long."""
    words = fact.quote.strip().strip('"“”„«»')
    return f"“{_cut(words).rstrip(' .,;:')}”"


def _cut(words: str) -> str:
    if len(words.split()) <= _MOST_QUOTED:
        return words
    kept = ""
    for sentence in re.findall(r".+?(?:[.!?](?=\s|$)|$)\s*", words):
        if kept and len((kept + sentence).split()) > _MOST_QUOTED:
            break
        kept += sentence
    return kept.strip() if len(kept.split()) <= _MOST_QUOTED else _cut_words(words)


def _cut_words(words: str) -> str:
    return " ".join(words.split()[:_MOST_QUOTED]) + " …"


def recalled(fact: Fact, dossier: Dossier) -> str:
    """Return a sentence that brings a fact up in the customer's presence, by its voice.

    What is published was read; what stands in our notes without a speaker is owned as our note.
    """
    words = quoted(fact)
    stop = "" if words[-2:-1] in "?!" else "."
    if fact.voice == "public":
        kinds = {source.id: source.kind for source in dossier.sources}
        own = kinds.get(fact.source) == "notes"
        return f"{'My notes say' if own else 'I read'}: {words}{stop}"
    speaker = spoken_name(fact.speaker, dossier.meeting.participants)
    if speaker:
        return f"{speaker}, you said: {words}{stop}"
    if fact.speaker and fact.speaker[:1].isupper():
        return f"{fact.speaker} told us: {words}{stop}"
    return f"You told us: {words}{stop}"


def noted(fact: Fact) -> str:
    """Return a fact as the seller reads it: who said it, where that is known, and the words."""
    speaker = fact.speaker if fact.speaker[:1].isupper() else ""
    return f"{speaker}: {quoted(fact)}" if speaker else quoted(fact)


def spoken_name(speaker: str, people: Sequence[Participant]) -> str:
    """Return how to address a speaker who is in the room, "" where they are not.

    A first name stays a first name; anything else becomes the full name, so that nobody is
    called by the bare family name.
    """
    wanted = speaker.strip().lower()
    for person in people:
        parts = [part for part in person.name.split() if not part.endswith(".")]
        if wanted and wanted in {person.name.lower(), *(part.lower() for part in parts)}:
            return parts[0] if wanted == parts[0].lower() else person.name
    return ""


def day(when: date) -> str:
    """Return a day so that nobody can mistake it: Thursday 10 December 2026."""
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def an(words: str) -> str:
    """Put an indefinite article before a phrase that has no article of its own."""
    return words if re.match(r"(?:an?|the|one|two|three)\b", words) else f"a {words}"


def meeting_of(step: Step) -> str:
    """Return a step with its length: a dock-mapping workshop on site (90 minutes)."""
    return f"{step.action} ({step.minutes} minutes)"
