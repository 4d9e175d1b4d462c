"""The follow-up after a call: what they said, who does what by when, and one thing to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from assistant.brief import Claim
from assistant.calendar import workday
from assistant.checks.wording import share, stems
from assistant.debrief import ActionTaken, Debrief
from assistant.dossier import Dossier, Fact
from assistant.email import Address, Email, Paragraph, Promise
from assistant.emails.greeting import greeting
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.outcome.phrases import praises
from assistant.parts.phrases import begun, day, quotation, the
from assistant.research.facts import salience

_MOST_UNDERSTOOD = 2
_MOST_OPEN = 2
_MOST_ROWS = 9
_MOST_WORDS = 180  # of the whole e-mail, as the gate holds it
_UNDERSTOOD = {"priority": 2.0, "challenge": 1.0, "trigger": 1.0}
_SALIENT = 0.3
_SAID = 0.5  # share of a row's words, or a fact's, that its quote has
_MOST_OF_A_NAME = 5  # words: "their head of purchasing"
_LATE = 2.0  # what was said last weighs most: a call begins with what one would like to hear
_LEAST_WORDS = 6  # of a line that says something without the talk around it
_LEANS = re.compile(
    r"^\W*(?:then|that|this|and|but|so|as)\b|\b(?:it|them|they|him|her|he|she|there|those|these|you|others?)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset({"the", "their", "our", "my", "a", "an"})  # "their CFO" has no first name
_OF_CALL = re.compile(  # what somebody wants of the call, which is over
    r"\b(?:want|like|hope|hoping|here) to (?:just )?(?:hear|leave|know|see|come out|make sure"
    r"|learn|walk away|understand|find out|talk|get a (?:sense|feeling))\b",
    re.IGNORECASE,
)
_DAYS_TO_ANSWER = 2
_ON = re.compile(r"(?:take part|give us|bring|host|join|meet)\b")  # done on a day, not by it
_TO_THEM = ((r"\b(?:them|they)\b", "you"), (r"\btheir\b", "your"))
_GIVEN = re.compile(
    r"\b(?P<how>send|give|show|tell|bring|write|mail|hand|get|call|offer|to|for|with)\s+them\b"
)


def compose_follow_up(
    debrief: Debrief, dossier: Dossier, *, sender: Address, now: datetime, planned: str = ""
) -> Email:
    """Return the e-mail after a call: its words are quoted, its promises are the debrief's rows.

    A row without a day or with a way out is no promise; the gravest of them is what is asked for.
    Where no next step was agreed, its day is: `planned` is the step that the brief had planned.
    Where the call ended in a no, nothing is asked for but whether that was understood. `dossier`
    holds the call's facts and rows, and who was there; see `correspondence`. What 180 words do not
    hold is left out: what was understood first, then rows of theirs that are furthest off.
    """
    theirs = [p for p in dossier.meeting.participants if p.side == "customer" and p.name]
    promises = tuple(_promises(debrief, sender))
    whole = Email(
        kind="follow-up",
        created_at=now,
        written_by="composed",
        sender=sender,
        to=tuple(Address(name=person.name, email=person.email) for person in theirs),
        subject=_subject(dossier.account, debrief.held_on),
        greeting=greeting(theirs),
        paragraphs=(),
        ask=_ask(debrief, answer_by(now.date()), planned),
        sign_off="Kind regards",
        promises=promises,
    )
    sizes = [(lines, rows) for rows in range(_MOST_ROWS, 0, -1) for lines in (_MOST_UNDERSTOOD, 1)]
    drafts = (_filled(whole, debrief, lines, _weightiest(promises, rows)) for lines, rows in sizes)
    return next(
        (draft for draft in drafts if len(draft.text.split()) <= _MOST_WORDS),
        _filled(whole, debrief, 0, promises[:1]),
    )


def _filled(email: Email, debrief: Debrief, lines: int, promises: tuple[Promise, ...]) -> Email:
    paragraphs = tuple(_paragraphs(debrief, promises, lines))
    return email.model_copy(update={"paragraphs": paragraphs, "promises": promises})


def _weightiest(promises: tuple[Promise, ...], most: int) -> tuple[Promise, ...]:
    """Return so many rows in their order, all of ours and the nearest of theirs."""
    ours_first = sorted(promises, key=lambda p: (p.side != "seller", p.due))[:most]
    return tuple(promise for promise in promises if promise in ours_first)


def answer_by(today: date) -> date:
    """Return until when an answer is asked for: two days later, on a working day."""
    return workday(today + timedelta(days=_DAYS_TO_ANSWER))


def row_id(number: int) -> str:
    """Return the evidence id of an action of the debrief, by its place from 0."""
    return f"A{number + 1}"


def _subject(account: str, held_on: date) -> str:
    return f"{f'{account}: ' if account else ''}{day(held_on)}, who does what by when"


def _ended(debrief: Debrief) -> bool:
    return debrief.outcome in {"halt", "disqualification"}


# --- promises


def _promises(debrief: Debrief, sender: Address) -> Iterator[Promise]:
    """Yield the rows that hold, by day: somebody's, with a day, and without a way out."""
    me = sender.name.split(",")[0]
    for number, action in sorted(enumerate(debrief.actions), key=lambda n: n[1].due or date.max):
        if action.due and action.owner and not action.hedged:
            own = action.side == "seller"
            yield Promise(
                task=_by_first_names(_to_them(action) if own else action.task, debrief),
                owner="I" if own and action.owner == me else _called(action.owner, debrief),
                side=action.side,
                due=action.due,
                evidence=(row_id(number), MEETING, SCHEDULE),
            )


