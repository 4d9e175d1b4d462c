"""Length: what is too long, comes twice or says nothing."""

from __future__ import annotations

import pytest
from conversation import known, said

from assistant.brief import Finding, Statement
from assistant.checks.length import check_length, check_repeats
from assistant.testing import an_insight

EVIDENCE = known("Trucks wait at the gate.", 'Dana: "This is a win-win, we leverage it."')


def found(*statements: Statement) -> tuple[Finding, ...]:
    return check_length(statements, EVIDENCE)


def words(count: int) -> str:
    return " ".join(["word"] * (count - 1)) + " end."


def test_a_sentence_can_be_said_in_one_breath() -> None:
    """Forty-five words are the most that anybody says at once."""
    assert found(said(words(45))) == ()
    assert [f.message for f in found(said(words(46)))] == [
        "has a sentence of 46 words; nobody can say more than 45"
    ]


def test_what_is_read_and_not_said_may_have_longer_sentences() -> None:
    """Within the words of its place."""
    assert found(said(words(60), spoken=False)) == ()
    assert [f.message for f in found(said(words(61), spoken=False))] == [
        "has 61 words; 60 is the most here"
    ]


@pytest.mark.parametrize(
    ("where", "most"),
    [
        ("points[0].ask", 60),
        ("stories[0].situation", 110),
        ("concerns[2].respond", 110),
        ("points[1].point", 100),
        ("next_step.wording", 90),
    ],
)
def test_each_place_has_its_room(where: str, most: int) -> None:
    """A story needs more words than a question."""
    short = " ".join(["Ten plain words stand here and end with a dot."] * 10)[: 4 * most]
    long = " ".join(f"Word {n}." for n in range(most))

    assert not [f for f in found(said(short, where=where)) if "the most here" in f.message]
    assert [f for f in found(said(long, where=where)) if f"{most} is the most" in f.message]


@pytest.mark.parametrize(
    "text",
    [
        "In today's fast-paced world, trucks wait.",
        "I hope this finds you well.",
        "I hope this e-mail finds you well.",
        "We leverage your data.",
        "There is real synergy here.",
        "Our cutting-edge, best-in-class approach is seamless.",
        "Let's touch base and circle back.",
        "It's important to note that trucks wait.",
        "It is a game-changer.",
    ],
)
def test_filler_is_an_error(text: str) -> None:
    """A phrase that any vendor could say to anybody says nothing."""
    findings = found(said(text))

    assert findings
    assert all("says nothing" in f.message and f.severity == "error" for f in findings)


def test_plain_speech_is_no_filler() -> None:
    """Words that resemble a buzzword are free."""
    text = "A lever at the end of the dock, in the world of trucks, unlocks the state of the gate."

    assert found(said(text)) == ()


def test_the_customers_own_buzzwords_may_be_quoted_and_used() -> None:
    """Between quotation marks, or where the cited evidence has them."""
    assert found(said('You said: "This is a win-win, we leverage it."', "F2")) == ()
    assert found(said("It is a win-win for you.", "F2")) == ()
    assert found(said("It is a win-win for you.", "F1")) != ()


def test_an_approved_cards_own_wording_passes() -> None:
    """What enablement approved is not ours to grade here."""
    evidence = known("x", cards=(an_insight("study", "A seamless handover at the gate."),))

    assert check_length([said("A seamless handover.", "study")], evidence) == ()


def test_a_sentence_that_comes_twice_is_an_error() -> None:
    """Named with the place where it came first, whatever the case and the spaces."""
    first = said("Your trucks wait two hours at the gate.", where="points[0].point")
    again = said("YOUR trucks wait two hours  at the gate.", where="points[1].point")

    (finding,) = found(first, again)

    assert (finding.where, finding.severity) == ("points[1].point", "error")
    assert finding.message == (
        "says again what points[0].point says: “your trucks wait two hours at the gate.”"
    )


def test_nearly_the_same_sentence_counts_as_the_same() -> None:
    """One letter makes no new thought."""
    first = said("Your trucks wait for two hours at the gate every morning.", where="a")
    again = said("Your truck wait for two hours at the gate every morning.", where="b")

    assert len(found(first, again)) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Your trucks wait 20 minutes at the gate.", "Your trucks wait 30 minutes at the gate."),
        ("What happens then?", "What happens then?"),
        (
            "Why is it difficult to book a door by phone?",
            "Why is it difficult to know which truck is next?",
        ),
        (
            'You said: "Trucks wait at the gate all morning long".',
            'Dana: "Trucks wait at the gate all morning long".',
        ),
    ],
)
def test_other_figures_short_questions_and_quotes_are_no_repetition(one: str, two: str) -> None:
    """A frame may come again with another content."""
    assert found(said(one, where="a"), said(two, where="b")) == ()


def test_the_next_step_comes_at_the_start_and_at_the_end() -> None:
    """By design, in the same words."""
    wording = "Would it be reasonable to schedule a workshop on site next?"
    first = said(wording, where="next_step.wording")
    last = said(wording, where="reconfirm_wording")

    assert found(first, last) == ()


def test_repetition_across_parts_is_a_warning() -> None:
    """Parts are written side by side; the reader should know, but no part is wrong."""
    one = said("Your trucks wait two hours at the gate.", where="snapshot[0]")
    two = said("Your trucks wait two hours at the gate.", where="points[0].why_them")

    (finding,) = check_repeats([one, two])

    assert finding.severity == "warning"
