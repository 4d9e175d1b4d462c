"""Invitations: when, where and with whom one meeting is."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import SourceError
from assistant.sources import Invite, Limits, Source, read_sources
from assistant.sources.invite import read_invite

TODAY = date(2026, 11, 23)
CHICAGO = ZoneInfo("America/Chicago")
INVENTED = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def an_event(*properties: str, start: str = "DTSTART:20261203T100000Z", uid: str = "1") -> str:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261120T141200Z", start, "SUMMARY:Docks"]
    return "\n".join([*lines, *properties, "END:VEVENT", ""])


def a_calendar(*parts: str) -> str:
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n"
    return (head + "".join(parts) + "END:VCALENDAR\n").replace("\n", "\r\n")


def read(folder: Path, *parts: str, today: date | None = TODAY) -> Source:
    path = folder / "invite.ics"
    path.write_bytes(a_calendar(*parts).encode())
    (source,) = read_sources([str(path)], today=today)
    return source


def invite_of(source: Source) -> Invite:
    assert source.invite is not None
    return source.invite


def test_an_invitation_says_when_where_and_with_whom(tmp_path: Path) -> None:
    """Rooms are nobody; names in reverse are turned."""
    source = read(
        tmp_path,
        an_event(
            "DTEND;TZID=America/Chicago:20261203T104500",
            "LOCATION:Video call\\, https://meet.example/j/1",
            "ORGANIZER;CN=Sam Okafor:mailto:sam@h.example",
            'ATTENDEE;CN="Whitfield, Dana":mailto:Dana@t.example',
            "ATTENDEE;CUTYPE=ROOM;CN=Room 2:mailto:room@t.example",
            "ATTENDEE:mailto:site@t.example",
            start="DTSTART;TZID=America/Chicago:20261203T100000",
        ),
    )

    invite = invite_of(source)

    assert (source.kind, source.written_on) == ("invite", date(2026, 11, 20))
    assert (invite.title, invite.place) == ("Docks", "Video call, https://meet.example/j/1")
    assert (invite.start, invite.minutes, invite.zone) == (
        datetime(2026, 12, 3, 10, tzinfo=CHICAGO),
        45,
        "America/Chicago",
    )
    assert invite.organizer is not None
    assert invite.organizer.name == "Sam Okafor"
    assert [(p.name, p.email) for p in invite.attendees] == [
        ("Dana Whitfield", "dana@t.example"),
        ("", "site@t.example"),
    ]


@pytest.mark.parametrize(
    ("start", "zone", "shown"),
    [
        ("DTSTART;TZID=Europe/Berlin:20261203T100000", "Europe/Berlin", "2026-12-03T10:00+01:00"),
        ("DTSTART;TZID=Eastern Standard Time:20261203T100000", "America/New_York", "T10:00-05:00"),
        ("DTSTART;TZID=/mozilla.org/2005/Europe/Paris:20261203T100000", "Europe/Paris", "+01:00"),
        ("DTSTART:20261203T100000Z", "UTC", "2026-12-03T10:00+00:00"),
    ],
)
def test_a_zone_is_known_by_many_names(tmp_path: Path, start: str, zone: str, shown: str) -> None:
    """The brief gets the IANA name."""
    invite = invite_of(read(tmp_path, an_event(start=start)))

    assert invite.zone == zone
    assert invite.start is not None
    assert invite.start.isoformat(timespec="minutes").endswith(shown)


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        ("DTSTART:20261203T100000", "2026-12-03T10:00+01:00"),
        ("DTSTART:20261203T100000Z", "2026-12-03T11:00+01:00"),
    ],
)
def test_the_calendars_own_zone_is_the_zone_of_its_times(
    tmp_path: Path, start: str, shown: str
) -> None:
    """X-WR-TIMEZONE, as exports have it."""
    invite = invite_of(read(tmp_path, "X-WR-TIMEZONE:Europe/Berlin\n", an_event(start=start)))

    assert invite.zone == "Europe/Berlin"
    assert invite.start is not None
    assert invite.start.isoformat(timespec="minutes") == shown


def test_an_invented_zone_is_named_after_one_that_keeps_its_time(tmp_path: Path) -> None:
    """And the warning says so."""
    start = "DTSTART;TZID=Customized Time Zone:20260703T100000"
    source = read(tmp_path, INVENTED.format(winter="-0500", summer="-0400"), an_event(start=start))

    invite = invite_of(source)

    assert invite.zone == "America/New_York"
    assert invite.start == datetime(2026, 7, 3, 14, tzinfo=UTC)
    assert "keeps the time of America/New_York" in source.warnings[0]


def test_a_zone_with_odd_rules_is_shown_in_utc(tmp_path: Path) -> None:
    """The instant is right, and nobody's town is named."""
    start = "DTSTART;TZID=Customized Time Zone:20260703T100000"
    source = read(tmp_path, INVENTED.format(winter="-0510", summer="-0410"), an_event(start=start))

    invite = invite_of(source)

    assert (invite.zone, invite.start) == ("UTC", datetime(2026, 7, 3, 14, 10, tzinfo=UTC))
    assert "rules of its own: shown in UTC" in source.warnings[0]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("DTSTART:20261203T100000", "the invite names no time zone"),
        ("DTSTART;TZID=Mars/Olympus:20261203T100000", "'Mars/Olympus' is not known"),
        ("DTSTART;TZID=../../etc/passwd:20261203T100000", "is not known"),
    ],
)
def test_a_time_without_a_known_zone_is_floating_and_that_is_said(
    tmp_path: Path, start: str, said: str
) -> None:
    """No zone is guessed."""
    source = read(tmp_path, an_event(start=start))

    assert invite_of(source).start == datetime(2026, 12, 3, 10)  # noqa: DTZ001  # floating
    assert invite_of(source).zone == ""
    assert said in source.warnings[0]


