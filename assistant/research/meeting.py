"""The conversation that is being prepared, and whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.dossier import Meeting, Participant
from assistant.research.people import find_participants, side_of
from assistant.sources.source import Invite, Source

DEFAULT_MINUTES = 45
_ACCOUNT = re.compile(
    r"\b(?:acct|account|company|firma|kunde|customer)\s*:\s*(?P<name>[^|,;\n]{2,60})", re.IGNORECASE
)
_LEGAL = re.compile(
    r",?\s+(?:inc|llc|ltd|gmbh|ag|corp|co|plc|se|kg|s\.?a|b\.?v)\b\.?$", re.IGNORECASE
)
_TITLE_PIECES = re.compile(r"\s*(?:/|\||–|—|\s-\s|:|<>|\bx\b|\band\b|,)\s*")


@dataclass(frozen=True)
class Wish:
    """What the seller said of the meeting by flag; None and empty where they said nothing."""

    account: str = ""
    start: datetime | None = None
    minutes: int | None = None
    zone: str = ""
    people: tuple[Participant, ...] = ()


def find_meeting(sources: Sequence[Source], *, company: str, wish: Wish) -> Meeting:
    """Return the meeting: the seller's own word, then the invite, then what is usual.

    The first invite with a start is taken. The zone of a start that the seller gave is theirs.
    """
    invite = _invite(sources)
    start = wish.start or (invite.start if invite else None)
    zone = wish.zone or (invite.zone if invite else "")
    return Meeting(
        title=invite.title if invite else "",
        start=start,
        minutes=wish.minutes or (invite.minutes if invite else None) or DEFAULT_MINUTES,
        zone=zone,
        place=invite.place if invite else "",
        participants=find_participants(sources, company=company, named=wish.people),
    )


def _invite(sources: Sequence[Source]) -> Invite | None:
    invites = [source.invite for source in sources if source.invite]
    dated = [invite for invite in invites if invite.start]
    return next(iter([*dated, *invites]), None)


def find_account(sources: Sequence[Source], meeting: Meeting, *, company: str, wish: Wish) -> str:
    """Return the prospect's name, "" where nothing names it.

    Taken from the seller's word, a CRM or form field, the invite's title (the piece that is not
    us), or the address most people of the customer's side share.
    """
    if wish.account:
        return wish.account
    for source in sources:
        for passage in source.passages:
            if match := _ACCOUNT.search(passage.text):
                return _LEGAL.sub("", match["name"].strip(" .\t"))
    label = _domain_label(sources, meeting, company)
    pieces = [p for p in _TITLE_PIECES.split(meeting.title) if p.strip()]
    theirs = [p for p in pieces if company.lower() not in p.lower()]
    for piece in theirs:
        if label and _shares_start(piece, label):
            return piece.strip()
    return _spelled(label, sources) or (theirs[0].strip() if len(pieces) > len(theirs) else "")


def _domain_label(sources: Sequence[Source], meeting: Meeting, company: str) -> str:
    addresses = [p.email for p in meeting.participants]
    addresses += [person.email for source in sources for person in source.people]
    labels = Counter(
        address.rsplit("@", 1)[1].split(".")[0].lower()
        for address in addresses
        if side_of(address, company) == "customer"
    )
    return labels.most_common(1)[0][0] if labels else ""


def _shares_start(piece: str, label: str) -> bool:
    squeezed = re.sub(r"\W", "", piece.lower())
    return len(squeezed) >= 4 and (squeezed in label or label in squeezed)


def _spelled(label: str, sources: Sequence[Source]) -> str:
    """Find the words that, run together, make the address's label; else the label, capitalised."""
    if not label:
        return ""
    bare = label.replace("-", "")
    for source in sources:
        for passage in source.passages:
            for match in re.finditer(r"\b[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}", passage.text):
                if re.sub(r"\W", "", match[0].lower()) == bare:
                    return match[0]
    return label.replace("-", " ").title()
