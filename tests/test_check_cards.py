"""The sample pack told in its own words: what a composer takes from a card no check may refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.brief import Anticipate, Anticipated, Claim, Share, StoryTold, Teach, TeachPoint
from assistant.checks.anticipate import check_anticipate
from assistant.checks.story import check_story
from assistant.checks.teach import check_teach
from assistant.evidence import Evidence
from assistant.knowledge.card import Insight, Objection, Story
from assistant.knowledge.pack import read_pack, read_profile
from assistant.testing import TODAY, a_dossier, a_fact

KNOWLEDGE = Path(__file__).parents[1] / "knowledge"
CARDS = [entry.card for entry in read_pack(KNOWLEDGE, today=TODAY).entries.values()]
PROFILE = read_profile(KNOWLEDGE / "seller.yaml")
FACT = a_fact("The line of trucks is out on the county road.")


def evidence() -> Evidence:
    return Evidence(
        dossier=a_dossier(FACT),
        profile=PROFILE,
        cards={card.id: card for card in CARDS},
        today=TODAY,
    )


@pytest.mark.parametrize("card", [c for c in CARDS if isinstance(c, Insight)], ids=lambda c: c.id)
def test_an_insight_in_its_own_words_passes(card: Insight) -> None:
    """Claim and evidence, tied to a fact."""
    point = TeachPoint(
        card=card.id,
        point=Claim(text=f"{card.claim} {card.evidence}", origin="card", evidence=(card.id,)),
        why_them=Claim(text=f"You told us: “{FACT.quote}”", origin="notes", evidence=("F1",)),
        ask=card.ask,
    )

    assert check_teach(Teach(points=(point,)), evidence()) == ()


@pytest.mark.parametrize("card", [c for c in CARDS if isinstance(c, Story)], ids=lambda c: c.id)
def test_a_story_in_its_own_words_passes(card: Story) -> None:
    """Its four beats, with one thing that both share."""
    told = StoryTold(
        card=card.id,
        similarity=(f"the same industry: {card.customer.industry}",),
        situation=card.situation,
        complication=card.complication,
        turning_point=card.turning_point,
        resolution=card.resolution,
        bridge_question="Which part of that sounds like your place?",
        evidence=(card.id,),
    )

    assert check_story(Share(stories=(told,)), evidence()) == ()


@pytest.mark.parametrize("card", [c for c in CARDS if isinstance(c, Objection)], ids=lambda c: c.id)
def test_a_response_in_its_own_words_passes(card: Objection) -> None:
    """All four steps of it, three times over."""
    told = Anticipated(
        they_say=card.they_say[0],
        kind=card.concern,
        card=card.id,
        clarify=card.clarify,
        respond=card.respond,
        proof=card.proof,
        check=card.check,
        evidence=(card.id,),
    )

    assert check_anticipate(Anticipate(concerns=(told, told, told)), evidence()) == ()
