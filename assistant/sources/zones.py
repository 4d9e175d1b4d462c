"""Time zones as calendars name them: IANA, Windows, invented ones with rules, none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.sources.decode import one_line

_BLOCK = re.compile(
    r"^BEGIN:VTIMEZONE$.*?^END:VTIMEZONE$", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_TZID = re.compile(r"^TZID[^:\n]*:(.*(?:\n[ \t].*)*)", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"^(?:RRULE[^:\n]*:(.*)|RDATE.*|EXRULE.*)$", re.MULTILINE | re.IGNORECASE)
_IANA_AT_END = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?)$")
_MAX_BLOCK = 10_000  # characters
# Where most meetings are held; an invented zone that keeps one of these times is named after it.
_COMMON = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    *("America/Phoenix", "America/Toronto", "America/Halifax", "America/Sao_Paulo"),
    *("Europe/London", "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul", "Asia/Dubai"),
    *("Asia/Kolkata", "Asia/Singapore", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney"),
    *("Pacific/Auckland", "UTC"),
)


@dataclass(frozen=True)
class Zone:
    """A zone; `rules` is None for floating time and for a zone that nobody knows."""

    name: str
    rules: tzinfo | None
    warnings: tuple[str, ...] = ()

    def instant(self, wall: datetime) -> datetime:
        """Return a wall time in UTC; floating time is taken as if it were UTC."""
        return wall.replace(tzinfo=self.rules or UTC).astimezone(UTC)

    def placed(self, wall: datetime) -> tuple[datetime, tuple[str, ...]]:
        """Return a wall time in its zone, and what is to be said where clocks change.

        A time that the clocks skip is moved on by what they skip, one that they show twice is the
        first of the two (RFC 5545, 3.3.5). Floating time stays naive.
        """
        if self.rules is None:
            return wall, ()
        aware = wall.replace(tzinfo=self.rules)
        real = aware.astimezone(UTC).astimezone(self.rules)
        if real.replace(tzinfo=None) != wall:
            said = f"{wall:%H:%M} does not exist on {wall:%Y-%m-%d}, when clocks change"
            return real, (f"{said}: taken as {real:%H:%M}",)
        if aware.utcoffset() != aware.replace(fold=1).utcoffset():
            return aware, (
                f"clocks show {wall:%H:%M} twice on {wall:%Y-%m-%d}: the first is meant",
            )
        return aware, ()


class Zones:
    """The zones of one calendar file."""

    def __init__(self, text: str, *, default: str) -> None:
        """Keep the file's own zones, and the one that times without a zone are in."""
        blocks = [block for block in _BLOCK.findall(text) if len(block) <= _MAX_BLOCK]
        self._own = {_tzid(block): block for block in reversed(blocks)}
        self._default = default

    def of(self, name: str) -> Zone:
        """Return the zone of a name; "" is the calendar's own, or floating time."""
        wanted = one_line(name) or self._default
        if not wanted:
            return Zone("", None, ("the invite names no time zone",))
        if known := _known(wanted):
            return known
        return self._ruled(wanted) or Zone(
            "", None, (f"time zone '{wanted[:60]}' is not known: the time is shown without one",)
        )

    def from_utc(self, moment: datetime) -> tuple[datetime, Zone]:
        """Return a UTC time on the wall of the calendar's own zone, UTC where it has none."""
        zone = self.of(self._default) if self._default else None
        if zone is None or zone.rules is None:
            zone = Zone("UTC", ZoneInfo("UTC"))
        return moment.astimezone(zone.rules).replace(tzinfo=None), zone

    def _ruled(self, name: str) -> Zone | None:
        """Return a zone by the rules that the file gives for it, if they are ordinary ones."""
        block = self._own.get(name, "")
        rules = [match[1] or "" for match in _RULE.finditer(block)]
        if not block or any(not re.search(r"FREQ=YEARLY\b", rule) for rule in rules):
            return None
        from icalendar import Timezone

        try:
            parsed = Timezone.from_ical(f"{block}\n")
            if not isinstance(parsed, Timezone):
                return None
            own = parsed.to_tz(lookup_tzid=False)
            like = _alike(own)
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
            return None
        if like:
            kept = f"time zone '{name[:60]}' keeps the time of {like}"
            return Zone(like, ZoneInfo(like), (kept,))
        return Zone("UTC", own, (f"time zone '{name[:60]}' has rules of its own: shown in UTC",))


def _tzid(block: str) -> str:
    match = _TZID.search(block)
    return one_line(re.sub(r"\n[ \t]", "", match[1])) if match else ""


def _known(name: str) -> Zone | None:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    at_end = _IANA_AT_END.search(name)
    for candidate in (name, WINDOWS_TO_OLSON.get(name, ""), at_end[1] if at_end else ""):
        try:
            if candidate:
                return Zone(candidate, ZoneInfo(candidate))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def _alike(own: tzinfo) -> str:
    """Return the common zone that shows the same time through a whole year, "" if none does."""
    moments = [datetime(2026, month, day, 12) for month in range(1, 13) for day in (1, 15)]  # noqa: DTZ001  # wall times
    offsets = [moment.replace(tzinfo=own).utcoffset() for moment in moments]
    for name in _COMMON:
        zone = ZoneInfo(name)
        if offsets == [moment.replace(tzinfo=zone).utcoffset() for moment in moments]:
            return name
    return ""
