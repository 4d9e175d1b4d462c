"""Actions: what each side undertook, with owner and day, and how to ask where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.checks.wording import share, stems
from assistant.debrief import ActionTaken
from assistant.outcome.making import OURSELVES
from assistant.outcome.step import Step, is_specific
from assistant.outcome.tasks import task_of

_SAME = 0.6  # share of a task's words that make two tasks the same


def actions_of(
    steps: Iterable[Step], held_on: date, *, planned: str = ""
) -> tuple[ActionTaken, ...]:
    """Return the tasks that stand when the call ends, those of the customer first, by day.

    Going on talking is no task. Of two promises of the same thing the one with a day stands, or the
    later one. `planned` is the step that the brief had planned.
    """
    standing = [step for step in steps if not step.withdrawn and step.is_specific]
    kept: list[Step] = []
    for step in sorted(standing, key=lambda s: (s.when is None, -s.said.place)):
        if not any(_is_same(step, other) for other in kept):
            kept.append(step)
    taken = (_action(step, held_on, planned) for step in sorted(kept, key=lambda s: s.said.place))
    return tuple(sorted(taken, key=lambda a: (a.side == "seller", a.due or date.max)))


def in_words(day: date) -> str:
    """Return a day as it is said: Thursday 26 November 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _action(step: Step, held_on: date, planned: str) -> ActionTaken:
    task, owner = task_of(step, held_on, planned=planned), owner_of(step)
    is_open = bool(step.hedge or step.condition or step.is_provisional)
    return ActionTaken(
        task=task,
        owner=owner,
        side=step.side,
        due=step.when,
        quote=step.spoken or step.said.quote,
        at=step.said.at,
        hedged=is_open,
        firmer=_firmer(owner or ("we" if step.side == "seller" else "you"), task, step.when)
        if is_open or step.when is None
        else "",
    )


def owner_of(step: Step) -> str:
    """Return who answers for a step, as we would name them; "" where nobody is known."""
    first = step.actors[0] if step.actors else ""
    if first.lower() in OURSELVES:
        return ""
    return re.sub(r"^(?:my|our)\b", "their", first, flags=re.IGNORECASE)


def _firmer(owner: str, task: str, due: date | None) -> str:
    if due is None:
        return f"By which day will {owner} have done this: {task}?"
    return f"Can we agree that by {in_words(due)} {owner} will have done this: {task}?"


def _is_same(one: Step, other: Step) -> bool:
    if one.side != other.side:
        return False
    if one.said.place == other.said.place and not is_specific(one.action):
        return True  # "Thursday works, Marcus will be there"
    mine, theirs = (stems(f"{s.action} {s.subject}") for s in (one, other))
    return share(mine, theirs) >= _SAME or share(theirs, mine) >= _SAME
