"""Who comes along: what only says that somebody will be there belongs to what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.outcome.step import EVENT, Step, is_specific, together
from assistant.outcome.words import pattern
from assistant.text.words import plain

_NEAR = 8  # sentences in which an event that was agreed is still spoken of
_COMES = pattern("company.comes", whole=True)
_HOURS = pattern("company.hours", whole=True)
_BRINGS = pattern("company.brings", whole=True)


def in_company(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with each "we'll be there" taken into the event that it speaks of.

    The event gets its people and its hours: "Marcus and I will be there, from one to two". Somebody
    whom they bring to it is brought on its day.
    """
    kept: list[Step] = []
    for step in steps:
        place = _event_near(kept, step)
        if place is None:
            kept.append(_with_hours(step, step))
        elif _only_comes(step):
            event = kept[place]
            people = tuple(dict.fromkeys((*event.actors, *step.actors)))
            kept[place] = _with_words(replace(event, actors=people), step)
        else:
            kept.append(_with_hours(_brought(step, kept[place]), step))
    return tuple(kept)


def _event_near(steps: Sequence[Step], now: Step) -> int | None:
    """Return which step is the event of theirs, with a day, that was agreed last before one."""
    near = range(len(steps) - 1, -1, -1) if now.side == "customer" else ()
    return next((place for place in near if _is_event(steps[place], now)), None)


def _is_event(event: Step, now: Step) -> bool:
    is_near = 0 <= now.said.place - event.said.place <= _NEAR
    words = plain(f"{event.action} {event.subject}")
    return is_near and event.holds and bool(EVENT.search(words))


def _only_comes(step: Step) -> bool:
    people = {part for name in step.actors for part in name.split()}
    words = _HOURS.sub(" ", plain(step.action)).split()
    own = " ".join(word for word in words if word.strip(".,") not in people)
    return bool(_COMES.search(own)) and not is_specific(own, step.when) and step.is_firm


def _brought(step: Step, event: Step) -> Step:
    """Give a person who is brought along the day of what they are brought to."""
    if step.when is None and _BRINGS.search(plain(step.action)):
        return replace(step, when=event.when, when_said=event.timed_by)
    return step


def _with_words(event: Step, step: Step) -> Step:
    """Give an event the words right behind it that say who comes, and the hours in them."""
    spoken = together(event.said, step.said)
    return _with_hours(replace(event, spoken=spoken), step) if spoken else event


def _with_hours(step: Step, said: Step) -> Step:
    hours = _HOURS.search(plain(said.action)) or _HOURS.search(plain(said.said.quote))
    return replace(step, hours=hours[0]) if hours and not step.hours else step
