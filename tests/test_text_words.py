"""Words, sentences, stems, directions and token counts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import (
    content,
    count_tokens,
    dates,
    directions,
    estimate_tokens,
    is_common,
    is_estimate,
    names,
    normalise,
    plain,
    quantities,
    quotations,
    roles,
    sentences,
    stem,
    words,
)


def test_texts_are_compared_without_the_accidents_of_typing() -> None:
    """Quotes, dashes, spaces, invisible characters and case do not count."""
    assert normalise("“Dock\u00a0–  Plan”\u200b\n") == normalise('"dock - plan"')


@given(st.text())
def test_plain_text_is_as_long_as_it_was(text: str) -> None:
    """So that a place in one is the place in the other."""
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Dr. Ahlers paid approx. 3 Mio. Euro. He waits.", None),
        ("See No. 3 and 3.12. Then go.", ["See No. 3 and 3.12. Then go."]),
        ("First line\n\nSecond line", ["First line", "Second line"]),
        ("1. Ask Dana. 2. Wait.", ["1. Ask Dana.", "2. Wait."]),
        ("", []),
    ],
)
def test_sentences_end_at_their_end(text: str, expected: list[str] | None) -> None:
    """And not at the dot of an abbreviation, a date or a list number."""
    if expected is None:
        expected = ["Dr. Ahlers paid approx. 3 Mio. Euro.", "He waits."]

    assert [text[a:b] for a, b in sentences(text)] == expected


def test_forms_of_a_word_share_a_stem() -> None:
    """Regular or not."""
    assert stem("falls") == stem("fell") == stem("fallen")
    assert stem("Trucks") == stem("truck's") == "truck"
    assert content("We paid for the waiting trucks") == content("they pay: waits, truck")


@pytest.mark.parametrize("word", ["Detention", "reducing", "Forklift", "Whiteboards", "the"])
def test_everyday_words_are_common(word: str) -> None:
    """In any form and case."""
    assert is_common(word)


@pytest.mark.parametrize("word", ["Whitfield", "Slotwise", "Oyelaran", "gateflow", "Betriebsrat"])
def test_names_are_not_common(word: str) -> None:
    """Nor are foreign words."""
    assert not is_common(word)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Charges were $9.6 million, up 18 percent.", [1]),
        ("Expense was down 40 basis points.", [-1]),
        ("Turn time fell by a third.", [-1]),
        ("They send 60 more trucks a day.", [1]),
        ("Turn time: from 94 minutes to 61 minutes.", [-1]),
        ("We follow up with up to 30 sites down the road.", []),
        ("Volume did not fall.", []),
        ("No-shows climbed.", [1]),
        ("in the fall of 2027", []),
        ("Produce shrink was high.", []),
    ],
)
def test_a_movement_has_a_direction(text: str, signs: list[int]) -> None:
    """Up and down count beside a number; what is denied is no movement."""
    assert [d.sign for d in directions(text)] == signs


def test_tokens_are_counted_with_the_offline_table() -> None:
    """Known counts of cl100k_base."""
    assert not is_estimate()
    assert count_tokens("hello world") == 2
    assert count_tokens("") == 0
    assert count_tokens("<|endoftext|>") > 1  # text, never a control token


def test_an_estimate_is_near_the_count_and_not_below_half_of_it() -> None:
    """English prose has some four and a half bytes a token."""
    text = "Trucks that came on time wait because unloading has drifted from the plan. " * 20

    assert count_tokens(text) <= estimate_tokens(text) <= 1.5 * count_tokens(text)


def test_lone_surrogates_can_be_counted() -> None:
    """A broken character is a character."""
    assert count_tokens("a\ud800b") > 0
    assert estimate_tokens("a\ud800b") > 0


def test_importing_text_loads_no_vendor() -> None:
    """So that the command line starts fast."""
    code = (
        "import sys, assistant.text; "
        "sys.exit(any(m in sys.modules for m in ('tiktoken', 'text_to_num', 'rapidfuzz')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Nothing a person or a machine can type raises, and every find lies in the text."""
    found = [*quantities(text), *dates(text), *names(text), *roles(text), *quotations(text)]

    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(0 <= d.start < len(text) for d in directions(text))
    assert len(words(text)) >= 0


@given(st.text(alphabet="0123456789.,' %$€kKmM-–/:½ ofinto", max_size=60))
def test_any_row_of_digits_and_marks_can_be_read(text: str) -> None:
    """Odd numbers are odd, never an exception."""
    assert all(q.value >= 0 for q in quantities(text))
    assert all(0 <= d.start < d.end <= len(text) for d in dates(text))
