"""The conversation that is being prepared, and whose it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations, dropwhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assistant.dossier import Meeting, Participant, SentAgenda
from assistant.research import cues
from assistant.research.genre import genre_of
from assistant.research.people import find_nameless, find_participants, is_same, side_of
from assistant.sources.source import Invite, Source
from assistant.sources.zones import Zone
from assistant.text.dates import dates
from assistant.text.words import is_common

DEFAULT_MINUTES = 45
_ACCOUNT = re.compile(
    r"\W*(?:acct|account|company|firma|unternehmen|kunde|customer)\s*:\s*(?P<name>[^|,;\n]{2,60})",
    re.IGNORECASE,
)
_WITH_FIELDS = frozenset({"record", "form", "notes"})
_LEGAL = re.compile(
    r",?\s+(?:inc|llc|ltd|limited|gmbh|ag|corp|co|plc|se|kg|s\.?a|b\.?v)\b\.?$", re.IGNORECASE
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CAPITALS = re.compile(r"(?<!\w)[A-ZÄÖÜ][\w&-]+(?: (?:& )?[A-ZÄÖÜ][\w&-]+){0,3}")
_TITLE_PIECES = re.compile(r"\s*(?:/|\||–|—|\s-\s|:|<>|\bx\b|\band\b|,)\s*")


@dataclass(frozen=True)
class Wish:
    """What the seller said of the meeting by flag; None and empty where they said nothing."""

    account: str = ""
    start: datetime | None = None
    day: date | None = None  # where they gave no hour
    minutes: int | None = None
    zone: str = ""
    people: tuple[Participant, ...] = ()


def find_meeting(sources: Sequence[Source], *, company: str, wish: Wish) -> Meeting:
    """Return the meeting: the seller's own word, then the invite, then what is usual.

    The first invite with a start is taken, else the first with a day. A seller's start without a
    zone is in the invite's, an invite's without one in the zone that the seller named.
    """
    invite = _invite(sources)
    people = find_participants(sources, company=company, named=wish.people)
    declined = _declined(people, invite, wish)
    when = _from_seller(wish, invite) or (_from_invite(invite, wish) if invite else _When())
    return Meeting(
        title=invite.title if invite else "",
        start=when.start,
        day=when.day,
        minutes=wish.minutes or (invite.minutes if invite else None) or DEFAULT_MINUTES,
        zone=when.zone,
        place=invite.place if invite else "",
        participants=tuple(person for person in people if person not in declined),
        declined=declined,
        nameless=find_nameless(sources, people, company=company),
        agenda=_sent_agenda(sources, invite, company),
    )


def _invite(sources: Sequence[Source]) -> Invite | None:
    invites = [source.invite for source in sources if source.invite]
    timed = [invite for invite in invites if invite.start]
    dated = [invite for invite in invites if invite.day]
    return next(iter([*timed, *dated, *invites]), None)


def _declined(
    people: Sequence[Participant], invite: Invite | None, wish: Wish
) -> tuple[Participant, ...]:
    """Return who said no to this meeting; whom the seller names all the same is expected."""
    said_no = (
        [guest for guest in invite.attendees if guest.attendance == "declined"] if invite else []
    )
    addresses = {guest.email.lower() for guest in said_no if guest.email}
    names = {guest.name.lower() for guest in said_no if not guest.email}
    return tuple(
        person
        for person in people
        if (person.email.lower() in addresses or person.name.lower() in names)
        and not any(is_same(person.name, named.name) for named in wish.people)
    )


def _sent_agenda(
    sources: Sequence[Source], invite: Invite | None, company: str
) -> SentAgenda | None:
    """Return the agenda that both sides know: the invitation's, else that of their latest mail.

    What only our own people were invited to, or wrote to each other, is not announced to anybody.
    """
    invited = [source for source in sources if invite and source.invite is invite]
    shared = [source for source in invited if invite and _goes_to_them(invite, company)]
    mails = [source for source in sources if source.kind == "email"]
    mails.sort(key=lambda source: source.written_on or date.min, reverse=True)
    for source in (*shared, *mails):
        sent = _sent(source, company)
        if sent and (source.invite or sent.side == "customer"):
            return sent
    return None


def _goes_to_them(invite: Invite, company: str) -> bool:
    guests = (*invite.attendees, *([invite.organizer] if invite.organizer else ()))
    return any(side_of(guest.email, company) != "seller" for guest in guests)


def _sent(source: Source, company: str) -> SentAgenda | None:
    """Return a source's agenda without the points that are no talk between people."""
    if source.agenda is None:
        return None
    points = tuple(point for point in source.agenda.points if _is_said_to_them(point.text))
    by = source.agenda.by
    writers = [person for person in source.people if by and by in (person.name, person.email)]
    side = next((side_of(person.email, company) for person in writers), "unknown")
    sent = SentAgenda(points=points, by=by, side=side, source=source.id)
    return sent if points else None


def _is_said_to_them(text: str) -> bool:
    return not cues.holds(text, "machine.line") and not cues.is_private(text)


class _When(NamedTuple):
    start: datetime | None = None
    day: date | None = None
    zone: str = ""


def _from_seller(wish: Wish, invite: Invite | None) -> _When | None:
    if wish.start is None:
        return _When(None, wish.day) if wish.day else None
    return _in_zone(wish.start, wish.zone or (invite.zone if invite else ""))


def _from_invite(invite: Invite, wish: Wish) -> _When:
    if invite.start is None:
        return _When(None, invite.day)
    return _in_zone(invite.start, invite.zone or wish.zone)


