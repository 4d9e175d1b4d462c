"""Passages become facts: what kind, whose voice, and which words are the quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.dossier import Fact, FactKind, Voice
from assistant.research import cues
from assistant.sources.source import Passage, Source

MAX_FACTS = 90
_OURSELVES = frozenset({"me", "us", "we", "ich", "wir", "i"})
_THE_CUSTOMER = frozenset({"them", "they", "customer", "client", "prospect", "kunde"})
_NAME = r"[A-ZÄÖÜ][\w.'’-]+(?: [A-ZÄÖÜ][\w.'’-]+){0,2}"
_ATTRIBUTED = re.compile(
    rf"^(?P<speaker>{_NAME}|he|she|they)(?P<role> \([^)]*\))?"
    r"(?:,? (?:by|per|via) (?:mail|e-mail|phone|chat)[^:]{0,24})?:\s*"
    r"[\"“„«](?P<quote>.+?)[\"”“»]?$"
)
_DICTATED = re.compile(
    r"(?:\b(?P<speaker>\w+) (?:also )?(?:said|wants|says|asked) )?"
    r"quote (?P<quote>.+?)(?: unquote\b|$)",
    re.IGNORECASE,
)
_INNER = re.compile(r"[\"“„«](?P<quote>[^\"”“»]{12,})[\"”“»]")
_REPORTED = re.compile(
    r"\b(?:said|says|told|asked|wants?|according to|acc\. to|hates|likes|thinks|expects|needs)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"^(?:hi|hello|dear|thanks?|thank you|best|regards|cheers|mit freundlichen|hallo)\b"
    r"|\b(?:connections|followers|reactions|comments|cookie|impressum|datenschutz|privacy|terms"
    r"|people also viewed|forward-looking statements|unsubscribe|all rights reserved)\b",
    re.IGNORECASE,
)
_COMMAND_TO_A_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|prompts?|rules)\b"
    r"|\bmark (?:this|it) as approved\b|\bsystem prompt\b|https?://\S+\.(?:png|jpe?g|gif|svg)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Saying:
    """The words of a passage that may be quoted, and who said them."""

    quote: str
    speaker: str
    quoted: bool


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
    found = [fact for source in sources for fact in _facts_of(source, ours)]
    once = {(_folded(fact.quote)): fact for fact in reversed(found)}
    kept = [fact for fact in found if once.get(_folded(fact.quote)) is fact]
    weighty = set(map(id, sorted(kept, key=salience, reverse=True)[:MAX_FACTS]))
    ordered = [fact for fact in kept if id(fact) in weighty]
    return tuple(
        fact.model_copy(update={"id": f"F{number}"}) for number, fact in enumerate(ordered, start=1)
    )


def salience(fact: Fact) -> float:
    """Return how much a fact matters for choosing what the call is about, comparable by kind."""
    weight = cues.score(fact.quote, fact.kind)
    weight += {"customer": 2.0, "public": 0.5, "internal": -4.0}[fact.voice]
    weight += 1.5 * bool(re.search(r"\d", fact.quote)) + 0.5 * bool(fact.speaker)
    words = len(fact.quote.split())
    too_short, too_long = words < 5, words > 40
    return weight - 1.5 * too_short - too_long - fact.quote.rstrip().endswith("?")


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _facts_of(source: Source, ours: Ours) -> Iterable[Fact]:
    private = False
    for passage in source.passages:
        private = _stays_private(passage.text, private=private)
        saying = saying_of(passage)
        kind = _kind(passage, saying)
        if kind is None or _is_our_question(saying, ours):
            continue
        voice = _voice(source, passage, saying, ours, private=private)
        yield Fact(
            id="F0",
            kind=kind,
            voice=voice,
            text=saying.quote,
            quote=saying.quote,
            source=source.id,
            line=passage.line,
            page=passage.page,
            speaker=saying.speaker,
        )


def _stays_private(text: str, *, private: bool) -> bool:
    if cues.is_private(text, "opens"):
        return True
    return private and not cues.is_private(text, "closes")


def saying_of(passage: Passage) -> Saying:
    """Return the quotable words of a passage and their speaker, "" where nobody is named."""
    text = passage.text.strip()
    for pattern in (_ATTRIBUTED, _DICTATED):
        if match := pattern.search(text):
            named = match["speaker"] or ""
            speaker = "" if named.lower() in {"he", "she", "they"} else named
            return Saying(match["quote"].strip(), speaker or passage.speaker, quoted=True)
    if (match := _INNER.search(text)) and len(match["quote"]) > 0.5 * len(text):
        return Saying(match["quote"].strip(), passage.speaker, quoted=True)
    return Saying(text, passage.speaker, quoted=passage.quoted)


def _kind(passage: Passage, saying: Saying) -> FactKind | None:
    text = passage.text
    if _NOISE.search(text) or len(saying.quote.split()) < 2:
        return None
    if _COMMAND_TO_A_MACHINE.search(text):
        return "other"
    kind = _strongest(saying.quote, passage.heading)
    if kind != "other" or saying.quoted or cues.is_private(text):
        return kind
    return None


def _strongest(text: str, heading: str) -> FactKind:
    """Let the heading above a line tip the scale, never decide alone."""
    own = cues.kind_of(text)
    above = cues.kind_of(heading) if heading else "other"
    if above in {"other", own} or own == "other":
        return own
    return above if cues.score(text, above) + 1.5 >= cues.score(text, own) else own


def _is_our_question(saying: Saying, ours: Ours) -> bool:
    return ours.speaks(saying.speaker) and saying.quote.rstrip().endswith("?")


def _voice(source: Source, passage: Passage, saying: Saying, ours: Ours, *, private: bool) -> Voice:
    if private or cues.is_private(passage.text) or cues.is_private(passage.heading, "heading"):
        return "internal"
    if _COMMAND_TO_A_MACHINE.search(passage.text) or ours.speaks(saying.speaker):
        return "internal"
    if source.kind in {"page", "document", "invite"}:
        return "public"
    if saying.speaker or saying.quoted or source.kind == "email":
        return "customer"
    return "customer" if _REPORTED.search(passage.text) else "public"


def speakers(facts: Sequence[Fact]) -> tuple[str, ...]:
    """Return who is quoted, in order of first appearance, the customer's side only."""
    named = (fact.speaker for fact in facts if fact.voice == "customer" and fact.speaker)
    return tuple(dict.fromkeys(s for s in named if s.lower() not in _THE_CUSTOMER))
