"""Pledges: what is given away, guaranteed, agreed or approved stands so in the cited evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.brief import Statement
from assistant.checks.asserted import asks
from assistant.checks.cited import Cited, missing
from assistant.checks.people import everyone, is_ours
from assistant.dossier import Fact
from assistant.evidence import Evidence
from assistant.knowledge.card import Objection, card_text
from assistant.text import (
    STOPWORDS,
    content,
    is_common,
    plain,
    sentences,
    stem,
    unquoted,
    word_list,
    words,
)


@dataclass(frozen=True)
class _Kind:
    """A kind of pledge: the words that make it, and those of the evidence that hold it."""

    name: str
    made: re.Pattern[str]
    held: re.Pattern[str]
    is_offer: bool  # ours to give; else something that somebody has done


def _kind(name: str, made: str, held: str = "", *, is_offer: bool = True) -> _Kind:
    flags = re.IGNORECASE | re.VERBOSE
    return _Kind(name, re.compile(made, flags), re.compile(held or made, flags), is_offer)


# "The door is free at two" is room, not money.
_ROOM = (
    "door|dock|slot|bay|gate|lane|ramp|yard|space|place|spot|trailer|truck|driver|crew|team|clerk"
    "|hand|room|you|we|i|he|she|they|who|day|hour|time|afternoon|morning|calendar|nobody|one|loader"
)
_GIVEN = (
    "trial|pilot|year|quarter|month|week|period|set-?up|training|support|licen[cs]e|workshop"
    "|assessment|audit|upgrade|consultation|integration|implementation|use|onboarding|access"
    "|version|module|site"
)
_FREE = rf"""
    \b(?:free\ of\ charge|for\ free|gratis|complimentary|on\ the\ house|kostenlos|kostenfrei)\b
    | \bat\ (?:no|zero)\ (?:\w+\ )?(?:costs?|charge|fee|price)\b
    | \b(?:without|no|zero)\ (?:(?:any|extra|additional|further|added)\ )*(?:cost|charge|fee)s?\b
    | \bfree\ (?:\w+\ )?(?:{_GIVEN})s?\b | \b(?:{_GIVEN})s?\ free\b
    | (?<!\bis\ )(?<!\bno\ )\b(?!(?:{_ROOM})s?\b)[a-z]{{2,}}\s
        (?:is|are|will\ be|would\ be|be|comes?|stays?|remains?|was|were)\s
        (?:(?:completely|entirely|totally|also|then)\s)?free\b
        (?!\s(?:to|up|at|on|from|by|until|again|when|between|in|of)\b)
    | \b(?:is|are|be|comes?|goes)\ on\ us\b | \bwaiv\w+
    | \bwe(?:\ will|'ll)?\ (?:cover|pay|bear|absorb|carry)\ (?:the|all|your|for|half)\b
"""
_KINDS = (
    _kind("free", _FREE, rf"{_FREE} | \b(?:is|are|it|stays?|gets?|'s)\ free\b"),
    _kind(
        "guarantee",
        r"""\bguarant\w+ | \bwarrant(?:y|ies|s|ed)?\b | \brisk[-\ ]free\b | \bno[-\ ]risk\b
        | \bwithout\ (?:any\ )?(?:risk|obligation)\b | \bno\ obligation\b
        | \bcancel\ (?:at\ )?any\s?time\b
        | \bwe\ (?:(?:will|can|do|hereby)\ )?(?:promise|commit|pledge|assure|vouch)\b
        | \bour\ (?:word|promise|pledge|commitment)\b""",
    ),
    _kind(
        "discount",
        r"""\bdiscount\w* | \brebates?\b | (?:%|\bpercent)\ off\b
        | \bprice\ (?:cut|reduction|freeze)\b
        | \b(?:special|reduced|preferential|introductory|half)\ (?:pric(?:e|ing)|rate|term|fee)s?\b
        | \brabatt\w*""",
    ),
    _kind("refund", r"\brefund\w* | \breimburs\w+ | \bmoney[-\ ]back\b | \bpay\ you\ back\b"),
    _kind("exclusive", r"\bexclusiv(?:e|ity)\b"),
    _kind(
        "agreed",
        r"""\b(?:agreed|promised|committed|pledged|confirmed|undertook|undertaken)\b
        | \byour\ (?:promise|commitment|pledge|agreement|word)\b""",
        r"""\b(?:agree[ds]?|promise[ds]?|commit(?:s|ted)?|confirm(?:s|ed)?
            |undert(?:ake|akes|ook|aken)|agreement|pledge[ds]?|accepted|zugesagt|vereinbart)\b
        | \b(?:i|we)\ (?:will|shall|can\ do)\b | 'll\b | \bwill\b(?!\ not\b)
        | \byou\ (?:get|have)\b.*\bfrom\ (?:me|us)\b""",
        is_offer=False,
    ),
    _kind(
        "approved",
        r"""\b(?:approved|authori[sz]ed|signed(?!\ (?:in|out|up)\b)|signed\ off|green[-\ ]?lit)\b
        | \b(?:go-ahead|green\ light)\b""",
        r"""\b(?:approved|approval|authori[sz]ed|signed|signature|go-ahead|green[-\ ]?lit
            |green\ light|genehmigt|freigegeben|unterschrieben)\b""",
        is_offer=False,
    ),
)
_PROMISED = re.compile(r"\b(?:agree|promise|commit|confirm|pledge|undert)\w*", re.IGNORECASE)
_CUT = re.compile(r"[,;:.!?()](?=\s|$)|\n|\b(?:and|but|while|though|because|so)\b", re.IGNORECASE)
_PROMISED_ALONE = re.compile(r"(?:promised|pledged|committed|under)", re.IGNORECASE)
_WE_ALONE = frozenset({"we", "i"})
_Party = Literal["ours", "theirs", "another"]
_NOT = re.compile(
    r"\b(?:not|cannot|never|nobody|none|no|nothing|neither|nor|without|refus\w+|hardly"
    r"|rather than|instead of)\b|n't\b",
    re.IGNORECASE,
)
# "Since you have agreed, who should join?" asks, and takes the deed for done.
_TAKEN_FOR_DONE = re.compile(r"\s*(?:since|as|now that|because|given|with)\b", re.IGNORECASE)
# Nothing is said to be agreed in "once it is agreed", "must be approved", "an agreed measure".
_TO_COME = re.compile(
    r"\b(?:once|before|if|when|until|unless|as soon as|whether|without|to be|to get|must|can|could"
    r"|would|should|shall|may|might|will|being|gets?|having|wants?|needs?|expects?|hopes?|ask\w*)\b",
    re.IGNORECASE,
)
_AN = re.compile(r"(?:\b(?:an?|any|each|every|no|with|of)|^)\s*(?:\w+(?:ly)?\s)?$", re.IGNORECASE)
_NOUN_FOLLOWS = re.compile(
    r"\s+(?!(?:to|that|by|on|in|for|with|the|a|an|it|this|your|our)\b)[a-z]{3,}"
)
_WISHES = re.compile(
    r"\b(?:needs?|wants?|wanted|asks?|asked|expects?|hopes?|would|could|should|if|may|might|must|"
    r"request\w*|demand\w*|others?)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(r"\b(?:want|ask|need|expect|hope|request|demand)\w*\b", re.IGNORECASE)
# Where the thing agreed to ends, and what was only done with it: "to pull a week of gate logs".
_PLACE = re.compile(
    r"\b(?:in|by|on|at|before|until|from|for|with|when|after|during|as)\b", re.IGNORECASE
)
_TO_DO = re.compile(
    r"\s*(?:to|that\s+\w+)\s+(?!(?:an?|the|your|our|their|his|her|one|this)\b)[a-z]+\b"
)
_WE_DO = re.compile(r"\b(?:we|i)\s+(?:\w+\s+)?$", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|i|our|us|my)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_DOER = re.compile(
    r"\b(?P<who>you|we|i|[A-Z][\w.'-]+)(?:'(?:ve|d))?\s+"
    r"(?:(?:have|has|had|already|also|just|kindly)\s+)*$",
    re.IGNORECASE,
)
# Who does it, right before the deed: "Dana has also", "my boss", "they".
_SUBJECT = re.compile(
    r"(?:\b(?P<pronoun>(?i:i|we|you|he|she|they|it))|(?P<name>[A-Z][\w.-]+(?:\s[A-Z][\w.-]+)?)"
    r"|\b(?i:my|our|your|the|their|his|her|an?|one)\s(?:[\w-]+\s){0,2}?(?P<noun>[\w-]+))"
    r"(?:'(?:ve|d|s))?\s+"
    r"(?:(?:have|has|had|already|also|just|kindly|both|all|since|now)\s+)*$"
)
_FIRST_PERSON = re.compile(r"(?:i|we)\b", re.IGNORECASE)
_GETS = re.compile(r"\s*(?:get|have|receive)\b", re.IGNORECASE)
_AS_ONE = frozenset(word_list("board team teams management company side"))  # speak for all
_PERHAPS = re.compile(
    r"(?:^|,)\s*(?:maybe|perhaps|possibly|if|whether)\b"
    r"|\b(?:might|may|could|would|should|must|can|maybe|perhaps|(?:want|hope|need|ha[sd]|have)s?\s+to)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LEAST_SHARED = 2  # stems of a whole sentence that its "as agreed" is said of
_EMPTY = STOPWORDS | frozenset(
    word_list("come comes get gets give gives offer offers full year years month months first")
)


@dataclass(frozen=True)
class _Pledge:
    """A pledge as a text makes it, with its clause and its whole sentence."""

    kind: _Kind
    words: str
    clause: str
    before: str  # of the clause
    after: str  # of the clause
    sentence: str
    is_denied: bool
    is_wanted: bool  # by somebody: "they ask for a discount"


@dataclass(frozen=True)
class _Line:
    """A sentence of the evidence, and the fact it is from, if it is from one."""

    text: str
    fact: Fact | None


def unkept_pledges(statement: Statement, known: Cited, evidence: Evidence) -> Iterator[str]:
    """Yield each pledge of a spoken sentence that its cited evidence does not make.

    A gift, a guarantee or a done deed must stand there in words of its kind, not denied, not as a
    wish or a question of theirs, and of something that the sentence names too. A first-person "I
    will" makes a promise. What is asked, denied or still to come is no pledge.
    """
    if not statement.spoken:
        return
    text = unquoted(plain(statement.text))
    for pledge in _pledges(text):
        lines = [
            line
            for line in _lines(statement, evidence, theirs=pledge.is_wanted)
            if pledge.kind.held.search(line.text)
        ]
        if not any(_holds(line, pledge) for line in lines):
            yield missing(f"“{pledge.words}”", known)
        elif not any(_holds(line, pledge) and _is_of(line, pledge, evidence) for line in lines):
            yield f"“{pledge.words}”: {known.shown} says it of something else"


def _pledges(text: str) -> Iterator[_Pledge]:
    for span in sentences(text):
        sentence = text[span.start : span.end]
        for kind in _KINDS:
            for match in kind.made.finditer(sentence):
                pledge = _pledge(kind, match, sentence)
                if _is_made(pledge, match, asked=asks(text, span.start)):
                    yield pledge


def _pledge(kind: _Kind, match: re.Match[str], sentence: str) -> _Pledge:
    start = _clause_start(sentence, match.start())
    cut = _CUT.search(sentence, match.end())
    clause = sentence[start : cut.start() if cut else len(sentence)]
    before, after = sentence[start : match.start()], clause[match.end() - start :]
    wanted = _WANTS.search(sentence, 0, match.start()) is not None
    return _Pledge(
        kind, match.group().strip(), clause, before, after, sentence, _denies(before), wanted
    )


def _clause_start(sentence: str, position: int) -> int:
    return max((m.end() for m in _CUT.finditer(sentence, 0, position)), default=0)


def _denies(before: str) -> bool:
    return _NOT.search(before) is not None


def _is_made(pledge: _Pledge, match: re.Match[str], *, asked: bool) -> bool:
    """Tell whether a pledge is really made: not asked for, and no deed that is still to come."""
    if pledge.is_denied or (asked and not _is_taken_for_done(pledge)):
        return False
    if pledge.kind.is_offer:
        return True
    if _TO_COME.search(pledge.before):
        return False
    attribute = _AN.search(pledge.before) and _NOUN_FOLLOWS.match(pledge.sentence, match.end())
    return not attribute


def _is_taken_for_done(pledge: _Pledge) -> bool:
    """Tell whether a question offers or presupposes: "if we waived the fee, would you ...?"."""
    ours = pledge.kind.is_offer and _WE_DO.search(pledge.before)
    return bool(ours) or _TAKEN_FOR_DONE.match(pledge.before) is not None


def _lines(statement: Statement, evidence: Evidence, *, theirs: bool) -> Iterator[_Line]:
    for evidence_id in dict.fromkeys(statement.evidence):
        if evidence.knows(evidence_id):
            fact = evidence.facts.get(evidence_id)
            whole = evidence.text(evidence_id)
            text = plain(whole if theirs else _pledging_text(evidence_id, evidence))
            yield from (_Line(text[a:b], fact) for a, b in sentences(text))


def _pledging_text(evidence_id: str, evidence: Evidence) -> str:
    """Return what evidence says; of an objection what we answer, not what the customer says."""
    card = evidence.cards.get(evidence_id)
    if not isinstance(card, Objection):
        return evidence.text(evidence_id)
    theirs = (card.title, *card.they_say)
    return "\n".join(line for line in card_text(card).splitlines() if line not in theirs)


def _holds(line: _Line, pledge: _Pledge) -> bool:
    """Tell whether a line makes the pledge: as firmly, and not the opposite."""
    text = line.text.rstrip(" \"'”)")
    if text.endswith("?") or (line.fact is None and not _is_worded(text, pledge.kind)):
        return False
    if pledge.kind.is_offer:
        return _is_given(text, pledge) and (pledge.is_wanted or not _WISHES.search(text))
    return any(
        not _denies(_before(text, m))
        and not _PERHAPS.search(_before(text, m))
        and not text[m.end() :].lstrip().startswith("nothing")
        for m in pledge.kind.held.finditer(text)
    )


def _is_worded(text: str, kind: _Kind) -> bool:
    """Tell whether a card has the pledge in so many words: its "will" promises nothing."""
    return kind.is_offer or _PROMISED.search(text) is not None or kind.name != "agreed"


def _is_given(text: str, pledge: _Pledge) -> bool:
    return any(not _denies(_before(text, m)) for m in pledge.kind.held.finditer(text))


def _before(text: str, match: re.Match[str]) -> str:
    return text[_clause_start(text, match.start()) : match.start()]


def _is_of(line: _Line, pledge: _Pledge, evidence: Evidence) -> bool:
    """Tell whether a line makes its pledge of the same thing, and by the same side."""
    return _same_matter(line, pledge) and _same_side(line, pledge, evidence)


def _same_matter(line: _Line, pledge: _Pledge) -> bool:
    """Tell whether what is pledged is in the line: the deed's object, else what is beside it."""
    known = _matter(line.text)
    if not pledge.kind.is_offer:
        for stretch in (_TO_DO.sub("", pledge.after, count=1), pledge.after, pledge.before):
            thing = _matter(_PLACE.split(stretch.strip(), maxsplit=1)[0])
            if thing:
                figures = {word for word in thing & known if word.isdigit()}
                return bool(figures) or 2 * len(thing & known) >= len(thing)
    around = _matter(pledge.clause) - _matter(pledge.words)
    if around:
        return bool(around & known)
    said = _matter(pledge.sentence) - _matter(pledge.words)
    return not said or len(said & known) >= min(_LEAST_SHARED, len(said))


@lru_cache(maxsize=8192)
def _matter(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in words(text) if w not in _EMPTY) & frozenset(content(text))


def _same_side(line: _Line, pledge: _Pledge, evidence: Evidence) -> bool:
    doer = _DOER.search(pledge.before)
    who = doer["who"].casefold() if doer else ""
    if line.fact is None:
        return who != "you" or pledge.kind.is_offer or "you" in _doers(line.text, pledge.kind)
    ours = is_ours(line.fact, evidence)
    if pledge.kind.is_offer and _WE.search(pledge.clause) and not ours:
        return _YOU.search(line.text) is not None
    if who == "you" and not pledge.kind.is_offer:
        return "theirs" in _pledgers(line.text, line.fact, pledge.kind, evidence)
    if who in _WE_ALONE and _PROMISED_ALONE.match(pledge.words):
        return "ours" in _pledgers(line.text, line.fact, pledge.kind, evidence)
    if who and who not in STOPWORDS and doer and doer["who"][0].isupper():
        return who in words(f"{line.fact.speaker} {line.text}")
    return True


def _pledgers(text: str, fact: Fact, kind: _Kind, evidence: Evidence) -> frozenset[_Party]:
    """Return on which sides those stand who make a line's pledges of this kind.

    Where no subject stands before the deed it is the speaker's, or, in our own notes, of whoever is
    called "you" in them.
    """
    found = (_pledger(text, match, fact, evidence) for match in kind.held.finditer(text))
    return frozenset(found)


def _pledger(text: str, match: re.Match[str], fact: Fact, evidence: Evidence) -> _Party:
    ours = is_ours(fact, evidence)
    speaker: _Party = "ours" if ours else "theirs"
    listener: _Party = "theirs" if ours else "ours"
    if _FIRST_PERSON.match(match.group()):
        return speaker
    subject = _SUBJECT.search(text[: match.start()])
    if subject is None:
        return listener if ours and _YOU.search(text) else speaker
    if subject["name"] and not is_common(subject["name"].casefold()):
        return _party_of(subject["name"], fact, evidence)
    match (subject["pronoun"] or "").casefold():
        case "i" | "we" | "":
            is_anothers = subject["noun"] and subject["noun"] not in _AS_ONE
            return "another" if is_anothers else speaker
        case "you":
            return speaker if _GETS.match(text, match.end()) else listener
        case _:  # of whom our notes speak is the customer; of whom the customer speaks is not
            return listener if ours else "another"


def _party_of(name: str, fact: Fact, evidence: Evidence) -> _Party:
    """Return the side on which somebody stands who is named."""
    called = set(words(name))
    sellers = [p.name for p in evidence.dossier.meeting.people if p.side == "seller"]
    if any(called & set(words(one)) for one in (*sellers, evidence.profile.company)):
        return "ours"
    known = {part for who in everyone(evidence) for part in who}
    known |= set(words(f"{evidence.dossier.account} {fact.speaker}"))
    return "theirs" if called & known else "another"


def _doers(text: str, kind: _Kind) -> list[str]:
    """Return who does it, right before each place where a text has a pledge of this kind."""
    found = (_DOER.search(text[: match.start()]) for match in kind.held.finditer(text))
    return [doer["who"] for doer in found if doer]
