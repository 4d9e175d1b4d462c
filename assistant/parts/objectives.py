"""SMART objectives for both sides; the seller's first is what the customer will do."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from assistant.brief import Objective, Objectives
from assistant.checks.objectives import check_objectives
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.phrases import day, quoted
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
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


def slots(plan: Plan) -> tuple[Objective, ...]:
    """Return the composed objectives, whose ids and sides every other part refers to."""
    return compose_objectives(plan, Wording()).objectives


def _for_a_prospect(plan: Plan) -> tuple[Objective, ...]:
    first = plan.problems[0] if plan.problems else None
    made = [
        _objective(
            plan,
            "seller",
            f"{plan.lead} agrees to {plan.step.action} on {day(plan.step_day)}.",
            "The day, and who of theirs takes part, are agreed before the call ends.",
            fallback=f"{plan.lead} agrees to {plan.fallback.action}.",
        )
    ]
    if first:
        name = first.challenge or "the first problem"
        made.append(
            _objective(
                plan,
                "customer",
                f"{plan.lead} decides whether to work on {name} with us.",
                "They say yes or no, and what would have to be true for a yes.",
                evidence=(first.fact.id,),
            )
        )
        made.append(_what_we_learn(plan, first, name))
    else:
        made.append(
            _objective(
                plan,
                "customer",
                f"{plan.lead} decides whether there is a problem worth working on with us.",
                "They name the problem they put first, or say that there is none.",
            )
        )
    if plan.goal:
        made.append(
            _objective(
                plan,
                "customer",
                f"{plan.lead} names the first result that would count towards this goal: "
                f"{quoted(plan.goal)}.",
                "They have said which figure they will look at, and when.",
                evidence=(plan.goal.id,),
            )
        )
    return tuple(made)


def _what_we_learn(plan: Plan, first: Problem, name: str) -> Objective:
    """Ask for the figure; where they gave one already, for the people it depends on."""
    if re.search(r"\d", first.fact.quote):
        return _objective(
            plan,
            "seller",
            f"{plan.lead} names who must act and who must agree before {name} can change.",
            "We have a name or a role for each, said by them.",
            evidence=(first.fact.id,),
        )
    return _objective(
        plan,
        "seller",
        f"{plan.lead} puts a figure on {name}: money, hours or trucks.",
        "We have written down a number with its unit, in their words.",
        evidence=(first.fact.id,),
    )


def _for_a_misfit(plan: Plan) -> tuple[Objective, ...]:
    reasons = misfits(plan)
    facts = tuple(dict.fromkeys(e for reason in reasons for e in reason.evidence))[:3]
    what = (
        reasons[0].name[:1].lower() + reasons[0].name[1:] if reasons else "what we need to be true"
    )
    return (
        _objective(
            plan,
            "seller",
            f"{plan.lead} confirms yes or no: “{what}”.",
            "A clear yes or no has been said, and we have written it down.",
            fallback=f"{plan.lead} names the person who can say so.",
            evidence=facts,
        ),
        _objective(
            plan,
            "customer",
            f"{plan.lead} decides with us whether to go on or to stop here.",
            "Both sides have said go on or stop, and why.",
            evidence=facts,
        ),
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
            "statement": statement,
            "measure": measure,
            "due": plan.meeting_day,
            "fallback": fallback,
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
