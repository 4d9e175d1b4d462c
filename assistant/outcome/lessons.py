"""What a call teaches for the next one, by the tests that did not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.debrief import ActionTaken, NextStepKept, ObjectionRaised, Test
from assistant.outcome.actions import in_words, owner_of
from assistant.outcome.call import Call
from assistant.outcome.verdict import Judged

_WHOLE = 40  # sentences; a shorter text is a piece of a call
_OF_TESTS: tuple[tuple[frozenset[Test], str], ...] = (
    (frozenset({"when"}), "No day was said: ask for the day before the call ends."),
    (
        frozenset({"who"}),
        "Nobody at the customer undertook anything: ask for one thing that they do.",
    ),
    (
        frozenset({"what"}),
        "What was agreed only goes on talking: ask for a step that they take.",
    ),
    (
        frozenset({"firm", "condition"}),
        "A way out was left standing: ask what it would take to make it a yes.",
    ),
    (
        frozenset({"withdrawal"}),
        "What was agreed was taken back: ask what changed, and offer a smaller step.",
    ),
)


def lessons_of(
    call: Call,
    judged: Judged,
    step: NextStepKept,
    actions: Sequence[ActionTaken],
    objections: Sequence[ObjectionRaised],
) -> tuple[str, ...]:
    """Return what to do otherwise next time, each drawn from what this call lacks."""
    return (*_lessons(call, judged, step, actions), *_unanswered(objections))


def objectives_to_come(judged: Judged, task: str, *, planned: str = "") -> tuple[str, ...]:
    """Return what the next conversation is for; none after a no-sale.

    `task` is the step that was agreed, or came nearest, in words for us; `planned` the one that our
    side had proposed, which still needs its day where nothing was agreed.
    """
    nearest = _nearest(judged, task)
    if judged.outcome == "continuation" and planned:
        return (f"Somebody at the customer names the day for this: {planned}.", *nearest)
    return nearest


def _unanswered(objections: Sequence[ObjectionRaised]) -> Iterator[str]:
    for objection in objections:
        if objection.answered == "not":
            with_card = f" with {objection.card}" if objection.card else ""
            yield f"“{objection.said}” was left standing: answer it{with_card}."


def _nearest(judged: Judged, task: str) -> tuple[str, ...]:
    if judged.rackham == "no-sale":
        return ()
    step = judged.step
    if step is None or not task:
        return ("Somebody at the customer undertakes one thing, with a day.",)
    owner = owner_of(step) or "somebody at the customer"
    if judged.outcome == "advance" and step.when is not None:
        return (f"{owner} has done this by {in_words(step.when)}: {task}.",)
    return (f"{owner} undertakes this for a day, without a way out: {task}.",)


def _lessons(
    call: Call, judged: Judged, step: NextStepKept, actions: Sequence[ActionTaken]
) -> Iterator[str]:
    failed = {reason.test for reason in judged.reasons if not reason.held}
    if judged.outcome == "continuation":
        yield from (lesson for tests, lesson in _OF_TESTS if failed & tests)
    if len(call.sentences) >= _WHOLE and judged.rackham != "no-sale":
        yield from _of_next_step(step)
    if actions and all(action.side == "seller" for action in actions):
        yield "Every action is ours: what is given should be matched by something that we get."


def _of_next_step(step: NextStepKept) -> Iterator[str]:
    if not step.proposed_early:
        yield "No next step was proposed early: say at the start where the call should lead."
    elif not step.reconfirmed:
        yield "The next step was proposed early and not confirmed when the call ended."
