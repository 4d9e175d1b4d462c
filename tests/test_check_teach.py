"""The teach check: an approved insight, tied to this prospect, a challenge and no pitch."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.brief import Claim, Finding, Teach, TeachPoint
from assistant.checks.teach import check_teach
from assistant.evidence import Evidence
from assistant.knowledge.card import CardSource
from assistant.testing import a_claim, a_dossier, a_fact, a_story, an_evidence, an_insight

INSIGHT = an_insight(
    title="Detention follows dock variance, not carrier rates",
    claim="Detention looks like a price your carriers set. Most of it is decided at your own "
    "doors, where trucks that came on time wait because unloading has drifted from the plan.",
    why_it_matters="A rate talk moves the price of an hour. The clock at the door moves the hours.",
    evidence="In our sample review of October 2025, 58% of 3,900 charges at 23 sites went to "
    "trucks that had arrived on time.",
)
FACTS = (
    a_fact("Detention cost us $1.4 million last year.", id="F1"),
    a_fact("Our carriers set the price of detention.", id="F2", line=2),
    a_fact("Trucks that came on time wait at our own doors.", id="F3", line=3),
)
POINT = TeachPoint(
    card=INSIGHT.id,
    point=a_claim(INSIGHT.claim, INSIGHT.id, origin="card"),
    why_them=a_claim("Detention cost Northpeak $1.4 million last year.", "F1"),
    ask="Which of your doors decides how long a truck waits?",
)


def evidence() -> Evidence:
    return an_evidence(INSIGHT, a_story(), dossier=a_dossier(*FACTS))


def with_point(**changed: object) -> tuple[Finding, ...]:
    return check_teach(Teach(points=(POINT.model_copy(update=changed),)), evidence())


def claimed(text: str, *cited: str) -> Claim:
    return a_claim(text, *(cited or (INSIGHT.id,)), origin="card")


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.where for finding in findings]


def test_a_point_in_the_cards_own_words_passes() -> None:
    """What a composer writes is beyond reproach."""
    assert with_point() == ()


def test_nothing_to_teach_is_no_fault() -> None:
    """Where no approved card fits, there is a gap instead."""
    assert check_teach(Teach(points=()), evidence()) == ()


@pytest.mark.parametrize("card", ["story-carrier", "insight-unknown", "", "F1"])
def test_a_point_that_is_from_no_approved_insight_is_an_error(card: str) -> None:
    """A story is no insight, and an invented id is none either."""
    assert [f.message for f in with_point(card=card)] == [
        f"“{card}” is no approved insight: teach from one, or leave it out"
    ]


def test_a_source_that_is_yet_to_be_published_is_an_error() -> None:
    """An insight rests on a dated source, and the date is not in the future."""
    sources = (CardSource(title="Study", publisher="Sample data", date=date(2026, 11, 3)),)
    future = an_evidence(INSIGHT.model_copy(update={"sources": sources}), dossier=a_dossier(*FACTS))

    assert places(check_teach(Teach(points=(POINT,)), future)) == ["teach.points[0].card"]


@pytest.mark.parametrize(
    "text",
    [
        "Most detention is decided at your own doors, not in the rates that carriers set.",
        "58% of 3,900 detention charges went to trucks that had arrived on time.",
        "Waiting starts where unloading has drifted from the plan at the doors.",
        "As you said, carriers set the price; but the clock at your doors moves the hours.",
    ],
)
def test_a_point_that_brings_what_the_card_knows_passes(text: str) -> None:
    """Tailored or shortened, it says more than they do."""
    assert with_point(point=claimed(text)) == ()


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Detention cost you $1.4 million last year.", (INSIGHT.id, "F1")),
        ("Your carriers set the price of detention.", (INSIGHT.id, "F2")),
        ("Many companies in your industry face challenges with efficiency.", (INSIGHT.id,)),
        ("Trucks that came on time wait at your own doors.", (INSIGHT.id, "F3")),
    ],
)
def test_a_point_that_only_repeats_them_is_an_error(text: str, cited: tuple[str, ...]) -> None:
    """Their own words, or nobody's: no challenge."""
    findings = with_point(point=claimed(text, *cited))

    assert [f.message for f in findings] == [
        (
            "the point says nothing that they do not already believe: bring the claim of "
            "“Detention follows dock variance, not carrier rates”"
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "As you know, detention is decided at the doors where trucks wait for unloading.",
        "You are absolutely right that the doors decide detention and unloading.",
        "We fully agree that detention charges follow unloading at the doors.",
    ],
)
def test_a_point_that_agrees_and_stops_is_an_error(text: str) -> None:
    """An agreeable point teaches nothing."""
    assert [f.message for f in with_point(point=claimed(text))] == [
        "the point agrees with them and stops there: say what they may not expect"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Detention follows the carrier rates, as the review of 23 sites shows.",
        "Carrier rates decide what detention charges your sites and trucks see.",
        "At 23 sites the detention charges were set by carrier rates.",
    ],
)
def test_a_point_that_affirms_what_its_card_denies_is_an_error(text: str) -> None:
    """The card says that it is not the rates."""
    assert "says that it is not “carrier rates”" in with_point(point=claimed(text))[0].message


