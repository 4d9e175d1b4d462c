"""What each side brings into the conversation and takes out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from assistant.brief import Claim, GiveGet
from assistant.checks.balance import check_balance
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.parts.figures import telling_figures
from assistant.parts.people import deciding_facts
from assistant.parts.phrases import begun, day
from assistant.parts.promised import promised_needs
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import checked, every_statement
from assistant.parts.teach import tied
from assistant.plan import Plan, summary_day

_OURS = (MEETING, PROFILE, SCHEDULE)
_MOST = 3
_HOW_IT_WORKS = "an open account of how it works today"


def compose_give_get(plan: Plan, wording: Wording) -> GiveGet:
    """Lay out both sides of the exchange from what the plan holds."""
    del wording  # what is given and got is a matter of fact, not of wording
    return GiveGet(
        seller_gives=_few(_we_give(plan)),
        seller_gets=_few(_we_get(plan)),
        customer_gives=_few(_they_give(plan)),
        customer_gets=_few(_they_get(plan)),
    )


def _few(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(claims)[:_MOST]


def _claim(text: str, *evidence: str) -> Claim:
    return Claim(text=text, origin="inferred", evidence=evidence)


def _we_give(plan: Plan) -> Iterator[Claim]:
    for hit, _ in tied(plan)[:1]:
        yield _claim(
            f"An insight they can check against their own figures: {hit.card.title}.", hit.card.id
        )
    for hit in plan.share[:1]:
        yield _claim(f"What a company like theirs did: {hit.card.title}.", hit.card.id)
    yield _claim(f"A written summary by {day(summary_day(plan.meeting_day))}.", *_OURS)
    if not tied(plan):
        yield _claim("A straight answer on whether we can help.", *_OURS)


def _we_get(plan: Plan) -> Iterator[Claim]:
    if plan.fit.verdict == "no":
        yield _claim("A clear yes or no on what decides the fit.", *_OURS)
        yield _claim("Our own time back if the answer is no.", *_OURS)
        return
    if plan.settling:
        yield _claim(f"{begun(plan.settling.decides)}.", *_OURS)
        yield _claim(f"{begun(plan.settling.names)}.", *_OURS)
    else:
        yield _claim(_of_the_problem(plan), *_OURS)
        yield _claim(_of_the_decision(plan), *_OURS)
    yield _claim(f"A yes to {plan.step.action}, or a clear no.", *_OURS)


def _of_the_problem(plan: Plan) -> str:
    """Say what we learn of the first problem, and of its figure only where they gave none."""
    if any(telling_figures(problem.fact.quote) for problem in plan.problems[:1]):
        return "Where the problem comes from, as they see it."
    return "What the problem costs them, as a figure with its unit."


def _of_the_decision(plan: Plan) -> str:
    if deciding_facts(plan):
        return "What those who decide want to see first."
    return "Who decides, who signs, and what they want to see first."


def _they_give(plan: Plan) -> Iterator[Claim]:
    told = "a frank word on what is still open" if plan.settling else _HOW_IT_WORKS
    yield _claim(f"{plan.dossier.meeting.minutes} minutes, and {told}.", *_OURS)
    if plan.fit.verdict == "no":
        yield _claim("A straight answer to the questions that decide the fit.", *_OURS)
        return
    promised = promised_needs(plan)
    for need in plan.step.needs[:2]:
        if need in promised:
            yield _claim(f"For the next step, as promised: {need}.", promised[need].id, *_OURS)
        else:
            yield _claim(f"For the next step: {need}.", *_OURS)
    if not plan.step.needs:
        yield _claim("People and a day for the next step.", *_OURS)


def _they_get(plan: Plan) -> Iterator[Claim]:
    if plan.fit.verdict == "no":
        yield _claim("An honest no if we cannot help, before more of their time is spent.", *_OURS)
        yield _claim("A plain account of what we do and of what we do not do.", *_OURS)
        return
    if plan.settling and plan.concerns:
        yield _claim("A straight answer to each doubt that they have raised.", *_OURS)
    else:
        yield _claim(
            "A clearer view of what their problem is worth, with us or without us.", *_OURS
        )
    yield _claim("A next step that they can say no to.", *_OURS)
    if plan.share or tied(plan):
        yield _claim("Something to compare themselves with.", *_OURS)


def _answer(plan: Plan) -> type[BaseModel]:
    ids = [*citable(plan), *plan.evidence.cards, *_OURS]
    line = shape("GiveGetLine", text=text(180), evidence=several(one_of(ids), 1, 3))
    side = several(line, 2, _MOST)
    return shape(
        "GiveGetAnswer",
        seller_gives=side,
        seller_gets=side,
        customer_gives=side,
        customer_gets=side,
    )


def _read(answer: Any, plan: Plan) -> GiveGet:  # noqa: ANN401 - made by `_answer`
    del plan

    def claims(lines: list[Any]) -> tuple[Claim, ...]:
        return tuple(_claim(line.text, *line.evidence) for line in lines)

    return GiveGet(
        seller_gives=claims(answer.seller_gives),
        seller_gets=claims(answer.seller_gets),
        customer_gives=claims(answer.customer_gives),
        customer_gets=claims(answer.customer_gets),
    )


GIVE_GET = Recipe(
    name="give_get",
    compose=compose_give_get,
    answer=_answer,
    read=_read,
    checks=(every_statement, checked(check_balance)),
)
