"""The SPIN questions, in the order to ask them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import BaseModel

from assistant.brief import CriterionMet, Finding, Learn, Question, SpinStage
from assistant.checks.spin import check_spin
from assistant.dossier import Fact
from assistant.evidence import MEETING, PROFILE
from assistant.knowledge.profile import Settling
from assistant.parts.objectives import misfits, slots
from assistant.parts.phrases import uncapped
from assistant.parts.questions import (
    NOTHING_KNOWN,
    STAGES,
    SolvingStage,
    called,
    own_questions,
    plain_questions,
)
from assistant.parts.recall import is_from_form, recalled, recalled_again
from assistant.parts.recipe import Recipe, Wording, citable, one_of, serving, several, shape, text
from assistant.parts.rules import every_statement
from assistant.parts.teach import tied
from assistant.plan import Plan, Problem

_MOST_SITUATION = 2
_MOST_TO_SETTLE = 2  # problems, beside what is to be settled
_MISSED = "Where, if anywhere, is that different?"
_FEWEST = 6  # as the spin check has it


def compose_learn(plan: Plan, wording: Wording) -> Learn:
    """Ask what is not known, then problem, implication and value for each chosen problem.

    The questions are our own approved ones for the kind of problem, each set against what they
    told us. Where a later stage has something to settle, that is asked about first. A prospect
    who does not fit is asked only what decides whether they do.
    """
    if plan.fit.verdict == "no":
        return Learn(questions=tuple(_deciding(plan)))
    if plan.settling:
        return Learn(questions=tuple(sorted(_to_settle(plan, plan.settling, wording), key=_rank)))
    about = [
        *(_about_problems(plan, wording, plan.problems) if plan.problems else _open_ended(plan))
    ]
    about += _about_their_goal(plan, wording)
    missing = _FEWEST - len(about)
    unknown = [question for question in _situation(plan) if _is_open(question, plan)]
    if plan.fit.verdict == "unknown":  # the little they said opens the call, not our checklist
        unknown = [*_how_it_is(plan, begins=True), *unknown[:1], *_why_now(plan), *unknown[1:]]
    situation = unknown[: max(_MOST_SITUATION, missing)] or list(_how_it_is(plan))
    more = list(_more(plan))[: max(0, missing - len(situation))]
    return Learn(questions=tuple(sorted((*situation, *about, *more), key=_rank)))


def _rank(question: Question) -> int:
    return ("situation", *STAGES).index(question.stage)


def _deciding(plan: Plan) -> Iterator[Question]:
    """Ask about what seems to rule the prospect out, then what they had hoped of us.

    Where their own words do so, those are given back, and what our notes hold is not asked about,
    nor what they filled into a form.
    """
    serves = serving(slots(plan), "seller")[:1]
    said = {c.name: [e for e in c.evidence if e in citable(plan)][:1] for c in misfits(plan)}
    for criterion in misfits(plan):
        told = said[criterion.name]
        is_open = not any(said.values()) and not _is_filled_in(criterion, plan)
        if criterion.ask and (told or is_open):
            given_back = [recalled(plan.evidence.facts[e], plan.dossier) for e in told]
            ask = f"{given_back[0]} {_MISSED}" if given_back else criterion.ask
            yield Question(
                stage="situation",
                problem=0,
                question=ask,
                why=f"“{criterion.name}” decides whether we go on.",
                serves=serves,
                evidence=(*told, PROFILE, *((MEETING,) if told else ())),
            )
    goal = plan.goal if plan.goal and [plan.goal.id] not in said.values() else None
    hoped = "What had you hoped that we could do for you?"
    if goal:
        hoped = f"{recalled(goal, plan.dossier)} What made you think of us for that?"
    yield Question(
        stage="problem",
        problem=0,
        question=hoped,
        why="If we cannot, say so, and say who might.",
        serves=serves,
        evidence=(*((goal.id, MEETING) if goal else ()), PROFILE),
    )


def _is_filled_in(criterion: CriterionMet, plan: Plan) -> bool:
    facts = [fact for e in criterion.evidence if (fact := plan.evidence.facts.get(e))]
    return any(is_from_form(fact, plan.dossier) for fact in facts)


def _situation(plan: Plan) -> Iterator[Question]:
    """Ask what the fit hangs on, in a first conversation only: later it should be known."""
    if not plan.is_first_stage:
        return
    serves = serving(slots(plan), "seller")[:1]
    unknown = [
        c for c in plan.fit.criteria if c.state == "unknown" and c.ask and c.need != "disqualifier"
    ]
    for criterion in sorted(unknown, key=lambda c: c.need != "required"):
        yield Question(
            stage="situation",
            problem=0,
            question=criterion.ask,
            why=f"The sources do not say: “{criterion.name}”.",
            serves=serves,
            evidence=(PROFILE,),
        )


def _how_it_is(plan: Plan, *, begins: bool = False) -> Iterator[Question]:
    """Ask how it works today at the first problem; what begins the call gives back their words."""
    for problem in plan.problems[:1]:
        own = own_questions(problem, plan)
        words = ""
        if begins:
            is_taught = problem.fact in [fact for _, fact in tied(plan)]
            words = (recalled_again if is_taught else recalled)(problem.fact, plan.dossier)
        if own.challenge:
            question = Question(
                stage="situation",
                problem=problem.number,
                question=f"{words} {own.situation}" if words else own.situation,
                why=f"How it works today, in their words: {own.challenge}.",
                serves=serving(slots(plan), "seller")[:1],
                evidence=(problem.fact.id, PROFILE, *((MEETING,) if words else ())),
            )
            yield from (question,) if _is_open(question, plan) else ()


def _why_now(plan: Plan) -> Iterator[Question]:
    """Ask what makes this the moment, where they named a problem and nothing says why now."""
    if plan.problems and plan.trigger is None:
        yield Question(
            stage="situation",
            problem=0,
            question=NOTHING_KNOWN.situation,
            why="The sources do not say what makes this the moment.",
            serves=serving(slots(plan), "customer")[:1],
            evidence=(PROFILE,),
        )


def _is_open(question: Question, plan: Plan) -> bool:
    """Tell whether no fact answers a question, as the check for that sees it."""
    found = check_spin(Learn(questions=(question,)), plan.evidence)
    return all(finding.where != "learn.questions[0].question" for finding in found)


def _open_ended(plan: Plan) -> Iterator[Question]:
    """Ask without leading where the notes hold no problem of theirs."""
    customer = serving(slots(plan), "customer")[:1]
    stages: tuple[SpinStage, ...] = ("situation", *STAGES)
    for stage in stages:
        yield Question(
            stage=stage,
            problem=0,
            question=getattr(NOTHING_KNOWN, stage),
            why=_WHY[stage].format("the problem that they name"),
            serves=customer,
            evidence=(PROFILE,),
        )


def _to_settle(plan: Plan, settling: Settling, wording: Wording) -> Iterator[Question]:
    """Ask about the decision, then what the problems that it is about lead to and are worth.

    Where the problems come from was asked in an earlier conversation.
    """
    stages: tuple[SpinStage, ...] = ("situation", *STAGES)
    for stage in stages:
        yield Question(
            stage=stage,
            problem=0,
            question=getattr(settling, stage),
            why=_WHY_SETTLE[stage],
            serves=serving(slots(plan), "seller" if stage == "situation" else "customer")[:1],
            evidence=(PROFILE,),
        )
    weightiest = plan.problems[:_MOST_TO_SETTLE]
    yield from _about_problems(plan, wording, weightiest, stages=("implication", "value"))
    yield from _about_their_goal(plan, wording)


def _about_problems(
    plan: Plan,
    wording: Wording,
    problems: Sequence[Problem],
    *,
    stages: Sequence[SolvingStage] = STAGES,
) -> Iterator[Question]:
    seller, customer = (serving(slots(plan), side) for side in ("seller", "customer"))
    for stage in stages:
        for problem in problems:
            goal = (plan.goal.id,) if plan.goal and stage == "implication" else ()
            yield Question(
                stage=stage,
                problem=problem.number,
                question=_question(stage, problem, plan, wording, leads=stage == stages[0]),
                why=_WHY[stage].format(called(problem)),
                serves=(seller if stage == "implication" else customer)[-1:],
                evidence=(problem.fact.id, *goal, PROFILE, MEETING),
            )


def _about_their_goal(plan: Plan, wording: Wording) -> Iterator[Question]:
    """Ask last what solving the problems would do for the goal that they named."""
    if plan.goal is None or not plan.problems or (wording.stated and wording.goal):
        return
    ask = "How much closer to that would you be without this problem?"
    if len(plan.problems) > 1:
        ask = "Which of these problems stands most in the way of that?"
    yield Question(
        stage="value",
        problem=1,
        question=f"{_goal_recalled(plan.goal, plan, wording)} {ask}",
        why="Ties what we talked about to the goal they named.",
        serves=serving(slots(plan), "customer")[-1:],
        evidence=(plan.problems[0].fact.id, plan.goal.id, PROFILE, MEETING),
    )


def _more(plan: Plan) -> Iterator[Question]:
    """Ask further about the first problem, where there is little else to ask about."""
    number = min(1, len(plan.problems))
    more = plain_questions(number + 1)
    for stage in STAGES:
        yield Question(
            stage=stage,
            problem=number,
            question=getattr(more, stage),
            why="A second way to ask, if the first brings little.",
            serves=serving(slots(plan), "customer")[:1],
            evidence=(*(problem.fact.id for problem in plan.problems[:1]), PROFILE),
        )


_WHY_SETTLE: dict[SpinStage, str] = {
    "situation": "Who has a say by now, and what they think.",
    "problem": "What could still stop it.",
    "implication": "What waiting would do, and to whom.",
    "value": "What a decision would let them do.",
}
_WHY: dict[SpinStage, str] = {
    "situation": "Why now: {}.",
    "problem": "Where it comes from, as they see it: {}.",
    "implication": "What it leads to, and for whom: {}.",
    "value": "What a change would be worth, in their words: {}.",
}


def _question(
    stage: SolvingStage, problem: Problem, plan: Plan, wording: Wording, *, leads: bool
) -> str:
    """Word a question; the one that leads to a problem first says which it is.

    Plain ones speak of "that" at every stage: among several problems each comes after their words.
    """
    own = own_questions(problem, plan)
    back = ""
    if not leads and not own.challenge and len(plan.problems) > 1:
        back = f"{recalled_again(problem.fact, plan.dossier)} "
    # a model's clauses say how it is today
    difficult = None if problem.ahead else wording.difficult.get(problem.fact.id)
    match stage:
        case "problem":
            ask = f"Why is it difficult to {difficult}?" if difficult else own.problem
            return _led_to(problem, ask, plan) if leads else ask
        case "implication":
            stated = wording.stated.get(problem.fact.id)
            if stated and not problem.ahead and wording.goal:
                return f"When {stated}, what does that do to your plan to {wording.goal}?"
            return _led_to(problem, own.implication, plan) if leads else back + own.implication
        case "value":
            if difficult:
                return f"If you could {difficult}, what would that be worth to you?"
            return back + own.value


def _led_to(problem: Problem, ask: str, plan: Plan) -> str:
    challenge = own_questions(problem, plan).challenge
    is_heard = problem.fact in _heard(plan)
    if challenge and is_heard:
        return f"About {challenge}: {uncapped(ask)}"
    words = (recalled_again if is_heard else recalled)(problem.fact, plan.dossier)
    return f"{words} {ask}"


def _heard(plan: Plan) -> list[Fact]:
    """Return the facts whose words they have heard: with an insight, or as the call began."""
    begins = plan.fit.verdict == "unknown" and not plan.settling
    begun = [problem.fact for problem in plan.problems[:1]] if begins else []
    return [*begun, *(fact for _, fact in tied(plan))]


def _goal_recalled(goal: Fact, plan: Plan, wording: Wording) -> str:
    return f"You want to {wording.goal}." if wording.goal else recalled(goal, plan.dossier)


def _answer(plan: Plan) -> type[BaseModel]:
    question = shape(
        "QuestionAnswer",
        stage=Literal["situation", "problem", "implication", "value"],
        problem=one_of(str(p.number) for p in plan.problems) if plan.problems else Literal["0"],
        question=text(280),
        why=text(160),
        facts=several(one_of(citable(plan)), 0, 2),
        serves=several(one_of(slot.id for slot in slots(plan)), 1, 2),
    )
    return shape("LearnAnswer", questions=several(question, 6, 12))


def _read(answer: Any, plan: Plan) -> Learn:  # noqa: ANN401 - made by `_answer`
    del plan
    return Learn(
        questions=tuple(
            Question(
                stage=q.stage,
                problem=int(q.problem),
                question=q.question,
                why=q.why,
                serves=tuple(q.serves),
                evidence=(*q.facts, PROFILE, MEETING),
            )
            for q in answer.questions
        )
    )


def _in_sequence(part: Learn, plan: Plan) -> tuple[Finding, ...]:
    """Hold the SPIN sequence, save where all there is to learn is whether to go on."""
    return () if plan.fit.verdict == "no" else check_spin(part, plan.evidence)


LEARN = Recipe(
    name="learn",
    compose=compose_learn,
    answer=_answer,
    read=_read,
    checks=(every_statement, _in_sequence),
    max_tokens=1400,
    asks=lambda plan: plan.fit.verdict != "no",
)
