"""What they doubt, one doubt at a time: a saying that holds two is two, each answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.dossier import Fact, Participant
from assistant.research import cues
from assistant.research.facts import salience
from assistant.retrieval.search import Hit
from assistant.roles import seniority
from assistant.text.dates import dates
from assistant.text.words import sentences

_LEAST = 4  # words of a clause that can be a doubt of its own
_MOST = 6  # clauses; what holds more is a speech, and found sentence by sentence
_AND = r"(?:and|but|plus|also|und|aber|sowie|zudem)"
_OWN_SUBJECT = r"(?:our|my|we|i|nobody|no one|unsere?|meine?|wir|ich|niemand)\b"
_POINTS_BACK = r"(?:it|them|that|daran|damit|dagegen|darüber)\W*(?:[.;!?]|$)"  # "laughed at it"
_THE_SUBJECT = rf"(?:the|der|die|das)\b(?![^.;!?]{{0,90}} {_POINTS_BACK})"
_JOINT = re.compile(
    rf"[,;]\s+(?:{_AND}\s+)+|;\s+|\s+[-–—]\s+(?:{_AND}\s+)?"
    rf"|\s+{_AND}\s+(?={_OWN_SUBJECT}|{_THE_SUBJECT})",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"(?:if |when |until |and |but |so |or |then |wenn |dann |oder )*"
    r"(?:it|they|them|that|this|those|these|he|she|es|sie|er|dies\w*|das (?:ist|kann|war|wird)\b"
    r"|so|then|dann|not|nicht|too|auch"
    r"|by|with|in|at|for|from|to|of|on|without|before|after|von|mit|bei|zu|auf|für|ohne|vor|nach)\b",
    re.IGNORECASE,
)
# Small beside what its words say: they decide between doubts that weigh alike.
_OF_RANK = 0.25  # for each step of seniority of who said it
_OF_A_DATE = 1.5  # a doubt with a date decides when something can happen


class Clause(NamedTuple):
    """A stretch of a text, its end not included."""

    start: int
    end: int


def clauses(text: str) -> tuple[str, ...]:
    """Return the stretches of a text that could be said alone, in their words and order.

    What leans on the words before it ("If it adds clicks …", "and by the works council", "… and
    the carriers laughed at it") stays with them. A long speech is not parted.
    """
    whole: list[Clause] = []
    for piece in _pieces(text):
        words = text[piece.start : piece.end]
        if whole and (leans(words) or _is_short(words) or _is_short(text[slice(*whole[-1])])):
            whole[-1] = Clause(whole[-1].start, piece.end)
        else:
            whole.append(piece)
    if len(whole) > _MOST:
        return (text,)
    return tuple(text[clause.start : clause.end].strip(" ,;") for clause in whole)


def leans(words: str) -> bool:
    """Tell whether words cannot be understood without those before them."""
    return bool(_LEANS.match(words))


def _is_short(words: str) -> bool:
    return len(words.split()) < _LEAST


def _pieces(text: str) -> Iterator[Clause]:
    for sentence in sentences(text):
        start = sentence.start
        for joint in _JOINT.finditer(text, sentence.start, sentence.end):
            yield Clause(start, joint.start())
            start = joint.end()
        yield Clause(start, sentence.end)


def parts_of(fact: Fact) -> tuple[Fact, ...]:
    """Return one fact for each clause of a fact, all with its id and place."""
    return tuple(
        fact.model_copy(update={"text": clause, "quote": clause}) for clause in clauses(fact.quote)
    )


def is_doubt(fact: Fact) -> bool:
    """Tell whether a clause is a doubt by its own words."""
    return cues.score(fact.quote, "concern") > 0


def voiced_doubts(
    facts: Iterable[Fact], hits: Sequence[Hit], people: Sequence[Participant]
) -> tuple[Fact, ...]:
    """Return what they doubt, weightiest first; a saying whose parts have their own answers apart.

    Each is a fact with the words of that doubt alone.
    """
    weighed = sorted(facts, key=lambda fact: weight(fact, people), reverse=True)
    apart = {fact_id for hit in hits for fact_id in hit.words}
    return tuple(
        doubt for fact in weighed for doubt in (parts_of(fact) if fact.id in apart else (fact,))
    )


def answers(hit: Hit, doubt: Fact) -> bool:
    """Tell whether a card was found for a doubt, and where it holds for a part, for this part."""
    return doubt.id in hit.evidence and doubt.quote in hit.words.get(doubt.id, (doubt.quote,))


def weight(fact: Fact, people: Sequence[Participant]) -> float:
    """Return how much hangs on a doubt: its words, who of those expected said it, a date in it."""
    ranks = [seniority(person.role) for person in people if is_called(person, fact.speaker)]
    dated = any(moment.month for mention in dates(fact.quote) for moment in mention.readings)
    return salience(fact) + _OF_RANK * max(ranks, default=0) + _OF_A_DATE * dated


def is_called(person: Participant, name: str) -> bool:
    """Tell whether a source's name for a speaker is somebody's: the whole or a part of theirs."""
    return bool(name) and name.lower() in {person.name.lower(), *person.name.lower().split()}
