"""The agenda that an invitation or a mail sends."""

from __future__ import annotations

from pathlib import Path

import pytest
from effort import effort

from assistant.sources import Agenda, Limits, Source, read_sources
from assistant.sources.agenda import find_agenda
from assistant.sources.lines import Line, lines_of

_TEAMS = (
    "________________________________________________________________________________\\n"
    "Microsoft Teams meeting\\nJoin: https://teams.example/l/1\\nMeeting ID: 123 456\\n"
    "Passcode: aB3\\n________________________________"
)


def found(text: str, *, invitation: bool = True) -> list[tuple[str, int | None]]:
    agenda = find_agenda(lines_of(text, Limits())[0], invitation=invitation)
    return [(point.text, point.minutes) for point in agenda.points] if agenda else []


def read_invite(folder: Path, *properties: str) -> Source:
    path = folder / "invite.ics"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//x//EN",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART:20261203T100000Z",
        "SUMMARY:Docks",
        "ORGANIZER;CN=Ann Lee:mailto:ann@theirs.example",
        *properties,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    (source,) = read_sources([str(path)])
    return source


def agenda_of(source: Source) -> Agenda:
    assert source.agenda is not None
    return source.agenda


@pytest.mark.parametrize(
    ("text", "points"),
    [
        pytest.param(
            "Agenda:\n1. Offene Punkte\n2. Maße\n3. Nächster Schritt\n\nBitte am Tor melden.",
            [("Offene Punkte", None), ("Maße", None), ("Nächster Schritt", None)],
            id="numbered",
        ),
        pytest.param(
            "Tagesordnung\n\n* 14:00-14:20 Stand\n* 14:20–14:50 Kosten\n  - je Tor\n* Abschluss\n",
            [("Stand", 20), ("Kosten", 30), ("Abschluss", None)],
            id="clock-times-and-nested-points",
        ),
        pytest.param(
            "Topics:\n(15') Introductions\nDemo - 20 min\nQ&A\n\nSee you",
            [("Introductions", 15), ("Demo", 20), ("Q&A", None)],
            id="unmarked",
        ),
        pytest.param(
            "Agenda\n9:00 am Welcome\n9:10 am Tour\n9:40 am Price",
            [("Welcome", 10), ("Tour", 30), ("Price", None)],
            id="starts-only",
        ),
        pytest.param(
            "Proposed agenda (45 min):\n5 min: intros\n- Yard walk, with Joe (ca. 30 Minuten)\n",
            [("intros", 5), ("Yard walk, with Joe", 30)],
            id="marked-now-and-then",
        ),
        pytest.param(
            "Agenda: status, figures, and next steps.",
            [("status", None), ("figures", None), ("next steps", None)],
            id="in-a-row",
        ),
        pytest.param(
            "Agenda: 1) status 2) figures (1 h)",
            [("status", None), ("figures", 60)],
            id="numbered-in-a-row",
        ),
        pytest.param(
            "Agenda - 60 min\n| 14:00 | Roof | Ann |\n| 14:20 | Heating | Bob |\n",
            [("Roof | Ann", 20), ("Heating | Bob", None)],
            id="in-a-table",
        ),
        pytest.param(
            "*Agenda items*\n1/ Ward tour – 20 min\n2/ Beds / staffing – 1 h\n3/ AOB\n",
            [("Ward tour", 20), ("Beds / staffing", 60), ("AOB", None)],
            id="slashes",
        ),
        pytest.param(
            "Tagesordnung:\nTOP 1: Begrüßung\nTOP 2: Stand der Küche\n",
            [("Begrüßung", None), ("Stand der Küche", None)],
            id="german-points",
        ),
        pytest.param(
            "Goals:\n- faster checkout\n\nAgenda:\n- demo\n- pricing\n",
            [("demo", None), ("pricing", None)],
            id="behind-another-list",
        ),
        pytest.param(
            "Could we please discuss: (1) the leak (2) the invoice",
            [("the leak", None), ("the invoice", None)],
            id="brackets-in-a-row",
        ),
        pytest.param(
            "As discussed with Dana:\n- how trucks are booked\n- cut waiting to 20 min\n",
            [("how trucks are booked", None), ("cut waiting to 20 min", None)],
            id="announced-by-a-sentence",
        ),
        pytest.param(
            "We want to go through:\n1. Scope\n\n2. Price,\n   terms too\n\nParking:\n- gate\n",
            [("Scope", None), ("Price, terms too", None)],
            id="wrapped-and-spaced",
        ),
    ],
)
def test_an_agenda_is_read_with_the_minutes_of_its_points(
    text: str, points: list[tuple[str, int | None]]
) -> None:
    """Numbers, dashes and times go; the words stay as they are."""
    assert found(text) == points


@pytest.mark.parametrize(
    "text",
    [
        "Agenda to follow. Please bring the gate sheets.",
        "Agenda: TBD, see mail",
        "Agenda:\n\nLet me know what you want to see.\n",
        "The agenda was:\n- the yard\n- the price\n",
        "Please bring:\n- shoes\n- a vest\n",
        "To discuss before the call, please prepare:\n- last week's logs\n- the plan\n",
        "Our agenda is simple: we want a price.",
        "We go through the contract. Attached:\n- contract.pdf\n- annex.pdf\n",
        "14:00 Welcome\n14:10 Tour\n",
        "We will discuss:\n- the yard\n",
        "",
    ],
)
def test_what_is_no_agenda_is_not_read_as_one(text: str) -> None:
    """A promise of one, a list of another kind, a past one, a single line."""
    assert found(text) == []


