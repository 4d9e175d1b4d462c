"""What they may ask or doubt, each with the approved response or shown as a gap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from assistant.brief import Anticipate, Anticipated
from assistant.dossier import Fact
from assistant.evidence import MEETING
from assistant.knowledge.card import Objection
from assistant.parts.recall import noted
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import every_statement
from assistant.plan import MOST_CONCERNS, Plan
from assistant.retrieval import Hit

_CLARIFY = (
    "What lies behind that for you, and what would you need to see?",
    "What would have to be true for this to be settled for you?",
)


def compose_anticipate(plan: Plan, wording: Wording) -> Anticipate:
    """Answer with the cards' own four steps, what they have voiced first.

    A prospect who does not fit is answered where they asked, and nothing is prepared beyond it.
    """
    del wording  # a response is approved word for word
    voiced = _voiced(plan)
    usual = _usual(plan) if plan.fit.verdict != "no" else ()
    return Anticipate(concerns=tuple([*voiced, *usual][:MOST_CONCERNS]))


def _voiced(plan: Plan) -> list[Anticipated]:
    answered = {e: hit for hit in reversed(plan.anticipate) for e in hit.evidence}
    told: list[Anticipated] = []
    seen: set[str] = set()
    for fact in plan.concerns:
        hit = answered.get(fact.id)
        if hit is None or hit.card.id not in seen:
            told.append(_response(hit, fact) if hit else _unanswered(fact, len(told)))
            if hit:
                seen.add(hit.card.id)
    beyond = [concern for concern in told if not concern.card][len(_CLARIFY) :]
    return [concern for concern in told if concern not in beyond]


def _usual(plan: Plan) -> Iterator[Anticipated]:
    """Yield what people in these roles usually ask, beyond what was voiced."""
    voiced = {fact.id for fact in plan.concerns}
    for hit in plan.anticipate:
        if not voiced & set(hit.evidence):
            yield _response(hit, None)


def _response(hit: Hit, fact: Fact | None) -> Anticipated:
    card = hit.card
    assert isinstance(card, Objection)  # retrieval keeps kinds apart
    return Anticipated(
        they_say=noted(fact) if fact else card.they_say[0],
        kind=card.concern,
        card=card.id,
        clarify=card.clarify,
        respond=card.respond,
        proof=card.proof,
        check=card.check,
        evidence=(card.id, fact.id) if fact else (card.id,),
    )


def _unanswered(fact: Fact, place: int) -> Anticipated:
    return Anticipated(
        they_say=noted(fact),
        kind="concern",
        card="",
        clarify=_CLARIFY[place % len(_CLARIFY)],
        evidence=(fact.id,),
    )


def _answer(plan: Plan) -> type[BaseModel]:
    concern = shape(
        "ConcernAnswer",
        card=one_of(hit.card.id for hit in plan.anticipate),
        they_say=text(240),
        facts=several(one_of(citable(plan)), 0, 1),
        clarify=text(240),
        respond=text(480),
        proof=text(320),
        check=text(200),
    )
    most = min(MOST_CONCERNS, len(plan.anticipate))
    return shape("AnticipateAnswer", concerns=several(concern, min(1, most), most))


def _read(answer: Any, plan: Plan) -> Anticipate:  # noqa: ANN401 - made by `_answer`
    """Take the model's tailoring; what was voiced and has no card is added by code."""
    cards = plan.evidence.cards
    told = [
        Anticipated(
            they_say=concern.they_say,
            kind=_kind(cards[concern.card]),
            card=concern.card,
            clarify=concern.clarify,
            respond=concern.respond,
            proof=concern.proof,
            check=concern.check,
            evidence=(concern.card, *concern.facts, MEETING),
        )
        for concern in answer.concerns
    ]
    open_ones = [concern for concern in _voiced(plan) if not concern.card]
    return Anticipate(concerns=tuple([*told, *open_ones][:MOST_CONCERNS]))


def _kind(card: object) -> Any:  # noqa: ANN401 - one of the card's three concerns
    return card.concern if isinstance(card, Objection) else "concern"


ANTICIPATE = Recipe(
    name="anticipate",
    compose=compose_anticipate,
    answer=_answer,
    read=_read,
    checks=(every_statement,),
    max_tokens=1600,
)
