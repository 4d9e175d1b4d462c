"""The follow-up after a call: what they said, who does what by when, and one thing to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from assistant.brief import Claim
from assistant.calendar import workday
from assistant.debrief import ActionTaken, Debrief
from assistant.dossier import Dossier, Fact
from assistant.email import Address, Email, Paragraph, Promise
from assistant.emails.greeting import greeting
from assistant.evidence import MEETING, SCHEDULE
from assistant.parts.phrases import begun, day, quotation
from assistant.research.facts import salience

_MOST_UNDERSTOOD = 2
_MOST_ROWS = 5  # more than that is a protocol, and 180 words do not hold it
_UNDERSTOOD = {"priority": 2.0, "challenge": 1.0, "trigger": 1.0}
_LEAST_WORDS = 6  # of a line that says something without the talk around it
_DAYS_TO_ANSWER = 2
_TO_THEM = (("them", "you"), ("their", "your"), ("they", "you"))


def compose_follow_up(
    debrief: Debrief, dossier: Dossier, *, sender: Address, now: datetime
) -> Email:
    """Return the e-mail after a call: its words are quoted, its promises are the debrief's rows.

    A row without a day or with a way out is no promise; the gravest of them is what is asked for.
    Where the call ended in a no, nothing is asked for but whether that was understood. `dossier`
    holds the call's facts and rows, and who was there; see `correspondence`.
    """
    theirs = [p for p in dossier.meeting.participants if p.side == "customer" and p.name]
    promises = tuple(_promises(debrief, sender))
    return Email(
        kind="follow-up",
        created_at=now,
        written_by="composed",
        sender=sender,
        to=tuple(Address(name=person.name, email=person.email) for person in theirs),
        subject=_subject(debrief),
        greeting=greeting(theirs),
        paragraphs=tuple(_paragraphs(debrief, promises)),
        ask=_ask(debrief, answer_by(now.date())),
        sign_off="Kind regards",
        promises=promises,
    )


def answer_by(today: date) -> date:
    """Return until when an answer is asked for: two days later, on a working day."""
    return workday(today + timedelta(days=_DAYS_TO_ANSWER))


def row_id(number: int) -> str:
    """Return the evidence id of an action of the debrief, by its place from 0."""
    return f"A{number + 1}"


def _subject(debrief: Debrief) -> str:
    account = f"{debrief.account}: " if debrief.account else ""
    return f"{account}{day(debrief.held_on)}, who does what by when"


def _ended(debrief: Debrief) -> bool:
    return debrief.outcome in {"halt", "disqualification"}


# --- promises


def _promises(debrief: Debrief, sender: Address) -> Iterator[Promise]:
    """Yield the rows that hold: somebody's, with a day, and without a way out."""
    for number, action in enumerate(debrief.actions):
        if action.due and action.owner and not action.hedged:
            own = action.side == "seller"
            yield Promise(
                task=_to_them(action.task) if own else action.task,
                owner="I" if own and action.owner == sender.name.split(",")[0] else action.owner,
                side=action.side,
                due=action.due,
                evidence=(row_id(number), MEETING, SCHEDULE),
            )


def _to_them(task: str) -> str:
    """Return a task of ours as it is written to them, who are "them" in our own rows."""
    for theirs, yours in _TO_THEM:
        task = re.sub(rf"\b{theirs}\b", yours, task)
    return task


# --- paragraphs


def _paragraphs(debrief: Debrief, promises: Sequence[Promise]) -> Iterator[Paragraph]:
    ours = (MEETING, SCHEDULE)
    yield _paragraph(f"Thank you for the time on {day(debrief.held_on)}.", ours)
    understood = _understood(debrief.facts)
    if understood:
        yield Paragraph(
            lead=Claim(text="What I have understood:", origin="inferred", evidence=ours),
            items=tuple(_quoted(fact) for fact in understood),
        )
    if _ended(debrief):
        yield _paragraph("I take it that this is not for you today, and leave it there.", ours)
    elif promises:
        yield Paragraph(
            lead=Claim(text="Who does what, by when:", origin="inferred", evidence=ours),
            items=tuple(_row(promise) for promise in promises[:_MOST_ROWS]),
        )


def _paragraph(text: str, evidence: tuple[str, ...]) -> Paragraph:
    return Paragraph(lead=Claim(text=text, origin="inferred", evidence=evidence))


def _understood(facts: Sequence[Fact]) -> list[Fact]:
    """Return what they want and what troubles them, weightiest first, a line each speaker."""

    def weight(fact: Fact) -> float:
        return _UNDERSTOOD[fact.kind] + 0.1 * salience(fact)

    told = [
        fact
        for fact in facts
        if fact.kind in _UNDERSTOOD
        and fact.voice == "customer"
        and fact.speaker
        and len(fact.quote.split()) >= _LEAST_WORDS
    ]
    by_speaker: dict[str, Fact] = {}
    for fact in sorted(told, key=weight, reverse=True):
        by_speaker.setdefault(fact.speaker, fact)
    return list(by_speaker.values())[:_MOST_UNDERSTOOD]


def _quoted(fact: Fact) -> Claim:
    words = quotation(fact.quote)
    return Claim(
        text=f"{fact.speaker.split()[0]}: {words}",
        origin="notes",
        evidence=(fact.id, MEETING),
        quotes=(words.strip("“”"),),
    )


def _row(promise: Promise) -> Claim:
    text = f"{promise.owner} will {promise.task} by {day(promise.due)}."
    return Claim(text=text, origin="notes", evidence=promise.evidence)


# --- the ask


def _ask(debrief: Debrief, by: date) -> Claim:
    evidence: tuple[str, ...] = (MEETING, SCHEDULE)
    if _ended(debrief):
        text = f"Please tell me by {day(by)} where I have understood you wrongly."
    elif loose := _loose(debrief.actions):
        number, action = loose
        evidence = (row_id(number), *evidence)
        text = f"Please name by {day(by)} the day for this: {_asked_for(action)}."
    elif debrief.next_step.agreed is None:
        text = f"Please name by {day(by)} the day on which we take the next step together."
    else:
        text = f"Please tell me by {day(by)} what of this is wrong or missing."
    return Claim(text=text, origin="inferred", evidence=evidence)


def _loose(actions: Sequence[ActionTaken]) -> tuple[int, ActionTaken] | None:
    """Return the first thing of theirs that has no day or a way out."""
    return next(
        (
            (number, action)
            for number, action in enumerate(actions)
            if action.side == "customer" and action.owner and (action.hedged or not action.due)
        ),
        None,
    )


def _asked_for(action: ActionTaken) -> str:
    return f"{begun(action.owner)}, to {action.task}"
