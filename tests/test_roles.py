"""Roles: one spelling for what people are called, and their rank."""

from __future__ import annotations

import pytest

from assistant.roles import plain_role, same_role, seniority


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Chief Operating Officer", "coo"),
        ("Operations Director", "coo"),
        ("Geschäftsführerin", "ceo"),
        ("VP, Finance", "cfo"),
        ("Dir IT", "it director"),
        ("IT-Leitung", "it director"),
        ("Vice President of Operations", "vp operations"),
        ("EVP Ops", "vp operations"),
        ("Head of Site Operations", "vp operations"),
        ("Sr. Director, Supply Chain", "senior vp supply chain"),
        ("Dr. Werkleiter", "plant manager"),
        ("Werksleiterin", "plant manager"),
        ("Plant Mgr", "plant manager"),
        ("Terminal Mgr, Pelican Pt", "terminal manager"),
        ("Leiterin Logistik", "logistics manager"),
        ("site logistics??", "logistics manager"),
        ("DC manager", "warehouse manager"),
        ("Lagerleiter (Werk 1)", "warehouse manager"),
        ("Dir Transportation", "transport manager"),
        ("QA manager", "quality manager"),
        ("Einkaufsleiter", "procurement"),
        ("Workplace Experience Lead", "workplace experience lead"),
        ("", ""),
    ],
)
def test_a_role_is_spelled_as_cards_spell_it(written: str, plain: str) -> None:
    """Abbreviations, German titles and places do not matter."""
    assert plain_role(written) == plain


@pytest.mark.parametrize(
    ("role", "wanted", "same"),
    [
        ("VP Operations, all plants", "vp operations", True),
        ("Leiterin Logistik", "logistics manager", True),
        ("terminal manager", "Terminal Mgr, Pelican Pt", True),
        ("manager", "terminal manager", False),
        ("plant manager", "terminal manager", False),
        ("", "coo", False),
        ("coo", "", False),
    ],
)
def test_two_roles_are_the_same_where_the_words_that_matter_are(
    role: str, wanted: str, same: bool
) -> None:
    """A bare level is nobody's role."""
    assert same_role(role, wanted) is same


def test_seniority_ranks_from_owner_to_manager() -> None:
    """In both languages; a vice president owns nothing, and no title is no rank."""
    ladder = [
        "President & CEO",
        "COO",
        "Vice President of Operations",
        "Leiterin Logistik",
        "Werkleiter",
        "Operations Manager",
        "site logistics",
    ]

    assert [seniority(role) for role in ladder] == [6, 5, 4, 3, 2, 1, 0]
