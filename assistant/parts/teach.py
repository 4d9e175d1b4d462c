"""Insights brought to this prospect: the approved claim, why them, and a question."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assistant.brief import Claim, Teach, TeachPoint
from assistant.checks.teach import check_teach
from assistant.dossier import Fact
from assistant.evidence import MEETING
from assistant.knowledge.card import Insight
from assistant.parts.objectives import slots
from assistant.parts.phrases import recalled
from assistant.parts.recipe import Recipe, Wording, citable, one_of, serving, several, shape, text
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan
from assistant.retrieval import Hit


def compose_teach(plan: Plan, wording: Wording) -> Teach:
    """Say each chosen insight as its card has it, tied to a fact of theirs."""
    serves = serving(slots(plan), "customer")[:1]
    points = (
        _point(hit, fact, serves, plan, wording)
        for hit in plan.teach
        if (fact := _their_fact(hit, plan)) is not None
    )
    return Teach(points=tuple(points))


def _their_fact(hit: Hit, plan: Plan) -> Fact | None:
    """Return the fact that a card was found for; one that may not be spoken of does not count."""
    facts = plan.evidence.facts
    found = [facts[e] for e in hit.evidence if e in facts and facts[e].voice != "internal"]
    chosen = [problem.fact for problem in plan.problems]
    return next((fact for fact in found if fact in chosen), next(iter(found), None))


def _point(
    hit: Hit, fact: Fact, serves: tuple[str, ...], plan: Plan, wording: Wording
) -> TeachPoint:
    card = hit.card
    assert isinstance(card, Insight)  # retrieval keeps kinds apart
    understood = wording.understood.get(fact.id)
    return TeachPoint(
        card=card.id,
        point=Claim(text=f"{card.claim} {card.evidence}", origin="card", evidence=(card.id,)),
        why_them=Claim(
            text=f"I understand that {understood}." if understood else recalled(fact, plan.dossier),
            origin="notes",
            evidence=(fact.id, MEETING),
        ),
        ask=card.ask,
        serves=serves,
    )


def _answer(plan: Plan) -> type[BaseModel]:
    point = shape(
        "TeachPointAnswer",
        card=one_of(hit.card.id for hit in plan.teach),
        point=text(420),
        why_them=text(260),
        why_them_facts=several(one_of(citable(plan)), 1, 2),
        ask=text(240),
    )
    return shape("TeachAnswer", points=several(point, min(1, len(plan.teach)), len(plan.teach)))


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
)
