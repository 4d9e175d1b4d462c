"""Whose words may be brought up in front of the customer."""

from __future__ import annotations

import pytest

from assistant.dossier import SourceNote, Voice
from assistant.evidence import may_be_said
from assistant.sources.source import SourceKind
from assistant.testing import a_dossier, a_fact, a_meeting, a_participant


@pytest.mark.parametrize(
    ("voice", "kind", "speaker", "said"),
    [
        pytest.param("customer", "notes", "Dana", True, id="their words, and whose"),
        pytest.param("customer", "notes", "", False, id="a note that names nobody"),
        pytest.param("internal", "notes", "Dana", False, id="a remark of ours"),
        pytest.param("public", "page", "", True, id="their web page"),
        pytest.param("public", "transcript", "Helen", True, id="said in public"),
        pytest.param("public", "notes", "", False, id="a field of our records"),
        pytest.param("public", "document", "", False, id="a document that may be ours"),
    ],
)
def test_only_words_that_are_somebodys_or_published_are_said(
    voice: Voice, kind: SourceKind, speaker: str, said: bool
) -> None:
    """What our notes hold without saying who said it stays on the seller's page."""
    fact = a_fact("We wait for hours.", voice=voice, speaker=speaker)
    dossier = a_dossier(fact, sources=(SourceNote(id="S1", name="x", kind=kind),))

    assert may_be_said(fact, dossier) is said


def test_nobody_hears_what_one_of_them_said_of_another_who_is_there() -> None:
    """A confidence about Marcus is not read out while Marcus listens."""
    people = (
        a_participant("Dana Whitfield", side="customer"),
        a_participant("Marcus Oyelaran", side="customer"),
    )
    fact = a_fact("Marcus can't plan a shift, that is why trucks wait.", speaker="Dana")
    dossier = a_dossier(fact, meeting=a_meeting(participants=people))

    assert not may_be_said(fact, dossier)


def test_a_confidence_about_somebody_who_declined_is_not_read_out_to_the_others() -> None:
    """They would tell."""
    dana = a_participant("Dana Whitfield", side="customer")
    marcus = a_participant("Marcus Oyelaran", side="customer")
    fact = a_fact("Marcus can't plan a shift, that is why trucks wait.", speaker="Dana")
    meeting = a_meeting(participants=(dana,), declined=(marcus,))

    assert not may_be_said(fact, a_dossier(fact, meeting=meeting))
