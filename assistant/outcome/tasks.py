"""A step as a task: the words that follow "will" where it is told who does it."""

from __future__ import annotations

import re
from datetime import date

from assistant.checks.wording import share, stems
from assistant.outcome.phrases import is_about_invitation
from assistant.outcome.step import EVENT, Step, is_specific
from assistant.outcome.times import times
from assistant.outcome.words import pattern
from assistant.text.words import plain

_PLANNED = 0.6  # share of a planned step's words that make words mean it
_LEAD = pattern("actions.lead")
_DELIVER = pattern("actions.deliver")
_OWE = pattern("actions.owe")
_DAY_QUESTION = pattern("actions.day_question")
_BEFORE_TIME = pattern("actions.before_time")
_TAIL = pattern("actions.tail")
_ASKS = pattern("clauses.discovers")
_EVENT_PHRASE = re.compile(pattern("actions.before_event").pattern + EVENT.pattern, re.IGNORECASE)
_DONE_TO = pattern("actions.done_to")
_NOUN = pattern("actions.noun")
_STRETCH = pattern("actions.stretch")
_IN_WHICH = pattern("actions.in_which")
_FETCHES = pattern("actions.fetches")
_AS_ABLE = pattern("actions.as_able")
_THING = pattern("actions.thing")
_THEM = re.compile(r"\b(?:it|them|those)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w']+")
# Whose words are told again: theirs as we write of them, ours as we write of ourselves.
_OF_THEIRS = {
    "you": "us", "your": "our", "yours": "ours", "me": "them", "my": "their", "us": "them",
    "our": "their", "ours": "theirs", "i": "they", "we": "they",
}  # fmt: skip
_OF_OURS = {"you": "them", "your": "their", "yours": "theirs", "me": "us", "my": "our", "i": "we"}


def task_of(step: Step, held_on: date, *, planned: str = "") -> str:
    """Return what is to be done, without who does it and when: "send us the gate logs".

    It follows "will". `planned` is the step that our side had planned, "a workshop on site"; words
    that mean it are told as it stands. What only hints at an event ("on the pier") has it behind.
    """
    if is_event(step) and _means(step, planned):
        return _attended(re.sub(r"^an?\b", "the", planned), step)
    if _is_invitation(step):
        return _attended("the meeting", step)
    own = is_specific(step.action, held_on)
    event = _EVENT_PHRASE.search(plain(step.subject or step.action))
    if not own or (event and _ASKS.search(plain(step.action))):
        words = event[0].strip() if event else _told(step, step.subject or step.action, held_on)
        return _attended(words, step) if event else _as_deed(words, step)
    task = _as_deed(_told(step, step.action, held_on), step)
    hints = event and step.subject and not EVENT.search(step.action)
    return f"{task}, for {event[0].strip()}" if event and hints else task


def is_event(step: Step) -> bool:
    """Tell whether a step is to take part in something that our side proposed."""
    return step.side == "customer" and step.worded_by == "seller" and bool(_event_of(step))


def _event_of(step: Step) -> str:
    words = step.action if is_specific(step.action) else step.subject or step.action
    found = EVENT.search(plain(words))
    return found[0] if found else ""


def _is_invitation(step: Step) -> bool:
    """Tell whether they said yes to an invitation of which nothing else is said."""
    ours = step.side == "customer" and step.worded_by == "seller"
    return ours and is_about_invitation(step.action) and not _event_of(step)


def _means(step: Step, planned: str) -> bool:
    named = step.action_said.quote if step.action_said else step.action
    return bool(planned) and share(stems(planned), stems(f"{step.action} {named}")) >= _PLANNED


def _attended(event: str, step: Step) -> str:
    """Return taking part in an event, with the others who do, and its hours."""
    others = [name for name in step.actors[1:] if name.split()[0] not in event]
    with_them = f" with {' and '.join(others)}" if others else ""
    return f"take part in {_with_article(event)}{with_them}{_hours(event, step)}"


def _hours(told: str, step: Step) -> str:
    return f", {step.hours}" if step.hours and step.hours not in told else ""


def _with_article(event: str) -> str:
    return event if _NOUN.match(event) else f"the {event}"


def _as_deed(task: str, step: Step) -> str:
    """Return a task that names only a thing as something that is done."""
    if _STRETCH.match(task):
        return f"give us {task}{_hours(task, step)}"
    event = EVENT.match(task)
    if event and not _DONE_TO.match(task, event.end()):  # "walk the docks" is a deed
        return _attended(task, step)
    if _NOUN.match(task):
        return _attended(task, step) if EVENT.search(task) else f"see to {task}"
    return task


def _told(step: Step, words: str, held_on: date) -> str:
    bare = _without_times(plain(words), held_on)
    bare = _LEAD.sub("", _OWE.sub("I will send you", _DELIVER.sub("I will deliver", bare)))
    bare = _TAIL.sub("", _DAY_QUESTION.sub("", bare)).removeprefix(" ").removeprefix("for ")
    bare = _IN_WHICH.sub("to ", bare) if _STRETCH.match(bare) else bare
    bare = _AS_ABLE.sub(r"\g<as> possible", _FETCHES.sub("bring ", bare))
    if thing := _thing_of(step):
        bare = _THEM.sub(thing, bare, count=1)
    told = _OF_OURS if step.worded_by == "seller" else _OF_THEIRS
    words = _WORD.sub(lambda match: told.get(match[0].lower(), match[0]), bare)
    return re.sub(r"\s+(?=[,.;])", "", " ".join(words.split())).strip(" ,;:.")


def _thing_of(step: Step) -> str:
    """Return what "them" stands for: the thing that was asked for right before, "" where unknown.

    Whose it is is not told: "your slot rules" are the slot rules.
    """
    if not step.subject.rstrip().endswith("?") or EVENT.search(step.subject):
        return ""
    found = [match["thing"].strip() for match in _THING.finditer(plain(step.subject))]
    return f"the {found[-1]}" if found and found[-1] else ""


def _without_times(text: str, held_on: date) -> str:
    for time in reversed(times(text, held_on)):
        before = _BEFORE_TIME.sub(" ", text[: time.start])
        text = f"{before.rstrip()} {text[time.end :].lstrip()}"
    return text
