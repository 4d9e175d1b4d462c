"""Shared purpose, agenda, and the provisional next step agreed before anything else."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from assistant.brief import AgendaItem, Claim, Finding, NextStep, Opening
from assistant.checks.agenda import check_agenda
from assistant.checks.next_step import check_next_step
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.agenda import agenda, is_sent
from assistant.parts.objectives import slots
from assistant.parts.people import addressed, partners
from assistant.parts.phrases import an, begun, day, listed, spelled_role
from assistant.parts.promised import still_needed
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import every_statement
from assistant.plan import Plan, summary_day

_OURS = (MEETING, PROFILE, SCHEDULE)
_METHOD = "assuming we successfully accomplish these objectives, would it be reasonable to agree"
_ARTICLE = re.compile(r"^an? ", re.IGNORECASE)
_SAYS_LENGTH = re.compile(
    r"\b(?:half|full|whole|one|two|three|\d+)[- ](?:minutes?|hours?|days?)\b", re.IGNORECASE
)


def compose_opening(plan: Plan, wording: Wording) -> Opening:
    """Build the opening in the method's own words."""
    del wording  # the opening makes a promise; its words are the method's
    minutes = plan.dossier.meeting.minutes
    return Opening(
        purpose=_purpose(plan),
        goals_question=(
            f"Before we begin: what would make these {minutes} minutes worth your time?"
        ),
        agenda=agenda(plan),
        next_step=_next_step(plan),
    )


def _purpose(plan: Plan) -> Claim:
    facts = tuple(problem.fact.id for problem in plan.problems[:1])
    if plan.fit.verdict == "no":
        sentence = f"To find out together whether what we do can be of use to {plan.account}."
    elif not plan.is_first_stage:
        open_points = plan.settling.stands if plan.settling else "what is still open between us"
        sentence = (
            f"To settle together {open_points}, and what {plan.account} needs to decide on the "
            "next step."
        )
    elif plan.problems and plan.problems[0].challenge:
        sentence = (
            f"To look together at {plan.problems[0].challenge} at {plan.account}, and to find out "
            "whether working on it with us is worth your while."
        )
    else:
        sentence = (
            f"To find out together which problem at {plan.account} is worth solving first, "
            "and whether we are the right ones to help."
        )
    return Claim(text=sentence, origin="inferred", evidence=(*facts, *_OURS))


def _next_step(plan: Plan) -> NextStep:
    names = tuple(person.name for person in plan.customers if person.name)
    roles = tuple(map(spelled_role, plan.step.customer_roles))
    return NextStep(
        action=plan.step.action,
        customer_actors=names[:3] or roles[:2],
        when=plan.step_day,
        wording=step_wording(plan),
        fallback_wording=_fallback(plan),
        why=_why(plan),
        evidence=(*_condition_evidence(plan), *_OURS),
    )


def _fallback(plan: Plan) -> str:
    if plan.stops:
        return (
            "If we have missed something: what is it, and who of yours could show it to us "
            f"by {day(summary_day(plan.meeting_day))}?"
        )
    if plan.fit.verdict == "no":
        return "If we cannot be of use to you, would it be fair to say so today and to stop here?"
    early = spoken_to(plan, "if that is too early:")
    if plan.asks_for_least:
        return (
            f"{early} whom at {plan.account} could we ask for it, and could you "
            f"bring us together by {day(plan.step_day)}?"
        )
    return (
        f"{early} could we agree on {an(plan.fallback.action)} with {_with(plan)} "
        f"by {day(plan.step_day)}?"
    )


def step_wording(plan: Plan) -> str:
    """Return the provisional next step as it is said at the start, and again at the end."""
    if plan.stops:
        return (
            "Assuming we both find that this is not for you, would it be reasonable to say so "
            "plainly before the call ends, and to leave it at that?"
        )
    condition = ", if we find that we can be of use to you," if plan.fit.verdict == "no" else ""
    return (
        f"{spoken_to(plan, _METHOD)}{condition} that our next step should be to schedule "
        f"{proposed(plan)} with {_with(plan)} on {day(plan.step_day)}?"
    )


