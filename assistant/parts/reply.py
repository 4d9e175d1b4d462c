"""The reply to one doubt: the card that code found for it, tailored, or word for word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from assistant.brief import Anticipate, Finding
from assistant.checks.anticipate import check_anticipate
from assistant.checks.tailored import check_tailored
from assistant.knowledge.card import Objection, card_text
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.response import approved_response
from assistant.parts.rules import errors, every_statement
from assistant.parts.shown import shown_facts
from assistant.plan import Plan
from assistant.prompts import Prompt, render

_MOST_FACTS = 3
_STEPS = {"clarify": 240, "respond": 600, "proof": 400, "check": 240}  # characters at most


def _card(plan: Plan) -> Objection:
    card = plan.anticipate[0].card
    assert isinstance(card, Objection)  # the plan of a reply holds nothing else
    return card


def _doubt(plan: Plan) -> str:
    """Return the id of the fact that the doubt is: the one that its card was found for."""
    return plan.anticipate[0].evidence[0]


def _compose(plan: Plan, wording: Wording) -> Anticipate:
    del wording  # a response is approved word for word
    return Anticipate(concerns=(approved_response(_card(plan)),))


def _prompt(plan: Plan) -> Prompt:
    blocks = (_companies(plan), shown_facts(plan), _approved(plan), _decided(plan))
    return render("draft_reply", evidence="\n\n".join("\n".join(block) for block in blocks))


def _companies(plan: Plan) -> Iterator[str]:
    yield "# who speaks"
    yield f"Our company: {plan.evidence.profile.company}. Their company: {plan.account}."
    for person in plan.dossier.meeting.participants:
        yield f"- {person.name}, {person.role or 'role unknown'}, {person.side} side"


def _approved(plan: Plan) -> Iterator[str]:
    card = _card(plan)
    yield "# approved cards"
    yield f"## {card.id} ({card.kind})"
    yield card_text(card)


def _decided(plan: Plan) -> Iterator[str]:
    yield "# what is decided"
    yield f"Doubt: {_doubt(plan)}. Response: {_card(plan).id}."


def _answer(plan: Plan) -> type[BaseModel]:
    steps = {step: text(most) for step, most in _STEPS.items()}
    facts = several(one_of(_told(plan)), 0, _MOST_FACTS)
    return shape("ReplyAnswer", facts=facts, **steps)


def _read(answer: Any, plan: Plan) -> Anticipate:  # noqa: ANN401 - made by `_answer`
    """Take the four steps; the card and what they say were never the model's to word."""
    card = _card(plan)
    steps = {step: getattr(answer, step) for step in _STEPS}
    facts = tuple(dict.fromkeys(answer.facts))
    response = approved_response(card, evidence=facts).model_copy(update=steps)
    return Anticipate(concerns=(response,))


def _told(plan: Plan) -> tuple[str, ...]:
    """Return the ids that the words may rest on: a doubt holds nothing that we could say."""
    return tuple(fact_id for fact_id in citable(plan) if fact_id != _doubt(plan))


def _answers(part: Anticipate, plan: Plan) -> tuple[Finding, ...]:
    """Hold the answer to its card, as a whole and by the sentence; no other concern is missed."""
    found = (*check_anticipate(part, plan.evidence), *check_tailored(part, plan.evidence))
    return errors(found)


REPLY = Recipe(
    name="anticipate",
    compose=_compose,
    answer=_answer,
    read=_read,
    checks=(every_statement, _answers),
    max_tokens=700,
    asks=lambda plan: _doubt(plan) in citable(plan),
    prompt=_prompt,
)