def test_a_time_that_the_clocks_skip_is_moved_on(tmp_path: Path) -> None:
    """RFC 5545: by what they skip."""
    source = read(
        tmp_path, an_event(start="DTSTART;TZID=America/Chicago:20260308T023000"), today=None
    )

    start = invite_of(source).start

    assert start is not None
    assert start.isoformat() == "2026-03-08T03:30:00-05:00"
    assert source.warnings == (
        "02:30 does not exist on 2026-03-08, when clocks change: taken as 03:30",
    )


def test_a_time_that_the_clocks_show_twice_is_the_first(tmp_path: Path) -> None:
    """And the warning says so."""
    source = read(
        tmp_path, an_event(start="DTSTART;TZID=America/Chicago:20261101T013000"), today=None
    )

    start = invite_of(source).start

    assert start is not None
    assert start.isoformat() == "2026-11-01T01:30:00-05:00"
    assert "clocks show 01:30 twice" in source.warnings[0]


@pytest.mark.parametrize(
    ("properties", "minutes"),
    [
        (("DTEND:20261203T110000Z",), 60),
        (("DURATION:PT45M",), 45),
        (("DTEND;TZID=Europe/Berlin:20261203T113000",), 30),
        (("DTEND:20261203T090000Z",), None),
        (("DURATION:nonsense",), None),
        ((), None),
    ],
)
def test_the_length_comes_from_the_end_or_the_duration(
    tmp_path: Path, properties: tuple[str, ...], minutes: int | None
) -> None:
    """None where the invite does not say, or says nonsense."""
    assert invite_of(read(tmp_path, an_event(*properties))).minutes == minutes


def test_an_all_day_meeting_has_a_day_and_no_hour(tmp_path: Path) -> None:
    """Midnight is not pretended."""
    source = read(tmp_path, an_event(start="DTSTART;VALUE=DATE:20261203"))

    invite = invite_of(source)

    assert (invite.start, invite.day, invite.minutes) == (None, date(2026, 12, 3), None)
    assert source.warnings == ("the meeting is all day on 2026-12-03: no hour is given",)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("DTSTART:2026", ": '2026'"),
        ("X-NOTHING:1", ""),
        ("DTSTART:99991231T235900Z", ": '99991231T235900Z'"),
        ("DTSTART;TZID=Pacific/Auckland:00010101T000000", ": '00010101T000000'"),
        ("DTSTART;TZID=America/Chicago:99991231T235900", ": '99991231T235900'"),
        ("DTSTART;VALUE=DATE:99991231", ": '99991231'"),
        ("DTSTART;VALUE=DATE:00010101", ": '00010101'"),
    ],
)
def test_a_meeting_without_a_start_is_still_a_meeting(
    tmp_path: Path, start: str, said: str
) -> None:
    """Its title and people are useful; a year that no calendar knows is no start."""
    source = read(tmp_path, an_event(start=start))

    assert invite_of(source).title == "Docks"
    assert (invite_of(source).start, invite_of(source).day) == (None, None)
    assert source.warnings == (f"the meeting has no start that can be read{said}",)


