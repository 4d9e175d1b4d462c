"""Grounding: every number, date, name, role and quotation stands in the evidence that is cited.

It cannot see a wrong relation between right words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from pydantic import BaseModel

from assistant.brief import Claim, Finding, Part, Statement
from assistant.checks.asserted import asks, is_wish
from assistant.checks.cited import Cited, error, is_run_of, missing, reader
from assistant.checks.extremes import unheld_extremes
from assistant.checks.figures import misstated_figures
from assistant.checks.pledges import unkept_pledges
from assistant.checks.speakers import misattributed
from assistant.checks.swaps import swapped_figures
from assistant.evidence import Evidence
from assistant.text import (
    DateMention,
    Direction,
    Name,
    Role,
    codes,
    contradicts_itself,
    dates,
    directions,
    is_common,
    labels,
    names,
    quotations,
    roles,
    says_when,
    stands_in,
    unquoted,
    word_list,
    words,
)

_CHECK = "grounding"
_ENGLISH = {"linie": "line", "tor": "gate", "halle": "hall", "raum": "room", "rampe": "ramp"}
_EVERYDAY_CODES = word_list("b2b b2c co2 h2 e2e")
# Forms that a wish or a plan has as well: "to cut detention".
_BASE_FORMS = word_list(
    """rise grow increase climb jump raise double triple expand surge soar fall drop decrease
    decline shrink cut reduce lower slash shorten halve higher more less fewer reduction growth"""
)
_LEAST_SHARED = 2  # stems, for two sentences to speak of the same movement
_UNSURE_LEVELS = frozenset({"manager", "supervisor", "director", "lead", "head", "president"})


def check_grounding(statements: Sequence[Statement], evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for whatever a statement says that its cited evidence does not.

    Read are numbers with their kind and unit, dates and times, names, roles, quotations of three
    words or more, and the direction of change. Coarser dates pass, finer ones do not; rounded
    figures pass with "about". A figure is as exact as there, and of the same things. Two figures
    may not change places, nor a saying its speaker; nothing becomes all, always or the most; in
    what is spoken, nothing is given, guaranteed or agreed that is not so there. The two companies
    of the conversation are always known, people only where the cited evidence names them. An id
    that is no evidence is an error.
    """
    read = reader(evidence)
    return tuple(
        error(_CHECK, statement, message)
        for statement in statements
        for message in dict.fromkeys(_messages(statement, read(statement), evidence))
    )


