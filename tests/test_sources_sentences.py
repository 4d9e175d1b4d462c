"""Statements: where sentences end, and where what is too long is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sources.sentences import MAX_CHARS, statements


def parted(text: str) -> list[str]:
    return [text[start:end] for start, end in statements(text)]


@pytest.mark.parametrize(
    "text",
    [
        "We had approx. 500 trucks, e.g. on Monday, at 10 a.m. sharp.",
        "Mr. Smith and Dr. Ahlers of Foo Inc. met W. Drummond.",
        "See No. 5, z. B. ca. 1.250.000 Stück, d. h. 3.1 je Tag.",
        "Am 8. Dezember und am 12. November kommt Prof. Dr. Voßberg.",
        "He joins on 8.12. um 9 Uhr.",
        "It grew 2.1 percent to $4.3 million in Q1.",
        "Look at https://x.example/a.b?c=1.2&d and www.y.example.",
        "Umsatz 2025: 386 Mio. Euro",
        "Shipping office: Monday to Saturday, 6 a.m. to 10 p.m.",
        "Q1. How many docks do you have?",
        "Luis ?? | dock supv nights | not met",
        'He asked "are you ready?" twice.',
        "Well... maybe.",
        "Corvane new bus. starts 1/15/27",
        "Wait 20 min. before the gate opens",
    ],
)
def test_a_dot_that_ends_no_sentence_parts_nothing(text: str) -> None:
    """Abbreviations, initials, ordinals, decimals, times, addresses, labels."""
    assert parted(text) == [text]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The dock is full. Call us.", ["The dock is full.", "Call us."]),
        ("We met at 10 a.m. The gate was shut.", ["We met at 10 a.m.", "The gate was shut."]),
        ("She is with Foo Inc. They wait.", ["She is with Foo Inc.", "They wait."]),
        ("120 ppl, 40 remote. ~500 customers", ["120 ppl, 40 remote.", "~500 customers"]),
        ("opened this yr?? nobody was there", ["opened this yr??", "nobody was there"]),
        ("Davon 6 TK (Tiefkühl). ca. 180 LKW", ["Davon 6 TK (Tiefkühl).", "ca. 180 LKW"]),
        ("title tbc. 2nd person joins", ["title tbc.", "2nd person joins"]),
        ("60 min. Teresa comes", ["60 min.", "Teresa comes"]),
        ("Detention $1.4M. COO wants less", ["Detention $1.4M.", "COO wants less"]),
        ('"We wait." He left.', ['"We wait."', "He left."]),
        ("It fell in 2025. Then it rose.", ["It fell in 2025.", "Then it rose."]),
        ("納期は来週です。待ち時間が長い。", ["納期は来週です。", "待ち時間が長い。"]),
        ("هل هو جاهز؟ نعم هو", ["هل هو جاهز؟", "نعم هو"]),
        ("Great! Thanks. Bye", ["Great!", "Thanks.", "Bye"]),
    ],
)
def test_sentences_are_parted_at_their_stops(text: str, sentences: list[str]) -> None:
    """One statement each, its stop included."""
    assert parted(text) == sentences


def test_talk_without_punctuation_is_cut_where_a_speaker_breathes() -> None:
    """A dictated memo is no single statement."""
    said = (
        "okay so walt runs the plant and he has sixteen doors eleven for shipping and five for "
        "rolls so the problem is that twenty percent of the morning trucks just do not show and "
        "then the others all come at seven um shirley walks the yard for forty five minutes"
    )

    pieces = parted(said)

    assert [" ".join(piece.split()[:4]) for piece in pieces] == [
        "okay so walt runs",
        "so the problem is",
        "and then the others",
        "um shirley walks the",
    ]


def test_a_dictated_quotation_is_not_cut() -> None:
    """What stands between quote and unquote is one person's words."""
    said = (
        "walt said quote we tried a booking tool in the summer so the carriers laughed at it but "
        "we kept it for a year and then we threw it out unquote so that is the story of the tool"
    )

    pieces = parted(said)

    assert pieces[0].endswith("threw it out unquote")
    assert len(pieces) == 2


def test_or_so_is_no_new_thought() -> None:
    """A word that begins one may also end one."""
    said = "that was three rolls of paper a week or so i think she said " + "and more " * 14

    assert len(parted(said.strip())) == 1


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    """At most 600 characters, best at a semicolon."""
    clause = "the trucks that come from the north wait at the gate for an hour"
    sentence = "; ".join([clause] * 15) + "."

    pieces = parted(sentence)

    assert all(len(piece) <= MAX_CHARS for piece in pieces)
    assert all(piece.startswith("the trucks") for piece in pieces)


def test_a_word_without_end_is_cut_by_force() -> None:
    """Nothing is lost."""
    pieces = parted("x" * 1500)

    assert [len(piece) for piece in pieces] == [600, 600, 300] or "".join(pieces) == "x" * 1500
    assert max(map(len, pieces)) <= MAX_CHARS


@given(st.text(alphabet=st.sampled_from("ab. ?!,;:\"'()A1\u3002\u2026-\n"), max_size=400))
def test_statements_are_in_order_and_leave_out_only_white_space(text: str) -> None:
    """Put together, they are the text again."""
    spans = statements(text)

    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(parted(text)).split()) == "".join(text.split())
    assert all(0 < end - start <= MAX_CHARS for start, end in spans)
