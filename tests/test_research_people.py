"""People: who is expected, on which side, in which role."""

from __future__ import annotations

import pytest
from effort import effort

from assistant.dossier import Participant, Side
from assistant.research.people import find_nameless, find_participants, seller_names, side_of
from assistant.sources.source import Invite, Person, Source
from assistant.testing import a_meeting, a_participant, a_passage, a_source

DANA = Person("Dana Whitfield", "dana@tidewater.example")
MARCUS = Person("Marcus Oyelaran", "marcus@tidewater.example")
SAM = Person("Sam Okafor", "sam@harbourline.example")


def an_invite(*attendees: Person, organizer: Person | None = SAM) -> Source:
    invite = Invite("Call", None, 30, "", "", organizer, attendees, "")
    return a_source("Call", id="S9", name="invite.ics", kind="invite", invite=invite)


def found(*sources: Source, named: tuple[Participant, ...] = ()) -> dict[str, tuple[str, str]]:
    people = find_participants(sources, company="Harbourline", named=named)
    return {person.name: (person.role, person.side) for person in people}


@pytest.mark.parametrize(
    ("email", "company", "side"),
    [
        ("sam@harbourline.example", "Harbourline", "seller"),
        ("sam@mail.harbour-line.example", "Harbourline", "seller"),
        ("sam@harbourline.example", "Harbourline GmbH", "seller"),
        ("dana@tidewater.example", "Harbourline", "customer"),
        ("lee@acmeindustrial.example", "Acme", "customer"),
        ("dana@gmail.com", "Harbourline", "unknown"),
        ("", "Harbourline", "unknown"),
        ("dana", "Harbourline", "unknown"),
    ],
)
def test_the_side_of_an_address_is_that_of_its_domain(email: str, company: str, side: Side) -> None:
    """A prospect whose name begins like ours is not us; anybody may have a mail box elsewhere."""
    assert side_of(email, company) == side


def test_those_on_the_invitation_are_expected_and_nobody_else() -> None:
    """The organizer comes too; a stranger in a source, and an address without a name, do not."""
    nameless = Person("", "site@tidewater.example")
    profile = a_source("Rick Tolland, VP Sales at Marlin Cranes", people=(Person("Rick Tolland"),))

    assert found(an_invite(DANA, nameless), profile) == {
        "Dana Whitfield": ("", "customer"),
        "Sam Okafor": ("", "seller"),
    }


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Dana Whitfield | COO | +1 251 | sponsor?", "COO"),
        ("Dana (COO), Marcus (mgr Pelican Pt)", "COO"),
        ("Dana Whitfield, VP of Operations, joins", "VP of Operations"),
        ("Dana W (procurement, 1st time on)", "procurement"),
        ("dana whitfield who is the vp of operations for all four plants", "vp of operations"),
        ("so dana whitfield logistics manager was there", "logistics manager"),
        ("Dana = ops director, nine years there", "ops director"),
        ("we met the plant manager, Dana Whitfield", "plant manager"),
        ("call with Dana Whitfield from finance", "finance"),
        ("Dr. Dana Whitfield (Werkleiterin)", "Werkleiterin"),
        ("Dana Whitfield (IT-Leitung) only had questions", "IT-Leitung"),
        ("Dana Whitfield, site logistics?? title tbc", ""),
        ("Dana (do not slag it off, she chose it)", ""),
        ("Dana, who said the manager left, was late", ""),
        ("my read: Dana is the buyer", ""),
    ],
)
def test_a_role_is_read_from_the_notes(line: str, role: str) -> None:
    """A doubt, a remark of ours and a clause are no role."""
    notes = a_source(line, name="call-notes.md")

    assert found(an_invite(DANA), notes)["Dana Whitfield"] == (role, "customer")


def test_a_remark_under_a_private_heading_gives_no_role() -> None:
    """What we think of somebody is not what they are."""
    notes = a_source(a_passage("Dana is the manager who blocks", heading="my read"))

    assert found(an_invite(DANA), notes)["Dana Whitfield"][0] == ""


def test_a_signature_or_a_list_of_contacts_gives_the_role() -> None:
    """By address, or by a first name that is the person's."""
    signed = a_source(people=(Person("D. Whitfield", "dana@tidewater.example", "COO"),))
    listed = a_source(people=(Person("Marcus", role="Terminal Manager"),), id="S2")

    roles = found(an_invite(DANA, MARCUS), signed, listed)

    assert roles["Dana Whitfield"][0] == "COO"
    assert roles["Marcus Oyelaran"][0] == "Terminal Manager"


