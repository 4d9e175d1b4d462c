"""The next step of a call: whether it was proposed early, and confirmed when the call ended."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.checks.wording import share, stems
from assistant.debrief import AgreedStep, NextStepKept
from assistant.outcome.call import Call, Sentence
from assistant.outcome.clauses import offer_kind
from assistant.outcome.step import EVENT, Step
from assistant.outcome.tasks import task_of
from assistant.outcome.times import times

_FIRST, _LAST = 0.2, 0.8  # of the call: its first and its last fifth
_CLOSE = 12  # sentences: a short call closes earlier than its last fifth
_OPEN = 20  # sentences: some two minutes, in a call of four or more
_LEAST = 20  # sentences; of less there is no beginning and end to tell apart
_SAME = 0.4  # share of a proposal's words that make a later step the same


def next_step_of(
    call: Call, steps: Sequence[Step], agreed: Step | None, *, planned: str = ""
) -> NextStepKept:
    """Return what became of the next step.

    `agreed` is the one that makes the advance, None where none does; `planned` is the brief's next
    step, whose words count as a proposal of it wherever our side speaks them early.
    """
    whole = call.sentences if len(call.sentences) >= _LEAST else ()
    early = [s for s in whole if _is_early(s, call) and _proposes(s, call, planned)]
    if agreed is None:
        return NextStepKept(proposed_early=bool(early), reconfirmed=False)
    late = [step for step in steps if step.holds and _is_late(step, call)]
    again = [step for step in late if _is_same_step(step, agreed, call)]
    return NextStepKept(
        proposed_early=bool(early),
        reconfirmed=bool(again) and any(_is_same(s.text, agreed) for s in early),
        agreed=AgreedStep(
            action=task_of(agreed, call.held_on, planned=planned),
            customer_actors=agreed.actors,
            when=agreed.when,
            quote=agreed.said.quote,
            at=agreed.said.at,
        ),
    )


def _is_early(sentence: Sentence, call: Call) -> bool:
    opens = sentence.place < _OPEN and len(call.sentences) >= 2 * _OPEN
    return opens or call.share(sentence) <= _FIRST


def _is_late(step: Step, call: Call) -> bool:
    last = call.sentences[step.said.place]
    return call.share(last) >= _LAST or len(call.sentences) - last.place <= _CLOSE


def _is_same_step(step: Step, agreed: Step, call: Call) -> bool:
    """Tell whether a step says the agreed one again: it is it, or names its day."""
    days = {time.due for time in times(step.named_by.quote, call.held_on)} | {step.when}
    return step is agreed or agreed.when in days


def _proposes(sentence: Sentence, call: Call, planned: str) -> bool:
    if sentence.side != "seller":
        return False
    found = times(sentence.text, call.held_on)
    is_planned = bool(planned) and share(stems(planned), stems(sentence.text)) >= _SAME
    named = bool(found or EVENT.search(sentence.text) or is_planned)
    return named and offer_kind(sentence.text, has_time=bool(found), at_end=True) == "theirs"


def _is_same(proposal: str, step: Step) -> bool:
    named = f"{step.action} {step.subject}"
    events = {match[0].lower() for match in EVENT.finditer(proposal)}
    shared = events & {match[0].lower() for match in EVENT.finditer(named)}
    return bool(shared) or share(stems(proposal), stems(named)) >= _SAME
