"""The story check: four beats in order, the card's own results, similarity stated, names kept."""

from __future__ import annotations

import pytest

from assistant.brief import Finding, Share, StoryTold
from assistant.checks.story import check_story
from assistant.knowledge.card import Metric
from assistant.testing import a_story, an_evidence, an_insight

CARD = a_story(
    title="Bluewater Freight cut detention without touching its rates",
    situation="Bluewater Freight runs 5 contract warehouses in the Midwest, with 120 doors. The "
    "COO had to renew the contract with their largest customer that year.",
    complication="Detention had grown to $61,000 a month. Three rounds of rate talks had hardly "
    "moved it, and nobody could say which trucks had come late.",
    turning_point="They laid four weeks of gate logs beside the invoices, left the rates alone, "
    "and gave each kind of load its real unloading time.",
    resolution="Within 6 months detention was down to $19,000 a month, and the contract was "
    "renewed.",
    results=(
        Metric(
            metric="Detention charges",
            before="$61,000 a month",
            after="$19,000 a month",
            within="6 months",
        ),
    ),
)
ANONYMOUS = CARD.model_copy(
    update={
        "id": "story-anonymous",
        "customer": CARD.customer.model_copy(update={"naming": "anonymous"}),
        "situation": CARD.situation.replace("Bluewater Freight", "A regional carrier"),
    }
)
TOLD = StoryTold(
    card=CARD.id,
    similarity=("A COO in logistics, as Dana Whitfield is", "Detention is what both fight"),
    situation=CARD.situation,
    complication=CARD.complication,
    turning_point=CARD.turning_point,
    resolution=CARD.resolution,
    bridge_question="What would your gate logs show beside the invoices?",
    evidence=(CARD.id, "F1"),
)


def with_story(**changed: object) -> tuple[Finding, ...]:
    part = Share(stories=(TOLD.model_copy(update=changed),))
    return check_story(part, an_evidence(CARD, ANONYMOUS, an_insight()))


def anonymous(**changed: object) -> tuple[Finding, ...]:
    told = {"card": ANONYMOUS.id, "evidence": (ANONYMOUS.id,), "situation": ANONYMOUS.situation}
    return with_story(**{**told, **changed})


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.where.removeprefix("share.stories[0].") for finding in findings]


def test_a_story_told_as_its_card_has_it_passes() -> None:
    """What a composer writes is beyond reproach."""
    assert with_story() == ()
    assert anonymous() == ()


def test_no_story_is_no_fault() -> None:
    """Where no approved card fits, there is a gap instead."""
    assert check_story(Share(stories=()), an_evidence()) == ()


@pytest.mark.parametrize("card", ["insight-detention", "story-unknown", ""])
def test_a_story_from_no_approved_card_is_an_error(card: str) -> None:
    """An insight is no story, and an invented id is none either."""
    assert places(with_story(card=card)) == ["card"]


def test_a_story_that_does_not_cite_its_card_is_an_error() -> None:
    """Else nobody could check it."""
    assert [f.message for f in with_story(evidence=("F1",))] == [
        f"the story does not cite {CARD.id}, which it is from"
    ]


def test_the_same_story_twice_is_an_error() -> None:
    """The second is found."""
    findings = check_story(Share(stories=(TOLD, TOLD)), an_evidence(CARD))

    assert [f.where for f in findings] == ["share.stories[1].card"]


@pytest.mark.parametrize(
    ("beat", "text"),
    [
        ("situation", "Bluewater Freight's COO had 120 doors and a contract to renew."),
        ("complication", "Detention was $61,000 a month, and rate talks had not moved it."),
        ("turning_point", "Then they laid gate logs beside the invoices and left the rates alone."),
        ("resolution", "6 months later detention was $19,000 a month and the contract renewed."),
        ("resolution", "Detention fell from $61,000 to $19,000 a month within 6 months."),
    ],
)
def test_a_beat_may_be_shortened(beat: str, text: str) -> None:
    """Tailoring is allowed; inventing is not."""
    assert with_story(**{beat: text}) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("situation", "complication"),
        ("complication", "turning_point"),
        ("turning_point", "resolution"),
        ("situation", "resolution"),
    ],
)
def test_swapped_beats_are_an_error(one: str, other: str) -> None:
    """Both are found, each with the beat it really is."""
    findings = with_story(**{one: getattr(CARD, other), other: getattr(CARD, one)})

    assert set(places(findings)) == {one, other}
    label = other.replace("_", " ")
    assert any(f"this is the card's {label}, told as" in f.message for f in findings)


