"""Insights brought to this prospect: the approved claim, why them, and a question."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from assistant.brief import Claim, Teach, TeachPoint
from assistant.checks.teach import check_teach
from assistant.dossier import Fact
from assistant.evidence import MEETING, sayable
from assistant.knowledge.card import Insight
from assistant.parts.objectives import slots
from assistant.parts.recall import recalled
from assistant.parts.recipe import (
    PLANS_AT_HAND,
    Recipe,
    Wording,
    citable,
    one_of,
    serving,
    several,
    shape,
    text,
)
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan, hooks_for
from assistant.retrieval import Hit
from assistant.retrieval.hooks import Hook


def compose_teach(plan: Plan, wording: Wording) -> Teach:
    """Say each chosen insight as its card has it, tied to a fact of theirs."""
    del wording  # what is taught is approved as it stands
    serves = serving(slots(plan), "customer")[:1]
    return Teach(points=tuple(_point(hit, fact, serves, plan) for hit, fact in tied(plan)))


@lru_cache(maxsize=PLANS_AT_HAND)
def tied(plan: Plan) -> tuple[Hook, ...]:
    """Return the insights to bring, each with the fact of theirs that it is brought up with.

    No fact serves twice, and one that may not be spoken of does not count: an insight that has
    none left is not taught.
    """
    return hooks_for(plan.teach, sayable(plan.dossier), plan.problems)


def _point(hit: Hit, fact: Fact, serves: tuple[str, ...], plan: Plan) -> TeachPoint:
    card = hit.card
    assert isinstance(card, Insight)  # retrieval keeps kinds apart
    return TeachPoint(
        card=card.id,
        point=Claim(text=f"{card.claim} {card.evidence}", origin="card", evidence=(card.id,)),
        why_them=Claim(
            text=recalled(fact, plan.dossier),
            origin="notes",
            evidence=(fact.id, MEETING),
        ),
        ask=card.ask,
        serves=serves,
    )


def _answer(plan: Plan) -> type[BaseModel]:
    point = shape(
        "TeachPointAnswer",
        card=one_of(hit.card.id for hit, _ in tied(plan)),
        point=text(420),
        why_them=text(260),
        why_them_facts=several(one_of(citable(plan)), 1, 2),
        ask=text(240),
    )
    return shape("TeachAnswer", points=several(point, 1, len(tied(plan))))


def _read(answer: Any, plan: Plan) -> Teach:  # noqa: ANN401 - made by `_answer`
    serves = serving(slots(plan), "customer")[:1]
    return Teach(
        points=tuple(
            TeachPoint(
                card=point.card,
                point=Claim(text=point.point, origin="card", evidence=(point.card,)),
                why_them=Claim(
                    text=point.why_them,
                    origin="notes",
                    evidence=(*point.why_them_facts, MEETING),
                ),
                ask=point.ask,
                serves=serves,
            )
            for point in answer.points
        )
    )


TEACH = Recipe(
    name="teach",
    compose=compose_teach,
    answer=_answer,
    read=_read,
    checks=(every_statement, checked(check_teach)),
    asks=lambda plan: bool(tied(plan)),
)
