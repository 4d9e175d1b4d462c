"""From a brief that was kept to an e-mail: read, compose, check."""

from __future__ import annotations

from datetime import datetime

from assistant.brief import Brief
from assistant.email import Address, Email
from assistant.emails.checked import checked
from assistant.emails.confirm import answer_by, compose_confirmation
from assistant.knowledge.pack import Pack
from assistant.knowledge.profile import SellerProfile


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
