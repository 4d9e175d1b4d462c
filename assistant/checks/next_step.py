"""The provisional next step: an advance, in which the customer does something by a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from assistant.brief import Finding, NextStep, Opening
from assistant.checks.sides import comes_first, customer_names, is_nobody, is_seller, seller_names
from assistant.checks.wording import hedges, one_line, share, stems, vague_times
from assistant.evidence import Evidence

# Share of a ladder step's words that make an action that step; "a workshop" alone is not
# "a dock-mapping workshop on site".
_ON_LADDER = 0.6
# Share of the action's words that its wording must hold: it asks for the same thing.
_SAME_STEP = 0.5
_FAR_DAYS = 90  # a step further away than a quarter is rarely kept
_SELLER_VERB = re.compile(
    r"(?:to )?(?:send|e-?mail|mail|share|prepare|draft|provide|forward|deliver|put together|write"
    r"|follow up|call|ring|present|show|get back|circulate|quote|submit|build|create|compile)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\b(?:follow(?:ing)?[- ]up|touch(?:ing)? base|check(?:ing)?[- ]in|catch(?:ing)?[- ]up"
    r"|stay(?:ing)? in touch|keep(?:ing)? in touch|keep(?:ing)? talking|think(?:ing)? (?:it|about)"
    r"|(?:an?other|further|more|next|future) (?:call|meeting|conversation|discussion|chat|talk)s?"
    r"|continue (?:the|our) \w+|explore further|discuss further|get back to)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:assuming|if|provided|once|when|given that|should we|suppose|supposing|as long as)\b",
    re.IGNORECASE,
)

_error = partial(Finding, check="next_step", severity="error")
_warning = partial(Finding, check="next_step", severity="warning")


def check_next_step(part: Opening, evidence: Evidence, *, asked: str = "") -> tuple[Finding, ...]:
    """Find a next step that is no advance: ours alone, undated, off the ladder, or asked unclearly.

    `asked` is the next step that the seller asked for in their own words, "" where they did not.
    """
    step = part.next_step
    return tuple(
        chain(
            _actors(step, evidence),
            _action(step, evidence, asked),
            _when(step, evidence),
            _wording(step, evidence),
            _fallback(step, evidence),
        )
    )


def _actors(step: NextStep, evidence: Evidence) -> Iterator[Finding]:
    where = "opening.next_step.customer_actors"
    named = [name for name in step.customer_actors if not is_nobody(name)]
    theirs = [name for name in named if not is_seller(name, evidence)]
    if not theirs:
        yield _error(
            where=where,
            message="nobody at the customer acts in the next step: name who takes part, or the "
            "role where no name is known",
        )
    for name in named:
        if name not in theirs:
            yield _error(
                where=where, message=f"{name} is one of ours: list who acts at the customer"
            )


def _action(step: NextStep, evidence: Evidence, asked: str) -> Iterator[Finding]:
    where = "opening.next_step.action"
    if not step.action.strip():
        yield _error(where=where, message="the next step is empty: name one from the ladder")
    elif _is_ours_alone(step.action, evidence):
        yield _error(
            where=where,
            message=f"“{step.action}” is something that only we do, a continuation: name what the "
            "customer does with us",
        )
    elif not _stands(step.action, evidence, asked):
        yield _off_ladder(step.action, where)
    for words in vague_times(step.action):
        yield _vague(words, where)


def _is_ours_alone(action: str, evidence: Evidence) -> bool:
    """Tell whether the action is ours, with the customer as receiver at most.

    A ladder's own step may begin with such a verb: it says who takes part beside it.
    """
    text = one_line(action)
    if _on_ladder(text, evidence):
        return False
    if _SELLER_VERB.match(text):
        return True
    beginning = " ".join(text.split(" ")[:2])
    return comes_first(beginning, seller_names(evidence), customer_names(evidence))


def _stands(action: str, evidence: Evidence, asked: str) -> bool:
    wanted = bool(asked.strip()) and (_is_step(action, asked) or _is_step(asked, action))
    return wanted or _on_ladder(action, evidence)


def _on_ladder(action: str, evidence: Evidence) -> bool:
    stages = evidence.profile.next_steps
    return any(
        _is_step(action, step.action)
        for stage in stages
        for step in (*stage.advances, stage.fallback)
    )


def _is_step(action: str, step: str) -> bool:
    return share(stems(step), stems(action)) >= _ON_LADDER


def _off_ladder(action: str, where: str) -> Finding:
    if _CONTINUES.search(one_line(action)):
        return _error(
            where=where,
            message=f"“{action}” only goes on talking, a continuation: name a step from the "
            "ladder that the customer takes",
        )
    return _error(
        where=where,
        message=f"“{action}” is on no rung of the seller profile's ladder, and nobody asked for "
        "it: take a step from the ladder",
    )


def _when(step: NextStep, evidence: Evidence) -> Iterator[Finding]:
    where = "opening.next_step.when"
    meeting = evidence.dossier.meeting.held_on or evidence.today
    if step.when < evidence.today:
        yield _error(where=where, message=f"the next step was on {step.when.isoformat()}: past")
    elif step.when < meeting:
        yield _error(
            where=where,
            message=f"the next step is on {step.when.isoformat()}, before the meeting itself",
        )
    elif (step.when - meeting).days > _FAR_DAYS:
        yield _warning(
            where=where,
            message=f"the next step is {(step.when - meeting).days} days after the meeting: "
            "a smaller one can come sooner",
        )


def _wording(step: NextStep, evidence: Evidence) -> Iterator[Finding]:
    where = "opening.next_step.wording"
    yield from _asked(step.wording, where)
    if step.wording.strip() and not _names_step(step, evidence):
        yield _error(
            where=where,
            message=f"the wording does not ask for the next step: name “{step.action}” in it",
        )
    if not _CONDITION.search(step.wording):
        yield _warning(
            where=where,
            message="the wording is not provisional: begin with what has to be true first, as in "
            "“Assuming we successfully accomplish these objectives”",
        )


def _names_step(step: NextStep, evidence: Evidence) -> bool:
    """Compare without the people, who are "you" once it is said aloud."""
    sought = stems(step.action) - stems(*customer_names(evidence))
    return share(sought or stems(step.action), stems(step.wording)) >= _SAME_STEP


def _fallback(step: NextStep, evidence: Evidence) -> Iterator[Finding]:
    where = "opening.next_step.fallback_wording"
    yield from _asked(step.fallback_wording, where)
    if stems(step.fallback_wording) == stems(step.wording) and step.wording.strip():
        yield _error(where=where, message="the fallback asks for the same step: ask for a smaller")
    elif _only_we_do(step.fallback_wording) and not _on_ladder(step.fallback_wording, evidence):
        yield _error(
            where=where,
            message="in the fallback only we do something: ask for a smaller step that they take",
        )


def _only_we_do(wording: str) -> bool:
    """Tell whether a question offers our own doing: "would it help if we sent you a proposal?"."""
    return bool(
        re.search(
            r"\b(?:we|i)(?:'ll)?\s+(?:\w+\s+)?(?:sen[dt]|e-?mail(?:ed)?|forward(?:ed)?|call(?:ed)?"
            r"|follow(?:ed)? up|prepared?|wr[io]te|put together|got back|get back)\b",
            one_line(wording),
            re.IGNORECASE,
        )
    )


def _asked(wording: str, where: str) -> Iterator[Finding]:
    """Find what is wrong with a question for a step, whatever the step."""
    if not wording.strip():
        yield _error(where=where, message="there is no wording to ask for the step with")
    elif not one_line(wording).rstrip("\"')”’ ").endswith("?"):
        yield _error(where=where, message="the wording is no question: let them agree or not")
    for words in vague_times(wording):
        yield _vague(words, where)
    for words in hedges(wording):
        yield _error(
            where=where, message=f"“{words}” leaves the step open: ask plainly whether it is agreed"
        )


def _vague(words: str, where: str) -> Finding:
    return _error(where=where, message=f"“{words}” is no time: name the day")