# --- series and several meetings


def weekly(*properties: str) -> str:
    return an_event(
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        *properties,
        start="DTSTART;TZID=Europe/Berlin:20261006T090000",
    )


def start_of(source: Source) -> str:
    start = invite_of(source).start
    return start.isoformat(timespec="minutes") if start else ""


def test_the_next_occurrence_of_a_series_is_read(tmp_path: Path) -> None:
    """On the wall it stays at nine, summer or winter."""
    source = read(tmp_path, weekly())

    assert start_of(source) == "2026-11-24T09:00+01:00"
    assert source.warnings == ("the meeting repeats: the next occurrence was read",)


def test_without_a_today_the_first_occurrence_is_read(tmp_path: Path) -> None:
    """Nothing looks at the clock."""
    assert start_of(read(tmp_path, weekly(), today=None)) == "2026-10-06T09:00+02:00"


def test_a_cancelled_and_a_moved_occurrence_count(tmp_path: Path) -> None:
    """The 24th is off, the 1st is moved by two hours."""
    moved = an_event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20261201T090000",
        start="DTSTART;TZID=Europe/Berlin:20261201T110000",
    )

    source = read(tmp_path, weekly("EXDATE;TZID=Europe/Berlin:20261124T090000"), moved)

    assert start_of(source) == "2026-12-01T11:00+01:00"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=DAILY;INTERVAL=99999999",
        "FREQ=DAILY;BYSECOND=1,2,3,4,5,6,7,8,9;BYMINUTE=1,2,3",
        "FREQ=NEVER",
        "COUNT=5",
    ],
)
def test_an_absurd_rule_is_not_followed(tmp_path: Path, rule: str) -> None:
    """Its first occurrence is read, at once."""
    source = read(tmp_path, an_event(f"RRULE:{rule}"))

    assert start_of(source) == "2026-12-03T10:00+00:00"


def test_a_list_of_days_that_cannot_be_read_is_not_followed(tmp_path: Path) -> None:
    """The rule beside it would be followed to other days than are meant."""
    source = read(tmp_path, an_event("RRULE:FREQ=WEEKLY", "RDATE:never"))

    assert start_of(source) == "2026-12-03T10:00+00:00"


def test_an_absurd_rule_of_a_zone_is_not_followed(tmp_path: Path) -> None:
    """A zone that changes every second is no zone."""
    zone = INVENTED.format(winter="-0500", summer="-0400").replace("YEARLY", "SECONDLY")

    source = read(
        tmp_path, zone, an_event(start="DTSTART;TZID=Customized Time Zone:20261203T100000")
    )

    assert "is not known" in source.warnings[0]


def test_of_several_meetings_the_next_is_read(tmp_path: Path) -> None:
    """An export of a calendar has them all."""
    events = [
        an_event(start=f"DTSTART:2026{day}T100000Z", uid=day) for day in ("1020", "1210", "1130")
    ]

    source = read(tmp_path, *events)

    assert start_of(source) == "2026-11-30T10:00+00:00"
    assert source.warnings == ("it holds 3 meetings: the next one was read",)


def test_a_meeting_that_is_over_is_said_to_be(tmp_path: Path) -> None:
    """It is read all the same: the seller handed it in."""
    source = read(tmp_path, an_event(start="DTSTART:20261020T100000Z"))

    assert source.warnings == ("the meeting of 2026-10-20 is over",)


@pytest.mark.parametrize("mark", ["STATUS:CANCELLED", ""])
def test_a_cancelled_meeting_is_said_to_be(tmp_path: Path, mark: str) -> None:
    """By the event or by the calendar's method."""
    method = "" if mark else "METHOD:CANCEL\n"

    source = read(tmp_path, method, an_event(*([mark] if mark else [])))

    assert source.warnings == ("the meeting is cancelled",)