def _called(owner: str, debrief: Debrief) -> str:
    """Return the first name of somebody, the whole name where another is called so too."""
    first = owner.split(maxsplit=1)[0]
    called = {action.owner for action in debrief.actions if action.owner.split()[:1] == [first]}
    is_whole = len(called) > 1 or first.lower() in _NO_NAME
    return owner if is_whole or len(owner.split()) > _MOST_OF_A_NAME else first


def _by_first_names(task: str, debrief: Debrief) -> str:
    """Return a task with whoever has rows of their own called as they are there."""
    owners = sorted({action.owner for action in debrief.actions if " " in action.owner})
    for owner in owners:
        task = task.replace(owner, _called(owner, debrief))
    return task


def _to_them(action: ActionTaken) -> str:
    """Return a task of ours as it is written to them, who are "them" in our own rows.

    Where our own words were of others as well, only what is given to somebody is given to them.
    """
    task = _GIVEN.sub(r"\g<how> you", action.task)
    for ours, yours in _TO_THEM:
        if not re.search(ours, action.quote, re.IGNORECASE):
            task = re.sub(ours, yours, task)
    return task


# --- paragraphs


def _paragraphs(
    debrief: Debrief, promises: Sequence[Promise], most_understood: int
) -> Iterator[Paragraph]:
    ours = (MEETING, SCHEDULE)
    yield _paragraph("Thank you for the time.", ours)  # the subject has its day
    understood = _understood(debrief.facts)[:most_understood]
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
            items=tuple(_row(promise, debrief.held_on) for promise in promises),
        )
    if not _ended(debrief) and (still_open := _open_rows(debrief)):
        yield Paragraph(
            lead=Claim(text="Still without a day:", origin="inferred", evidence=ours),
            items=tuple(_open_row(number, action) for number, action in still_open),
        )


def _paragraph(text: str, evidence: tuple[str, ...]) -> Paragraph:
    return Paragraph(lead=Claim(text=text, origin="inferred", evidence=evidence))


