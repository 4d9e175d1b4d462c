"""What a capable model is shown: the same text for every part of one brief."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from assistant.evidence import sayable
from assistant.knowledge.card import card_text
from assistant.parts.anticipate import answers_at_hand
from assistant.parts.objectives import slots
from assistant.parts.phrases import day
from assistant.parts.recipe import PLANS_AT_HAND
from assistant.parts.teach import tied
from assistant.plan import Plan


@lru_cache(maxsize=PLANS_AT_HAND)
def show_evidence(plan: Plan) -> str:
    """Return the facts, cards and decisions that a part may rest on, each under its id.

    A model is shown nothing it may not say: internal facts and cards are not in it, nor are lines
    of our notes that nobody is named for, not even for a part that the customer never hears. The
    text is the same for all parts, so that a prefix cache holds it once, and what is in it could
    be worded anywhere.
    """
    blocks = (_meeting(plan), shown_facts(plan), _cards(plan), _decisions(plan))
    return "\n\n".join("\n".join(block) for block in blocks)


def _meeting(plan: Plan) -> Iterator[str]:
    meeting = plan.dossier.meeting
    yield "# meeting"
    yield f"Our company: {plan.evidence.profile.company}. Their company: {plan.account}."
    yield f"Day: {day(plan.meeting_day)}. Minutes: {meeting.minutes}."
    for person in meeting.participants:
        yield f"- {person.name}, {person.role or 'role unknown'}, {person.side} side"


def shown_facts(plan: Plan) -> Iterator[str]:
    """Yield the facts that may be said, a line each under its id and a heading."""
    yield "# facts"
    for fact in sayable(plan.dossier):
        speaker = f", said by {fact.speaker}" if fact.speaker else ""
        yield f"{fact.id} ({fact.kind}, {fact.voice}{speaker}): {fact.quote}"


def _cards(plan: Plan) -> Iterator[str]:
    yield "# approved cards"
    taught = (hit for hit, _ in tied(plan))
    for hit in (*taught, *plan.share, *answers_at_hand(plan)):
        yield f"## {hit.card.id} ({hit.card.kind})"
        yield card_text(hit.card)


def _decisions(plan: Plan) -> Iterator[str]:
    yield "# what is decided"
    settling = plan.settling
    yield f"Stage: {plan.stage}"
    if settling:
        yield f"To settle: {settling.stands}; {settling.decides}; {settling.names}"
    for problem in plan.problems:
        challenge = problem.challenge or "no word for it"
        ahead = ", still to come" if problem.ahead else ""
        yield f"Problem {problem.number}: {problem.fact.id} ({challenge}{ahead})"
    if plan.goal:
        yield f"Their goal: {plan.goal.id}"
    yield f"Next step: {plan.step.action}, {plan.step.minutes} minutes, on {day(plan.step_day)}"
    yield f"It needs: {', '.join(plan.step.needs) or 'nothing'}"
    yield f"Smaller fallback: {plan.fallback.action}"
    yield f"Fit: {plan.fit.verdict}"
    for slot in slots(plan):
        yield f"{slot.id} ({slot.side}): {slot.statement} Measure: {slot.measure}"
