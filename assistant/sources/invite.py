"""Invitations (.ics): one occurrence of one meeting, with its people and its description."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.errors import SourceError
from assistant.sources.agenda import find_agenda
from assistant.sources.decode import clean, cleaned_lines, decode, one_line
from assistant.sources.drafts import Draft
from assistant.sources.layout import blocks_of
from assistant.sources.letters import unthread
from assistant.sources.limits import Limits
from assistant.sources.lines import Line
from assistant.sources.names import merged, person_of, spelled_name
from assistant.sources.recurrence import next_occurrence
from assistant.sources.source import Attendance, Invite, Person
from assistant.sources.zones import Zone, Zones

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)
_ZONE_BLOCK = re.compile(
    r"^BEGIN:VTIMEZONE\r?$.*?^END:VTIMEZONE\r?$\n?", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_MAX_EVENTS = 2_000
_MAX_SERIES = 40  # meetings; in a fuller calendar no rule is followed
_MAX_ATTENDEES = 1_000
_MAX_DESCRIPTION = 20_000
_LONGEST = 60 * 24 * 14  # minutes
_YEARS = range(1970, 2200)  # others are a slip, and no clock or zone is known for them
_DIAL_IN = re.compile(
    r"\s*(?:join (?:the |with |by |on |microsoft |zoom |webex |google |a )?.{0,40}"
    r"(?:meeting|video|call|phone|web)\b|meeting (?:id|number|link|url)|passcode|pass ?code"
    r"|password|pin\b|access code|dial(?:-| )?in|one tap mobile|phone (?:conference|one-tap)"
    r"|find (?:a |your )?local number|microsoft teams|zoom meeting|need help\?|meeting options"
    r"|learn more|reset pin|for organizers|click here to join|download teams|video call link"
    r"|or dial|more phone numbers|an der besprechung teilnehmen|besprechungs-?id|kenncode|kennung"
    r"|einwahl|telefoneinwahl|https?://\S+\s*$|\+\d[\d ()/,#-]{7,}.*$)",
    re.IGNORECASE,
)


class _When(NamedTuple):
    start: datetime | None
    day: date | None
    minutes: int | None
    zone: str
    warnings: tuple[str, ...]


def read_invite(raw: bytes, name: str, limits: Limits, *, today: date | None) -> Draft:
    """Return the meeting of a calendar file.

    Of a series, and of several meetings, the next one from `today` is read; without `today`, the
    first. A rule that is no ordinary daily, weekly, monthly or yearly one is not followed. What
    the description says is the organizer's; dial-in details are left out of it.

    Raises:
        SourceError: it is no calendar file, or larger than `limits.invite_bytes`.
    """
    if len(raw) > limits.invite_bytes:
        most = f"{limits.invite_bytes:,} bytes"
        raise SourceError(
            f"{name}: a calendar of more than {most}: export only the meeting", name=name
        )
    decoded = decode(raw)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    calendars = _parsed(text, name)
    events = [event for calendar in calendars for event in calendar.events]
    zones = Zones(text, default=_default_zone(calendars))
    chosen = _chosen(events[:_MAX_EVENTS], zones, today)
    said = [decoded.warning] if decoded.warning else []
    if chosen is None:
        return Draft(kind="invite", warnings=(*said, "it holds no meeting"))
    when = _when(chosen.event, zones)
    organizer = next(_people(chosen.event, "ORGANIZER"), None)
    attendees = tuple(_people(chosen.event, "ATTENDEE"))
    thread = unthread(_description(chosen.event, text), author=organizer)
    lines = [line for line in thread.lines if not _DIAL_IN.match(line.text)]
    return Draft(
        kind="invite",
        blocks=blocks_of(lines, running_text=True),
        written_on=_day_of(chosen.event, "DTSTAMP"),
        people=merged([*([organizer] if organizer else []), *attendees]),
        invite=Invite(
            title=_text(chosen.event, "SUMMARY")[:300],
            start=when.start,
            minutes=when.minutes,
            zone=when.zone,
            place=_text(chosen.event, "LOCATION")[:300],
            organizer=organizer,
            attendees=attendees,
            description=clean(str(chosen.event.get("DESCRIPTION", "")))[:_MAX_DESCRIPTION],
            day=when.day,
        ),
        warnings=(
            *said,
            *when.warnings,
            *chosen.warnings,
            *_cancelled(chosen.event, calendars),
        ),
        agenda=find_agenda(lines, invitation=True),
    )


def _parsed(text: str, name: str) -> list[Calendar]:
    from icalendar import Calendar

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it guesses about zones is not used
            found = Calendar.from_ical(_ZONE_BLOCK.sub("", text), multiple=True)
    except (*_MALFORMED, RecursionError) as error:
        reason = one_line(str(error))[:120]
        raise SourceError(f"{name}: not a calendar file: {reason}", name=name) from error
    return [calendar for calendar in found if isinstance(calendar, Calendar)]


def _default_zone(calendars: Sequence[Calendar]) -> str:
    return next((one_line(str(c["X-WR-TIMEZONE"])) for c in calendars if "X-WR-TIMEZONE" in c), "")


# --- which meeting


@dataclass(frozen=True)
class _Chosen:
    event: Event
    warnings: tuple[str, ...] = ()


def _chosen(events: Sequence[Event], zones: Zones, today: date | None) -> _Chosen | None:
    own = [event for event in events if "RECURRENCE-ID" not in event] or list(events)
    if not own:
        return None
    if today is None:
        return _Chosen(own[0], _series_warning(own[0], followed=False))
    series: dict[str, list[Event]] = {}
    for event in events:
        series.setdefault(str(event.get("UID")), []).append(event)
    found = (_upcoming(first, series, today) for first in own)
    ahead = [(_wall(event, zones), event, warnings) for event, warnings in found]
    coming = [entry for entry in ahead if entry[0].date() >= today]
    moment, event, warnings = min(coming or ahead, key=lambda entry: entry[0])
    if not coming:
        moment, event, warnings = max(ahead, key=lambda entry: entry[0])
        warnings = (*warnings, f"the meeting of {moment:%Y-%m-%d} is over")
    if len(own) > 1:
        warnings = (*warnings, f"it holds {len(own)} meetings: the next one was read")
    return _Chosen(event, warnings)


def _upcoming(
    first: Event, series: Mapping[str, Sequence[Event]], today: date
) -> tuple[Event, tuple[str, ...]]:
    if "RRULE" not in first and "RDATE" not in first:
        return first, ()
    few = len(series) <= _MAX_SERIES
    following = next_occurrence(series[str(first.get("UID"))], today) if few else None
    if following is None:
        return first, _series_warning(first, followed=False)
    return following, _series_warning(first, followed=True)


def _series_warning(event: Event, *, followed: bool) -> tuple[str, ...]:
    if "RRULE" not in event and "RDATE" not in event:
        return ()
    which = "the next" if followed else "only the first"
    return (f"the meeting repeats: {which} occurrence was read",)


def _wall(event: Event, zones: Zones) -> datetime:
    when = _when(event, zones)
    start = when.start or datetime.combine(when.day or date.max, time())
    return start.replace(tzinfo=None)


def _cancelled(event: Event, calendars: Sequence[Calendar]) -> Iterator[str]:
    methods = {str(calendar.get("METHOD", "")).upper() for calendar in calendars}
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or "CANCEL" in methods:
        yield "the meeting is cancelled"


# --- when


def _when(event: Event, zones: Zones) -> _When:
    start, zone = _moment(event, "DTSTART", zones)
    if isinstance(start, datetime):
        minutes = _minutes(event, start, zones)
        sure, warnings = zone.placed(start)
        return _When(sure, None, minutes, zone.name, (*zone.warnings, *warnings))
    if start is None:
        written = _as_written(event, "DTSTART")
        said = f": '{written}'" if written else ""
        return _When(None, None, None, "", (f"the meeting has no start that can be read{said}",))
    return _When(None, start, None, "", (f"the meeting is all day on {start}: no hour is given",))


def _written(event: Event, name: str) -> object:
    """Return the value of a time or a duration; None where it is missing, malformed or absurd."""
    try:
        value = getattr(event.get(name), "dt", None)
    except _MALFORMED:
        return None
    return None if isinstance(value, date) and value.year not in _YEARS else value


def _as_written(event: Event, name: str) -> str:
    """Return a value as the file has it, "" where it cannot be shown."""
    written: Any = event.get(name)
    try:
        return one_line(written.to_ical().decode("utf-8", "replace"))[:40]
    except _MALFORMED:
        return ""


def _moment(event: Event, name: str, zones: Zones) -> tuple[date | datetime | None, Zone]:
    """Return a time as it stands on the wall, and its zone."""
    value = _written(event, name)
    if not isinstance(value, datetime):
        return (value if isinstance(value, date) else None), zones.of("")
    named = str(getattr(event.get(name), "params", {}).get("TZID", ""))
    if not named and value.tzinfo is not None:
        return zones.from_utc(value.astimezone(UTC))
    return value.replace(tzinfo=None), zones.of(named)


def _minutes(event: Event, start: datetime, zones: Zones) -> int | None:
    end, end_zone = _moment(event, "DTEND", zones)
    if isinstance(end, datetime):
        _, start_zone = _moment(event, "DTSTART", zones)
        lasted: object = end_zone.instant(end) - start_zone.instant(start)
    else:
        lasted = _written(event, "DURATION")
    minutes = round(lasted.total_seconds() / 60) if isinstance(lasted, timedelta) else 0
    return minutes if 0 < minutes <= _LONGEST else None


def _day_of(event: Event, name: str) -> date | None:
    value = _written(event, name)
    return value.date() if isinstance(value, datetime) else None


# --- who and what


def _people(event: Event, name: str) -> Iterator[Person]:
    written: Any = event.get(name, [])
    for one in (written if isinstance(written, list) else [written])[:_MAX_ATTENDEES]:
        parameters = getattr(one, "params", {})
        if str(parameters.get("CUTYPE", "")).upper() in {"ROOM", "RESOURCE"}:
            continue
        called = spelled_name(str(parameters.get("CN", "")))
        email = person_of(re.sub(r"(?i)^mailto:", "", str(one))).email
        if called or email:
            yield Person(called, email, attendance=_attendance(parameters))


def _attendance(parameters: Mapping[str, object]) -> Attendance:
    """Tell a guest who will not or may not come: RFC 5545, 3.2.12 and 3.2.16."""
    match str(parameters.get("PARTSTAT", "")).upper():
        case "DECLINED":
            return "declined"
        case "TENTATIVE":
            return "tentative"
    return "optional" if str(parameters.get("ROLE", "")).upper() == "OPT-PARTICIPANT" else ""


def _text(event: Event, name: str) -> str:
    return one_line(str(event.get(name, "")))


def _description(event: Event, text: str) -> Sequence[Line]:
    """Return the lines of the description, numbered as in the file.

    Where there is none in plain text, the one in HTML that some calendars add is read.
    """
    plain = str(event.get("DESCRIPTION", ""))
    wanted_name = "DESCRIPTION" if plain.strip() else "X-ALT-DESC"
    wanted = str(event.get(wanted_name, ""))[:_MAX_DESCRIPTION]
    for number, folded in _folded(text):
        name, _, value = folded[0].partition(":")
        if name.split(";")[0].upper() == wanted_name:
            lines = list(_unescaped([value, *folded[1:]], number))
            if " ".join(line.text for line in lines).split() == wanted.split():
                break
    else:
        lines = [Line(n, piece) for n, piece in enumerate(wanted.split("\n"), start=1)]
    if re.search(r"<(?:br|p|div|ul|li|span|a)\b[^>]*>", wanted, re.IGNORECASE):
        return _without_tags(lines)
    cleaned = ((line.number, pieces) for line in lines for pieces in cleaned_lines(line.text))
    return [Line(number, piece) for number, pieces in cleaned for piece in pieces]


def _without_tags(lines: Sequence[Line]) -> Sequence[Line]:
    from assistant.sources.page import page_as_lines

    return page_as_lines("\n".join(line.text for line in lines), Limits())[0]


def _folded(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each property with its number, as the lines it is folded into."""
    start, folded = 0, [""]
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] in {" ", "\t"}:
            folded.append(line[1:])
        else:
            yield start, folded
            start, folded = number, [line]
    yield start, folded


def _unescaped(folded: Sequence[str], number: int) -> Iterator[Line]:
    """Yield the lines that a folded value holds, each with the line of the file it begins in."""
    begun, said, escaped = number, "", False
    for offset, piece in enumerate(folded):
        for character in piece:
            if escaped and character in "nN":
                yield Line(begun, said)
                begun, said, escaped = number + offset, "", False
            elif character == "\\" and not escaped:
                escaped = True
            else:
                begun = begun if said else number + offset
                said, escaped = said + character, False
    yield Line(begun, said)
