"""Days and hours as a reader sees them: the zone is always there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.dossier import Meeting

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"


def day(when: date) -> str:
    """Return a day as `Thu 3 Dec 2026`, in English whatever the machine speaks."""
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS.split()[when.month - 1]} {when.year}"


def meeting_time(meeting: Meeting) -> str:
    """Return when the meeting is, from start to end, with its zone and offset."""
    if meeting.start is None:
        known = f"{day(meeting.day)}, no hour is given" if meeting.day else "no time known"
        return f"{known}, {meeting.minutes} minutes"
    start = _in_zone(meeting.start, meeting.zone)
    end = _later(start, timedelta(minutes=meeting.minutes))
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{day(end)}, {end:%H:%M}"
    if start.utcoffset() != end.utcoffset():  # clocks change in between
        from_, to = zone_of(start, ""), zone_of(end, "")
        return f"{day(start)}, {start:%H:%M} {from_} – {until} {to}, {meeting.zone}"
    return f"{day(start)}, {start:%H:%M}–{until} {zone_of(start, meeting.zone)}"


def _later(start: datetime, lasting: timedelta) -> datetime:
    """Return when something ends on the clock it begins on; a clock of no known zone runs on."""
    if start.tzinfo is None:
        return start + lasting
    return (start.astimezone(UTC) + lasting).astimezone(start.tzinfo)


def moment(when: datetime, zone: str = "") -> str:
    """Return a moment as `Fri 20 Nov 2026, 08:14 UTC`."""
    local = _in_zone(when, zone)
    return f"{day(local)}, {local:%H:%M} {zone_of(local, zone)}"


def zone_of(when: datetime, zone: str) -> str:
    """Return the zone's name with its offset at that moment, or the offset alone."""
    offset = when.strftime("%z")
    if not offset:
        return zone or "(zone unknown)"
    hours = "UTC" if offset == "+0000" else f"UTC{offset[:3].replace('-', '−')}:{offset[3:5]}"
    return f"{zone} ({hours})" if zone and zone != "UTC" else hours


def _in_zone(when: datetime, zone: str) -> datetime:
    """Return the moment on the clock of its zone; on its own where the zone is not known."""
    try:
        return when.astimezone(ZoneInfo(zone)) if zone and when.tzinfo else when
    except (ZoneInfoNotFoundError, ValueError):
        return when
