"""Objections that were raised, and whether the answer was the approved one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.brief import Anticipated, Gap
from assistant.checks.wording import share, stems
from assistant.debrief import ObjectionRaised
from assistant.outcome.call import Call, Sentence
from assistant.research import cues

_CLEAR = 3.0  # one plain cue of a concern; less is any "if"
_LEAST = 4  # words
_SAME = 0.4  # share of an objection's words by which it is one that the brief foresaw
_APPROVED = 0.35  # share of our answer's words that the approved response must have
_WAITS = 2  # turns in which an answer can come


def objections_of(call: Call, foreseen: Sequence[Anticipated]) -> tuple[ObjectionRaised, ...]:
    """Return what they objected to, in order, each with how it was answered.

    `foreseen` are the objections that the brief brought approved responses for. Approved: our
    answer has the words of that response. Improvised: it has others, or no response was at hand.
    Not: we said nothing to it, or only asked.
    """
    return tuple(_judge(sentence, call, foreseen) for sentence in _raised(call))


def gaps_of(objections: Sequence[ObjectionRaised]) -> tuple[Gap, ...]:
    """Return the objections for which the brief had no approved response."""
    return tuple(
        Gap(kind="objection", need=objection.said) for objection in objections if not objection.card
    )


def _raised(call: Call) -> Iterator[Sentence]:
    for sentence in call.sentences:
        is_clear = cues.kind_of(sentence.text) == "concern"
        is_clear = is_clear and cues.score(sentence.text, "concern") >= _CLEAR
        if sentence.side == "customer" and is_clear and len(sentence.text.split()) >= _LEAST:
            yield sentence


def _judge(sentence: Sentence, call: Call, foreseen: Sequence[Anticipated]) -> ObjectionRaised:
    said = stems(sentence.text)
    known = [one for one in foreseen if one.card]
    best = max(known, key=lambda one: _likeness(said, one), default=None)
    card = best if best and _likeness(said, best) >= _SAME else None
    answer = " ".join(_answer(sentence, call))
    approved = stems(card.respond, card.proof, card.clarify, card.check) if card else frozenset()
    if not answer:
        return ObjectionRaised(
            said=sentence.text, at=sentence.at, card=card.card if card else "", answered="not"
        )
    is_approved = card is not None and share(stems(answer), approved) >= _APPROVED
    return ObjectionRaised(
        said=sentence.text,
        at=sentence.at,
        card=card.card if card else "",
        answered="approved" if is_approved else "improvised",
    )


def _likeness(said: frozenset[str], one: Anticipated) -> float:
    foreseen = stems(one.they_say)
    return min(share(said, foreseen), share(foreseen, said)) if said & foreseen else 0.0


def _answer(sentence: Sentence, call: Call) -> Iterator[str]:
    """Yield what our side states in the turns right behind an objection; questions are none."""
    for other in call.sentences[sentence.place + 1 :]:
        if other.turn - sentence.turn > _WAITS:
            return
        if other.side == "seller" and not other.text.rstrip().endswith("?"):
            yield other.text
