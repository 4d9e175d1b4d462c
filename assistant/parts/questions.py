"""Our own questions about a kind of problem, and plain ones where the profile has none."""

from __future__ import annotations

from typing import Literal

from assistant.knowledge.profile import QuestionSet
from assistant.parts.phrases import beginning
from assistant.plan import Plan, Problem

SolvingStage = Literal["problem", "implication", "value"]
STAGES: tuple[SolvingStage, ...] = (
    "problem",
    "implication",
    "value",
)
# For problems that our own profile has no questions for; said right after their words on it.
_PLAIN = (
    QuestionSet(
        challenge="",
        situation="How does this work at your place today, from start to finish?",
        problem="What makes that hard to change?",
        implication="When that comes up, who else in the company feels it, and how?",
        value="If that were solved, what would you be able to do that you cannot do now?",
    ),
    QuestionSet(
        challenge="",
        situation="Who is involved in this today, and at which moments?",
        problem="Where does that begin, as far as you can see?",
        implication="What does that lead to later in the day, or later in the month?",
        value="What would it be worth to you to have that off your desk?",
    ),
    QuestionSet(
        challenge="",
        situation="What do you do about this today?",
        problem="What have you tried against that so far, and what came of it?",
        implication="What gets put off because of that?",
        value="Which of your own goals would come closer if that went away?",
    ),
)
# For problems that have not begun: whether and how they will be felt is what is asked.
_COMING = (
    QuestionSet(
        challenge="",
        situation="Who is preparing for that, and how?",
        problem="What would have to be in place before that begins, and what makes it hard?",
        implication="What would that put at risk, and for whom?",
        value="If you were ready for that in time, what would it be worth to you?",
    ),
    QuestionSet(
        challenge="",
        situation="What have you planned for that so far?",
        problem="As your work runs today, how would it come to that?",
        implication="When that begins, who will feel it first, and how?",
        value="If that never came to cost you anything, what would become possible?",
    ),
    QuestionSet(
        challenge="",
        situation="How did you learn of that?",
        problem="What stands in the way of being ready for that?",
        implication="What would you have to put off or give up because of that?",
        value="Which of your goals would stay within reach if that did not touch you?",
    ),
)
NOTHING_KNOWN = QuestionSet(
    challenge="",
    situation="What made you take this conversation now?",
    problem="Which part of it costs you the most time or money today?",
    implication="When that goes wrong, who else in the company feels it, and how?",
    value="If it went right every time, what would you be able to do that you cannot do now?",
)


def called(problem: Problem) -> str:
    """Return what a problem is called where it is listed."""
    return problem.challenge or beginning(problem.fact.quote)


def own_questions(problem: Problem, plan: Plan) -> QuestionSet:
    """Return our own questions for this kind of problem, each kind once, else plain ones.

    Our own ask how it is today, so that they are not for a problem that has not begun.
    """
    before = plan.problems[: problem.number - 1]
    if problem.ahead:
        return _COMING[sum(other.ahead for other in before) % len(_COMING)]
    earlier = [other.challenge for other in before if not other.ahead]
    if problem.challenge in plan.questions and problem.challenge not in earlier:
        return plan.questions[problem.challenge]
    return plain_questions(problem.number)


def plain_questions(number: int) -> QuestionSet:
    """Return plain questions about a problem, to be asked right after their words on it."""
    return _PLAIN[number % len(_PLAIN)]