def test_a_point_that_does_not_cite_its_card_is_an_error() -> None:
    """Else nobody could check it."""
    assert places(with_point(point=a_claim(INSIGHT.claim, "F1"))) == ["teach.points[0].point"]


@pytest.mark.parametrize(
    "why_them",
    [
        claimed("Detention is a challenge for logistics companies.", INSIGHT.id),
        a_claim("They run docks.", "meeting"),
        a_claim("They run docks.", "F9"),
    ],
)
def test_a_point_that_cites_no_fact_of_this_prospect_is_an_error(why_them: Claim) -> None:
    """A card is about everybody; only a fact is about them."""
    assert [f.message for f in with_point(why_them=why_them)] == [
        "nothing ties the point to this prospect: cite a fact of theirs"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "This is highly relevant for a company such as Northpeak.",
        "It could help them grow their business.",
        "Operational excellence matters to every COO.",
    ],
)
def test_a_sentence_that_would_fit_anybody_is_an_error(text: str) -> None:
    """Citing a fact without using it ties nothing."""
    assert [f.message for f in with_point(why_them=a_claim(text, "F1"))] == [
        "this would fit anybody: say it in the words of F1"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They paid $1.4 million for waiting trucks.",
        "Last year detention alone was a seven-figure bill.",
        "Detention is their own number one.",
    ],
)
def test_a_restated_fact_ties_the_point_to_them(text: str) -> None:
    """One word or figure of theirs is enough."""
    assert with_point(why_them=a_claim(text, "F1")) == ()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("point", "Most detention is decided at your doors; Harbourline Dock moves the clock."),
        ("point", "Unloading drifts from the plan at the doors unless harbourline-dock is used."),
        ("ask", "How would HARBOURLINE DOCK help you?"),
        ("ask", "What would our scheduling software change for you?"),
        ("why_them", "With our platform, Northpeak's detention falls."),
        ("point", "We offer a proven solution: the doors and the clock decide unloading."),
    ],
)
def test_a_product_in_a_teach_point_is_an_error(field: str, text: str) -> None:
    """By name in any spelling, or as "our platform"."""
    cited = ("F1",) if field == "why_them" else (INSIGHT.id,)
    changed = text if field == "ask" else a_claim(text, *cited)

    findings = with_point(**{field: changed})

    assert places(findings) == [f"teach.points[0].{field}"]
    assert "sells: teach about their world" in findings[0].message


@pytest.mark.parametrize(
    "ask",
    [
        "What does Harbourline's dock study leave out for you?",
        "You said “our tool is a spreadsheet”: what does it not show you?",
        "How do your own systems see a dock?",
    ],
)
def test_our_name_and_their_tools_are_not_our_product(ask: str) -> None:
    """The publisher of a study, and their own words in quotation marks, may stand."""
    assert with_point(ask=ask) == ()


@pytest.mark.parametrize(
    "ask", ["", "Think about your doors.", "Ask about their doors", "Which door? Let us see."]
)
def test_a_point_that_does_not_end_in_a_question_is_an_error(ask: str) -> None:
    """A statement ends the conversation it should begin."""
    assert places(with_point(ask=ask)) == ["teach.points[0].ask"]


@pytest.mark.parametrize("ask", ["Which door?", "How do you know? What does it cost?", "“Why?”"])
def test_any_question_ends_a_point(ask: str) -> None:
    """Cards often ask two."""
    assert with_point(ask=ask) == ()


def test_the_same_card_twice_is_an_error() -> None:
    """One insight is one point."""
    assert places(check_teach(Teach(points=(POINT, POINT)), evidence())) == ["teach.points[1].card"]
