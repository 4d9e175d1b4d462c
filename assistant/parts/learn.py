"""The SPIN questions, in the order to ask them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel

from assistant.brief import Finding, Learn, Question
from assistant.checks.spin import check_spin
from assistant.evidence import MEETING, PROFILE
from assistant.knowledge.profile import QuestionSet
from assistant.parts.objectives import slots
from assistant.parts.phrases import recalled
from assistant.parts.recipe import Recipe, Wording, citable, one_of, serving, several, shape, text
from assistant.parts.rules import every_statement
from assistant.plan import Plan, Problem

_MOST_SITUATION = 2
_PLAIN = (
    QuestionSet(
        challenge="",
        situation="How does this work at your place today, from start to finish?",
        problem="What makes that hard to change?",
        implication="When it happens, who else in the company feels it, and how?",
        value="If that were solved, what would you be able to do that you cannot do now?",
    ),
    QuestionSet(
        challenge="",
        situation="Who is involved in this today, and at which moments?",
        problem="Where does that begin, as far as you can see?",
        implication="What does it lead to later in the day, or later in the month?",
        value="What would it be worth to you to have this off your desk?",
    ),
    QuestionSet(
        challenge="",
        situation="What have you tried so far?",
        problem="What has kept you from solving it so far?",
        implication="What gets put off because of it?",
        value="Which of your own goals would come closer if this went away?",
    ),
)
_NOTHING_KNOWN = QuestionSet(
    challenge="",
    situation="What made you take this conversation now?",
    problem="Which part of it costs you the most time or money today?",
    implication="When that goes wrong, who else in the company feels it, and how?",
    value="If it went right every time, what would you be able to do that you cannot do now?",
)
_FEWEST = 6  # as the spin check has it


def compose_learn(plan: Plan, wording: Wording) -> Learn:
    """Ask what is not known, then problem, implication and value for each chosen problem.

    The questions are our own approved ones for the kind of problem, each set against what they
    told us. A prospect who does not fit is asked only what decides whether they do.
    """
    if plan.fit.verdict == "no":
        return Learn(questions=tuple(_deciding(plan)))
    about = list(_about_problems(plan, wording)) or list(_open_ended(plan))
    situation = list(_situation(plan))
    asked = max(_MOST_SITUATION, _FEWEST - len(about))
    return Learn(questions=(*situation[:asked], *about))


def _deciding(plan: Plan) -> Iterator[Question]:
    """Ask about what seems to rule the prospect out, then what would still make it worth it."""
    serves = serving(slots(plan), "seller")[:1]
    for criterion in plan.fit.criteria:  # in the profile's order
        against = (criterion.need, criterion.state) in {
            ("required", "missed"),
            ("disqualifier", "met"),
        }
        if against and criterion.ask:
            yield Question(
                stage="situation",
                problem=0,
                question=criterion.ask,
                why=f"“{criterion.name}” decides whether we go on.",
                serves=serves,
                evidence=(*criterion.evidence, PROFILE),
            )


def _situation(plan: Plan) -> Iterator[Question]:
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


def _open_ended(plan: Plan) -> Iterator[Question]:
    """Ask without leading where the notes hold no problem of theirs."""
    customer = serving(slots(plan), "customer")[:1]
    for stage in ("situation", *_STAGES):
        yield Question.model_validate(
            {
                "stage": stage,
                "problem": 0,
                "question": getattr(_NOTHING_KNOWN, stage),
                "why": "The sources name no problem; let them name it.",
                "serves": customer,
                "evidence": (PROFILE,),
            }
        )


def _about_problems(plan: Plan, wording: Wording) -> Iterator[Question]:
    seller, customer = (serving(slots(plan), side) for side in ("seller", "customer"))
    for stage in _STAGES:
        for problem in plan.problems:
            yield Question(
                stage=stage,
                problem=problem.number,
                question=_question(stage, problem, plan, wording),
                why=_WHY[stage].format(problem.challenge or f"problem {problem.number}"),
                serves=(seller if stage == "implication" else customer)[-1:],
                evidence=(*_cited(stage, problem, plan), PROFILE, MEETING),
            )


_STAGES: tuple[Literal["problem", "implication", "value"], ...] = (
    "problem",
    "implication",
    "value",
)
_WHY: dict[str, str] = {
    "problem": "The cause of {}, as they see it.",
    "implication": "What {} leads to, and for whom.",
    "value": "What an end to {} would be worth, in their words.",
}


def _cited(stage: str, problem: Problem, plan: Plan) -> tuple[str, ...]:
    goal = (plan.goal.id,) if plan.goal and stage == "implication" else ()
    return (problem.fact.id, *goal)


def _question(
    stage: Literal["problem", "implication", "value"],
    problem: Problem,
    plan: Plan,
    wording: Wording,
) -> str:
    own = plan.questions.get(problem.challenge, _PLAIN[problem.number % len(_PLAIN)])
    difficult = wording.difficult.get(problem.fact.id)
    match stage:
        case "problem":
            ask = f"Why is it difficult to {difficult}?" if difficult else own.problem
            return f"{recalled(problem.fact, plan.dossier)} {ask}"
        case "implication":
            return _implication(problem, own, plan, wording)
        case "value":
            if difficult:
                return f"If you could {difficult}, what would that be worth to you?"
            return own.value


def _implication(problem: Problem, own: QuestionSet, plan: Plan, wording: Wording) -> str:
    """Set one problem against their goal; ask of the others what they lead to."""
    stated = wording.stated.get(problem.fact.id)
    if stated and wording.goal:
        return f"When {stated}, what does that do to your plan to {wording.goal}?"
    if problem.number == 1 and not (wording.stated and wording.goal):
        return f"{_goal_recalled(plan, wording)} {own.implication}".strip()
    return own.implication


def _goal_recalled(plan: Plan, wording: Wording) -> str:
    if plan.goal is None:
        return ""
    if wording.goal:
        return f"You want to {wording.goal}."
    return recalled(plan.goal, plan.dossier)


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
)
