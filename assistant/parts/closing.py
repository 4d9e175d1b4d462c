"""Summary, next step reconfirmed, actions with task, owner and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel

from assistant.brief import Action, Closing
from assistant.checks.commitment import check_commitment
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.opening import proposed, spoken_to
from assistant.parts.people import lead
from assistant.parts.phrases import day, listed, the
from assistant.parts.promised import shares_words, still_needed
from assistant.parts.recall import recalled, spoken_name
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan, ready_day, summary_day
from assistant.roles import same_role

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
    if plan.fit.verdict == "no":
        yield from _summary_of_a_misfit(plan)
        return
    if plan.problems:
        yield (
            f"{recalled(plan.problems[0].fact, plan.dossier)} "
            "What have you heard today that you would check first?"
        )
    else:
        yield "Which problem comes first for you, now that we have talked?"
    yield "Which of your goals for today have we reached, and which are still open?"


def _summary_of_a_misfit(plan: Plan) -> Iterator[str]:
    """Give back what they want, if only to have understood it."""
    aims = (plan.goal, *(problem.fact for problem in plan.problems))
    if aim := next(filter(None, aims), None):
        yield f"{recalled(aim, plan.dossier)} Have I understood that rightly, and what is missing?"
    else:
        yield "What have I understood of what you need, and what have I missed?"
    yield "What kind of help will you look for now?"


def _reconfirm(plan: Plan) -> str:
    if plan.fit.verdict == "no":
        return (
            "So this is not for you today, and that is all right: we leave it there unless you "
            "come back to us. Who else at your place should know?"
        )
    said = spoken_to(plan, "at the start we said that our next step should be")
    return (
        f"{said} {proposed(plan)}. "
        f"What must we settle now so that it will happen on {day(plan.step_day)}?"
    )


def _actions(plan: Plan) -> Iterator[Action]:
    after, ready = summary_day(plan.meeting_day), ready_day(plan.step_day)
    ours = plan.sellers[0].name if plan.sellers else plan.evidence.profile.company
    if plan.fit.verdict == "no":
        said = "say on the call whether this is right, and name who else should know"
        yield _theirs(said, lead(plan), plan.meeting_day)
        thanks = "send a short note that says where we stand, and close the opportunity"
        yield _ours(thanks, ours, after)
        return
    who = f"confirm who takes part in {the(plan.step.action)} on {day(plan.step_day)}"
    yield _theirs(who, lead(plan), ready)
    if needs := still_needed(plan):
        yield _theirs(f"send {listed(needs)}", _who_sends(plan, needs), ready)
    summary = f"send the summary, the actions and the invitation to {the(plan.step.action)}"
    yield _ours(summary, ours, after)


def _theirs(task: str, owner: str, due: date) -> Action:
    return Action(task=task, owner=owner, side="customer", due=due, evidence=_OURS)


def _ours(task: str, owner: str, due: date) -> Action:
    return Action(task=task, owner=owner, side="seller", due=due, evidence=_OURS)


def _who_sends(plan: Plan, needs: Sequence[str]) -> str:
    """Return who most likely has what the next step needs.

    That is who promised it, else whose work it is by role, else the one the step is agreed with.
    """
    for person in plan.customers:
        for fact in plan.dossier.facts:
            promised = fact.kind == "promise" and spoken_name(fact.speaker, (person,))
            if promised and any(shares_words(need, fact.quote) for need in needs):
                return person.name
    for role in plan.fallback.customer_roles:
        for person in plan.customers:
            if same_role(person.role, role):
                return person.name
    return lead(plan)


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