@pytest.mark.parametrize("beat", ["situation", "complication", "turning_point", "resolution"])
def test_an_empty_beat_is_an_error(beat: str) -> None:
    """A story without one of its four beats is an anecdote."""
    assert beat in places(with_story(**{beat: " "}))


@pytest.mark.parametrize(
    ("beat", "text"),
    [
        ("situation", "A leading global enterprise was looking to transform its supply chain."),
        ("complication", "Their legacy tools lacked scalability and stakeholder buy-in."),
        ("turning_point", "They discovered our platform and were impressed by the demo."),
    ],
)
def test_an_invented_beat_is_an_error(beat: str, text: str) -> None:
    """It has no word of the card."""
    assert places(with_story(**{beat: text})) == [beat]


@pytest.mark.parametrize(
    ("beat", "text", "number"),
    [
        (
            "resolution",
            "Within 6 months detention was down to $9,000 a month, not $19,000.",
            "9000",
        ),
        ("resolution", "Within 3 months detention was down to $19,000 a month.", "3 month"),
        (
            "complication",
            "Detention had grown to $91,000 a month, in spite of rate talks.",
            "91000",
        ),
        ("resolution", "Detention fell by 69 % to $19,000 a month within 6 months.", "69"),
    ],
)
def test_a_changed_result_is_an_error(beat: str, text: str, number: str) -> None:
    """A figure that the card does not have, computed or misread."""
    findings = with_story(**{beat: text})

    assert f"{number} is not in" in findings[0].message
    assert places(findings) == [beat]


@pytest.mark.parametrize(
    "text",
    [
        "Within 6 months detention went from $19,000 a month to $61,000 a month.",
        "Detention moved from some 19,000 a month to 61,000 a month within 6 months.",
        "The contract was renewed: detention from $19,000 to $61,000 a month.",
    ],
)
def test_a_result_turned_round_is_an_error(text: str) -> None:
    """Both figures are right, and the story is wrong."""
    assert [f.message for f in with_story(resolution=text)] == [
        "the card says from $61,000 a month to $19,000 a month, not the reverse"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Within months detention was down significantly, and the contract was renewed.",
        "Within 6 months detention was down, and the contract was renewed.",
        "The contract was renewed and detention was no longer an issue.",
    ],
)
def test_a_result_left_out_is_an_error(text: str) -> None:
    """Where the card has a figure, an adjective is a change."""
    findings = with_story(resolution=text)

    assert places(findings) == ["resolution"]
    assert "Detention charges went from $61,000 a month to $19,000" in findings[0].message


@pytest.mark.parametrize(
    "similarity",
    [
        ("Same industry: logistics",),
        ("About their size: 900 people",),
        ("A COO as well",),
        ("Both see dock congestion",),
        ("A company you may know", "The Midwest, as you are"),
    ],
)
def test_one_thing_that_both_share_states_the_similarity(similarity: tuple[str, ...]) -> None:
    """Industry, size, role, challenge or region."""
    assert with_story(similarity=similarity) == ()


@pytest.mark.parametrize(
    "similarity",
    [
        (),
        ("",),
        ("They are similar to you",),
        ("A company like yours", "They faced the same situation"),
        ("Both want to grow",),
    ],
)
def test_similarity_without_a_name_is_an_error(similarity: tuple[str, ...]) -> None:
    """The customer asks at once: like us in what?"""
    assert places(with_story(similarity=similarity)) == ["similarity"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("situation", CARD.situation),
        ("complication", f"BLUEWATER FREIGHT had a problem. {CARD.complication}"),
        ("bridge_question", "How does that compare with Bluewater  Freight?"),
        ("similarity", ("Bluewater Freight's COO had the same role",)),
    ],
)
def test_an_anonymous_customer_named_is_an_error(field: str, text: str | tuple[str, ...]) -> None:
    """Permission is the card's to give."""
    findings = anonymous(**{field: text})

    assert [f.message for f in findings] == [
        "this customer may not be named: say “a regional carrier”"
    ]
    assert places(findings)[0].startswith(field)


@pytest.mark.parametrize("alias", ["A regional carrier", "a carrier in the Midwest", "They"])
def test_an_anonymous_customer_goes_by_any_other_word(alias: str) -> None:
    """Only the name is taken."""
    told = ANONYMOUS.situation.replace("A regional carrier", alias)

    assert anonymous(situation=told) == ()


@pytest.mark.parametrize("question", ["", "Isn't that great.", "Think about it"])
def test_a_story_that_does_not_lead_back_is_an_error(question: str) -> None:
    """It is told for the question that follows."""
    assert places(with_story(bridge_question=question)) == ["bridge_question"]
