"""From a brief or a debrief that was kept to an e-mail: compose, check."""

from __future__ import annotations

from datetime import datetime

from assistant.brief import Brief
from assistant.debrief import ActionTaken, Debrief
from assistant.dossier import Dossier, Fact, Meeting, Participant, SourceNote
from assistant.email import Address, Email
from assistant.emails.checked import checked
from assistant.emails.confirm import answer_by, compose_confirmation
from assistant.emails.follow_up import answer_by as answer_to_follow_up_by
from assistant.emails.follow_up import compose_follow_up, row_id
from assistant.knowledge.pack import Pack
from assistant.knowledge.profile import SellerProfile
from assistant.text.quantities import quantities

_CALL = "call"  # the source that a debrief's quotes stand in


def confirm(
    brief: Brief, *, profile: SellerProfile, pack: Pack, now: datetime, sender: str = ""
) -> Email:
    """Return the e-mail that confirms a brief's meeting, with what its checks found.

    `sender` is the seller's address where the brief does not hold it.

    Raises:
        UsageError: the meeting has no day, or is over.
    """
    email = compose_confirmation(brief, profile, now=now)
    if sender:
        email = email.model_copy(update={"sender": Address(name=email.sender.name, email=sender)})
    held_on = brief.meeting.held_on
    days = [brief.opening.next_step.when, *([answer_by(held_on, now.date())] if held_on else [])]
    return checked(email, brief.dossier, profile=profile, pack=pack, days=days, today=now.date())


def follow_up(
    debrief: Debrief,
    *,
    profile: SellerProfile,
    pack: Pack,
    now: datetime,
    brief: Brief | None = None,
    sender: str = "",
) -> Email:
    """Return the e-mail after a call, with what its checks found.

    The brief of the call, where it is at hand, gives addresses, and what of our own notes must not
    get out. Without it nobody's address is known but the sender's.
    """
    dossier = _dossier(debrief, brief, profile.company)
    email = compose_follow_up(
        debrief,
        dossier,
        sender=_sender(debrief, dossier, profile, sender),
        now=now,
        planned=brief.opening.next_step.action if brief else "",
    )
    return recheck(email, debrief, brief, profile, pack)


def recheck(
    email: Email, debrief: Debrief, brief: Brief | None, profile: SellerProfile, pack: Pack
) -> Email:
    """Return the e-mail after a call, perhaps edited since, with what its checks find now."""
    today = email.created_at.date()
    dossier = _dossier(debrief, brief, profile.company)
    days = (debrief.held_on, answer_to_follow_up_by(today))
    return checked(email, dossier, profile=profile, pack=pack, days=days, today=today)


def _sender(debrief: Debrief, dossier: Dossier, profile: SellerProfile, address: str) -> Address:
    """Return who of ours writes: who has most to do, else the first who was there."""
    ours = [p for p in dossier.meeting.participants if p.side == "seller" and p.name]
    busy = [action.owner for action in debrief.actions if action.side == "seller"]
    ours.sort(key=lambda person: -busy.count(person.name))
    if not ours:
        return Address(name=profile.company, email=address)
    return Address(name=f"{ours[0].name}, {profile.company}", email=address or ours[0].email)


def _dossier(debrief: Debrief, brief: Brief | None, company: str) -> Dossier:
    """Return what the e-mail may rest on: the call's facts and rows, and our secrets beside them.

    Facts of the brief are there under other ids, so that what is ours alone is known and kept in.
    """
    rows = [
        Fact(
            id=row_id(number),
            kind="promise",
            voice="public",  # all who were there have heard it
            text=_told(action),
            quote=action.quote,
            source=_CALL,
            line=_line(action.at),
            speaker=action.owner,
        )
        for number, action in enumerate(debrief.actions)
    ]
    said = [fact.model_copy(update={"source": _CALL}) for fact in debrief.facts]
    known = brief.dossier.facts if brief else ()
    before = [fact.model_copy(update={"id": f"B{fact.id}"}) for fact in known]
    return Dossier(
        account=(brief.dossier.account if brief else "") or debrief.account,
        sources=(
            *(brief.dossier.sources if brief else ()),
            SourceNote(id=_CALL, name="the call", kind="transcript"),
        ),
        facts=(*said, *rows, *before),
        meeting=_meeting(debrief, brief, company),
        emails=brief.dossier.emails if brief else (),
    )


def _line(at: str) -> int:
    """Return the line of a place such as `S1:14`, 0 where it has none."""
    line = at.rpartition(":")[2]
    return int(line) if line.isascii() and line.isdigit() else 0


def _told(action: ActionTaken) -> str:
    """Return a row as it may be told: no figure in it that its quote does not hold."""
    said = {(q.kind, q.unit, q.value) for q in quantities(action.quote)}
    told = {(q.kind, q.unit, q.value) for q in quantities(action.task)}
    return f"{action.owner} will {action.task}" if told <= said else action.quote


def _meeting(debrief: Debrief, brief: Brief | None, company: str) -> Meeting:
    """Return who was there: the brief's people, else those whom the call names."""
    if brief:
        return brief.meeting.model_copy(update={"start": None, "day": debrief.held_on})
    speakers = dict.fromkeys(
        (fact.speaker, "customer") for fact in debrief.facts if fact.voice == "customer"
    )
    speakers |= dict.fromkeys((a.owner, a.side) for a in debrief.actions if a.owner)
    return Meeting(
        title=f"{debrief.account} / {company}",
        day=debrief.held_on,
        minutes=1,
        participants=tuple(Participant(name=name, side=side) for name, side in speakers if name),
    )
