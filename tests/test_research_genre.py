"""Genre: what sort of text a source is."""

from __future__ import annotations

import pytest
from effort import effort

from assistant.research.genre import Genre, genre_of
from assistant.sources.source import Source
from assistant.testing import a_passage, a_source

PROSE = ("Our four plants ship board.", "We work with 60 hauliers.", "Our yards are busy.")


@pytest.mark.parametrize(
    ("source", "genre"),
    [
        (a_source("me: what does it cost?", "Dana said a lot", name="x.md"), "notes"),
        (a_source("Acct: X | Owner: Y", "Stage: 2 | Fcst: commit", name="x.txt"), "record"),
        (a_source("First name: A", "Last name: B", "Company size: 12", name="x.txt"), "form"),
        (
            a_source(
                "Present: A, B", "Decided: a yard truck", name="minutes.docx", kind="document"
            ),
            "minutes",
        ),
        (a_source(*PROSE, name="x.txt"), "published"),
        (a_source("Wir machen Board.", "Unsere Werke sind voll.", name="website.txt"), "published"),
        (a_source("Our gate is open.", kind="page"), "published"),
        (a_source(a_passage("16 doors", page=1), name="x.pdf", kind="document"), "published"),
        (a_source("16 doors", name="x.docx", kind="document"), "notes"),
        (a_source("Hello.", kind="email"), "email"),
        (a_source("Hello.", kind="transcript"), "transcript"),
    ],
)
def test_the_sort_of_a_text_is_told_by_what_it_is_like(source: Source, genre: Genre) -> None:
    """Kind first, then words and name."""
    assert genre_of(source) == genre


@pytest.mark.parametrize(
    "remark",
    ["They want a discount.", "I like her.", "Our price floor is $11.", "She is the blocker."],
)
def test_prose_with_a_remark_of_ours_is_not_taken_for_published(remark: str) -> None:
    """Else the remark would be read aloud."""
    assert genre_of(a_source(*PROSE, remark, name="about-pinecrest.txt")) == "notes"


def test_what_a_source_is_is_told_once() -> None:
    """Whoever asks again gets the answer without another search of its lines."""
    source = a_source(*(f"Line {number} of a long note." for number in range(300)))
    genre_of(source)

    assert effort(lambda: genre_of(source)) < 3 * len(source.passages)