def spoken_to(plan: Plan, sentence: str) -> str:
    """Return a sentence as it is said to those with whom the next step is agreed."""
    called = listed(addressed(plan))
    return f"{called}, {sentence}" if called else begun(sentence)


def proposed(plan: Plan) -> str:
    """Return the next step with its length as it is said, where our ladder has one."""
    step = plan.step
    if plan.asked_step or _SAYS_LENGTH.search(step.action):
        return step.action
    if not _ARTICLE.match(step.action):
        return f"{step.minutes} minutes for {step.action}"
    article = "an" if str(step.minutes)[0] == "8" or step.minutes in {11, 18} else "a"
    return _ARTICLE.sub(f"{article} {step.minutes}-minute ", step.action)


def _with(plan: Plan) -> str:
    """Name who takes part: "you" to those who are there, by name who may not be."""
    together = partners(plan)
    if not together:
        return f"your {spelled_role(plan.step.customer_roles[0])}"
    return listed(["you", *(person.name for person in together[1:] if person.attendance)])


def _condition_evidence(plan: Plan) -> tuple[str, ...]:
    return tuple(problem.fact.id for problem in plan.problems[:1])


def _why(plan: Plan) -> Claim:
    costs = listed(("time", *(still_needed(plan) or ("people",))))
    if plan.asked_step:
        sentence = "The next step that you set for this call."
    elif plan.stops:
        sentence = "A clear end: both sides know where they stand, and nobody waits for a call."
    elif plan.fit.verdict == "no":
        sentence = "Only to be asked for if the call shows that we can be of use to them."
    else:
        sentence = f"It is an advance: it costs them {costs}, so a yes means something."
    return Claim(text=sentence, origin="inferred", evidence=_OURS)


def _answer(plan: Plan) -> type[BaseModel]:
    objective = one_of(slot.id for slot in slots(plan))
    item = shape("AgendaAnswer", minutes=int, item=text(120), serves=several(objective, 1, 4))
    return shape(
        "OpeningAnswer",
        purpose=text(260),
        purpose_facts=several(one_of(citable(plan)), 0, 3),
        goals_question=text(220),
        agenda=several(item, 3, 7),
        next_step_why=text(240),
    )


def _read(answer: Any, plan: Plan) -> Opening:  # noqa: ANN401 - made by `_answer`
    """Take the model's words for purpose and agenda; the next step's wording is the method's.

    An agenda that was sent beforehand stands as it was sent, whatever the model would rather do.
    """
    facts = tuple(answer.purpose_facts)
    worded = tuple(
        AgendaItem(minutes=max(1, item.minutes), item=item.item, serves=tuple(item.serves))
        for item in answer.agenda
    )
    return Opening(
        purpose=Claim(text=answer.purpose, origin="inferred", evidence=(*facts, *_OURS)),
        goals_question=answer.goals_question,
        agenda=agenda(plan) if is_sent(plan) else worded,
        next_step=_next_step(plan).model_copy(
            update={
                "why": Claim(
                    text=answer.next_step_why, origin="inferred", evidence=(*facts, *_OURS)
                )
            }
        ),
    )


def _agenda_serves(part: Opening, plan: Plan) -> tuple[Finding, ...]:
    return check_agenda(part, plan.evidence, objective_ids={slot.id for slot in slots(plan)})


def _is_an_advance(part: Opening, plan: Plan) -> tuple[Finding, ...]:
    """Hold the next step to the ladder; to stop is on none, and is decided all the same."""
    decided = plan.step.action if plan.stops else plan.asked_step
    return check_next_step(part, plan.evidence, asked=decided)


OPENING = Recipe(
    name="opening",
    compose=compose_opening,
    answer=_answer,
    read=_read,
    checks=(every_statement, _agenda_serves, _is_an_advance),
)
