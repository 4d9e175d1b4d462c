"""The outcome of a call, by rules on what was undertaken, refused and found not to fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.debrief import Outcome, Rackham, Reason, Test
from assistant.outcome.step import Said, Step

_RACKHAM: Mapping[Outcome, Rackham] = {
    "advance": "advance",
    "continuation": "continuation",
    "halt": "no-sale",
    "disqualification": "no-sale",
}
_MOST = 3  # reasons of a kind, the last ones


@dataclass(frozen=True)
class Evidence:
    """Everything that the outcome is decided by."""

    steps: tuple[Step, ...] = ()
    refusals: tuple[Said, ...] = ()  # clear words against going on
    misfits: tuple[Said, ...] = ()  # either side says that they do not fit
    ruled_out: tuple[Said, ...] = ()  # what fails the profile, whatever was agreed
    praise: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Judged:
    """An outcome with the tests that decided it."""

    outcome: Outcome
    rackham: Rackham
    reasons: tuple[Reason, ...]
    step: Step | None = None  # the one that makes the advance, or came nearest


def judge(evidence: Evidence) -> Judged:
    """Decide the outcome; what was said later counts more than what was said before.

    Disqualification: the profile rules them out, or a misfit is stated and nothing goes on after
    it. Halt: a clear no, and nothing goes on after it; to send them a last paper does not. Advance:
    somebody at the customer undertakes a specific action by a time, without a way out. Else
    continuation. In Rackham's words (SPIN Selling, 1988) a halt and a disqualification are a
    no-sale, and an advance in which the customer commits to buy is an order.
    """
    held = [step for step in evidence.steps if step.holds]
    last = held[-1] if held else None
    since = max((step.said.place for step in held if step.reopens), default=-1)
    misfits = [said for said in evidence.misfits if said.place > since]
    refusals = [said for said in evidence.refusals if said.place > since]
    order = next((step for step in reversed(held) if step.is_order), None)
    furthest = _first_of_day(held, next((step for step in reversed(held) if step.reopens), last))
    best = order or furthest or _nearest(evidence.steps)
    outcome = _outcome(evidence, held, misfits, refusals)
    rackham: Rackham = "order" if outcome == "advance" and order else _RACKHAM[outcome]
    deciding = replace(evidence, misfits=tuple(misfits), refusals=tuple(refusals))
    return Judged(outcome, rackham, tuple(_reasons(deciding, best, stands=bool(held))), best)


def _first_of_day(held: Sequence[Step], furthest: Step | None) -> Step | None:
    """Return the step to which others of the same day only add: the workshop, then who comes."""
    same = (s for s in held if furthest and s.reopens and s.when == furthest.when)
    return next(same, furthest)


def _outcome(
    evidence: Evidence, held: Sequence[Step], misfits: Sequence[Said], refusals: Sequence[Said]
) -> Outcome:
    if evidence.ruled_out or misfits:
        return "disqualification"
    if refusals:
        return "halt"
    return "advance" if held else "continuation"


def _nearest(steps: tuple[Step, ...]) -> Step | None:
    """Return the step of theirs that fails the fewest tests, the later of two."""
    theirs = [step for step in steps if step.side != "seller"]
    return max(theirs, key=lambda s: (_strength(s), s.said.place), default=None)


def _strength(step: Step) -> int:
    theirs = step.side == "customer" and bool(step.actors)
    return sum((theirs, step.is_specific, step.when is not None, step.is_firm))


def _reasons(evidence: Evidence, step: Step | None, *, stands: bool) -> Iterator[Reason]:
    yield from _each("misfit", evidence.ruled_out, "The seller profile rules them out.")
    yield from _each("misfit", evidence.misfits, "A side says that they do not fit.")
    yield from _each("refusal", evidence.refusals, "A clear no.")
    is_over = bool(evidence.ruled_out or evidence.misfits or evidence.refusals)
    if not is_over:
        yield from _tests(step) if step else _nothing(evidence)
    for one in evidence.steps:
        if one.withdrawn and (is_over or one is not step) and one.side != "seller":
            yield _reason("withdrawal", "It was taken back.", one.withdrawn, held=False)
    if not (stands or is_over):
        for said in evidence.praise[-_MOST:]:
            yield _reason("praise", "Kind words, which count for nothing.", said, held=False)


def _each(test: Test, found: tuple[Said, ...], text: str) -> Iterator[Reason]:
    return (_reason(test, text, said) for said in found[-_MOST:])


def _nothing(evidence: Evidence) -> Iterator[Reason]:
    ours = [step for step in evidence.steps if step.side == "seller"]
    text = "Nobody at the customer undertook anything"
    if ours:
        yield _reason("who", f"{text}; only we did.", ours[-1].said, held=False)
    else:
        yield Reason(test="who", held=False, text=f"{text}.")


def _tests(step: Step) -> Iterator[Reason]:
    theirs = step.side == "customer" and bool(step.actors)
    who = ", ".join(step.actors) if theirs else "It is not said whose words these are"
    yield _reason("who", f"{who}.", step.said, held=theirs)
    what = "A specific action." if step.is_specific else "No specific action: going on talking."
    yield _reason("what", what, step.named_by, held=step.is_specific)
    if step.when is None:
        yield _reason("when", "No time was said.", step.said, held=False)
    else:
        fineness = "a week or more, no day" if step.is_coarse else "a day"
        yield _reason("when", f"By {step.when.isoformat()} ({fineness}).", step.timed_by)
    yield from _ways_out(step)


def _ways_out(step: Step) -> Iterator[Reason]:
    if step.hedge:
        yield _reason("firm", f"“{step.hedge}” leaves a way out.", step.said, held=False)
    if step.condition:
        text = f"It hangs on a condition: “{step.condition}”."
        yield _reason("condition", text, step.said, held=False)
    if step.is_provisional:
        text = "It was agreed for the case that the call goes well, and not confirmed."
        yield _reason("firm", text, step.named_by, held=False)
    if step.withdrawn:
        yield _reason("withdrawal", "It was taken back.", step.withdrawn, held=False)


def _reason(test: Test, text: str, said: Said, *, held: bool = True) -> Reason:
    return Reason(test=test, held=held, text=text, quote=said.quote, at=said.at)
