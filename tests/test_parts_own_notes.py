"""What the seller noted stands on the page, unless the notes mark it as theirs alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.parts.own_notes import own_notes
from assistant.research.facts import Ours, extract_facts
from assistant.sources import read_sources
from assistant.testing import a_fact
from tests.plans import FACTS, a_plan

OURS = Ours("Harbourline", frozenset({"sam okafor", "sam"}))


@pytest.mark.parametrize(
    "line",
    [
        "Dana owns the budget up to 200k, above that the board",
        "Priya runs the evaluation, decision planned for KW 4",
        "prop v2 went out 18 Nov: Boise first",
        "contract sent to legal on 3 Nov",
        "Angebot ist raus seit Montag",
        "Werkleiter unterschreibt bis 50 TEUR",
    ],
)
def test_who_decides_and_what_we_sent_is_told(line: str) -> None:
    """In the words of the note, with where it stands."""
    note = a_fact(line, id="F9", kind="person", voice="internal", line=9)

    (told,) = own_notes(a_plan(*FACTS, note))

    assert line in told.text
    assert told.evidence == ("F9",)


@pytest.mark.parametrize(
    "line", ["Dana likes dogs", "loads show signs of wear", "they sent the truck back", "call Dana"]
)
def test_other_notes_stay_in_the_notes(line: str) -> None:
    """The page has no room for what changes nothing."""
    note = a_fact(line, id="F9", kind="other", voice="internal", line=9)

    assert own_notes(a_plan(*FACTS, note)) == ()


def test_what_the_notes_mark_as_ours_alone_is_not_on_the_page(tmp_path: Path) -> None:
    """A page lies on tables: only what is unmarked is shown, from the words to the dossier."""
    file = tmp_path / "notes.md"
    file.write_text(
        "Call 4 Nov\n- Dana signs up to 50k\n\n"
        "INTERNAL - not for the call\n- Marcus signs nothing, he is leaving\n"
        "- internal: Gail owns the budget, Omar told me in confidence\n",
        encoding="utf-8",
    )
    read = read_sources([str(file)])
    facts = extract_facts(read, OURS)

    told = [claim.text for claim in own_notes(a_plan(*facts))]

    assert told == ["“Dana signs up to 50k”"]


def test_the_newest_paper_and_at_most_three_lines_are_told() -> None:
    """Of two proposals the later line counts."""
    lines = [
        "prop v1 went out 1 Nov",
        "prop v2 went out 18 Nov",
        *("Dana signs", "Gail signs", "Ed signs"),
    ]
    notes = [
        a_fact(line, id=f"F{n}", kind="person", voice="internal", line=n)
        for n, line in enumerate(lines, start=9)
    ]

    told = own_notes(a_plan(*FACTS, *notes))

    assert len(told) == 3
    assert "v2" in told[0].text
    assert not any("v1" in claim.text for claim in told)
