"""Sources become facts: what kind, whose voice, and which words are the quote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.dossier import Fact, FactKind, Voice
from assistant.research import cues
from assistant.research.genre import Genre, genre_of
from assistant.research.people import names_role, side_of
from assistant.research.sayings import Known, Saying, known_people, sayings, with_speakers
from assistant.research.voices import (
    is_field,
    is_our_doing,
    is_quoted,
    voice_of_note,
    voice_of_record,
)
from assistant.sources.companies import registered_in
from assistant.sources.quotes import find_quote
from assistant.sources.source import Passage, Source
from assistant.text.dates import dates
from assistant.text.quantities import quantities
from assistant.text.words import content, plain, words

MAX_FACTS = 90
_COMMANDED = 4  # passages: what speaks to a machine seldom ends with its sentence
_LEAST_OTHER = 5  # words of a statement that no cue speaks for
_HEADING = 2.0  # what a heading must weigh to have a say
_CLEAR = 2.0  # one clear cue, or two weak ones
_OURSELVES = frozenset({"me", "us", "we", "ich", "wir", "i"})
_THE_CUSTOMER = frozenset({"them", "they", "customer", "client", "prospect", "kunde", "kundin"})
_OUTSIDERS = re.compile(
    r"\b(?:analyst|operator|moderator|journalist|interviewer|host)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S+@\S+|\+\d[\d ()-]{6,}|\bwww\.")
_OWN_MARK = re.compile(
    r"^\W*(?:internal(?:ly)?|intern|private?|my (?:read|view|take)|note to self)\b\s*[:\-–]",
    re.IGNORECASE,
)
_WISHED = re.compile(r"\b(?:wants?|wanted|needs|will|wollte)\W*$", re.IGNORECASE)
_RETOLD = re.compile(
    r"^[\w' ]{2,24}? (?:said|says|told|asked|mentioned|meint|sagt)\b", re.IGNORECASE
)
_CORRECTED = re.compile(
    r"\b(?:no,? (?:sorry|wait)|sorry,? no|scratch that|nein,? (?:moment|quatsch))\b", re.IGNORECASE
)
_STUTTERED = re.compile(r"\b(?:i mean|or so|i'm not (?:kidding|joking))\b", re.IGNORECASE)
_LIKE = re.compile(r"(?<!would )(?<!i'd )\blike (?:a |an |about )?$", re.IGNORECASE)  # "like ten"
_MOST_JOINED = 34  # words; more cannot be taken in when it is said aloud
_LEANING = re.compile(
    r"(?:it|they|that|this|those|these|he|she|so|and|but|or|then|if it|if they|from that day"
    r"|from \w+ \d+ they|es|sie|das|und|aber)\b",
    re.IGNORECASE,
)
_WEIGHTS = {"customer": 3.0, "public": 0.0, "internal": -6.0}
_FIGURES = {"money": 2.5, "percent": 1.75, "points": 1.75, "duration": 1.5, "multiple": 1.5}


@dataclass(frozen=True)
class Ours:
    """How our own side is recognised in the sources."""

    company: str
    names: frozenset[str]  # full and first names of our people, in lower case

    def speaks(self, speaker: str) -> bool:
        """Tell whether a speaker as the source marks them is one of us."""
        name = speaker.strip().lower()
        return bool(name) and (name in _OURSELVES or name in self.names)


def extract_facts(sources: Iterable[Source], ours: Ours) -> tuple[Fact, ...]:
    """Return what the sources say about the prospect, in reading order.

    Every `quote` stands in its source at `line`. A line that speaks to a machine instead of a
    reader is kept as an internal remark, so that the seller sees it and nobody says it. At most
    `MAX_FACTS`, the weightiest; greetings, page furniture and our own questions are left out.
    """
    read = tuple(sources)
    known = with_speakers(known_people(read), read)
    ours = _with_addresses(ours, known)
    found = [
        fact for source in read for fact in _whole(_Reading(source, ours, known).facts(), source)
    ]
    kept = _each_once(found)
    weighty = set(map(id, sorted(kept, key=salience, reverse=True)[:MAX_FACTS]))
    ordered = [fact for fact in kept if id(fact) in weighty]
    return tuple(
        fact.model_copy(update={"id": f"F{number}"}) for number, fact in enumerate(ordered, start=1)
    )


def salience(fact: Fact) -> float:
    """Return how much a fact matters for choosing what the call is about, comparable by kind.

    Words that speak for its kind count, up to a limit, so that a long sentence does not win by its
    length; so do the customer's own voice, a name behind it, and a figure: money most. What
    was only told of them ("Walt said ...") is worth less than their own words, and a wording that
    corrects itself ("fifteen no sorry sixteen") or stutters less than a clean one of the same.
    """
    weight = min(cues.score(fact.quote, fact.kind), 6.0) + _WEIGHTS[fact.voice]
    weight += max((_FIGURES.get(q.kind, 1.0) for q in quantities(fact.quote)), default=0.0)
    weight -= 1.0 * bool(_RETOLD.search(fact.quote)) + _roughness(fact.quote)
    return weight + 0.5 * (fact.voice == "customer" and bool(fact.speaker))


def _roughness(quote: str) -> float:
    """Return what a wording loses; taking a figure back costs more than a voice is worth."""
    view = plain(quote)
    before_figures = (view[: q.start] for q in quantities(view))
    stutters = bool(_STUTTERED.search(view)) or any(_LIKE.search(text) for text in before_figures)
    return 3.5 * bool(_CORRECTED.search(view)) + 1.0 * stutters


def verified(facts: Iterable[Fact], sources: Iterable[Source]) -> tuple[Fact, ...]:
    """Return the facts whose quote stands in their source, word for word."""
    by_id = {source.id: source for source in sources}
    return tuple(fact for fact in facts if find_quote(fact.quote, by_id[fact.source]))


def _whole(found: Iterable[Fact], source: Source) -> Iterator[Fact]:
    """Join what somebody said in one breath, where the second sentence leans on the first.

    "It is 94 today" says nothing without the goal before it. A sentence that would make the quote
    too long to say stands alone.
    """
    held: Fact | None = None
    for fact in found:
        if held is not None and _leans_on(fact, held):
            whole = _joined(held, fact)
            if find_quote(whole.quote, source):
                held = whole
                continue
        if held is not None:
            yield held
        held = fact
    if held is not None:
        yield held


def _leans_on(fact: Fact, before: Fact) -> bool:
    same = (fact.source, fact.line, fact.page, fact.speaker, fact.voice) == (
        before.source,
        before.line,
        before.page,
        before.speaker,
        before.voice,
    )
    together = len(before.quote.split()) + len(fact.quote.split())
    ended = before.quote.rstrip().endswith((".", "!", "?"))
    leans = bool(_LEANING.match(fact.quote))
    return same and ended and leans and together <= _MOST_JOINED and fact.voice == "customer"


def _joined(before: Fact, fact: Fact) -> Fact:
    quote = f"{before.quote.rstrip()} {fact.quote}"
    kinds = (before.kind, fact.kind)
    kind = max(kinds, key=lambda kind: cues.score(quote, kind))
    return before.model_copy(update={"quote": quote, "text": quote, "kind": kind})


def _each_once(found: Iterable[Fact]) -> list[Fact]:
    """Keep the first of the facts that say the same; where one of them is internal, all are."""
    once: dict[str, Fact] = {}
    for fact in found:
        folded = " ".join(words(fact.quote))
        first = once.setdefault(folded, fact)
        if "internal" in {first.voice, fact.voice}:
            marked = first.marked or fact.marked
            once[folded] = first.model_copy(update={"voice": "internal", "marked": marked})
    return list(once.values())


def _with_addresses(ours: Ours, known: Known) -> Ours:
    """Add those whose address is of our company."""
    mates = [p.name.lower() for p in known.people if side_of(p.email, ours.company) == "seller"]
    called = {name for mate in mates for name in (mate, mate.split()[0])}
    theirs = {
        part
        for p in known.people
        if side_of(p.email, ours.company) == "customer"
        for part in p.name.lower().split()[:1]
    }
    return Ours(ours.company, ours.names | (called - theirs))


@dataclass(frozen=True)
class _Line:
    """A statement as it was read, with the fact that it gave, if any."""

    saying: Saying
    fact: Fact | None
    stretch: int
    is_remark: bool

    @property
    def may_be_a_remark(self) -> bool:
        """Whether nothing but its words says that it is theirs; how things are is no secret."""
        told = self.saying.manner in {"plain", "reported"}
        return told and self.fact is not None and self.fact.kind not in {"company", "technology"}


def _mostly_remarks(lines: Iterable[_Line]) -> frozenset[int]:
    """Return the stretches of notes in which half of the lines, and two at least, are remarks.

    Secrets stand together, and not each of them shows by its words.
    """
    noted = [line for line in lines if line.saying.manner != "quoted"]
    all_lines = Counter(line.stretch for line in noted)
    remarks = Counter(line.stretch for line in noted if line.is_remark)
    return frozenset(s for s, count in remarks.items() if count > 1 and 2 * count >= all_lines[s])


@dataclass
class _Reading:
    """One source being read: what stands above and before a line decides whose eyes it is for."""

    source: Source
    ours: Ours
    known: Known
    genre: Genre = field(init=False)
    sender: str = field(init=False)  # who filled in a form
    private: str | None = None  # the heading under which a private stretch began
    commanded: int = 0  # passages yet to come that go on with what was said to a machine
    line: int = 0  # of the passage before
    heading: str = ""  # of the passage before
    stretch: int = 0  # of lines without a gap under one heading
    before: Fact | None = None

    def __post_init__(self) -> None:
        self.genre = genre_of(self.source)
        if self.genre == "email" and self._is_among_us():
            self.genre, self.source = "notes", _unspoken(self.source)
        named = [person.name for person in self.source.people if person.name]
        self.sender = named[0] if self.genre == "form" and len(named) == 1 else ""

    def _is_among_us(self) -> bool:
        """Tell a mail that only we wrote and got: it is no other than notes of ours."""
        addresses = [person.email for person in self.source.people if person.email]
        sides = {side_of(address, self.ours.company) for address in addresses}
        speakers = {passage.speaker for passage in self.source.passages}
        return sides == {"seller"} and all(self.ours.speaks(speaker) for speaker in speakers)

    def facts(self) -> Iterator[Fact]:
        """Return the facts, numbered later."""
        read = tuple(self._lines())
        private = _mostly_remarks(read) if self.genre == "notes" else frozenset()
        for line in read:
            if line.fact and line.stretch in private and line.may_be_a_remark:
                yield line.fact.model_copy(update={"voice": "internal", "marked": True})
            elif line.fact:
                yield line.fact

    def _lines(self) -> Iterator[_Line]:
        passage: Passage | None = None
        for saying in sayings(self.source, self.known):
            if saying.passage is not passage:
                passage = saying.passage
                self._notice(passage)
            kind = self._kind(saying)
            fact = self._fact(saying, kind) if kind else None
            self.before = fact or self.before
            is_remark = self._is_private(saying) or is_our_doing(saying)
            yield _Line(saying, fact, self.stretch, is_remark=is_remark)

    def _fact(self, saying: Saying, kind: FactKind) -> Fact:
        passage = saying.passage
        speaker = saying.speaker or (self.sender if saying.manner == "quoted" else "")
        return Fact(
            id="F0",
            kind=kind,
            voice=self._voice(saying, kind),
            text=saying.words,
            quote=saying.words,
            source=self.source.id,
            line=passage.line,
            page=passage.page,
            speaker="" if speaker in _THE_CUSTOMER | _OURSELVES else speaker,
            marked=bool(self.commanded) or self._is_private(saying),
        )

    # --- what a passage changes for those after it

    def _notice(self, passage: Passage) -> None:
        text = passage.text
        if self.private is not None:
            closed = passage.heading != self.private or cues.is_private(text, "closes")
            self.private = None if closed else self.private
            self.stretch += closed
        if cues.is_private(text, "opens") and _says_no_more(text):
            self.private = passage.heading
        goes_on = 0 <= passage.line - self.line <= 1
        self.stretch += not goes_on or passage.heading != self.heading
        self.heading = passage.heading
        self.commanded = max(0, self.commanded - 1) if goes_on else 0
        if cues.holds(text, "machine.line"):
            self.commanded = _COMMANDED
        self.line = passage.line

    # --- what a saying is

    def _kind(self, saying: Saying) -> FactKind | None:
        if self.commanded:
            return "other"
        if self._is_noise(saying):
            return None
        if self.genre == "invite":
            return "logistics"
        kind = _kind_of(saying, self.ours)
        if kind == "challenge" and self.genre == "published" and not _is_clearly(kind, saying):
            kind = "other"
        if kind != "other" or self._is_private(saying):
            return kind
        if self._introduces(saying):
            return "person"
        return self._kind_of_the_rest(saying)

    def _kind_of_the_rest(self, saying: Saying) -> FactKind | None:
        """Keep what they said in so many words; what goes on with it is of the same kind."""
        if saying.manner == "quoted" and quantities(saying.words) and self._goes_on(saying):
            return self.before.kind if self.before else None
        direct = saying.manner in {"quoted", "turned"}
        if direct and any(quantity.kind == "money" for quantity in quantities(saying.words)):
            return "challenge"  # what else they spoke of, revenue or a budget, names itself
        if direct and any(moment.month for day in dates(saying.words) for moment in day.readings):
            return "trigger"
        return "other" if direct and len(saying.words.split()) >= _LEAST_OTHER else None

    def _goes_on(self, saying: Saying) -> bool:
        before, line = self.before, saying.passage.line
        return before is not None and before.line == line and before.speaker == saying.speaker

    def _introduces(self, saying: Saying) -> bool:
        named = any(self.known.spelled(word) for word in re.findall(r"\w+", saying.words))
        return named and names_role(saying.words)

    def _is_noise(self, saying: Saying) -> bool:
        text, heading = saying.words, saying.passage.heading
        if len(text.split()) < 2 or self._is_aside(heading):
            return True
        if cues.begins(text, "noise.line") or cues.holds(text, "noise.anywhere"):
            return not self._is_private(saying)
        if self.genre == "published" and _OUTSIDERS.search(self._role(saying.speaker)):
            return True
        if _ADDRESS.search(text) and len(text.split()) < 12:
            return True
        question = text.rstrip().endswith("?") and self.ours.speaks(saying.speaker)
        return question or text.rstrip().endswith(":")

    def _is_aside(self, heading: str) -> bool:
        parts = heading.split(" / ")
        return self.genre == "published" and any(cues.is_one_of(p, "noise.section") for p in parts)

    def _role(self, speaker: str) -> str:
        return " ".join([speaker, *self._roles.get(speaker.lower(), ())])

    @cached_property
    def _roles(self) -> Mapping[str, Sequence[str]]:
        roles: dict[str, list[str]] = {}
        for person in self.source.people:
            roles.setdefault(person.name.lower(), []).append(person.role)
        return roles

    def _is_private(self, saying: Saying) -> bool:
        text, heading = saying.passage.text, saying.passage.heading
        if self.private is not None or cues.is_private(text, "anywhere") or _OWN_MARK.match(text):
            return True
        if self.genre == "published":
            return False
        if cues.is_private(heading, "heading"):
            return True
        if self.genre == "minutes" or (self.genre == "form" and is_field(saying)):
            return False
        in_notes = self.genre == "notes"
        theirs = is_quoted(saying) if in_notes else saying.manner in {"quoted", "turned"}
        theirs = theirs and not self.ours.speaks(saying.speaker)
        return cues.is_private(text.replace(saying.words, " ") if theirs else text)

    def _voice(self, saying: Saying, kind: FactKind) -> Voice:
        if self.commanded or self.ours.speaks(saying.speaker) or self._is_private(saying):
            return "internal"
        match self.genre:
            case "record":
                return voice_of_record(saying)
            case "notes":
                return voice_of_note(saying, kind, self.known)
            case "email" | "transcript" | "invite":
                return "customer" if saying.speaker else "internal"
            case _:
                return "public" if self.genre == "published" else "customer"


def _unspoken(source: Source) -> Source:
    passages = (replace(passage, speaker="") for passage in source.passages)
    return replace(source, passages=tuple(passages))


def _is_clearly(kind: FactKind, saying: Saying) -> bool:
    """Tell whether words speak for a kind that are no everyday words.

    A page that praises its company counts "more than 500 shops" too.
    """
    return cues.score(saying.words, kind) >= _CLEAR


def _says_no_more(text: str) -> bool:
    """Tell "the private part, only for me", said of what follows, from a remark of its own."""
    return len(content(cues.without(text, "internal.opens"))) <= 1


def _kind_of(saying: Saying, ours: Ours) -> FactKind:
    """Let the heading above a line tip the scale, never decide alone."""
    text, heading = saying.words, saying.passage.heading.split(" / ")[-1]
    if saying.manner in {"quoted", "turned"} and text.rstrip().endswith("?"):
        return "concern"
    if _WISHED.search(saying.lead):
        return "priority"
    if registered_in(text):
        return "company"
    own = cues.kind_of(text)
    above = cues.kind_of(heading) if heading else "other"
    if above == "promise" and ours.speaks(saying.speaker):
        return "promise"
    if above in {"other", own} or own == "other" or cues.score(heading, above) < _HEADING:
        return own
    return above if cues.score(text, above) + 1.0 >= cues.score(text, own) else own
