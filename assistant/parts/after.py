"""How to judge the call when it is over."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from assistant.brief import After
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.objectives import misfits
from assistant.parts.people import lead
from assistant.parts.phrases import day
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import every_statement
from assistant.plan import Plan, summary_day

_OURS = (MEETING, PROFILE, SCHEDULE)


def compose_after(plan: Plan, wording: Wording) -> After:
    """Say what each outcome would look like in this very call."""
    last = max(plan.step_day, summary_day(plan.meeting_day))
    del wording  # an outcome is judged by deeds, not by words
    return After(
        outcome_tests=(
            _advance(plan),
            f"Continuation: kind words and no day; {_instead(plan)}.",
            f"Halt: a clear no, or nobody who can decide. {_when_over(plan)}",
            f"Disqualified: {_disqualifier(plan)}",
        ),
        questions=(
            "Which objectives were met, and which words of theirs show it?",
            "What did we learn that changes the plan, and what did they learn?",
            f"What did each side undertake to do by {day(last)}?",
        ),
        evidence=_OURS,
    )


def _advance(plan: Plan) -> str:
    if plan.stops:
        return f"Advance: {lead(plan)} has named what we missed, and a day to look at it."
    return f"Advance: {lead(plan)} has agreed to {plan.step.action}, with a day and people."


def _when_over(plan: Plan) -> str:
    closed = " and close the opportunity" if plan.fit.verdict == "no" else ""
    return f"Write down the reason{closed}."


def _instead(plan: Plan) -> str:
    if plan.fit.verdict == "no":
        return "then stop, and say so"
    least = "the person who can agree to it" if plan.asks_for_least else plan.fallback.action
    return f"then ask for {least}"


def _disqualifier(plan: Plan) -> str:
    """Say what would rule them out: what seems to already, else what they must be or not be.

    After the first stage that is only asked of what is still unknown.
    """
    states = {"unknown", "met"} if plan.is_first_stage else {"unknown"}
    needs = ("required", "disqualifier")
    ruling = sorted(
        (c for c in plan.fit.criteria if c.need in needs and c.state in states),
        key=lambda c: c.need != "required",
    )
    for criterion in (*misfits(plan), *ruling):
        negated = "" if criterion.need == "disqualifier" else "not "
        return f"“{criterion.name}” turns out {negated}to hold for them."
    return "what they need turns out to be something that we do not do."


def _answer(plan: Plan) -> type[BaseModel]:
    facts = several(one_of(citable(plan)), 0, 3)
    return shape("AfterAnswer", questions=several(text(200), 2, 4), facts=facts)


def _read(answer: Any, plan: Plan) -> After:  # noqa: ANN401 - made by `_answer`
    """Take the model's questions; the tests of an outcome are the method's."""
    composed = compose_after(plan, Wording())
    return composed.model_copy(
        update={
            "questions": tuple(answer.questions),
            "evidence": (*answer.facts, *composed.evidence),
        }
    )


AFTER = Recipe(
    name="after",
    compose=compose_after,
    answer=_answer,
    read=_read,
    checks=(every_statement,),
    max_tokens=400,
)
