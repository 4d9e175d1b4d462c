"""Objections that were raised, and whether the answer was the approved one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.brief import Anticipated, Gap
from assistant.checks.wording import share, stems
from assistant.debrief import ObjectionRaised
from assistant.knowledge.card import Objection
from assistant.outcome.call import Call, Sentence
from assistant.outcome.words import pattern
from assistant.research import cues
from assistant.retrieval import Hit
from assistant.text.words import plain

_CLEAR = 3.0  # one plain cue of a concern; less is any "if"
_LEAST = 4  # words
_SAME = 0.4  # share of an objection's words by which it is one that the brief foresaw
_APPROVED = 0.35  # share of our answer's words that the approved response must have
_WAITS = 2  # turns in which an answer can come; a question of ours gives it two more
_SAYS = pattern("objections.says", whole=True)

Find = Callable[[str], tuple[Hit, ...]]
"""Return the approved responses to what was said, best first."""


def objections_of(
    call: Call, foreseen: Sequence[Anticipated], find: Find | None = None
) -> tuple[ObjectionRaised, ...]:
    """Return what they objected to, in order, each with how it was answered.

    `foreseen` are the objections that the brief brought approved responses for; what is none of
    them is looked up with `find`. Approved: our answer has the words of that response. Improvised:
    it has others, or no response was at hand. Not: we said nothing to it, or only asked.
    """
    return tuple(_judge(sentence, call, foreseen, find) for sentence in _raised(call))


def gaps_of(objections: Sequence[ObjectionRaised]) -> tuple[Gap, ...]:
    """Return the objections for which there is no approved response."""
    return tuple(
        Gap(kind="objection", need=objection.said) for objection in objections if not objection.card
    )


def _raised(call: Call) -> Iterator[Sentence]:
    for sentence in call.sentences:
        is_clear = cues.kind_of(sentence.text) == "concern"
        is_clear = is_clear and cues.score(sentence.text, "concern") >= _CLEAR
        is_said = len(sentence.text.split()) >= _LEAST and _SAYS.search(plain(sentence.text))
        if sentence.side == "customer" and is_clear and is_said:
            yield sentence


def _judge(
    sentence: Sentence, call: Call, foreseen: Sequence[Anticipated], find: Find | None
) -> ObjectionRaised:
    card, approved = _response(sentence.text, foreseen, find)
    answer = stems(*_answer(sentence, call))
    is_approved = bool(card) and share(answer, approved) >= _APPROVED
    return ObjectionRaised(
        said=sentence.text,
        at=sentence.at,
        card=card,
        answered="not" if not answer else "approved" if is_approved else "improvised",
    )


def _response(
    said: str, foreseen: Sequence[Anticipated], find: Find | None
) -> tuple[str, frozenset[str]]:
    """Return the id and the words of the approved response to an objection, "" where none is."""
    known = [one for one in foreseen if one.card and _likeness(stems(said), one) >= _SAME]
    if known:
        best = max(known, key=lambda one: _likeness(stems(said), one))
        return best.card or "", stems(best.respond, best.proof, best.clarify, best.check)
    for hit in find(said) if find else ():
        if isinstance(hit.card, Objection):
            card = hit.card
            return card.id, stems(card.respond, card.proof, card.clarify, card.check)
    return "", frozenset()


def _likeness(said: frozenset[str], one: Anticipated) -> float:
    foreseen = stems(one.they_say)
    return min(share(said, foreseen), share(foreseen, said)) if said & foreseen else 0.0


def _answer(sentence: Sentence, call: Call) -> Iterator[str]:
    """Yield what our side states in the turns right behind an objection; questions are none.

    Who asks back first, as the method has it, answers after what they say to that.
    """
    last = sentence.turn + _WAITS
    has_asked = False
    for other in call.sentences[sentence.place + 1 :]:
        if other.turn > last:
            return
        if other.side != "seller":
            continue
        if not other.text.rstrip().endswith("?"):
            yield other.text
        elif not has_asked:
            has_asked, last = True, other.turn + _WAITS
