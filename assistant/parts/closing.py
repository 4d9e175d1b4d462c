"""Summary, next step reconfirmed, actions with task, owner and date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from assistant.brief import Action, Closing
from assistant.checks.commitment import check_commitment
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.phrases import day, listed, meeting_of, quoted
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan, ready_day, summary_day

_OURS = (MEETING, PROFILE, SCHEDULE)


def compose_closing(plan: Plan, wording: Wording) -> Closing:
    """Close in the method's words; the actions follow from the next step."""
    del wording  # a commitment is not for a small model to word
    facts = tuple(problem.fact.id for problem in plan.problems[:1])
    return Closing(
        summary_prompts=tuple(_summary(plan)),
        reconfirm_wording=_reconfirm(plan),
        actions=tuple(_actions(plan)),
        evidence=(*facts, *((plan.goal.id,) if plan.goal else ()), *_OURS),
    )


def _summary(plan: Plan) -> Iterator[str]:
    if plan.problems:
        yield (
            f"You came with {quoted(plan.problems[0].fact)}. "
            "What have you seen today that changes how you look at it?"
        )
    else:
        yield "Which problem comes first for you, now that we have talked?"
    yield "Which of your goals for today have we reached, and which are still open?"


def _reconfirm(plan: Plan) -> str:
    if plan.fit.verdict == "no":
        return (
            "We agree that this is not for you today, and we will not follow up unless that "
            "changes. Who else must know that?"
        )
    return (
        f"At the start we said that our next step should be {meeting_of(plan.step)}. "
        f"What must we settle now so that it will happen on {day(plan.step_day)}?"
    )


def _actions(plan: Plan) -> Iterator[Action]:
    ours = plan.sellers[0].name if plan.sellers else plan.evidence.profile.company
    if plan.fit.verdict == "no":
        yield _action(
            plan,
            "confirm in one line that we stop here",
            plan.lead,
            "customer",
            summary_day(plan.meeting_day),
        )
        yield _action(
            plan,
            "close the opportunity with its reason",
            ours,
            "seller",
            summary_day(plan.meeting_day),
        )
        return
    theirs = plan.customers[-1].name if len(plan.customers) > 1 else plan.lead
    yield _action(
        plan,
        f"confirm who takes part in {plan.step.action} on {day(plan.step_day)}",
        plan.lead,
        "customer",
        ready_day(plan.step_day),
    )
    if plan.step.needs:
        yield _action(
            plan, f"send {listed(plan.step.needs)}", theirs, "customer", ready_day(plan.step_day)
        )
    yield _action(
        plan,
        f"send the summary, the actions and the invitation to {plan.step.action}",
        ours,
        "seller",
        summary_day(plan.meeting_day),
    )


def _action(plan: Plan, task: str, owner: str, side: str, due: Any) -> Action:  # noqa: ANN401
    del plan
    return Action.model_validate(
        {"task": task, "owner": owner, "side": side, "due": due, "evidence": _OURS}
    )


def _answer(plan: Plan) -> type[BaseModel]:
    return shape(
        "ClosingAnswer",
        summary_prompts=several(text(240), 1, 3),
        facts=several(one_of(citable(plan)), 0, 3),
    )


def _read(answer: Any, plan: Plan) -> Closing:  # noqa: ANN401 - made by `_answer`
    """Take the model's summary prompts; wording and actions of a commitment stay the method's."""
    composed = compose_closing(plan, Wording())
    return composed.model_copy(
        update={
            "summary_prompts": tuple(answer.summary_prompts),
            "evidence": (*answer.facts, *_OURS),
        }
    )


CLOSING = Recipe(
    name="closing",
    compose=compose_closing,
    answer=_answer,
    read=_read,
    checks=(every_statement, checked(check_commitment)),
)
