"""The confirmation before a call: purpose, agenda, and the next step that will be proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from assistant.brief import Brief, Claim
from assistant.calendar import works
from assistant.dossier import Meeting
from assistant.email import Address, Email, Paragraph
from assistant.emails.greeting import greeting
from assistant.errors import UsageError
from assistant.evidence import MEETING, PROFILE, SCHEDULE
from assistant.knowledge.profile import SellerProfile
from assistant.parts.phrases import day, leads_elsewhere, uncapped

_OURS = (MEETING, PROFILE, SCHEDULE)


def compose_confirmation(brief: Brief, profile: SellerProfile, *, now: datetime) -> Email:
    """Return the e-mail that confirms the brief's meeting, in the brief's own words.

    It names purpose, agenda and next step, and asks for their goals. A prospect who does not fit
    is told no verdict, but what we do, and that the time can be theirs again.

    Raises:
        UsageError: the meeting has no day, or is over.
    """
    meeting = brief.meeting
    if meeting.held_on is None:
        raise UsageError(
            "the brief's meeting has no day: prepare it again with --date, then confirm it"
        )
    if meeting.held_on < now.date():
        raise UsageError(
            f"the meeting was on {day(meeting.held_on)}: a confirmation is for one to come"
        )
    theirs = [p for p in meeting.participants if p.side == "customer" and p.name]
    return Email(
        kind="confirm",
        created_at=now,
        written_by="composed",
        sender=_sender(brief),
        to=tuple(Address(name=person.name, email=person.email) for person in theirs),
        subject=_subject(brief, meeting.held_on),
        greeting=greeting(theirs),
        paragraphs=tuple(_paragraphs(brief, profile, meeting.held_on)),
        ask=_ask(brief, answer_by(meeting.held_on, now.date())),
        sign_off="Kind regards",
    )


def _sender(brief: Brief) -> Address:
    ours = [p for p in brief.meeting.participants if p.side == "seller" and p.name]
    if not ours:
        return Address(name=brief.seller)
    return Address(name=f"{ours[0].name}, {brief.seller}", email=ours[0].email)


def _subject(brief: Brief, held_on: date) -> str:
    names = " / ".join(filter(None, (brief.dossier.account, brief.seller)))
    hour = f", {brief.meeting.start:%H:%M}" if brief.meeting.start else ""
    return f"{names}: {day(held_on)}{hour}"


def _hour(meeting: Meeting) -> str:
    if meeting.start is None:
        return ""
    return f", {meeting.start:%H:%M}{f' ({meeting.zone})' if meeting.zone else ''}"


def _paragraphs(brief: Brief, profile: SellerProfile, held_on: date) -> Iterator[Paragraph]:
    meeting, opening = brief.meeting, brief.opening
    # A link is in the invitation; here it would be one more to doubt.
    place = f", {meeting.place}" if meeting.place and not leads_elsewhere(meeting.place) else ""
    yield _paragraph(
        f"Thank you for the {meeting.minutes} minutes on {day(held_on)}{_hour(meeting)}{place}.",
        _OURS,
    )
    yield _paragraph(f"What it is for: {uncapped(opening.purpose.text)}", opening.purpose.evidence)
    yield Paragraph(
        lead=Claim(text=_agenda_lead(meeting), origin="inferred", evidence=_OURS),
        items=tuple(
            Claim(
                text=item.item.strip("“”"),
                origin=item.origin,
                evidence=item.evidence or opening.purpose.evidence,
            )
            for item in opening.agenda
        ),
    )
    step = opening.next_step
    if is_misfit(brief):
        yield _paragraph(f"What we do: {uncapped(profile.offer)}", (PROFILE,))
        return
    yield _paragraph(
        f"The next step that I propose, if we get there: {step.action}, on {day(step.when)}.",
        _OURS,
    )


def _agenda_lead(meeting: Meeting) -> str:
    if meeting.agenda is None:
        return "The agenda that I propose:"
    return f"The agenda, as {'you' if meeting.agenda.side == 'customer' else 'we'} sent it:"


def is_misfit(brief: Brief) -> bool:
    """Tell whether the brief's call is about whether to go on at all."""
    return brief.preparation.fit.verdict == "no"


def _paragraph(text: str, evidence: tuple[str, ...]) -> Paragraph:
    return Paragraph(lead=Claim(text=text, origin="inferred", evidence=evidence))


def _ask(brief: Brief, by: date) -> Claim:
    minutes = brief.meeting.minutes
    text = f"Please tell me by {day(by)}: what would make the {minutes} minutes worth your time?"
    if is_misfit(brief):
        text = (
            f"Please tell me by {day(by)}: what would you want from us? If it is something else, "
            f"the {minutes} minutes are yours again."
        )
    return Claim(text=text, origin="inferred", evidence=_OURS)


def answer_by(held_on: date, today: date) -> date:
    """Return the last working day before the meeting that is not over."""
    wanted = held_on - timedelta(days=1)
    while not works(wanted):
        wanted -= timedelta(days=1)
    return max(wanted, today)