def test_a_mail_has_to_name_the_agenda() -> None:
    """What somebody lists in a mail is not yet what the meeting is about."""
    listed = "We should discuss:\n- the yard\n- the price\n"
    named = (
        "Hello Tom,\nfor the agenda I would\nsuggest: 1) the yard in Leeds, 2) the\n"
        "contract terms and 3) next steps. Looking forward to it."
    )

    assert found(listed, invitation=False) == []
    assert [text for text, _ in found(named, invitation=False)] == [
        "the yard in Leeds",
        "the contract terms",
        "next steps",
    ]


def test_a_point_is_no_text_of_its_own() -> None:
    """What is longer than a point is cut between two words, and says so."""
    ((text, _), *others) = found("Agenda:\n- " + "words of an essay " * 30 + "\n- The price\n")

    assert len(text) < 130
    assert text.endswith(" …")
    assert others == [("The price", None)]


def test_an_endless_list_is_cut() -> None:
    """Nobody talks of two hundred points."""
    assert len(found("Agenda:\n" + "".join(f"- point {i}\n" for i in range(200)))) == 20


def test_an_invitation_holds_the_agenda_of_its_organizer(tmp_path: Path) -> None:
    """Its lines are those of the file; what a conference tool adds is no point."""
    source = read_invite(
        tmp_path, f"DESCRIPTION:Dear all\\,\\n\\nAgenda:\\n1. The yard\\n2. The price\\n{_TEAMS}"
    )

    agenda = agenda_of(source)

    assert [(point.text, point.line) for point in agenda.points] == [
        ("The yard", 9),
        ("The price", 9),
    ]
    assert agenda.by == "Ann Lee"


@pytest.mark.parametrize(
    "properties",
    [
        ("DESCRIPTION:<p>Agenda:</p><ul><li>The yard (10 min)</li><li>The price</li></ul>",),
        (
            "DESCRIPTION:\\n",
            "X-ALT-DESC;FMTTYPE=text/html:<html><body><p><b>Agenda</b></p><ol><li>The yard (10 min",
            " )</li><li>The price</li></ol></body></html>",
        ),
    ],
    ids=["description", "alternative"],
)
def test_an_agenda_in_html_is_read(tmp_path: Path, properties: tuple[str, ...]) -> None:
    """Some calendars write nothing else."""
    agenda = agenda_of(read_invite(tmp_path, *properties))

    assert [(p.text, p.minutes) for p in agenda.points] == [("The yard", 10), ("The price", None)]


def test_a_mail_in_a_thread_holds_the_agenda_of_its_author(tmp_path: Path) -> None:
    """The reply above it changes nothing."""
    path = tmp_path / "mail.eml"
    path.write_text(
        "From: Tom Wilk <tom@ours.example>\nTo: ann@theirs.example\nSubject: Visit\n"
        "Date: Thu, 19 Nov 2026 10:00:00 +0000\n\nFine, thanks.\n\n"
        "On Wed, 18 Nov 2026 at 09:00, Ann Lee <ann@theirs.example> wrote:\n"
        "> Agenda proposal:\n> My agenda for the visit:\n> 1. The yard\n> 2. The price\n",
        encoding="utf-8",
    )
    (source,) = read_sources([str(path)])

    agenda = agenda_of(source)

    assert ([point.text for point in agenda.points], agenda.by) == (
        ["The yard", "The price"],
        "Ann Lee",
    )


def test_a_long_thread_takes_little_work() -> None:
    """No line is compared with all others."""

    def work(size: int) -> int:
        lines = [Line(n, "We discuss: the agenda of it") for n in range(size)]
        return effort(lambda: find_agenda(lines, invitation=True))

    assert work(4_000) < 3 * work(2_000)
    assert work(20_000) < 4 * work(4_000)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Proposal v2: questions, value, terms.", ["questions", "value", "terms"]),
        ("Pilot Soest: Stand, Zahlen, und Termine", ["Stand", "Zahlen", "Termine"]),
        ("Budget review: open items; costs per site; approvals", None),
        ("Room Teton: projector, whiteboard, coffee", []),
        ("Attendees: Dana, Marcus, Priya", []),
        ("Please bring: vest, shoes, badge", []),
        ("Dial-in: London, Paris, Rome", []),
        ("Proposal: questions and value", []),  # two words are a title
        ("As agreed: we walk through the yard, then we talk about the price, then lunch", []),
        ("Hi all,\nProposal v2: questions, value, terms.", []),  # it does not begin with it
    ],
)
def test_an_invitation_may_begin_with_a_subject_and_a_row_of_words(
    text: str, points: list[str] | None
) -> None:
    """A row of guests, places or things to bring is none, and a mail has no such row."""
    expected = ["open items", "costs per site", "approvals"] if points is None else points

    assert [point for point, _ in found(text)] == expected
    assert found(text, invitation=False) == []
