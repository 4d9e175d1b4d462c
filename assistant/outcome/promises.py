"""Which promise of a clause counts: one of theirs, to us, and more than putting it off."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.outcome import phrases
from assistant.outcome.call import Call, Sentence
from assistant.outcome.clauses import Pledge, pledges
from assistant.outcome.context import bidding, subject_of
from assistant.outcome.making import OURSELVES, is_one_of_ours
from assistant.outcome.step import Step, is_specific
from assistant.outcome.times import Time
from assistant.outcome.words import pattern

_IT = pattern("steps.it", whole=True)


def pledge_in(
    call: Call,
    steps: Sequence[Step],
    clause: str,
    sentence: Sentence,
    found: Sequence[Time],
    *,
    asked: bool,
) -> Pledge | None:
    """Return what somebody at the customer promises in a clause, None where nobody does.

    `steps` are those before it, `found` the times that the clause names; `asked` tells that our
    side has just proposed something, so that any promise answers it.
    """
    puts_off = bool(phrases.defers(clause))
    for pledge in pledges(clause):
        if puts_off and not is_specific(pledge.action, call.held_on):
            continue
        if _may_act(pledge, call, sentence) and _is_to_us(
            pledge, call, steps, sentence, found, asked=asked
        ):
            return pledge
    return None


def _may_act(pledge: Pledge, call: Call, sentence: Sentence) -> bool:
    """Tell whether whoever is said to act is theirs; "I" in the seller's notes is ours."""
    if pledge.who.lower() in OURSELVES:
        return not sentence.told or bool(sentence.speaker)
    return not is_one_of_ours(call, pledge.who)


def _is_to_us(
    pledge: Pledge,
    call: Call,
    steps: Sequence[Step],
    sentence: Sentence,
    found: Sequence[Time],
    *,
    asked: bool,
) -> bool:
    if pledge.needs_relation and not pledge.relates_closely:
        return False
    relates = _relates(pledge, call, sentence)
    if pledge.is_possibility or pledge.needs_time:
        return (bool(found) and relates) or (asked and pledge.is_possibility)
    if relates or asked or bidding(call, sentence):
        return True
    return bool(found and _IT.search(pledge.action) and subject_of(call, steps, sentence))


def _relates(pledge: Pledge, call: Call, sentence: Sentence) -> bool:
    """Tell a promise to us from a plan of their own; what "they" will do is mostly one."""
    if not call.is_end(sentence) or pledge.who.lower() == "they":
        return pledge.relates_closely
    return pledge.relates
