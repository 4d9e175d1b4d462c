"""Where a sentence comes from, as the small mark behind it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.brief import Claim
from assistant.dossier import Fact, SentAgenda, SourceNote
from assistant.evidence import AGENDA, MEETING, PROFILE, SCHEDULE
from assistant.render.printable import printable
from assistant.sources.source import SourceKind

_NOTED = "as we noted it"
# Who speaks in a public statement, by the source that it stands in; else it is only public.
_PUBLIC: dict[SourceKind, str] = {
    "notes": _NOTED,
    "page": "published",
    "document": "published",
}
_OURS = {
    PROFILE: ("our profile", "From our own seller profile"),
    MEETING: ("meeting", "From the invitation and what you entered"),
    SCHEDULE: ("our date", "A day that was computed, not agreed"),
}
INFERENCE = "inference"
_FACT_ID = re.compile(r"\bF\d+\b(?!-)")


@dataclass(frozen=True)
class Mark:
    """A mark behind a sentence; `note` is the id of the note it points at, "" where none."""

    label: str
    hover: str
    note: str = ""


class Marks:
    """The marks of one page, by evidence id."""

    def __init__(
        self,
        facts: Iterable[Fact],
        sources: Sequence[SourceNote],
        cards: Mapping[str, str],
        agenda: SentAgenda | None = None,
    ) -> None:
        """Index the facts, their sources and the cards' titles, which `cards` holds by id."""
        self._facts = {fact.id: fact for fact in facts}
        self._sources = {source.id: printable(source.name) for source in sources}
        self._kinds = {source.id: source.kind for source in sources}
        self._titles = {card: printable(title) for card, title in cards.items()}
        self._agenda = agenda

    def of_claim(self, claim: Claim) -> tuple[Mark, ...]:
        """Return a claim's marks; what is inferred says so before it says from what."""
        return self.of(claim.evidence, inferred=claim.origin == "inferred")

    def of(self, evidence: Iterable[str], *, inferred: bool = False) -> tuple[Mark, ...]:
        """Return the marks of evidence: facts and cards, else our own, else that it is inferred.

        What is ours (profile, meeting, dates) stands behind nearly everything; it is shown only
        where nothing else is cited.
        """
        cited = tuple(dict.fromkeys(evidence))
        marks = list(self._shown(cited)) or list(self._ours(cited))
        if inferred or not marks:
            return (Mark(INFERENCE, "Worded here; not in any source"), *self._shown(cited))
        return tuple(marks)

    def cites_fact(self, evidence: Iterable[str]) -> bool:
        """Tell whether something rests on what a source says."""
        return any(cited in self._facts for cited in evidence)

    def whose(self, fact: Fact) -> str:
        """Return who speaks, as far as it is known: what nobody is named for, we noted."""
        speaker = printable(fact.speaker)
        match fact.voice:
            case "internal":
                voice = "our own remark, not to be said or sent"
            case "customer":
                voice = "the customer’s words" if speaker else _NOTED
            case "public":
                kind = self._kinds.get(fact.source)
                voice = _PUBLIC.get(kind, "public") if kind else "public"
        return f"{speaker}, {voice}" if speaker else voice

    def in_words(self, text: str) -> str:
        """Return the text with the ids of facts as marks show them: nobody knows what F3 is."""
        return _FACT_ID.sub(self._reference, printable(text))

    def _reference(self, found: re.Match[str]) -> str:
        fact = self._facts.get(found.group())
        return reference(fact) if fact else found.group()

    def _shown(self, cited: Iterable[str]) -> Iterator[Mark]:
        for evidence in cited:
            if evidence in self._facts:
                yield self._fact(self._facts[evidence])
            elif evidence in self._titles:
                yield Mark(self._titles[evidence], f"Approved card {evidence}", note_id(evidence))
            elif evidence == AGENDA and self._agenda:
                source, line = self._agenda.source, self._agenda.points[0].line
                name = self._sources.get(source, source)
                yield Mark(f"{printable(source)}:{line}", f"{name}, line {line}: as it was sent")

    def _ours(self, cited: Iterable[str]) -> Iterator[Mark]:
        named = [_OURS[evidence] for evidence in cited if evidence in _OURS]
        yield from (Mark(label, hover) for label, hover in named[:1])

    def _fact(self, fact: Fact) -> Mark:
        source = self._sources.get(fact.source, fact.source)
        hover = f"{source}, {place(fact)}: “{printable(fact.quote)}” ({self.whose(fact)})"
        return Mark(reference(fact), hover, note_id(fact.id))


def reference(fact: Fact) -> str:
    """Return `S1:14`, or `S2 p. 3:14` in a paged document."""
    page = f" p. {fact.page}" if fact.page else ""
    return f"{printable(fact.source)}{page}:{fact.line}"


def place(fact: Fact) -> str:
    """Return where in its source a fact stands, in words."""
    return f"page {fact.page}, line {fact.line}" if fact.page else f"line {fact.line}"


def note_id(evidence: str) -> str:
    """Return the name under which a note can be reached on its page."""
    return "note-" + "".join(char if char.isalnum() else "-" for char in evidence)
