"""What to do before the call, each with a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.brief import Logistic
from assistant.calendar import Period, unsigned_in, workday, workday_before
from assistant.dossier import Fact
from assistant.parts.agenda import is_sent
from assistant.parts.people import lead
from assistant.parts.phrases import day, quotation
from assistant.parts.recall import noted
from assistant.plan import Plan, overlap, ready_day
from assistant.text.dates import days_named

_MOST_PROMISES = 3
_KEEP = "Keep our promise"
_SAME = 0.5  # of the longer words of the shorter one
_WE_TOLD_THEM = re.compile(r"\b(?:told|promised) (?:him|her|them) (?:i|we)\b", re.IGNORECASE)
_ASK_FOR_A_DAY = "Ask for a day"
_NO_DAY = re.compile(
    r"\b(?:no (?:date|day)|date (?:open|tb[acd])|(?:noch )?kein(?:en)? (?:termin|datum))\b",
    re.IGNORECASE,
)
_HOUSE_RULE = re.compile(
    r"\b(?:safety (?:vest|shoes|boots|glasses)|hi-?vis|hard hat|ppe|photo id|(?:valid )?id (?:card"
    r"|required)|passport|badge|reception|visitors?|parking|security desk"
    r"|sicherheits(?:schuhe|weste)|warnweste|empfang|ausweis|besucher|parkplatz|pförtner)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?:please|bitte|can you|could you)\b", re.IGNORECASE)


def brief_logistics(plan: Plan) -> tuple[Logistic, ...]:
    """Return the open promises of both sides and what to send before the call, by day.

    Who does not fit hears so no later than what was promised to them: that is our answer.
    """
    return tuple(sorted(_tasks(plan), key=lambda task: task.due))


def _tasks(plan: Plan) -> Iterator[Logistic]:
    before = max(plan.evidence.today, plan.meeting_day - timedelta(days=1))
    promises = [f for f in plan.dossier.facts if f.kind == "promise" and f.voice != "public"]
    open_still = _told_once(promises)[:_MOST_PROMISES]
    is_misfit = plan.fit.verdict == "no"
    answered = [fact for fact in open_still if is_misfit and _what_to_do(fact, plan) == _KEEP]
    yield from (_kept(fact, plan, before) for fact in open_still if fact not in answered)
    for fact in plan.dossier.facts:
        period = unsigned_in(fact.quote, plan.evidence.today)
        if period and period.last >= plan.evidence.today:
            yield _planned_around(fact, period, plan, before)
    yield from _at_their_place(plan, before)
    unsure = [person for person in plan.customers[:1] if person.attendance]
    if unsure and plan.fit.verdict != "no":
        yield Logistic(
            task=f"Make sure that {lead(plan)} comes ({unsure[0].attendance} in the invitation): "
            "nobody else is there to agree to the next step",
            due=before,
        )
    if plan.fit.verdict != "no":
        yield Logistic(task=f"{_about_the_agenda(plan)}, and ask for their goals", due=before)
        yield Logistic(
            task=f"Ask whether {day(plan.step_day)} would suit them for {plan.step.action}",
            due=before,
        )
    else:
        yield _plain_answer(plan, answered, before)


def _at_their_place(plan: Plan, before: date) -> Iterator[Logistic]:
    """Say what a visitor must bring or do there, and ask for a place where none is known."""
    kinds = {source.id: source.kind for source in plan.dossier.sources}
    invited = [fact for fact in plan.dossier.facts if kinds.get(fact.source) == "invite"]
    for fact in _told_once([fact for fact in invited if _HOUSE_RULE.search(fact.quote)])[:2]:
        yield Logistic(task=f"For the visit: {quotation(fact.quote)} ({fact.id})", due=before)
    if "invite" in kinds.values() and not plan.dossier.meeting.place:
        yield Logistic(
            task="Ask where you meet: the invitation names no place and no link", due=before
        )


def _plain_answer(plan: Plan, answered: Sequence[Fact], before: date) -> Logistic:
    """Say all that we owe a misfit in one mail, by the day of the earliest promise of ours."""
    due = [max(plan.evidence.today, ready_day(plan.meeting_day))]
    due += [_due(fact, plan, before) for fact in answered]
    answer = f"say plainly that this is not for {plan.account} and why, ask what we have missed"
    if not plan.stops:
        answer = "say what speaks against the fit, ask whether it holds"
    minutes = plan.dossier.meeting.minutes
    task = f"Write once to {lead(plan)}: {answer}, and offer the {minutes} minutes back"
    if answered:
        promised = "; ".join(f"{noted(fact)} ({fact.id})" for fact in answered)
        task += f". That is also the answer that we promised: {promised}"
    return Logistic(task=task, due=min(due))


def _about_the_agenda(plan: Plan) -> str:
    """Say what is still to be sent: nobody sends a second agenda beside the one that is known."""
    sent = plan.dossier.meeting.agenda
    if sent is None or not is_sent(plan):
        return "Send the agenda and the proposed next step"
    if sent.side == "seller":
        return "Send the proposed next step, beside the agenda that they have"
    return "Confirm the agenda that they sent, add the proposed next step"


def _planned_around(fact: Fact, period: Period, plan: Plan, before: date) -> Logistic:
    """Say when a signature is possible, of days on which they sign nothing."""
    again = day(workday(period.last + timedelta(days=1)))
    last = workday_before(period.first)
    when = f"Sign by {day(last)}, or from {again} on" if last > plan.evidence.today else ""
    return Logistic(
        task=f"Plan around the days on which they sign nothing: {noted(fact)} ({fact.id}). "
        f"{when or f'They sign again from {again} on'}",
        due=before,
    )


def _told_once(promises: Sequence[Fact]) -> list[Fact]:
    """Leave out a promise that another source tells again, in nearly the same words."""
    kept: list[Fact] = []
    for fact in promises:
        if all(overlap(fact.quote, other.quote) < _SAME for other in kept):
            kept.append(fact)
    return kept


def _kept(fact: Fact, plan: Plan, before: date) -> Logistic:
    """Say what to do about a promise: ours is kept by its own day, theirs is looked for."""
    task = f"{_what_to_do(fact, plan)}: {noted(fact)} ({fact.id})"
    return Logistic(task=task, due=_due(fact, plan, before))


def _due(promise: Fact, plan: Plan, before: date) -> date:
    if _what_to_do(promise, plan) == _ASK_FOR_A_DAY:
        return plan.evidence.today
    named = [day for day in days_named(promise.quote, plan.evidence.today) if day <= before]
    return max([plan.evidence.today, *named[-1:]]) if named else before


def _what_to_do(fact: Fact, plan: Plan) -> str:
    first = fact.quote.split()[0].lower()
    theirs = any(person.name.lower().startswith(f"{first} ") for person in plan.customers)
    if _WE_TOLD_THEM.search(fact.quote) or (fact.voice == "internal" and not theirs):
        return _KEEP
    if _ASKED.match(fact.quote):
        return "Have ready what they asked for"
    if _NO_DAY.search(fact.quote):
        return _ASK_FOR_A_DAY
    return "See whether it has come"