def _in_zone(start: datetime, zone: str) -> _When:
    if start.tzinfo is None and zone:
        start, _ = Zone(zone, ZoneInfo(zone)).placed(start)
    return _When(start, None, zone)


def find_account(sources: Sequence[Source], meeting: Meeting, *, company: str, wish: Wish) -> str:
    """Return the prospect's name, "" where nothing names it.

    Taken from the seller's word, a field of a record or a form, the address most people of the
    customer's side share, the invite's title (the piece that is not us), or the heading of notes;
    a short form is completed where the sources write the name out.
    """
    if wish.account:
        return wish.account
    texts = _texts(sources, meeting)
    field = _field(sources)
    short = field or _by_address(sources, meeting, company, texts) or _by_title(meeting, company)
    headings = {passage.heading for source in sources for passage in source.passages}
    return _in_full(short or _by_heading(sources, company), texts, headings)


def _texts(sources: Sequence[Source], meeting: Meeting) -> tuple[str, ...]:
    passages = [passage for source in sources for passage in source.passages]
    headings = dict.fromkeys(passage.heading for passage in passages if passage.heading)
    return (*headings, *(passage.text for passage in passages), meeting.title, meeting.place)


def _field(sources: Sequence[Source]) -> str:
    for source in sources:
        if genre_of(source) not in _WITH_FIELDS:
            continue
        for passage in source.passages:
            if match := _ACCOUNT.match(passage.text):
                return _LEGAL.sub("", match["name"].strip(" .\t"))
    return ""


def _by_address(
    sources: Sequence[Source], meeting: Meeting, company: str, texts: Sequence[str]
) -> str:
    addresses = [person.email for person in meeting.people]
    addresses += [person.email for source in sources for person in source.people]
    theirs = [email for email in addresses if side_of(email, company) == "customer"]
    if not theirs:
        written = (match[0] for text in texts for match in _ADDRESS.finditer(text))
        theirs = [email for email in written if side_of(email, company) == "customer"]
    labels = Counter(email.rsplit("@", 1)[1].split(".")[0].lower() for email in theirs)
    if not labels:
        return ""
    label = labels.most_common(1)[0][0]
    pieces = (p for p in _pieces(meeting.title, company) if _shares_start(p, label))
    return next(pieces, "") or _spelled(label, texts)


def _pieces(title: str, company: str) -> list[str]:
    """Return the parts of a title that do not name us."""
    parts = [part.strip() for part in _TITLE_PIECES.split(title)]
    return [part for part in parts if part and company.lower() not in part.lower()]


def _shares_start(piece: str, label: str) -> bool:
    squeezed, bare = re.sub(r"\W", "", piece.lower()), label.replace("-", "")
    return len(squeezed) >= 4 and (bare.startswith(squeezed) or squeezed.startswith(bare))


def _spelled(label: str, texts: Sequence[str]) -> str:
    """Find the words that, run together, make the address's label or begin with it.

    Where no source has them, the label itself, capitalised.
    """
    bare = label.replace("-", "")
    windows = [
        " ".join(words[start:end])
        for text in texts
        for match in _CAPITALS.finditer(text)
        for words in [match[0].split()]
        for start, end in combinations(range(len(words) + 1), 2)
    ]
    squeezed = {window: re.sub(r"\W", "", window.lower()) for window in windows}
    whole = [window for window, letters in squeezed.items() if letters == bare]
    longer = [window for window, letters in squeezed.items() if letters.startswith(bare)]
    return next(iter([*whole, *longer]), label.replace("-", " ").title())


def _by_title(meeting: Meeting, company: str) -> str:
    """Return the first piece of a title that names us as well: `Northpeak / Harbourline`."""
    if company.lower() not in meeting.title.lower():
        return ""
    return next(iter(_pieces(meeting.title, company)), "")


def _by_heading(sources: Sequence[Source], company: str) -> str:
    """Return the first name in the heading, or the first line, of notes."""
    people = {part for s in sources for p in s.people for part in p.name.split()}
    for source in sources:
        if genre_of(source) != "notes" or not source.passages:
            continue
        first = source.passages[0]
        for match in _CAPITALS.finditer(first.heading.split(" / ")[0] or first.text):
            words = list(dropwhile(_is_no_name, match[0].split()))
            is_name = len(words) > 1 or not all(map(is_common, words))
            if is_name and company not in words and not people & set(words):
                return " ".join(words)
    return ""


def _is_no_name(word: str) -> bool:
    return cues.is_one_of(word, "name.notes") or bool(dates(word))


def _in_full(short: str, texts: Sequence[str], headings: Collection[str]) -> str:
    """Return the longest form of a name that stands in a heading, with a legal form, or twice."""
    if not short:
        return ""
    more = r"(?P<more>(?: [A-ZÄÖÜ][\w&-]+){1,2})(?P<behind>,? \w+)?"
    finder = re.compile(rf"(?<!\w){re.escape(short)}{more}")
    longer: Counter[str] = Counter()
    for match in (match for text in texts for match in finder.finditer(text)):
        written = short + match["more"]
        bare = _LEGAL.sub("", written)
        behind = (match["behind"] or "").strip(" ,")
        is_sure = bare != written or _LEGAL.search(f" {behind}") or match.string in headings
        longer[bare] += 2 if is_sure else 1
    sure = [name for name, count in longer.items() if count > 1]
    return max(sure, key=lambda name: (longer[name], len(name)), default=short)
