"""Summary, next step reconfirmed, actions with task, owner and date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from assistant.brief import Action, Closing
from assistant.checks.commitment import check_commitment
from assistant.dossier import Fact
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.opening import proposed, spoken_to
from assistant.parts.people import lead
from assistant.parts.phrases import day, listed, the
from assistant.parts.promised import named_after, spoken_of, still_needed
from assistant.parts.recall import is_theirs_to_hear, recalled, recalled_again, spoken_name
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import checked, every_statement
from assistant.plan import Plan, ready_day, summary_day
from assistant.roles import same_role

_OURS = (MEETING, PROFILE, SCHEDULE)


def compose_closing(plan: Plan, wording: Wording) -> Closing:
    """Close in the method's words; the actions follow from the next step."""
    del wording  # a commitment is not for a small model to word
    told = (*(problem.fact for problem in plan.problems[:1]), _summed_up(plan), plan.goal)
    facts = tuple(dict.fromkeys(fact.id for fact in told if fact))
    return Closing(
        summary_prompts=tuple(_summary(plan)),
        reconfirm_wording=_reconfirm(plan),
        actions=tuple(_actions(plan)),
        evidence=(*facts, *_OURS),
    )


def _summary(plan: Plan) -> Iterator[str]:
    if plan.fit.verdict == "no":
        yield from _summary_of_a_misfit(plan)
        return
    if told := _summed_up(plan):
        again = recalled_again(told, plan.dossier)
        yield f"{again} What have you heard today that you would check first?"
    else:
        yield "Which problem comes first for you, now that we have talked?"
    yield "Which of your goals for today have we reached, and which are still open?"


def _summed_up(plan: Plan) -> Fact | None:
    """Return what of theirs the call ends on: the first problem of somebody who is there.

    Where nobody in the room named one, it is their goal, and a published line only at last.
    """
    problems = [problem.fact for problem in plan.problems]
    told = [*problems, *([plan.goal] if plan.goal else [])]
    heard = (fact for fact in told if is_theirs_to_hear(fact, plan.dossier))
    return next(heard, problems[0] if problems else None)


def _summary_of_a_misfit(plan: Plan) -> Iterator[str]:
    """Give back what they want, and ask where they will look for it now."""
    if plan.goal:
        yield f"{recalled_again(plan.goal, plan.dossier)} Where will you look for that now?"
        return
    help_now = "What kind of help will you look for now?"
    if plan.problems:
        yield f"{recalled(plan.problems[0].fact, plan.dossier)} {help_now}"
    else:
        yield "What have I understood of what you need, and what have I missed?"
        yield help_now


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
        thanks = "send a short note that says where we stand"
        yield _ours(thanks, ours, after)
        return
    who = f"confirm who takes part in {the(plan.step.action)} on {day(plan.step_day)}"
    yield _theirs(who, lead(plan), ready)
    yield from _what_they_send(plan, ready)
    summary = f"send the summary, the actions and the invitation to {the(plan.step.action)}"
    yield _ours(summary, ours, after)


def _theirs(task: str, owner: str, due: date) -> Action:
    return Action(task=task, owner=owner, side="customer", due=due, evidence=_OURS)


def _ours(task: str, owner: str, due: date) -> Action:
    return Action(task=task, owner=owner, side="seller", due=due, evidence=_OURS)


def _what_they_send(plan: Plan, ready: date) -> Iterator[Action]:
    """Ask for what the next step needs: who has it sends it, else it is settled who does.

    A thing that no source speaks of may not be at hand, nor be in the hands of who is there.
    """
    senders = {need: _sender(need, plan) for need in still_needed(plan)}
    for sender in dict.fromkeys(filter(None, senders.values())):
        theirs = [need for need, its in senders.items() if its == sender]
        yield _theirs(f"send {listed(theirs)}", sender, ready)
    if unclaimed := [need for need, sender in senders.items() if not sender]:
        task = f"confirm who sends what the next step needs: {listed(unclaimed)}"
        yield _theirs(task, lead(plan), ready)


def _sender(need: str, plan: Plan) -> str:
    """Return who has to do with a thing that the next step needs, "" where nothing tells.

    That is who spoke of it, else whose role the thing is named after; where it is spoken of
    at all, whose role it is for, else the one the step is agreed with.
    """
    told = spoken_of(need, plan)
    own = [p for p in plan.customers if p.name and told and spoken_name(told.speaker, (p,))]
    own += [p for p in plan.customers if p.name and named_after(need, p.role)]
    if own or told is None:
        return own[0].name if own else ""
    by_role = (
        person.name
        for role in plan.fallback.customer_roles
        for person in plan.customers
        if person.name and same_role(person.role, role)
    )
    return next(by_role, lead(plan))


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
