"""Length: no statement outgrows its place, no sentence comes twice, no filler."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.brief import Finding, Severity, Statement
from assistant.checks.cited import Cited, error, reader
from assistant.evidence import Evidence
from assistant.text import normalise, sentences, unquoted, words

_CHECK = "length"
_SENTENCE_WORDS = 45  # what can be said in one breath and followed
_STATEMENT_WORDS = 60
# Places whose wording the method or a card gives: words of a statement, then of a sentence.
_ROOM = {
    r"next_step\.(?:wording|fallback_wording)|reconfirm_wording": (90, 90),
    r"(?:situation|complication|turning_point|resolution)$": (110, 50),
    r"(?:respond|proof)$": (110, 50),
    r"\.(?:point|why_them)$": (100, 50),
}
_SAME = 96  # of 100, rapidfuzz ratio: one letter in twenty-five
_REPEATABLE = 5  # a shorter sentence may come again
# The next step comes at both ends of the call, and questions of one kind share their purpose.
_REPEATED_BY_DESIGN = re.compile(r"next_step|reconfirm_wording|\.why$")
_FILLER = re.compile(
    r"""
    \b(?:
      in\ today's\ (?:\S+\ ){0,3}(?:world|market|environment|economy|landscape|age)
    | in\ this\ day\ and\ age|at\ the\ end\ of\ the\ day|needless\ to\ say
    | i\ hope\ this\ (?:e-?mail\ |message\ |note\ )?finds\ you\ well
    | hope\ you(?:'re|\ are)\ (?:doing\ )?well|just\ checking\ in|touch(?:ing)?\ base
    | circl(?:e|ing)\ back|reaching\ out|low[- ]hanging\ fruit|move\ the\ needle
    | think\ outside\ the\ box|win[- ]win|deep\ dive|one[- ]stop\ shop|paradigm\ shift
    | leverag(?:e|es|ed|ing)|synerg(?:y|ies|istic|i[sz]e)|holistic(?:ally)?|seamless(?:ly)?
    | game[- ]chang(?:er|ing)|(?:best[- ]in|world)[- ]class|cutting[- ]edge
    | state[- ]of[- ]the[- ]art|next[- ]generation|(?:industry|market)[- ]leading
    | robust\ solutions?|mission[- ]critical
    | revolutioni[sz](?:e|es|ed|ing)|trusted\ partner|value[- ]added
    | digital\ transformation\ journey
    | unlock(?:s|ing)?\ (?:the\ )?(?:full\ )?(?:power|potential|value)
    | take\ (?:it|things|your\ \w+)\ to\ the\ next\ level|delv(?:e|es|ing)\ into
    | it(?:'s|\ is)\ (?:important|worth)\ (?:to\ note|noting)\ that
    | as\ an\ ai(?:\ language\ model)?|certainly[!,]|i(?:'d|\ would)\ be\ happy\ to
    )(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def check_length(statements: Sequence[Statement], evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for what is too long, comes twice, or says nothing.

    A filler phrase that the cited evidence itself uses is the evidence's wording and passes. Words
    within quotation marks are the customer's and are neither filler nor repetition.
    """
    read = reader(evidence)
    found = [
        error(_CHECK, statement, message)
        for statement in statements
        for message in _messages(statement, read(statement))
    ]
    return (*found, *check_repeats(statements, "error"))


def check_repeats(
    statements: Sequence[Statement], severity: Severity = "warning"
) -> tuple[Finding, ...]:
    """Return a finding for each sentence that has come before, in the same words or nearly.

    Sentences whose figures differ are not the same. The next step and what a question is for come
    again by design.
    """
    found: list[Finding] = []
    seen: dict[str, str] = {}
    for statement in statements:
        for sentence in _repeatable(statement):
            if place := _heard(sentence, seen):
                message = f"says again what {place} says: “{sentence}”"
                found.append(
                    Finding(check=_CHECK, severity=severity, where=statement.where, message=message)
                )
            seen.setdefault(sentence, statement.where)
    return tuple(found)


def _messages(statement: Statement, known: Cited) -> Iterator[str]:
    most, most_in_sentence = _room(statement.where)
    count = len(words(statement.text))
    if count > most:
        yield f"has {count} words; {most} is the most here"
    if statement.spoken:
        longest = max(
            (_count(statement.text, span) for span in sentences(statement.text)), default=0
        )
        if longest > most_in_sentence:
            yield f"has a sentence of {longest} words; nobody can say more than {most_in_sentence}"
    for match in _FILLER.finditer(normalise(unquoted(statement.text))):
        if not known.holds(match.group()):
            yield f"“{match.group()}” says nothing; leave it out or say what is meant"


def _room(where: str) -> tuple[int, int]:
    for place, room in _ROOM.items():
        if re.search(place, where):
            return room
    return _STATEMENT_WORDS, _SENTENCE_WORDS


def _count(text: str, span: tuple[int, int]) -> int:
    return len(words(text[slice(*span)]))


def _repeatable(statement: Statement) -> Iterator[str]:
    if _REPEATED_BY_DESIGN.search(statement.where):
        return
    text = unquoted(statement.text)
    for span in sentences(text):
        sentence = normalise(text[span.start : span.end])
        leads_to_a_quotation = sentence.rstrip(" .").endswith(":")
        if len(words(sentence)) > _REPEATABLE and not leads_to_a_quotation:
            yield sentence


def _heard(sentence: str, seen: dict[str, str]) -> str:
    from rapidfuzz import fuzz, process  # a vendor, not at import time

    if sentence in seen:
        return seen[sentence]
    near = process.extractOne(sentence, seen.keys(), scorer=fuzz.ratio, score_cutoff=_SAME)
    if near is None or _figures(near[0]) != _figures(sentence):
        return ""
    return seen[near[0]]


def _figures(sentence: str) -> list[str]:
    return re.findall(r"\d+", sentence)