def _understood(facts: Sequence[Fact]) -> list[Fact]:
    """Return what they want and what troubles them, weightiest first, a line each speaker."""
    last = max((fact.line for fact in facts), default=1)

    def weight(fact: Fact) -> float:
        return _UNDERSTOOD[fact.kind] + _SALIENT * salience(fact) + _LATE * fact.line / last

    told = [
        fact
        for fact in facts
        if fact.kind in _UNDERSTOOD
        and fact.voice == "customer"
        and 0 < len(fact.speaker.split()) <= _MOST_OF_A_NAME
        and len(fact.quote.split()) >= _LEAST_WORDS
        and share(stems(fact.text), stems(fact.quote)) >= _SAID
        and not (_LEANS.search(fact.quote) or _OF_CALL.search(fact.quote) or praises(fact.quote))
    ]
    by_speaker: dict[str, Fact] = {}
    for fact in sorted(told, key=weight, reverse=True):
        by_speaker.setdefault(fact.speaker, fact)
    return list(by_speaker.values())


def _quoted(fact: Fact) -> Claim:
    words = quotation(fact.quote)
    return Claim(
        text=f"{fact.speaker.split()[0]}: {words}",
        origin="notes",
        evidence=(fact.id, MEETING),
        quotes=(words.strip("“”"),),
    )


def _row(promise: Promise, held_on: date) -> Claim:
    when = _in_year(promise.due, held_on)
    word = "on" if _ON.match(promise.task) else "by"
    comma = "," if "," in promise.task else ""
    text = f"{promise.owner} will {promise.task}{comma} {word} {when}."
    return Claim(text=text, origin="notes", evidence=promise.evidence)


def _in_year(when: date, held_on: date) -> str:
    """Return a day as it is written soon after the call: the year, which the subject has, left out.

    Another year than the call's is told.
    """
    return day(when).removesuffix(f" {held_on.year}")


def _open_rows(debrief: Debrief) -> list[tuple[int, ActionTaken]]:
    """Return what they undertook without a day, beside what is asked for."""
    asked = _loose(debrief)
    return [
        (number, action)
        for number, action in enumerate(debrief.actions)
        if action.side == "customer" and action.owner and not (action.due or action.hedged)
        if (number, action) != asked and _is_said(action)
    ][:_MOST_OPEN]


def _is_said(action: ActionTaken) -> bool:
    """Tell whether a row is in the words that it quotes, else they are not shown for it."""
    if len(action.owner.split()) > _MOST_OF_A_NAME:
        return False
    return share(stems(action.task), stems(action.quote)) >= _SAID


def _open_row(number: int, action: ActionTaken) -> Claim:
    words = quotation(action.quote)
    return Claim(
        text=f"{action.owner.split()[0]}: {words}",
        origin="notes",
        evidence=(row_id(number), MEETING),
        quotes=(words.strip("“”"),),
    )


# --- the ask


def _ask(debrief: Debrief, by: date, planned: str) -> Claim:
    evidence: tuple[str, ...] = (MEETING, SCHEDULE, PROFILE)
    until = _in_year(by, debrief.held_on)
    if _ended(debrief):
        text = f"Please tell me by {until} where I have understood you wrongly."
    elif loose := _loose(debrief):
        number, action = loose
        evidence = (row_id(number), *evidence)
        task = re.sub(r"\btheir\b", "your", action.task)
        first = _called(action.owner, debrief)
        text = f"{begun(first)}, please name by {until} the day on which you can {task}."
    elif debrief.next_step.agreed is None:
        step = the(planned) if debrief.next_step.proposed_early else ""
        wanted = f"for {step}" if step else "on which we take the next step together"
        text = f"Please name by {until} the day {wanted}."
    else:
        text = f"Please tell me by {until} what of this is wrong or missing."
    return Claim(text=text, origin="inferred", evidence=evidence)


def _loose(debrief: Debrief) -> tuple[int, ActionTaken] | None:
    """Return the first thing of theirs that has no day or a way out, once a step is agreed."""
    if debrief.next_step.agreed is None and debrief.next_step.proposed_early:
        return None  # the day of the step itself is what is missing
    return next(
        (
            (number, action)
            for number, action in enumerate(debrief.actions)
            if action.side == "customer" and action.owner and (action.hedged or not action.due)
        ),
        None,
    )
