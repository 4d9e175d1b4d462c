"""A step from the words that make it: who acts, what they do, by when, and what leaves it open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dossier import Side
from assistant.outcome import phrases
from assistant.outcome.call import Call, Sentence
from assistant.outcome.clauses import people_in
from assistant.outcome.step import Step
from assistant.outcome.times import Time
from assistant.text.names import names
from assistant.text.roles import roles

_HIM = re.compile(r"\b(?:him|her(?=\s*(?:[.,;!?]|$)|\s+(?:to|on|in|at|by|and|about|for|if)\b))\b")
OURSELVES = frozenset(  # as whoever speaks calls their own side
    {
        "me",
        "us",
        "i",
        "we",
        "ich",
        "wir",
        "i'm",
        "we're",
        "i am",
        "we are",
        "both of us",
        "you",
        "i'd be",
    }
    | {"we'd be", "i would be", "we would be"}
)


def make_step(
    call: Call,
    sentence: Sentence,
    clause: str,
    *,
    action: str,
    time: Time | None,
    who: str = "I",
    named: str = "",
    condition: str = "",
    side: Side | None = None,
) -> Step:
    """Return the step that a clause of a sentence makes.

    `who` is the actor as the clause says it, `named` the words in which others are named beside
    them, `condition` one that was set elsewhere. Hedges and conditions of the clause itself count.
    """
    acts = side or ("customer" if sentence.told else sentence.side)
    set_here = phrases.condition(clause) or condition
    return Step(
        side=acts,
        actors=_actors(call, sentence, who, named or clause, acts),
        action=_naming(call, sentence, unaddressed(call, action)),
        when=time.due if time else None,
        said=sentence.as_said,
        is_coarse=bool(time and time.is_coarse),
        hedge=phrases.hedge(clause),
        condition="" if phrases.is_ours_to_fulfil(set_here) else set_here,
    )


def unaddressed(call: Call, text: str) -> str:
    """Return words without the names of speakers who are only addressed: "Thursday, Dana?"."""
    called = {part for name in call.sides.by_speaker for part in (name, *name.split()[:1])}
    names = "|".join(map(re.escape, sorted(called, key=len, reverse=True))) or r"(?!)"
    return re.sub(rf"(?:^|,)\s*(?:{names})(?=\s*(?:[,.?!]|$))", "", text).strip()


def is_one_of_ours(call: Call, who: str) -> bool:
    """Tell whether somebody who is named is one of our people in the call."""
    ours = {part for name in call.sides.names("seller") for part in name.split()}
    return any(part in ours for part in who.split())


def last(found: Sequence[Time]) -> Time | None:
    """Return the last of the times that words name: "not Monday, Tuesday"."""
    return found[-1] if found else None


def _actors(call: Call, sentence: Sentence, who: str, named: str, side: Side) -> tuple[str, ...]:
    ours = call.sides.names("seller")
    if side == "seller":
        return (sentence.speaker,) if sentence.speaker in ours else ours[:1]
    first = [_actor(call, sentence, one) for one in who.split(" and ")]
    others = people_in(named, tuple(call.sides.by_speaker))
    actors = [*sorted(first, key=sentence.speaker.__ne__), *(o for o in others if o not in first)]
    return tuple(dict.fromkeys(actor for actor in actors if actor and actor not in ours))


def _actor(call: Call, sentence: Sentence, who: str) -> str:
    """Return the speaker whom a word for one stands for, else the word."""
    named = sentence.speaker if who.lower() in OURSELVES else who
    if who.lower() in {"he", "she"}:
        named = _meant(call, sentence) or who
    return next((s for s in call.sides.by_speaker if named in s.split()), named)


def _naming(call: Call, sentence: Sentence, action: str) -> str:
    """Return an action with the name of whom "him" stands for, where one was named."""
    if not _HIM.search(action):
        return action
    return _HIM.sub(lambda found: _meant(call, sentence) or found[0], action)


def _meant(call: Call, sentence: Sentence) -> str:
    """Return whom "she" stands for: the person or the role that was named last, "" for nobody."""
    near = call.sentences[max(0, sentence.place - 2) : sentence.place + 1]
    for said in reversed([s for s in near if s.side == sentence.side]):
        found = [(n.start, n.text) for n in names(said.text)]
        found += [(r.start, f"their {r.text}") for r in roles(said.text)]
        if found:
            return max(found)[1]
    return ""
