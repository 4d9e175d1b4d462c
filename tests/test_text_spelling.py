"""What is typed in a hurry, read as it was meant; what is meant otherwise stays."""

from __future__ import annotations

import pytest

from assistant.text import word_list
from assistant.text.spelling import in_full, is_foreign, mended

# The words of cards of other trades than the sample pack's: a dentist's software, a caterer.
KNOWN = frozenset(
    word_list("""
    patients appointments reception insurance already reminders practice kitchen allergens
    delivery canteen hygiene invoice phones budget
    """)
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("its to dear", "it's too expensive"),
        ("u r 2 expensive", "you are too expensive"),
        ("ur to slow 4 us", "your to slow for us"),
        ("ur too slow 4 us", "you are too slow for us"),
        ("that is to much", "that is too much"),
        ("not b4 xmas", "not before christmas"),
        ("we dont want smth like that", "we don't want something like that"),
        ("um, well, uh, no", "well, no"),
        ("pls snd me the list", "please send me the list"),
        ("3yr contract no way", "3 years contract no way"),
        ("IT has no time", "IT department has no time"),
        ("TOO EXPENSIVE", "too expensive"),
    ],
)
def test_short_forms_are_said_in_full(typed: str, meant: str) -> None:
    """As people type to each other, and as speech is written down."""
    assert in_full(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "we want to close 2 docks",
        "from low to high",
        "2 small sites and 4 big ones",
        "we will go to many places",
        "the IT department has no time",
        "it has no time",
        "its owner left",
        "we were late",
        "your quote for us",
    ],
)
def test_what_is_meant_otherwise_stays(text: str) -> None:
    """A number is a number, and "to" before a verb is no "too"."""
    assert in_full(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the pashents miss apointments", "the patients miss appointments"),
        ("our patiants will not answer", "our patients will not answer"),
        ("no bugdet for it", "no budget for it"),
        ("we allready send remindres", "we already send reminders"),
        ("they have old fones", "they have old phones"),
        ("the alergens are on the wall", "the allergens are on the wall"),
    ],
)
def test_a_slip_is_read_as_the_cards_word(typed: str, meant: str) -> None:
    """One letter wrong, missing or changed places; two in a long word; as it sounds."""
    assert mended(typed, KNOWN) == meant


@pytest.mark.parametrize(
    "text",
    [
        "we use Invoyce for that",  # a product
        "no kitten in here",  # a word of its own
        "c'est trop cher pour la cantine",
        "der Kantine ist das Essen zu teuer",
        "a bot",
    ],
)
def test_names_other_words_and_other_languages_stay(text: str) -> None:
    """What is not a slip is not mended into one of ours."""
    assert mended(text, KNOWN) == text


def test_a_slip_of_two_words_alike_stays() -> None:
    """Nobody can tell which one was meant."""
    assert mended("the deliverx", frozenset({"delivery", "delivers"})) == "the deliverx"
    assert mended("the watar", frozenset({"water", "watas"})) == "the watar"


def test_a_text_in_no_known_language_is_foreign() -> None:
    """Half of its words known is enough not to be."""
    assert is_foreign("c'est trop cher")
    assert not is_foreign("that is too expensive")
    assert not is_foreign("kantine", frozenset({"kantine"}))
