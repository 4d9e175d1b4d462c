"""Quotations: what stands between marks, and where the words really stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import locate, quotations, stands_in, unquoted

NOTE = "Dana: Detention cost us $1.4 million last\nyear, and I can’t tell which dock it came from."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('You told us: "nobody owns the yard".', "nobody owns the yard"),
        ("You told us: “nobody owns the yard”.", "nobody owns the yard"),
        ("Sie sagten: „niemand führt den Hof“.", "niemand führt den Hof"),
        ("You said «nobody owns the yard».", "nobody owns the yard"),
        ("You said 'I can't own the yard' then.", "I can't own the yard"),
        ('You: “Walt said "it is full" again”.', 'Walt said "it is full" again'),
    ],
)
def test_a_quotation_is_found_between_any_marks(text: str, expected: str) -> None:
    """Straight, curly, German, French, single with an apostrophe inside, and nested."""
    assert [q.words for q in quotations(text)] == [expected]


@pytest.mark.parametrize(
    "text", ['the "dock problem"', "the suppliers' docks and the carriers' gate", "it's Dana's"]
)
def test_terms_and_apostrophes_are_no_quotations(text: str) -> None:
    """Two words between marks are a term."""
    assert quotations(text) == ()


def test_what_is_quoted_can_be_taken_out() -> None:
    """The rest keeps its place."""
    text = 'They said "nobody owns the yard" twice.'

    assert unquoted(text) == "They said                        twice."


@pytest.mark.parametrize(
    "quote",
    [
        "detention cost us $1.4 million last year",
        "I can't tell which dock it came from.",
        "Detention cost us … which dock it came from",
        "Detention cost us [...] and I can't tell",
    ],
)
def test_a_verbatim_quote_stands_in_its_text(quote: str) -> None:
    """Case, line breaks and the form of marks do not count; an ellipsis skips."""
    assert stands_in(quote, NOTE)


@pytest.mark.parametrize(
    "quote",
    [
        "detention cost us $1.5 million last year",
        "I can tell which dock it came from",
        "which dock it came from … Detention cost us",
        "etention cost us",
        "cost us $1.4 million las",
        "",
        "...",
    ],
)
def test_a_changed_quote_does_not_stand_in_its_text(quote: str) -> None:
    """Not one word, digit or the order may differ, and words are whole."""
    assert not stands_in(quote, NOTE)


@pytest.mark.parametrize(
    ("quote", "stretch"),
    [
        ("cost us $1.4 million last year", "cost us $1.4 million last\nyear"),
        ("cost us 1.4 million last year", "cost us $1.4 million last\nyear"),
        ("I cannot tell which dock it came from", "I can’t tell which dock it came from"),
    ],
)
def test_a_quote_is_located_with_what_the_text_really_says(quote: str, stretch: str) -> None:
    """A small slip is forgiven, and the stretch is the text's own."""
    span = locate(quote, NOTE)

    assert span is not None
    assert NOTE[span.start : span.end] == stretch


@pytest.mark.parametrize(
    "quote", ["cost us $1.5 million last year", "the yard is always full of trailers", "", " … "]
)
def test_a_quote_that_is_not_there_is_not_located(quote: str) -> None:
    """A slip of the figure is no slip of the pen."""
    assert locate(quote, NOTE) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_located_stretch_lies_within_the_text(quote: str, text: str) -> None:
    """Whatever the two are."""
    span = locate(quote, text)

    assert span is None or 0 <= span.start <= span.end <= len(text)


@given(st.text(alphabet="abc dé'’\n", max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_words_that_are_in_a_text_are_located_there(quote: str, before: str, after: str) -> None:
    """In one piece, between white space."""
    text = f"{before} {quote} {after}"

    span = locate(quote, text)

    assert span is not None or not quote.strip(" \n'’")
