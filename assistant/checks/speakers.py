"""Speakers: what somebody is said to have said stands in their own words, or is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.brief import Statement
from assistant.checks.cited import Cited
from assistant.checks.people import OURS, everyone, is_ours
from assistant.dossier import Fact
from assistant.evidence import Evidence
from assistant.text import Quotation, content, plain, quotations, sentences, stands_in, words

_SAY = (
    r"say|says|said|tell|tells|told|write|writes|wrote|mention(?:s|ed)|warn(?:s|ed)|report(?:s|ed)"
    r"|explain(?:s|ed)|note[sd]|state[sd]|add(?:s|ed)|point(?:s|ed) out|complain(?:s|ed)"
    r"|put(?:s)? it|stress(?:es|ed)|call(?:s|ed)|described?|describes|reminded|shared|quoted"
)
_BELIEVE = (
    r"think|thinks|thought|believes?|believed|wants?|wanted|hates?|hated|fears?|feared|worr\w+"
    r"|doubts?|doubted|insists?|insisted|expects?|expected|feels?|felt|agrees?|agreed|needs?"
)
_HOW = r"(?:(?:also|has|had|have|already|once|just|rightly|recently|kindly)\s+)*"
_YOU = re.compile(rf"\byou\s+{_HOW}(?:{_SAY})\b(?!\s+(?:we|about it)\b)", re.IGNORECASE)
# "To Marcus" says nothing of his, and "what did Marcus say" asks.
_NO_SAYING = re.compile(
    r"\b(?:to|for|with|of|from|what|did|does|do|will|would|could|should|may|if|let)\s+$",
    re.IGNORECASE,
)
_TELLS = re.compile(rf"\b(?:{_SAY}|{_BELIEVE}|according to)\b|:", re.IGNORECASE)
_SPOKEN_BY = re.compile(r"\s*(?P<name>[^\W\d_][\w.'-]*(?: [A-Z][\w.'-]*){0,2})\s*:\s+\S")
_LEAST_SHARED = 2  # stems, for a line to be the one that is retold


@dataclass(frozen=True)
class _Saying:
    """Who is said to have said something, and where in the sentence that stands."""

    who: frozenset[str]  # the words of a name; empty for "you"
    start: int
    end: int


def misattributed(statement: Statement, known: Cited, evidence: Evidence) -> Iterator[str]:
    """Yield each saying that is put into the mouth of somebody else than its cited speaker.

    Where the words of the evidence have no known speaker, or tell of the person's own saying, it
    passes, and so does a name that the evidence has not, which is found as a name. "You said" is
    wrong only of what one of us said.
    """
    facts = [f for e in dict.fromkeys(statement.evidence) if (f := evidence.facts.get(e))]
    if not facts:
        return
    people = {who: name for who, name in everyone(evidence).items() if _is_known(who, known)}
    text = plain(statement.text)
    quoted = quotations(text)
    for span in _units(text, quoted):
        found = sorted(_sayings(text[: span[1]], span[0], people), key=lambda s: s.start)
        for i, saying in enumerate(found):
            said = _said(text, span, found, i)
            lines = _retold(text[slice(*said)], _within(said, quoted), facts)
            yield from _wrong(saying, lines, people, evidence)


def _within(stretch: tuple[int, int], quoted: Sequence[Quotation]) -> list[Quotation]:
    return [q for q in quoted if stretch[0] <= q.start < stretch[1]]


def _is_known(who: frozenset[str], known: Cited) -> bool:
    return any(known.knows_word(part) for part in who)


def _units(text: str, quoted: Sequence[Quotation]) -> list[tuple[int, int]]:
    """Return the sentences of a text, those parted within or behind a quotation joined again."""
    units: list[tuple[int, int]] = []
    for span in sentences(text):
        if units and any(units[-1][0] <= q.start < units[-1][1] < q.end for q in quoted):
            units[-1] = (units[-1][0], span.end)
        else:
            units.append((span.start, span.end))
    return units


def _sayings(text: str, start: int, people: Mapping[frozenset[str], str]) -> Iterator[_Saying]:
    """Yield who says something behind `start`, outside quotations; "you" where nobody is named."""
    inside = [range(q.start + 1, q.end) for q in quotations(text)]
    named = [
        _Saying(who, *match.span())
        for who, name in people.items()
        for match in _pattern(name).finditer(text, start)
        if not any(match.start() in quoted for quoted in inside)
        and not _NO_SAYING.search(text[: match.start()])
    ]
    yield from named
    taken = [*inside, *(range(saying.start, saying.end) for saying in named)]
    for match in _YOU.finditer(text, start):
        if not any(match.start() in stretch for stretch in taken):
            yield _Saying(frozenset(), *match.span())


@lru_cache(maxsize=512)
def _pattern(person: str) -> re.Pattern[str]:
    """Return what finds a person, by any part of the name, who is said to say something."""
    parts = [re.escape(p) for p in plain(person).split() if len(p) > 1 and not p.endswith(".")]
    one = f"(?:{'|'.join(sorted(parts, key=len, reverse=True)) or '(?!)'})"
    name = rf"{one}(?:\s+{one})*"
    return re.compile(
        rf"\b{name}(?:,\s+as)?,?\s+(?:you\s+)?{_HOW}(?:{_SAY})\b"
        rf"|\byou\s+(?:said|told us|wrote|mentioned),\s+{name}\b"
        rf"|\baccording to\s+{name}\b"
        rf"|\b{name}'s?\s+(?:own\s+)?words\b"
        rf"|\b(?:said|says|wrote|warned)\s+{name}\b"
        rf'|\b{name}:(?=\s*")',
        re.IGNORECASE,
    )


def _said(text: str, span: tuple[int, int], found: Sequence[_Saying], i: int) -> tuple[int, int]:
    """Return the stretch that is said: behind the saying, or before it where that is all."""
    begin, end = found[i].end, found[i + 1].start if i + 1 < len(found) else span[1]
    if len(content(text[begin:end])) >= _LEAST_SHARED or _within((begin, end), quotations(text)):
        return begin, end
    return found[i - 1].end if i else span[0], found[i].start


def _retold(said: str, quoted: Sequence[Quotation], facts: Sequence[Fact]) -> list[Fact]:
    """Return the cited facts that hold the quotation, or the most of the words that are said."""
    if quoted:
        held = [f for f in facts if all(_holds(f, q.words) for q in quoted)]
        return held or [f for f in facts if any(_holds(f, q.words) for q in quoted)]
    stems = frozenset(content(said))
    shared = {f.id: len(stems & frozenset(content(f"{f.quote}\n{f.text}"))) for f in facts}
    most = max(shared.values())
    return [f for f in facts if shared[f.id] == most] if most >= _LEAST_SHARED else list(facts)


def _holds(fact: Fact, words_said: str) -> bool:
    return stands_in(words_said, fact.quote) or stands_in(words_said, fact.text)


def _wrong(
    saying: _Saying, lines: Sequence[Fact], people: Mapping[frozenset[str], str], evidence: Evidence
) -> Iterator[str]:
    speakers = [_speaker(fact) for fact in lines]
    if not lines or not all(speakers):
        return
    ids = ", ".join(fact.id for fact in lines)
    if not saying.who:
        if all(is_ours(fact, evidence) for fact in lines):
            yield f"“you said”: in {ids} it is one of us who says it"
    elif not any(_is_from(saying.who, fact) for fact in lines):
        named = {"one of us" if s.casefold() in OURS else s for s in speakers}
        others = " and ".join(sorted(named))
        yield f"{people[saying.who]} is said to say what {ids} has from {others}"


def _is_from(who: frozenset[str], fact: Fact) -> bool:
    return bool(who & set(words(_speaker(fact)))) or _tells_of(who, fact)


def _speaker(fact: Fact) -> str:
    """Return who said a fact, "" where nobody knows: it may be written before the words."""
    if fact.speaker:
        return fact.speaker
    named = _SPOKEN_BY.match(fact.quote)
    return named["name"] if named and named["name"][0].isupper() else ""


def _tells_of(who: frozenset[str], fact: Fact) -> bool:
    """Tell whether a fact tells what a person says, thinks or wants."""
    for text in (fact.quote, fact.text):
        for span in sentences(text):
            sentence = text[span.start : span.end]
            if who & set(words(sentence)) and _TELLS.search(sentence):
                return True
    return False
