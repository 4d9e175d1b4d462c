"""Names and roles: who and what is named, and what merely has a capital."""

from __future__ import annotations

import pytest

from assistant.text import names, roles


def found(text: str) -> list[str]:
    return [name.text for name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask Dana Whitfield about it.", ["Dana Whitfield"]),
        ("Slotwise is in too.", ["Slotwise"]),
        ("Reducing dwell helps Tidewater's crew.", ["Tidewater"]),
        ("It is Marcus' crew at Pelican Point.", ["Marcus", "Pelican Point"]),
        ("Dr. Jens Ahlers met Ursula von der Leyen.", ["Jens Ahlers", "Ursula von der Leyen"]),
        ("Jean-Luc Picard and S. Okafor came.", ["Jean-Luc Picard", "S. Okafor"]),
        ("It is O'Brien-owned and AT&T-built.", ["O'Brien-owned", "AT&T-built"]),
        ("The Betriebsrat meets at iHub.", ["Betriebsrat", "iHub"]),
        ("Mark Oyelaran wants it. Mark the date.", ["Mark Oyelaran"]),
        ("Northpeak Grocers, Inc. joined.", ["Northpeak Grocers"]),
        ("Ask Dana. Slotwise waits.", ["Dana", "Slotwise"]),
        ("NPKG is listed.", ["NPKG"]),
    ],
)
def test_names_are_found_whatever_their_form(text: str, expected: list[str]) -> None:
    """Possessives, hyphens, particles, initials, titles and legal forms do not hide a name."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Detention follows dock variance.",
        "Forklift drivers wait; whiteboards fail.",
        "Loading Is The Short Part Of A Visit",
        "BEFORE THE CALL",
        "On Monday 3 May the CFO and the Terminal Manager meet IT and Finance.",
        "I understand that I'm late.",
        "- Why would they switch?",
        "1. Ask which gate it is.",
        "The ROI and the SLA are in English.",
        "It costs USD 5 or EUR 4.",
        "Next: Agree a date.",
        "She asked: “Which dock?”",
    ],
)
def test_a_capital_alone_makes_no_name(text: str) -> None:
    """Sentence starts, headings, days, roles, departments and everyday abbreviations."""
    assert found(text) == []


def test_a_name_lists_the_words_that_must_be_known() -> None:
    """Without title, legal form and the small letters that hang on."""
    (name,) = names("Herr Weiss-Brandt GmbH")

    assert name.parts == ("weiss", "brandt")


@pytest.mark.parametrize(
    ("text", "level", "field"),
    [
        ("the COO", "coo", ()),
        ("Chief Financial Officer", "cfo", ()),
        ("our plant manager", "manager", ("plant",)),
        ("Terminal Mgr, Pelican Pt", "manager", ("termin",)),
        ("VP Supply Chain", "vp", ("suppli", "chain")),
        ("vice president of operations", "vp", ("oper",)),
        ("Dir Transportation", "director", ("transport",)),
        ("the head of IT", "head", ("it",)),
        ("the IT manager", "manager", ("it",)),
        ("Leiterin Logistik", "head", ("logist",)),
        ("Werkleiter", "manager", ("plant",)),
        ("VP Dana Whitfield", "vp", ()),
    ],
)
def test_a_role_is_its_level_and_what_it_is_over(
    text: str, level: str, field: tuple[str, ...]
) -> None:
    """However it is abbreviated, in English or in German."""
    (role,) = roles(text)

    assert (role.level, role.field) == (level, field)


@pytest.mark.parametrize("text", ["lead time", "ahead of them", "leads to delay", "managed well"])
def test_words_that_resemble_a_role_are_none(text: str) -> None:
    """Lead times lead nobody."""
    assert roles(text) == ()