# --- what it says


def test_the_description_is_the_organizers_without_dial_in_details(tmp_path: Path) -> None:
    """Greeting, name and telephone numbers go; lines are those of the file."""
    source = read(
        tmp_path,
        an_event(
            "ORGANIZER;CN=Sam Okafor:mailto:sam@h.example",
            "DESCRIPTION:Hi all\\,\\nwe look at:\\n- how trucks are booked at Pe",
            " lican Point\\n- 1\\,250\\,000 pallets a year\\n\\nSam\\n\\nJoin Zoom Meeting\\n",
            " https://zoom.example/j/1\\nMeeting ID: 447\\n+1 251 555 0100\\, PIN 447",
        ),
    )

    assert [(p.line, p.heading, p.speaker, p.text) for p in source.passages] == [
        (10, "we look at", "Sam Okafor", "how trucks are booked at Pelican Point"),
        (11, "we look at", "Sam Okafor", "1,250,000 pallets a year"),
    ]


def test_a_description_in_html_is_read_as_a_page(tmp_path: Path) -> None:
    """Some calendars write it so."""
    source = read(
        tmp_path, an_event("DESCRIPTION:<p>We look at docks.</p><p style='display:none'>X</p>")
    )

    assert [p.text for p in source.passages] == ["We look at docks."]


def test_who_may_not_come_is_told_by_their_answer_or_how_they_were_asked(tmp_path: Path) -> None:
    """A tentative answer says more than an optional seat; all others are expected."""
    source = read(
        tmp_path,
        an_event(
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Ann Lee:mailto:a@t.example",
            "ATTENDEE;PARTSTAT=tentative;ROLE=OPT-PARTICIPANT;CN=Bo Lee:mailto:b@t.example",
            "ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=Cy Lee:mailto:c@t.example",
            "ATTENDEE;CN=Di Lee:mailto:d@t.example",
            "ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;CN=Ed Lee:mailto:e@t.example",
        ),
    )

    answers = [person.attendance for person in invite_of(source).attendees]
    assert answers == ["", "tentative", "optional", "", "declined"]


def test_five_hundred_attendees_are_all_kept(tmp_path: Path) -> None:
    """A company-wide call is no reason to fail."""
    people = [f"ATTENDEE;CN=Person {n}:mailto:p{n}@x.example" for n in range(500)]

    assert len(invite_of(read(tmp_path, an_event(*people))).attendees) == 500


def test_a_calendar_without_a_meeting_is_nothing_to_read(tmp_path: Path) -> None:
    """It has to-do items, or nothing."""
    with pytest.raises(SourceError, match="it holds no meeting"):
        read(tmp_path, "BEGIN:VTODO\nUID:1\nSUMMARY:x\nEND:VTODO\n")


def test_a_calendar_over_the_limit_is_refused(tmp_path: Path) -> None:
    """The limit is named."""
    path = tmp_path / "all.ics"
    path.write_bytes(a_calendar(an_event()).encode())

    with pytest.raises(SourceError, match="more than 100 bytes: export only the meeting"):
        read_sources([str(path)], limits=Limits(invite_bytes=100))


@settings(
    max_examples=80, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VEVENT", "END:VEVENT", "UID:1", "DTSTART:20261203T100000Z", "DTEND:1",
             "DTSTART;TZID=Nowhere:20261203T100000", "RRULE:FREQ=DAILY", "RRULE:x", "SUMMARY",
             "ATTENDEE", "ATTENDEE;CN=\"a:b", "ORGANIZER:x", "DESCRIPTION:\\", " fold", "EXDATE:x",
             "RDATE;VALUE=PERIOD:20261203T100000Z/PT1H", "RECURRENCE-ID:20261203T100000Z",
             "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:Nowhere",
             "DURATION:-P1D", "DTSTART;VALUE=DATE:20260230", "X-WR-TIMEZONE:Nowhere", ":", ";="]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_no_calendar_crashes_the_reader(lines: list[str]) -> None:
    """It is read, or refused as what it is not."""
    raw = a_calendar("\n".join([*lines, ""])).encode()

    with suppress(SourceError):
        assert read_invite(raw, "x.ics", Limits(), today=TODAY).kind == "invite"
