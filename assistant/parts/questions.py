"""Our own questions about a kind of problem, and plain ones where the profile has none."""

from __future__ import annotations

from typing import Literal

from assistant.knowledge.profile import QuestionSet
from assistant.plan import Plan, Problem

SolvingStage = Literal["problem", "implication", "value"]
STAGES: tuple[SolvingStage, ...] = (
    "problem",
    "implication",
    "value",
)
# For problems that our own profile has no questions for; {it} is which of the problems.
_PLAIN = (
    QuestionSet(
        challenge="",
        situation="How does this work at your place today, from start to finish?",
        problem="What makes that hard to change?",
        implication="When {it} comes up, who else in the company feels it, and how?",
        value="If {it} were solved, what would you be able to do that you cannot do now?",
    ),
    QuestionSet(
        challenge="",
        situation="Who is involved in this today, and at which moments?",
        problem="Where does that begin, as far as you can see?",
        implication="What does {it} lead to later in the day, or later in the month?",
        value="What would it be worth to you to have {it} off your desk?",
    ),
    QuestionSet(
        challenge="",
        situation="What do you do about this today?",
        problem="What have you tried against that so far, and what came of it?",
        implication="What gets put off because of {it}?",
        value="Which of your own goals would come closer if {it} went away?",
    ),
)
NOTHING_KNOWN = QuestionSet(
    challenge="",
    situation="What made you take this conversation now?",
    problem="Which part of it costs you the most time or money today?",
    implication="When that goes wrong, who else in the company feels it, and how?",
    value="If it went right every time, what would you be able to do that you cannot do now?",
)
_COUNTED = ("the first", "the second", "the third")


def called(problem: Problem) -> str:
    """Return what a problem is called where it is listed."""
    return problem.challenge or f"{_COUNTED[problem.number - 1]} problem"


def own_questions(problem: Problem, plan: Plan) -> QuestionSet:
    """Return our own questions for this kind of problem, each kind once, else plain ones."""
    earlier = [other.challenge for other in plan.problems[: problem.number - 1]]
    if problem.challenge in plan.questions and problem.challenge not in earlier:
        return plan.questions[problem.challenge]
    return plain_questions(problem.number, of=len(plan.problems))


def plain_questions(number: int, *, of: int) -> QuestionSet:
    """Return plain questions about a problem, which say which of several they mean."""
    it = "this" if of == 1 else f"{_COUNTED[number - 1]} of these problems"
    plain = _PLAIN[number % len(_PLAIN)]
    filled: dict[str, str] = {stage: getattr(plain, stage).format(it=it) for stage in STAGES}
    return plain.model_copy(update=filled)
