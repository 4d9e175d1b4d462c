"""Actions: what each side undertook, with owner and day, and how to ask where one is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from assistant.checks.wording import share, stems
from assistant.debrief import ActionTaken
from assistant.outcome.making import OURSELVES
from assistant.outcome.step import EVENT, Step, is_specific
from assistant.outcome.times import times
from assistant.outcome.words import pattern
from assistant.text.words import plain

_SAME = 0.6  # share of a task's words that make two tasks the same
_LEAD = pattern("actions.lead")
_DELIVER = pattern("actions.deliver")
_DAY_QUESTION = pattern("actions.day_question")
_BEFORE_TIME = pattern("actions.before_time")
_TAIL = pattern("actions.tail")
_ASKS = pattern("clauses.discovers")
_EVENT_PHRASE = re.compile(pattern("actions.before_event").pattern + EVENT.pattern, re.IGNORECASE)
_WORD = re.compile(r"[\w']+")
# Whose words are told again: theirs as we write of them, ours as we write of ourselves.
_OF_THEIRS = {
    "you": "us", "your": "our", "yours": "ours", "me": "them", "my": "their", "us": "them",
    "our": "their", "ours": "theirs", "i": "they", "we": "they",
}  # fmt: skip
_OF_OURS = {"you": "them", "your": "their", "yours": "theirs", "me": "us", "my": "our", "i": "we"}


def actions_of(steps: Iterable[Step], held_on: date) -> tuple[ActionTaken, ...]:
    """Return the tasks that stand when the call ends, those of the customer first, by day.

    Going on talking is no task. Of two promises of the same thing the one with a day stands, or the
    later one.
    """
    standing = [step for step in steps if not step.withdrawn and step.is_specific]
    kept: list[Step] = []
    for step in sorted(standing, key=lambda s: (s.when is None, -s.said.place)):
        if not any(_is_same(step, other) for other in kept):
            kept.append(step)
    taken = (_action(step, held_on) for step in sorted(kept, key=lambda s: s.said.place))
    return tuple(sorted(taken, key=lambda a: (a.side == "seller", a.due or date.max)))


def task_of(step: Step, held_on: date) -> str:
    """Return what is to be done, without who does it and when: "send us the gate logs".

    What only hints at it ("on the pier") has the event that was spoken of in front.
    """
    own = is_specific(step.action, held_on)
    event = _EVENT_PHRASE.search(plain(step.subject or step.action))
    if not own or (event and _ASKS.search(plain(step.action))):
        return event[0].strip() if event else _told(step, step.subject or step.action, held_on)
    task = _told(step, step.action, held_on)
    hints = event and step.subject and not EVENT.search(step.action)
    return f"{event[0].strip()}: {task}" if event and hints else task


def _told(step: Step, words: str, held_on: date) -> str:
    bare = _without_times(plain(words), held_on)
    bare = _LEAD.sub("", _DELIVER.sub("I will deliver", bare))
    bare = _TAIL.sub("", _DAY_QUESTION.sub("", bare)).removeprefix(" ").removeprefix("for ")
    told = _OF_OURS if step.worded_by == "seller" else _OF_THEIRS
    words = _WORD.sub(lambda match: told.get(match[0].lower(), match[0]), bare)
    return re.sub(r"\s+(?=[,.;])", "", " ".join(words.split())).strip(" ,;:")


def in_words(day: date) -> str:
    """Return a day as it is said: Thursday 26 November 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _action(step: Step, held_on: date) -> ActionTaken:
    task, owner = task_of(step, held_on), owner_of(step)
    is_open = bool(step.hedge or step.condition or step.is_provisional)
    return ActionTaken(
        task=task,
        owner=owner,
        side=step.side,
        due=step.when,
        quote=step.said.quote,
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


def _without_times(text: str, held_on: date) -> str:
    for time in reversed(times(text, held_on)):
        before = _BEFORE_TIME.sub(" ", text[: time.start])
        text = f"{before.rstrip()} {text[time.end :].lstrip()}"
    return text
