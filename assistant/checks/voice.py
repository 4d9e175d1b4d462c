"""Voice: what is ours alone is never said, and people keep their deeds, beliefs and polarity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.brief import Finding, Statement
from assistant.checks.cited import error
from assistant.checks.people import OURS, everyone, is_ours
from assistant.checks.polarity import turned_round
from assistant.dossier import Fact
from assistant.evidence import AGENDA, MEETING, PROFILE, SCHEDULE, Evidence
from assistant.knowledge.card import card_text
from assistant.text import (
    Quantity,
    content,
    is_common,
    names,
    plain,
    quantities,
    sentences,
    stem,
    unquoted,
    word_list,
    words,
)

_CHECK = "voice"
_RARE_LETTERS = 4
_SMALL = 10  # a count up to it is chance
_SHARED, _SHARE = 3, 0.5  # stems, and part of the shorter sentence, that make a restatement
_FAITHFUL = 0.6  # part of the sentence that its line must hold before polarity is compared

_MODAL = re.compile(
    r"\b(?P<modal>must|has to|have to|needs? to|will|shall|may|might|can|could)\s+(?!not\b)"
    r"(?:\w+ly\s+)?(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_WEAK = word_list("may might can could")
_DEED = re.compile(
    r"""
    \b(?P<who>I|we|you)(?:'(?:ll|ve|re|d|m))?\s+
    (?:(?:will|must|can|could|would|do|did|have|need\ to|want\ to|shall|also|now|already|still|just
        |really|only|not|never)\s+)*
    (?P<verb>[a-z]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LEFT_UNDONE = re.compile(r"\b(?:not|never)\b", re.IGNORECASE)
# "Before we talk" speaks of both sides.
_TOGETHER = word_list(
    """talk meet speak start agree discuss review work decide see look go are be is was were has am
    have had do did get can know understand think"""
)
_NO_DEED = word_list(
    """and or at on in by for with to from as of if when because so but about before after until who
    whose"""
)
_FOR_SOMEBODY = re.compile(
    r"\b(?:with|to|for|by|from|of|and|ask|tell|send|show|told|help|let|meet)\s+$", re.IGNORECASE
)


@dataclass(frozen=True)
class _Inside:
    """What only our own remarks hold: words, names, figures and turns of phrase."""

    words: frozenset[str]
    names: frozenset[str]
    figures: tuple[Quantity, ...]
    remarks: tuple[frozenset[str], ...]  # the stems of each sentence


@dataclass(frozen=True)
class _Line:
    """A sentence of the evidence, and who it is about."""

    text: str
    stems: frozenset[str]
    fact: Fact | None
    people: frozenset[str]  # every part of the names of those the fact is from or about


def check_voice(statements: Sequence[Statement], evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for what must not be said, and for a restatement that turns its line round.

    A spoken statement may not cite an internal fact or card, nor hold a name, a rare word, a
    figure or a run of words that only an internal one holds. A sentence that restates a line of
    its evidence must agree with it in who does it, whether it is denied, and how firmly it is said;
    that is read from plain cues, so a free paraphrase passes unread.
    """
    opened = _open(evidence)
    inside = _inside(_internal(evidence), opened)
    found: list[Finding] = []
    for statement in statements:
        messages = [*_spoken(statement, evidence, inside, opened)]
        messages += _restated(statement, evidence)
        found += [error(_CHECK, statement, message) for message in dict.fromkeys(messages)]
    return tuple(found)


# --- what must not be said


def _internal(evidence: Evidence) -> tuple[str, ...]:
    facts = (f"{f.quote}\n{f.text}" for f in evidence.dossier.facts if f.voice == "internal")
    cards = (card_text(c) for c in evidence.cards.values() if c.audience == "internal")
    return (*facts, *cards)


def _open(evidence: Evidence) -> tuple[str, ...]:
    facts = (evidence.text(f.id) for f in evidence.dossier.facts if f.voice != "internal")
    return (*facts, *(evidence.text(e) for e in (MEETING, PROFILE, SCHEDULE, AGENDA)))


@lru_cache(maxsize=64)
def _inside(internal: tuple[str, ...], opened: tuple[str, ...]) -> _Inside:
    free = {word for text in opened for word in words(text)}
    own = {w for text in internal for w in words(text)} - free
    named = {part for text in internal for name in names(text) for part in name.parts} - free
    figures = [q for text in internal for q in quantities(text) if _telling(q)]
    return _Inside(
        words=frozenset(
            w for w in own if len(w) >= _RARE_LETTERS and w.isalpha() and not is_common(w)
        ),
        names=frozenset(named),
        figures=tuple(q for q in figures if not _is_said(q, opened)),
        remarks=tuple(r for text in internal for r in _remarks(text) if len(r) >= _SHARED),
    )


def _telling(quantity: Quantity) -> bool:
    return quantity.kind != "count" or quantity.value > _SMALL


def _is_said(quantity: Quantity, texts: Sequence[str]) -> bool:
    return any(_equal(quantity, other) for text in texts for other in quantities(text))


def _equal(one: Quantity, two: Quantity) -> bool:
    return one.kind == two.kind and one.unit == two.unit and one.value == two.value


@lru_cache(maxsize=4096)
def _remarks(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(content(text[a:b])) for a, b in sentences(text))


def _spoken(
    statement: Statement, evidence: Evidence, inside: _Inside, opened: tuple[str, ...]
) -> Iterator[str]:
    if not statement.spoken:
        return
    for evidence_id in dict.fromkeys(statement.evidence):
        if _is_internal(evidence_id, evidence):
            yield f"{evidence_id} is internal: what rests on it is never said or sent"
    for leak in _leaks(statement.text, inside, opened, _cards(statement, evidence)):
        yield f"“{leak}” stands in our own remarks only and is never said or sent"


def _is_internal(evidence_id: str, evidence: Evidence) -> bool:
    fact, card = evidence.facts.get(evidence_id), evidence.cards.get(evidence_id)
    return (fact is not None and fact.voice == "internal") or (
        card is not None and card.audience == "internal"
    )


def _cards(statement: Statement, evidence: Evidence) -> tuple[str, ...]:
    """Return the texts of the cited cards that may be said."""
    cards = (evidence.cards.get(e) for e in statement.evidence)
    return tuple(card_text(c) for c in cards if c is not None and c.audience == "customer")


def _leaks(
    text: str, inside: _Inside, opened: tuple[str, ...], cards: tuple[str, ...]
) -> Iterator[str]:
    free = {word for card in cards for word in words(card)}
    yield from (w for w in dict.fromkeys(words(text)) if w in inside.words - free)
    for name in names(text):
        if set(name.parts) & (inside.names - inside.words - free):
            yield name.text
    for said in quantities(text):
        if any(_equal(said, q) for q in inside.figures) and not _is_said(said, cards):
            yield said.text
    if found := _repeated(text, inside, (*opened, *cards)):
        yield found


def _repeated(text: str, inside: _Inside, opened: Sequence[str]) -> str:
    """Return the words of a sentence that repeat one of our remarks and nothing that is open."""
    for said in _remarks(text):
        for remark in inside.remarks:
            shared = said & remark
            if len(shared) < max(_SHARED, _SHARE * len(remark)):
                continue
            if not any(shared <= other for known in opened for other in _remarks(known)):
                return " ".join(dict.fromkeys(w for w in words(text) if stem(w) in shared))
    return ""


# --- restatements


def _restated(statement: Statement, evidence: Evidence) -> Iterator[str]:
    lines = [line for e in dict.fromkeys(statement.evidence) for line in _lines(e, evidence)]
    cited_people = frozenset(part for line in lines for part in line.people)
    text = unquoted(plain(statement.text))
    for span in sentences(text):
        sentence = text[span.start : span.end]
        if sentence.rstrip(" \"')").endswith("?"):
            continue
        stems = frozenset(content(sentence))
        line = max(lines, key=lambda one: len(one.stems & stems), default=None)
        if line and _restates(stems, line.stems):
            yield from _turned(sentence, stems, line)
            if line.fact:
                yield from _other_person(sentence, line, line.fact, cited_people, evidence)
                yield from _other_side(sentence, line, line.fact, evidence)


def _lines(evidence_id: str, evidence: Evidence) -> Iterator[_Line]:
    if not evidence.knows(evidence_id) or evidence_id in {MEETING, PROFILE, SCHEDULE, AGENDA}:
        return
    fact = evidence.facts.get(evidence_id)
    whole = f"{fact.quote}\n{fact.text}" if fact else evidence.text(evidence_id)
    people = _people_of(fact, evidence) if fact else frozenset()
    for span in sentences(plain(whole)):
        text = plain(whole)[span.start : span.end]
        yield _Line(text, frozenset(content(text)), fact, people)


def _restates(said: frozenset[str], line: frozenset[str]) -> bool:
    shared = len(said & line)
    return shared >= _SHARED and shared >= _SHARE * min(len(said), len(line))


def _turned(sentence: str, stems: frozenset[str], line: _Line) -> Iterator[str]:
    if len(stems & line.stems) >= _FAITHFUL * len(stems):
        theirs = line.fact is not None and line.fact.voice == "customer"
        yield from turned_round(sentence, line.text, of_them=theirs)
        yield from _firmer(sentence, line.text)


def _firmer(sentence: str, line: str) -> Iterator[str]:
    known = {stem(m["verb"]): m["modal"].lower() for m in _MODAL.finditer(line)}
    for match in _MODAL.finditer(sentence):
        modal, there = match["modal"].lower(), known.get(stem(match["verb"]), "")
        if there and (modal in _WEAK) != (there in _WEAK):
            yield f"says “{match.group()}” where its line says “{there} {match['verb']}”"


def _other_person(
    sentence: str, line: _Line, fact: Fact, cited_people: frozenset[str], evidence: Evidence
) -> Iterator[str]:
    people = everyone(evidence)
    for who, verb in _acting(sentence, people):
        if line.people and not who & cited_people:
            theirs = [name for parts, name in people.items() if parts & line.people]
            yield f"puts {people[who]} where {fact.id} has {' and '.join(theirs)}"
        elif verb and _is_done_to(who, verb, line.text):
            yield f"has {people[who]} do what {fact.id} has done to them"


def _people_of(fact: Fact, evidence: Evidence) -> frozenset[str]:
    """Return every part of the names of those whom a fact names, or who said it, by any part."""
    text = f"{fact.speaker}\n{fact.quote}\n{fact.text}"
    here = {word.removesuffix("'s") for word in words(text)} | set(words(text))
    own = [] if fact.speaker.casefold() in OURS else words(fact.speaker)
    return frozenset([*own, *(p for who in everyone(evidence) if who & here for p in who)])


def _acting(
    sentence: str, people: Mapping[frozenset[str], str]
) -> Iterator[tuple[frozenset[str], str]]:
    """Yield each person who does something in the sentence, with the stem of what they do."""
    for person in people:
        parts = "|".join(map(re.escape, sorted(person, key=len, reverse=True)))
        whole = rf"\b(?:{parts})(?:\s+(?:{parts}))*"
        pattern = rf"{whole}\s+(?:(?:will|must|can|also)\s+)?(?P<verb>[a-z]+)\b"
        for match in re.finditer(pattern, sentence, re.IGNORECASE):
            if (
                not _FOR_SOMEBODY.search(sentence[: match.start()])
                and match["verb"] not in _NO_DEED
            ):
                yield person, stem(match["verb"])


def _is_done_to(who: frozenset[str], verb: str, line: str) -> bool:
    found = words(line)
    return any(stem(one) == verb and two in who for one, two in pairwise(found))


def _other_side(sentence: str, line: _Line, fact: Fact, evidence: Evidence) -> Iterator[str]:
    """Find a deed of theirs that became ours, or ours that became theirs."""
    ours = is_ours(fact, evidence)
    theirs = fact.voice == "customer" and not ours
    done = [m for m in _DEED.finditer(line.text) if m["who"].casefold() != "you"]
    deeds = {stem(m["verb"]) for m in done}
    left = {stem(m["verb"]) for m in done if _LEFT_UNDONE.search(m.group())}
    for match in _DEED.finditer(sentence):
        verb, we = stem(match["verb"]), match["who"].casefold() != "you"
        if verb not in deeds or match["verb"].casefold() in _TOGETHER:
            continue
        if _LEFT_UNDONE.search(match.group()) and verb not in left:
            continue
        if theirs and we:
            yield f"“{match.group()}”: in {fact.id} it is they who do"
        if ours and not we:
            yield f"“{match.group()}”: in {fact.id} it is we who do"
