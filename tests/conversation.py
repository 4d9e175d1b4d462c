"""The conversation that the tests of the checks speak of: Tidewater meets Harbourline."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.brief import Statement
from assistant.dossier import Dossier, Fact, Voice
from assistant.evidence import Evidence
from assistant.knowledge.card import Insight, Objection, Story
from assistant.testing import a_dossier, a_fact, a_meeting, a_participant, an_evidence, an_insight

TODAY = date(2026, 11, 23)
SCHEDULE = (date(2026, 12, 3), date(2026, 12, 10))


def told(text: str, speaker: str = "", voice: Voice = "customer") -> Fact:
    """Build a fact that somebody told us; `conversation` numbers them."""
    return a_fact(text, voice=voice, speaker=speaker)


def conversation(*facts: Fact, **given: object) -> Dossier:
    """Build the dossier with these facts, numbered from F1."""
    people = (
        a_participant("Dana Whitfield", "COO"),
        a_participant("Marcus Oyelaran", "Terminal Manager"),
        a_participant("Sam Okafor", "", "seller"),
    )
    meeting = a_meeting(
        title="Dock appointments",
        start=datetime(2026, 12, 3, 10, 0, tzinfo=UTC),
        zone="America/Chicago",
        participants=people,
    )
    numbered = (f.model_copy(update={"id": f"F{n}"}) for n, f in enumerate(facts, 1))
    known = {"account": "Tidewater Gulf Terminals", "meeting": meeting, **given}
    return a_dossier(*numbered, **known)


def known(*facts: Fact | str, cards: tuple[Insight | Story | Objection, ...] = ()) -> Evidence:
    """Build the evidence of facts F1, F2 … and of cards, one insight where none is given."""
    said = (told(fact) if isinstance(fact, str) else fact for fact in facts)
    return an_evidence(
        *(cards or (an_insight(),)),
        dossier=conversation(*said),
        today=TODAY,
        schedule=SCHEDULE,
        step_minutes=90,
    )


def said(text: str, *evidence: str, spoken: bool = True, where: str = "point") -> Statement:
    """Build a statement that cites F1, or the evidence given."""
    return Statement(where, text, evidence or ("F1",), spoken)
