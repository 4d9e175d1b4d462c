"""What they said, given back: aloud to them, or on the page to the seller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.brief import Claim
from assistant.dossier import Dossier, Fact, Participant, SourceNote
from assistant.parts.phrases import beginning, begun, quotation

_REPORT = re.compile(
    r"(?P<who>\w+) (?:(?:has|had|also|just|then) )*(?P<verb>said|says|told (?:me|us)|ask(?:s|ed))"
    r"(?:,? that)?[,:]? (?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE = re.compile(r",? (?:and|but) (?:he|she|they)\b.*", re.DOTALL)  # the note goes on about them
_PAPERS = frozenset({"email", "document"})
_FORM = re.compile(r"\b(?:form|inquiry|enquiry|questionnaire|formular|anfrage)\b", re.IGNORECASE)
# What a source may be called by its name, aloud and to those whose it is.
_OCCASION = re.compile(
    r"\b(?:earnings call|investor day|annual report|quarterly report|sustainability report"
    r"|press release|shareholder letter|keynote|podcast|webinar|interview)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:dr|prof|mr|mrs|ms|mx|sir|dame|herr|frau)\.?|\w{2,}\.", re.IGNORECASE)
_THIRD_PERSON = ("he", "she", "they")
_FIRST_PERSON = re.compile(r"\b(?:i|we|our|my|us|ich|wir|uns|unser\w*|mein\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Told:
    words: str
    verb: str  # "said" or "asked"; "" where the words are ours, about them


def recalled(fact: Fact, dossier: Dossier) -> str:
    """Return a sentence that brings a fact up in the customer's presence, by its voice.

    What is published was said in public, or read; shorthand of ours is owned as our notes; what
    they said or wrote is given back to whoever did, without the words that only reported it.
    """
    name, clause = _leading(fact, dossier)
    return _sentence(f"{name}, {clause}" if name else begun(clause), quotation(_told(fact).words))


def recalled_again(fact: Fact, dossier: Dossier) -> str:
    """Return a sentence that comes back to a fact whose words they have heard: how they begin."""
    name, clause = _leading(fact, dossier)
    back = f"back to what {clause}"
    return _sentence(f"{name}, {back}" if name else begun(back), beginning(_told(fact).words))


def is_theirs_to_hear(fact: Fact, dossier: Dossier) -> bool:
    """Tell whether a fact is the word of somebody who is in the room."""
    present = spoken_name(fact.speaker, dossier.meeting.participants)
    return fact.voice == "customer" and bool(present)


def _sentence(lead: str, words: str) -> str:
    stop = "" if words[-2:-1] in "?!" else "."
    return f"{lead}: {words}{stop}"


def _leading(fact: Fact, dossier: Dossier) -> tuple[str, str]:
    """Return who is addressed, "" where nobody is, and who said it how: "you wrote"."""
    source = next((one for one in dossier.sources if one.id == fact.source), None)
    name = spoken_name(fact.speaker, dossier.meeting.participants)
    if fact.voice == "public":
        return _published(fact, source, name)
    verb, ours = _verb(fact, source), "my notes say"
    if source is not None and source.kind in _PAPERS:
        ours = "I read"
    if name:
        return name, f"you {verb}" if verb else ours
    if verb and fact.speaker[:1].isupper():
        return "", f"{fact.speaker} {'told us' if verb == 'said' else verb}"
    if verb and _FIRST_PERSON.search(fact.quote):
        return "", "you told us" if verb == "said" else f"you {verb}"
    return "", ours


def _published(fact: Fact, source: SourceNote | None, name: str) -> tuple[str, str]:
    if source is not None and source.kind == "notes":
        return "", "my notes say"
    where = "in public"
    if source is not None and (found := _OCCASION.search(_spaced(source.name))):
        where = f"in your {found.group().lower()}"
    if name:
        return name, f"you said {where}"
    if fact.speaker[:1].isupper():
        return "", f"{fact.speaker} said {where}"
    return "", "I read" if where == "in public" else f"I read {where}"


def _verb(fact: Fact, source: SourceNote | None) -> str:
    """Return what they did: said, asked or wrote; "" where the words are ours, about them."""
    told = _told(fact)
    if source is None or told.verb != "said" or told.words != fact.quote:
        return told.verb
    return "wrote" if _is_written(fact, source) else told.verb


def _is_written(fact: Fact, source: SourceNote) -> bool:
    """Tell whether the words of a source are its writer's, not those of somebody it quotes.

    Who wrote a mail or filled a form in is named in full at its head; a paper quotes by name.
    """
    if source.kind == "document":
        return not fact.speaker
    return (source.kind == "email" or _is_form(source)) and " " in fact.speaker.strip()


def is_from_form(fact: Fact, dossier: Dossier) -> bool:
    """Tell whether they filled a fact into a form, by what the source is called."""
    return any(source.id == fact.source and _is_form(source) for source in dossier.sources)


def _is_form(source: SourceNote) -> bool:
    return source.kind == "notes" and bool(_FORM.search(_spaced(source.name)))


def _spaced(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name)


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


def restated(*facts: Fact, lead: str = "") -> Claim:
    """Return facts as a line that the seller reads, in their own words, behind a lead of ours."""
    return Claim(
        text=lead + "; ".join(map(noted, facts)),
        origin="notes",
        evidence=tuple(fact.id for fact in facts),
        quotes=tuple(quotation(fact.quote).strip("“”") for fact in facts),
    )


def spoken_name(speaker: str, people: Sequence[Participant]) -> str:
    """Return how to address a speaker who is in the room, "" where they are not.

    That is their first name; who has a title is called by it, unless the sources use the first
    name; whom the sources call by the family name is given the full one.
    """
    wanted = speaker.strip().lower()
    for person in people:
        titles = [part for part in person.name.split() if _TITLE.fullmatch(part)]
        parts = [part for part in person.name.split() if part not in titles and part[-1] != "."]
        if wanted and wanted in {person.name.lower(), *(part.lower() for part in parts)}:
            if len(parts) < 2:  # a single name, alone or beside a title or an initial
                return person.name
            if titles and wanted != parts[0].lower():
                return " ".join([*titles, parts[-1]])
            return person.name if wanted == parts[-1].lower() else parts[0]
    return ""
