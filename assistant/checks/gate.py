"""The gate between an internal brief and an external e-mail: what must never leave the house."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from assistant.brief import Finding, Statement
from assistant.checks.cited import error
from assistant.checks.wording import hedges as ways_out
from assistant.checks.wording import one_line, relative_days, stems, vague_times
from assistant.email import Email, Promise
from assistant.evidence import AGENDA, MEETING, PROFILE, Evidence, may_be_said
from assistant.knowledge.names import mentions
from assistant.text import dates, plain, sentences, unquoted, words
from assistant.text.date_forms import Moment
from assistant.text.dates import DateMention, days_named
from assistant.text.words import blotted

_CHECK = "gate"
_MOST_WORDS = 180
_RUN = 5  # words of a line of ours, one after another, that chance does not bring
_INTERNAL = re.compile(
    r"\b(?:icp|ideal customers?(?: profile)?|(?:dis)?qualif\w+|lead scor\w+"
    r"|(?:good|poor|bad|partial) fit|fits? (?:in part|our)|not a fit|battle ?cards?"
    r"|objection (?:handling|response)s?|opportunity (?:stage|owner)|closed[- ](?:won|lost)"
    r"|forecast category|champion|economic buyer|talk track|internal(?:ly)? only"
    r"|gut feel(?:ing)?)\b",
    re.IGNORECASE,
)
_ID = re.compile(r"\b(?:[FO]\d{1,3}|S\d{1,3}:\d+)\b")
_PROMISES = re.compile(
    r"\b(?:will|shall|promis\w+|guarantee\w*|commit(?:s|ted)?|undert(?:ake|akes|ook)"
    r"|agreed (?:to|that|on)|going to)\b|'ll\b|\b(?:werde[nt]?|wird|versprech\w+|zugesagt)\b",
    re.IGNORECASE,
)
_UNDERTAKING = stems("will shall agreed undertook promised committed until latest")
_ASKS = re.compile(r"\?|\b(?:please|bitte)\b", re.IGNORECASE)

Runs = frozenset[tuple[str, ...]]

_finding = partial(Finding, check=_CHECK, severity="error")


@dataclass(frozen=True)
class Outgoing:
    """What an e-mail is held against, beside its own words.

    `unnameable` are customers of ours whose names may not be given to others.
    """

    evidence: Evidence
    unnameable: tuple[str, ...] = ()


def check_gate(email: Email, outgoing: Outgoing) -> tuple[Finding, ...]:
    """Find what must not leave: our own notes, verdicts and cards, names, promises of no row.

    It also holds the form: absolute dates, no way out, one ask, at most 180 words, and addresses
    that the sources give for the customer. Every finding is an error.
    """
    own = _own_runs(outgoing.evidence)
    each = (
        error(_CHECK, statement, message)
        for statement in email.statements()
        for message in _messages(statement, email, outgoing, own)
    )
    return tuple(dict.fromkeys([*each, *_whole(email), *_recipients(email, outgoing.evidence)]))


def _messages(
    statement: Statement, email: Email, outgoing: Outgoing, own: Mapping[str, Runs]
) -> Iterator[str]:
    text = one_line(statement.text)
    yield from _ours(statement, text, outgoing)
    yield from _own_lines(text, own)
    yield from _unheld(text, email)
    yield from _open(text, outgoing.evidence)


# --- what is ours alone


def _ours(statement: Statement, text: str, outgoing: Outgoing) -> Iterator[str]:
    evidence = outgoing.evidence
    for id_ in statement.evidence:
        if id_ in evidence.facts and not _may_go(id_, evidence):
            yield f"rests on {id_}, which may not be told outside"
    for pattern, what in ((_ID, "a number of our own notes"), (_INTERNAL, "said among ourselves")):
        for found in pattern.finditer(text):
            yield f"“{found.group()}” is {what}: leave it out"
    for words_of_ours in filter(text.lower().__contains__, _never_written(evidence)):
        yield f"“{words_of_ours}” is a test or a card of ours: leave it out"
    for name in outgoing.unnameable:
        if mentions(text, name) and not mentions(evidence.dossier.account, name):
            yield f"“{name}” may not be named to others"


def _never_written(evidence: Evidence) -> Iterator[str]:
    """Yield the names of our criteria and cards, as they would stand in small letters."""
    for criterion in evidence.profile.icp:
        yield criterion.name.lower()
    for card in evidence.cards.values():
        if "-" in card.id:
            yield card.id.lower()
        if card.audience == "internal":
            yield card.title.lower()


def _own_lines(text: str, own: Mapping[str, Runs]) -> Iterator[str]:
    """Find a run of words that only a line of ours has, one that may not be told."""
    said = _runs(text)
    for id_, runs in own.items():
        if said & runs:
            yield f"repeats {id_}, a line of our own notes"


def _own_runs(evidence: Evidence) -> Mapping[str, Runs]:
    """Return the runs of words that stand in nothing but a line of ours, by its id."""
    told = {run for known in (MEETING, PROFILE, AGENDA) for run in _runs(evidence.text(known))}
    ours: dict[str, Runs] = {}
    for id_, fact in evidence.facts.items():
        if _may_go(id_, evidence):
            told |= _runs(fact.quote)
        else:
            ours[id_] = _runs(fact.quote)
    return {id_: runs - told for id_, runs in ours.items()}


def _may_go(fact_id: str, evidence: Evidence) -> bool:
    return may_be_said(evidence.facts[fact_id], evidence.dossier)


def _runs(text: str) -> Runs:
    found = words(plain(text))
    return frozenset(tuple(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1))


# --- promises


def _unheld(text: str, email: Email) -> Iterator[str]:
    """Find a promise, of either side, that no row holds with its day."""
    for span in sentences(text):
        sentence = unquoted(text[span.start : span.end])
        if (found := _PROMISES.search(sentence)) and not _is_held(sentence, email):
            yield f"“{found.group()}” promises what no row of the actions holds"


def _is_held(sentence: str, email: Email) -> bool:
    return any(_holds(promise, sentence, email) for promise in email.promises)


def _holds(promise: Promise, sentence: str, email: Email) -> bool:
    """Tell whether a sentence says a row: its whole task, its day, and nothing on top."""
    today = email.created_at.date()
    days = set(days_named(sentence, today))
    row, said = stems(promise.task), stems(_without_days(sentence, today))
    on_top = said - row - stems(promise.owner) - _UNDERTAKING
    return row <= said and not on_top and days == {promise.due}


def _without_days(sentence: str, today: date) -> str:
    """Return a sentence without the days that it names; the hour of a row is part of its task."""
    spans = ((m.start, m.end) for m in dates(sentence, today) if not _is_hour(m))
    return blotted(sentence, spans, " ")


def _is_hour(mention: DateMention) -> bool:
    return all(replace(m, minute=None) == Moment() for m in mention.readings)


# --- form


def _open(text: str, evidence: Evidence) -> Iterator[str]:
    own = unquoted(text)
    for found in ways_out(own):
        yield f"“{found}” leaves a way out: write what will be done"
    for found in (*vague_times(own), *relative_days(own)):
        yield f"“{found}” is no day: write the date"
    for mention in dates(own, evidence.today):
        moments = mention.readings
        if not any(m.day and m.month for m in moments) and any(
            m.weekday is not None for m in moments
        ):
            yield f"“{mention.text}” is no day: write the date"


def _whole(email: Email) -> Iterator[Finding]:
    count = len(email.text.split())
    if count > _MOST_WORDS:
        yield _finding(where="text", message=f"{count} words: write at most {_MOST_WORDS}")
    asked = [s for s in email.statements() if _ASKS.search(unquoted(s.text))]
    if [statement.where for statement in asked] != ["ask"]:
        places = ", ".join(statement.where for statement in asked) or "nowhere"
        yield _finding(where="ask", message=f"asks in {places}: ask one thing, at the end")
    for name in ("subject", "greeting", "sign_off"):
        if "\n" in getattr(email, name) or "\r" in getattr(email, name):
            yield _finding(where=name, message="takes more than one line")


def _recipients(email: Email, evidence: Evidence) -> Iterator[Finding]:
    people: Mapping[str, str] = {
        person.email.lower(): person.side
        for person in evidence.dossier.meeting.participants
        if person.email
    }
    for i, address in enumerate(email.to):
        if address.email and people.get(address.email.lower()) != "customer":
            yield _finding(
                where=f"to[{i}]", message=f"{address.email} is no address of theirs in the sources"
            )
