"""SMART objectives for both sides; the seller's first is what the customer will do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from assistant.brief import Objective, Objectives
from assistant.checks.objectives import check_objectives
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.figures import telling_figures
from assistant.parts.people import lead
from assistant.parts.phrases import begun, day
from assistant.parts.recall import own_words
from assistant.parts.recipe import (
    PLANS_AT_HAND,
    Recipe,
    Wording,
    citable,
    one_of,
    several,
    shape,
    text,
)
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan, Problem

_OURS = (MEETING, PROFILE, SCHEDULE)


def compose_objectives(plan: Plan, wording: Wording) -> Objectives:
    """Build the objectives from the next step, the first problem and the goal."""
    del wording  # objectives say who does what; a small model swaps people
    made = _for_a_misfit(plan) if plan.fit.verdict == "no" else _for_a_prospect(plan)
    return Objectives(
        objectives=tuple(
            objective.model_copy(update={"id": f"O{number}"})
            for number, objective in enumerate(made, start=1)
        )
    )


@lru_cache(maxsize=PLANS_AT_HAND)
def slots(plan: Plan) -> tuple[Objective, ...]:
    """Return the composed objectives, whose ids and sides every other part refers to."""
    return compose_objectives(plan, Wording()).objectives


def _for_a_prospect(plan: Plan) -> Iterator[Objective]:
    first = plan.problems[0] if plan.problems else None
    who = lead(plan)
    yield _objective(
        plan,
        "seller",
        f"{who} agrees to {plan.step.action} on {day(plan.step_day)}.",
        "The day, and who of theirs takes part, are agreed before the call ends.",
        fallback=(
            f"{who} names the person who can agree to it."
            if plan.asks_for_least
            else f"{who} agrees to {plan.fallback.action}."
        ),
    )
    yield _what_they_decide(plan, first)
    if plan.settling:
        yield _who_must_agree(plan, plan.settling.names)
    elif first:
        yield _what_we_learn(plan, first)
    if plan.goal:
        yield _objective(
            plan,
            "customer",
            f"{who} names the first result that would count towards this goal: "
            f"{own_words(plan.goal)}.",
            "They have said which figure they will look at, and when.",
            evidence=(plan.goal.id,),
        )


def _what_they_decide(plan: Plan, first: Problem | None) -> Objective:
    if plan.settling:
        return _objective(
            plan,
            "customer",
            f"{lead(plan)} decides {plan.settling.decides}.",
            plan.settling.decided,
        )
    if first is None:
        return _objective(
            plan,
            "customer",
            f"{lead(plan)} decides whether there is a problem worth working on with us.",
            "They name the problem they put first, or say that there is none.",
        )
    what = f"work on this with us: {own_words(first.fact)}"
    if first.challenge:
        what = f"tackle {first.challenge} with us"
    return _objective(
        plan,
        "customer",
        f"{lead(plan)} decides whether to {what}.",
        "They say yes or no, and what would have to be true for a yes.",
        evidence=(first.fact.id,),
    )


def _what_we_learn(plan: Plan, first: Problem) -> Objective:
    """Ask for the figure; where they gave one already, for the people it depends on."""
    change = f"they can tackle {first.challenge}" if first.challenge else "that can change"
    if telling_figures(first.fact.quote):
        who = f"who must act and who must agree before {change}"
        return _who_must_agree(plan, who, first.fact.id)
    return _objective(
        plan,
        "seller",
        f"{lead(plan)} puts a figure, in money or hours, on this: {own_words(first.fact)}.",
        "We have written down a number with its unit, in their words.",
        evidence=(first.fact.id,),
    )


def _who_must_agree(plan: Plan, who: str, *evidence: str) -> Objective:
    return _objective(
        plan,
        "seller",
        f"{lead(plan)} names {who}.",
        "We have a name or a role for each, said by them.",
        evidence=evidence,
    )


def _for_a_misfit(plan: Plan) -> Iterator[Objective]:
    reason = misfits(plan)[0]
    yield _objective(
        plan,
        "seller",
        f"{lead(plan)} confirms that this is not for {plan.account}, or names what we missed.",
        "A clear yes or no has been said, and we have written it down.",
        fallback=f"{lead(plan)} names the person who can say so.",
        evidence=reason.evidence[:3],
    )
    yield _objective(
        plan,
        "customer",
        f"{lead(plan)} decides with us whether to go on or to stop here.",
        "Both sides have said go on or stop, and why.",
        evidence=reason.evidence[:3],
    )


def misfits(plan: Plan) -> tuple[Any, ...]:
    """Return the criteria that speak against this prospect, disqualifiers first."""
    against = [
        c
        for c in plan.fit.criteria
        if (c.need == "disqualifier" and c.state == "met")
        or (c.need == "required" and c.state == "missed")
    ]
    return tuple(sorted(against, key=lambda c: c.need != "disqualifier"))


def _objective(
    plan: Plan,
    side: str,
    statement: str,
    measure: str,
    *,
    fallback: str = "",
    evidence: tuple[str, ...] = (),
) -> Objective:
    return Objective.model_validate(
        {
            "id": "O0",
            "side": side,
            "statement": begun(statement),
            "measure": measure,
            "due": plan.meeting_day,
            "fallback": begun(fallback),
            "evidence": (*evidence, *_OURS),
        }
    )


def _answer(plan: Plan) -> type[BaseModel]:
    fact = one_of(citable(plan))
    objective = shape(
        "ObjectiveAnswer",
        id=one_of(slot.id for slot in slots(plan)),
        statement=text(240),
        measure=text(200),
        fallback=text(200) | None,
        facts=several(fact, 0, 3),
    )
    count = len(slots(plan))
    return shape("ObjectivesAnswer", objectives=several(objective, count, count))


def _read(answer: Any, plan: Plan) -> Objectives:  # noqa: ANN401 - made by `_answer`
    written = {objective.id: objective for objective in answer.objectives}
    return Objectives(
        objectives=tuple(
            slot.model_copy(
                update={
                    "statement": written[slot.id].statement,
                    "measure": written[slot.id].measure,
                    "fallback": written[slot.id].fallback or "",
                    "evidence": (*written[slot.id].facts, *_OURS),
                }
            )
            for slot in slots(plan)
            if slot.id in written
        )
    )


OBJECTIVES = Recipe(
    name="objectives",
    compose=compose_objectives,
    answer=_answer,
    read=_read,
    checks=(every_statement, checked(check_objectives)),
)
