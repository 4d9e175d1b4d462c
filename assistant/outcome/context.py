"""What the words around a sentence say of it: what it is about, and what its promise leans on."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.outcome.call import Call, Sentence
from assistant.outcome.clauses import invites_us, offer_kind
from assistant.outcome.step import EVENT, Step
from assistant.outcome.times import Time, times, without_times
from assistant.outcome.words import pattern

_BACK = 10  # sentences in which what is talked about was named
_NEAR = 3  # sentences, or steps, that are still in mind
_AROUND_A_TIME = frozenset({"by", "on", "at", "the", "for", "is", "would", "be", "better", "best"})
_GATHERS = pattern("steps.gathers", whole=True)


def subject_of(call: Call, steps: Sequence[Step], now: Sentence) -> Sentence | None:
    """Return the sentence that last named what is being agreed on, None where none did."""
    near = call.sentences[max(0, now.place - _BACK) : now.place]
    named = [sentence for sentence in near if EVENT.search(sentence.text)]
    undertaken = [
        call.sentences[step.named_by.place]
        for step in steps[-_NEAR:]
        if step.side != "seller" and step.is_specific and now.place - step.said.place <= _BACK
    ]
    return max([*named, *undertaken], key=lambda sentence: sentence.place, default=None)


def leant_on(call: Call, now: Sentence) -> tuple[Time, ...]:
    """Return the time of what they have just said that a promise without one leans on.

    It is when we are bidden ("Bring it on Monday"), or when others meet ("They meet on the 9th").
    """
    if bidden := bidding(call, now):
        return times(bidden.text, call.held_on)
    near = call.sentences[max(0, now.place - _NEAR) : now.place]
    said = (s for s in reversed(near) if s.side == now.side and _GATHERS.search(s.text))
    return next((found for s in said if (found := times(s.text, call.held_on))), ())


def bidding(call: Call, now: Sentence) -> Sentence | None:
    """Return what the same speaker has just bidden us to do by a time, None where they have not.

    A time that stands alone in front bids as well: "Saturday. I'll do a double batch".
    """
    near = call.sentences[max(0, now.place - _NEAR) : now.place]
    same = (
        s
        for s in reversed(near)
        if s.turn == now.turn and (invites_us(s.text) or _is_only_a_time(s.text, call))
    )
    return next((s for s in same if times(s.text, call.held_on)), None)


def _is_only_a_time(text: str, call: Call) -> bool:
    rest = without_times(text, call.held_on).lower().strip(" .,!").split()
    return set(rest) <= _AROUND_A_TIME


def answered(call: Call, now: Sentence) -> Sentence | None:
    """Return what of ours a sentence of theirs may speak of as "it"."""
    near = call.sentences[max(0, now.place - _NEAR) : now.place]
    return next((s for s in reversed(near) if s.side == "seller"), None)


def named_day(call: Call, now: Sentence, found: Sequence[Time]) -> Sentence | None:
    """Return what our side has just said of the same day, None where it has not named it."""
    days = {time.due for time in found}
    near = call.sentences[max(0, now.place - _NEAR - 1) : now.place]
    return next(
        (
            s
            for s in reversed(near)
            if s.side == "seller"
            and offer_kind(s.text, has_time=True, at_end=True) != "ours"
            and days & {time.due for time in times(s.text, call.held_on)}
        ),
        None,
    )


def is_named_by(call: Call, step: Step, sentence: Sentence) -> bool:
    """Tell whether a sentence names a step by its day or by what it is: "forget Thursday"."""
    days = {time.due for time in times(sentence.text, call.held_on)}
    events = {match[0].lower() for match in EVENT.finditer(sentence.text)}
    return step.when in days or any(
        event in f"{step.action} {step.subject}".lower() for event in events
    )


def may_be_our_offer(sentence: Sentence) -> bool:
    """Take a question for ours where nobody is named: mostly it is our side that proposes."""
    return sentence.side == "unknown" and sentence.text.rstrip().endswith("?")