def test_a_form_names_its_sender_s_title() -> None:
    """First name, last name and title are fields of their own."""
    form = a_source("First name: Dana", "Last name: Whitfield", "Job title: Workplace Lead")

    assert found(an_invite(DANA), form)["Dana Whitfield"][0] == "Workplace Lead"


def test_whom_the_seller_names_comes_first_and_once() -> None:
    """The invite completes what the seller said; their word on role and side stands."""
    named = (Participant(name="Dana", role="Chief of everything", side="customer"),)

    people = find_participants([an_invite(DANA)], company="Harbourline", named=named)

    assert [(p.name, p.role, p.email) for p in people] == [
        ("Dana Whitfield", "Chief of everything", "dana@tidewater.example"),
        ("Sam Okafor", "", "sam@harbourline.example"),
    ]


def test_without_an_invitation_those_who_are_quoted_are_expected() -> None:
    """By their full names, where the sources give them."""
    notes = a_source(
        "call w/ Priyanka Shah (Head of Warehousing)",
        a_passage("We lose pallets.", speaker="Priyanka", quoted=True, line=2),
        name="call-notes.md",
    )

    assert found(notes) == {"Priyanka Shah": ("Head of Warehousing", "customer")}


def test_whoever_leads_a_transcript_with_questions_is_ours() -> None:
    """Where no address tells: our words must not come back as the customer's."""
    turns = [
        ("Jess Alder", "How does a load get booked?"),
        ("Ray Kowalczyk", "By phone, mostly."),
        ("Jess Alder", "And what does that lead to?"),
        ("Ray Kowalczyk", "To a queue at the gate."),
    ]
    passages = [a_passage(text, speaker=name, line=n) for n, (name, text) in enumerate(turns, 1)]

    people = found(a_source(*passages, kind="transcript"))

    assert {name: side for name, (_, side) in people.items()} == {
        "Jess Alder": "seller",
        "Ray Kowalczyk": "customer",
    }


def test_our_people_are_known_by_full_and_first_name() -> None:
    """From the meeting and from the addresses in any source."""
    meeting = a_meeting(participants=(a_participant("Lena Hartwig", "", "seller"),))

    names = seller_names([a_source(people=(SAM, DANA))], meeting, "Harbourline")

    assert names == {"lena hartwig", "lena", "sam okafor", "sam"}


MANY = tuple(
    f"{a}{b}{c}" for a in "BDKLMNPRST" for b in "aeiou" for c in ("ria", "nto", "lke", "sk")
)


def test_each_of_many_speakers_takes_little_work() -> None:
    """Nobody is looked for among all the others, or in lines that do not name them."""
    said = [a_passage("The manager says the yard is full.", speaker=name) for name in MANY * 5]
    talk = a_source(*said, kind="transcript", name="call.txt")

    work = effort(lambda: find_participants([talk], company="Harbourline"))

    assert len(find_participants([talk], company="Harbourline")) == len(MANY)
    assert work < 3_000 * len(MANY)


def test_each_of_many_guests_takes_little_work() -> None:
    """Of whom nobody wrote anything, no line is searched for a role."""
    guests = [Person(f"{first} {last}son") for first, last in zip(MANY, MANY[7:], strict=False)]
    notes = a_source(*["Talked to the plant manager."] * 100)

    work = effort(lambda: find_participants([an_invite(*guests), notes], company="Harbourline"))

    assert work < 500 * len(guests)


def test_a_guest_who_is_only_an_address_is_kept_by_it() -> None:
    """Unless they are ours, or another source names who writes from there."""
    site, shown = Person("", "site@tidewater.example"), Person("ops@t.example", "ops@t.example")
    mate, known = Person("", "ae@harbourline.example"), Person("", "Marcus@tidewater.example")
    invite = an_invite(DANA, site, shown, mate, known, site)
    mail = a_source("Hello.", id="S2", kind="email", people=(MARCUS,))

    people = find_participants([invite, mail], company="Harbourline")

    assert find_nameless([invite, mail], people, company="Harbourline") == (
        "site@tidewater.example",
        "ops@t.example",
    )


def test_who_may_not_come_is_said_so_whatever_the_seller_adds() -> None:
    """The invitation's word stays with the person whom the seller names too."""
    guest = Person("Dana Whitfield", "dana@tidewater.example", attendance="tentative")
    named = (a_participant("Dana", "COO"),)

    (person, *_) = find_participants([an_invite(guest)], company="Harbourline", named=named)

    assert (person.name, person.role, person.attendance) == ("Dana Whitfield", "COO", "tentative")