def check_quotes(part: Part, evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for each quote of a claim that its cited evidence does not hold verbatim."""
    found, read = [], reader(evidence)
    for where, claim in _claims(part):
        statement = Statement(where, claim.text, claim.evidence, spoken=False)
        known = read(statement)
        found += [
            error(_CHECK, statement, missing(f"“{quote}”", known))
            for quote in claim.quotes
            if not any(stands_in(quote, text) for text in known.texts)
        ]
    return tuple(found)


def _claims(model: BaseModel, where: str = "") -> Iterator[tuple[str, Claim]]:
    for name in type(model).model_fields:
        value, path = getattr(model, name), f"{where}.{name}" if where else name
        for place, one in _each(path, value):
            if isinstance(one, Claim):
                yield place, one
            elif isinstance(one, BaseModel):
                yield from _claims(one, place)


def _each(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, tuple):
        yield from ((f"{path}[{i}]", one) for i, one in enumerate(value))
    else:
        yield path, value


def _messages(statement: Statement, known: Cited, evidence: Evidence) -> Iterator[str]:
    for evidence_id in statement.evidence:
        if not evidence.knows(evidence_id):
            yield f"{evidence_id} is no evidence of this brief"
    quoted = quotations(statement.text)
    for quotation in quoted:
        if not any(stands_in(quotation.words, text) for text in known.texts):
            yield missing(f"“{quotation.words}”", known)
    yield from misattributed(statement, known, evidence)
    yield from unkept_pledges(statement, known, evidence)
    for read in _RULES:
        yield from read(unquoted(statement.text), known, evidence)


# --- numbered places, codes


def _numbered(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    standing = {_place(other) for cited_text in known.texts for other in labels(cited_text)}
    for label in labels(text):
        if _place(label) not in standing and not known.holds(label):
            yield missing(label, known)
    for code in codes(text):
        if not known.holds(code) and code.casefold() not in _EVERYDAY_CODES:
            yield missing(code, known)


def _place(label: str) -> tuple[str, ...]:
    """Return the words of a numbered place, German ones in English."""
    return tuple(_ENGLISH.get(word, word) for word in words(label))


# --- dates


def _days(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    for said in dates(text, known.today):
        if contradicts_itself(said):
            yield f"{said.text}: there is no such day"
        elif not _is_known(said, text, known):
            yield missing(said.text, known)


def _is_known(said: DateMention, text: str, known: Cited) -> bool:
    return (
        any(says_when(said, other, known.today) for other in known.dates)
        or known.holds(said.text)
        or (_is_rough(said) and asks(text, said.start))
    )


def _is_rough(said: DateMention) -> bool:
    return all(m.relative and m.day is None and m.weekday is None for m in said.readings)


# --- names and roles


def _names(text: str, known: Cited, evidence: Evidence) -> Iterator[str]:
    companies = (evidence.dossier.account, evidence.profile.company)
    for name in names(text):
        if not _is_named(name, known, companies):
            yield missing(name.text, known)


def _is_named(name: Name, known: Cited, companies: Sequence[str]) -> bool:
    if any(is_run_of(name.parts, company) for company in companies):
        return True
    if _is_acronym(name) and _stands_for(name.parts[0], known):
        return True
    at_home = {part for part in name.parts for c in companies if is_run_of([part], c)}
    if not all(part in at_home or known.knows_word(part) for part in name.parts):
        return False
    return all(_side_by_side(one, two, known, at_home) for one, two in pairwise(name.parts))


def _side_by_side(one: str, two: str, known: Cited, at_home: set[str]) -> bool:
    """Tell whether two parts of a name belong together; a common word may join any."""
    return (
        known.knows_pair(one, two)
        or one in at_home
        or two in at_home
        or is_common(one)
        or is_common(two)
        or not (one.isalnum() and two.isalnum())
    )


def _is_acronym(name: Name) -> bool:
    return len(name.parts) == 1 and name.text.isupper()


def _stands_for(acronym: str, known: Cited) -> bool:
    """Tell whether the acronym is made of the first letters of words that stand together."""
    return any(acronym in "".join(word[0] for word in words(text)) for text in known.texts) and any(
        _spells(acronym, words(text)) for text in known.texts
    )


def _spells(acronym: str, found: Sequence[str]) -> bool:
    size = len(acronym)
    return any(
        "".join(word[0] for word in found[i : i + size]) == acronym
        for i in range(len(found) - size + 1)
    )


def _titles(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    people = names(text)
    for role in roles(text):
        holder = next((n for n in people if _holds(text, n, role)), None)
        if holder and (held := _roles_of(holder, known)):
            if not any(_same_role(role, other) for other in held):
                yield f"{holder.text} is {held[0].text} in {known.shown}, not {role.text}"
        elif not _role_known(role, known) and not (asks(text, role.start) and not holder):
            yield missing(role.text, known)


def _holds(text: str, name: Name, role: Role) -> bool:
    """Tell whether name and role stand together: "Gail Fontaine, the CFO", "COO Dana"."""
    if name.end <= role.start:
        return (
            re.fullmatch(
                r",?\s+(?:is |as |\(|(?:their|your|the|our)\s)*|\s*\(", text[name.end : role.start]
            )
            is not None
        )
    return (
        role.end <= name.start and re.fullmatch(r",?\s+", text[role.end : name.start]) is not None
    )


def _roles_of(name: Name, known: Cited) -> list[Role]:
    """Return the roles in the lines of the evidence that name somebody."""
    lines = [line for text in known.texts for line in text.splitlines()]
    named = [line for line in lines if name.parts[0] in words(line)]
    return [role for line in named for role in roles(line)]


def _role_known(role: Role, known: Cited) -> bool:
    if role.level in _UNSURE_LEVELS and not role.field:
        return True
    return any(_same_role(role, other) for other in known.roles) or known.holds(role.text)


def _same_role(said: Role, known: Role) -> bool:
    return said.level == known.level and set(said.field) <= set(known.field)


# --- directions


def _moves(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    found = [d for d in directions(text) if _is_stated(text, d)]
    for said in found:
        if opposite := _opposite(said, known):
            yield f"{said.word}: {known.shown} says {opposite.word}"
    for one, two in pairwise(found):
        between = text[one.start + len(one.word) : two.start]
        if two.word.startswith("from ") and one.sign == -two.sign and not between.strip():
            yield f"{one.word} and {two.word} do not go together"


def _is_stated(text: str, said: Direction) -> bool:
    """Tell whether a movement is stated as a fact, not asked about, wished or supposed."""
    sentence = text[said.sentence.start : said.sentence.end]
    base = said.word.lower() in _BASE_FORMS
    return not (base or is_wish(sentence) or asks(text, said.start))


def _opposite(said: Direction, known: Cited) -> Direction | None:
    """Return the movement that the evidence states instead, if it is about the same."""
    near = [(len(said.about & other.about), other) for other in known.directions]
    most = max((shared for shared, _ in near), default=0)
    closest = [other for shared, other in near if shared == most]
    if most < _LEAST_SHARED or any(other.sign == said.sign for other in closest):
        return None
    return closest[0]


_RULES: tuple[Callable[[str, Cited, Evidence], Iterator[str]], ...] = (
    misstated_figures,
    swapped_figures,
    _numbered,
    _days,
    _names,
    _titles,
    _moves,
    unheld_extremes,
)
