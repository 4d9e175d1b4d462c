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
# For problems that have not begun: whether and how they will be felt is what is asked.
_COMING = (
    QuestionSet(
        challenge="",
        situation="Who is preparing for that, and how?",
        problem="What would have to be in place before that begins, and what makes it hard?",
        implication="What would {it} put at risk, for you and for those who count on you?",
        value="If you were ready for {it} in time, what would that be worth to you?",
    ),
    QuestionSet(
        challenge="",
        situation="What have you planned for that so far?",
        problem="As your work runs today, how would it come to that?",
        implication="When {it} begins, who will feel it first, and how?",
        value="If {it} never came to cost you anything, what could you do with that?",
    ),
    QuestionSet(
        challenge="",
        situation="How did you learn of that?",
        problem="What stands in the way of being ready for that?",
        implication="What would you have to put off or give up because of {it}?",
        value="Which of your goals would stay within reach if {it} did not touch you?",
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
    """Return our own questions for this kind of problem, each kind once, else plain ones.

    Our own ask how it is today, so that they are not for a problem that has not begun.
    """
    before = plan.problems[: problem.number - 1]
    if problem.ahead:
        coming = _COMING[sum(other.ahead for other in before) % len(_COMING)]
        return _filled(coming, problem.number, of=len(plan.problems))
    earlier = [other.challenge for other in before if not other.ahead]
    if problem.challenge in plan.questions and problem.challenge not in earlier:
        return plan.questions[problem.challenge]
    return plain_questions(problem.number, of=len(plan.problems))


def plain_questions(number: int, *, of: int) -> QuestionSet:
    """Return plain questions about a problem, which say which of several they mean."""
    return _filled(_PLAIN[number % len(_PLAIN)], number, of=of)


def _filled(plain: QuestionSet, number: int, *, of: int) -> QuestionSet:
    it = "this" if of == 1 else f"{_COUNTED[number - 1]} of these problems"
    filled: dict[str, str] = {stage: getattr(plain, stage).format(it=it) for stage in STAGES}
    return plain.model_copy(update=filled)
