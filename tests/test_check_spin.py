"""The SPIN check: four stages in order and balance, open questions, no known answers."""

from __future__ import annotations

import pytest

from assistant.brief import Finding, Learn, Question, SpinStage
from assistant.checks.spin import check_spin
from assistant.testing import a_dossier, a_fact, an_evidence

STAGES: dict[str, SpinStage] = {
    "S": "situation",
    "P": "problem",
    "I": "implication",
    "V": "value",
}
WORDS = {
    "S": "How does a truck get its slot today?",
    "P": "What makes the nights worse than the days?",
    "I": "What happens to the crew when trucks come outside their slot?",
    "V": "If trucks came when they said, what would that be worth to you?",
}


def a_question(code: str, text: str = "", *evidence: str) -> Question:
    """Build a question from its letter and problem: `P1`; the words are those of its stage."""
    return Question(
        stage=STAGES[code[0]],
        problem=int(code[1:]),
        question=text or WORDS[code[0]],
        why="To learn.",
        evidence=evidence,
    )


def sequence(codes: str) -> tuple[Question, ...]:
    return tuple(a_question(code) for code in codes.split())


def checked(*questions: Question) -> tuple[Finding, ...]:
    facts = (
        "38 doors at Pelican, ~410 trucks a day, 30ish carriers",
        "Nights are worst.",
        "Four in ten trucks show up outside their slot, so my crew is either idle or buried.",
        "I want truck turn time at Pelican under 60 minutes by June 30. It is 94 today.",
        "Dana: we have 1,850 employees, from memory",
        "Employees: 2,400, check again",
        "The TMS upgrade is done in April 2026.",
        "Truck drivers wait 3 hours at Redfish.",
        "Mill Slip has 12 doors.",
        "Detention cost us $1.4 million last year.",
    )
    dossier = a_dossier(*(a_fact(text, id=f"F{n}", line=n) for n, text in enumerate(facts, 1)))
    return check_spin(Learn(questions=questions), an_evidence(dossier=dossier))


def asking(text: str, code: str = "P1") -> tuple[Finding, ...]:
    """Check a sound sequence with one question of a stage replaced."""
    codes = ["S0", "P1", "P1", "I1", "V1", "V1"]
    at = codes.index(code)
    questions = [a_question(c) for c in codes]
    questions[at] = a_question(code, text)
    return checked(*questions)


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


@pytest.mark.parametrize(
    "codes",
    [
        "S0 P1 P1 I1 I1 V1",
        "S0 S0 S0 P1 P2 I1 I2 V1 V2",
        "S0 P1 I1 V1 P2 I2 V2",
        "P1 I1 V1 P2 I2 V2",
        "S1 P1 I1 V1 S2 P2 I2 V2",
        "S0 S0 P1 P2 P3 I1 I2 I3 V1 V2 V3 V1 V2 V3",
        "S0 S0 P0 P0 I0 V0",
    ],
)
def test_a_balanced_sequence_passes(codes: str) -> None:
    """Stage by stage or problem by problem, with known situations left out."""
    assert checked(*sequence(codes)) == ()


@pytest.mark.parametrize(
    "codes", ["P1 I1 V1", "S0 P1 I1 I1 V1", "S0 S0 S0 P1 P1 P1 P1 I1 I1 I1 I1 V1 V1 V1 V1", ""]
)
def test_too_few_or_too_many_questions_are_an_error(codes: str) -> None:
    """Six to fourteen."""
    count = len(codes.split())

    assert messages(checked(*sequence(codes)))[0] == f"there are {count} questions: ask 6 to 14"


@pytest.mark.parametrize(
    "codes", ["S0 S0 S0 S0 P1 I1 V1", "S0 S0 S1 S1 P1 I1 V1", "S0 S0 S0 S0 S0 P1 I1 V1"]
)
def test_more_than_three_situation_questions_are_an_error(codes: str) -> None:
    """Facts can be read; the call is for what cannot."""
    assert "are an interrogation: ask at most 3" in messages(checked(*sequence(codes)))[0]


@pytest.mark.parametrize(
    ("codes", "missing"),
    [
        ("S0 S0 P1 P1 P1 V1", "implication"),
        ("S0 P1 P1 I1 I1 I1", "value"),
        ("S0 S0 S0 I1 I1 V1", "problem"),
    ],
)
def test_a_stage_without_a_question_is_an_error(codes: str, missing: str) -> None:
    """Small models write problems and skip to value."""
    assert f"there is no {missing} question" in messages(checked(*sequence(codes)))


@pytest.mark.parametrize(
    ("codes", "at"),
    [
        ("S0 P1 V1 I1 V1 V1", 3),
        ("P1 I1 V1 S0 V1 V1", 3),
        ("S0 I1 P1 I1 V1 V1", 2),
        ("S0 P1 I1 V1 P1 V1", 4),
        ("S1 P1 S1 I1 V1 V1", 2),
    ],
)
def test_a_question_out_of_order_is_an_error(codes: str, at: int) -> None:
    """Situation, problem, implication, value; for each problem anew."""
    findings = checked(*sequence(codes))

    assert f"learn.questions[{at}]" in [f.where for f in findings]
    assert any(
        "the order is situation, problem, implication, value" in m for m in messages(findings)
    )


@pytest.mark.parametrize(
    ("codes", "at"),
    [
        ("S0 P1 I1 V2 V1 V1", 3),
        ("S0 P1 P2 I1 V1 V2", 5),
        ("S0 P1 P2 I2 I2 V1", 5),
    ],
)
def test_a_value_question_without_its_implication_is_an_error(codes: str, at: int) -> None:
    """An implication of another problem does not prepare it."""
    findings = checked(*sequence(codes))

    assert [f.where for f in findings] == [f"learn.questions[{at}]"]
    assert "follows no implication question on the same problem" in findings[0].message


def test_a_value_question_filed_under_the_wrong_problem_is_an_error() -> None:
    """It claims problem 1 and rests on what problem 2 rests on."""
    findings = checked(
        a_question("P1", "", "F3"),
        a_question("P2", "", "F10"),
        a_question("I1", "", "F3"),
        a_question("I2", "", "F10"),
        a_question("V1", "If detention halved, what would that free?", "F10"),
        a_question("V2", "", "F10"),
    )

    assert messages(findings) == [
        (
            "this value question is filed under problem 1 but rests on what belongs to problem 2: "
            "ask about the same problem"
        )
    ]


@pytest.mark.parametrize("evidence", [("F3",), ("F10", "F3"), ("F4",), ()])
def test_a_value_question_on_its_own_evidence_or_on_a_goal_passes(
    evidence: tuple[str, ...],
) -> None:
    """A goal of theirs belongs to no problem."""
    findings = checked(
        a_question("P1", "", "F3"),
        a_question("P2", "", "F10"),
        a_question("I1", "", "F3"),
        a_question("I2", "", "F10"),
        a_question("V1", "", *evidence),
        a_question("V2", "", "F10"),
    )

    assert findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "How would your crew notice that it works?",
        "What happens to the crew then?",
        "Why is it difficult to see which truck comes next?",
        "If 4 in 10 trucks come late what happens to the crew?",
        "If trucks came when they said, what would that be worth to you?",
        "You said that nights are worst. What makes them so?",
        "When the queue reaches the road, who hears of it first?",
        "When did that last happen?",
        "In what way does that reach the CFO?",
        "And to whom does that matter?",
        "Walk me through the last truck that was turned away.",
        "Could you tell me how a carrier books today?",
        "Can you describe the last bad night?",
        "Tell us about the worst dock.",
        "How often is a truck turned away, and what does it cost?",
        "On a bad day, how many trucks wait?",
        "What, if anything, has been tried?",
        "“Idle or buried”: which of the two costs more?",
        "So, what have you tried already?",
        "What is the part of the day that your people dread?",
    ],
)
def test_an_open_question_passes(text: str) -> None:
    """However it begins."""
    assert asking(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Do you have problems with detention?",
        "Is it difficult to plan the crew?",
        "Are you happy with the spreadsheet?",
        "Have you considered a dock scheduling system?",
        "Would it help if trucks came on time?",
        "When trucks queue, do you pay for it?",
        "If the queue went away, would that help you?",
        "You lose money on detention, don't you?",
        "The nights are worst, right?",
        "That must be expensive, isn't it?",
        "How long they wait is a problem, isn't it?",
        "Do you know how many trucks wait?",
        "You said nights are worst. Is that still so?",
        "So would you agree that this is a problem?",
        "You have 38 doors?",
        "Wouldn't you like to save time?",
        "Can you afford to go on like this?",
    ],
)
def test_a_closed_question_is_an_error(text: str) -> None:
    """Yes, no, or a nod is all that it asks for."""
    assert messages(asking(text)) == [
        f"“{text}” can be answered with yes or no: begin with how, what, which or why"
    ]


@pytest.mark.parametrize("text", ["Ask about the nights.", "Trucks wait.", "Their budget"])
def test_a_statement_is_no_question(text: str) -> None:
    """A note to oneself cannot be asked."""
    assert messages(asking(text)) == [f"“{text}” is no question: ask one"]


def test_an_empty_question_is_an_error() -> None:
    """White space is no question either."""
    learn = sequence("S0 P1 P1 I1 V1 V1")
    empty = learn[1].model_copy(update={"question": "  "})

    assert messages(checked(learn[0], empty, *learn[2:])) == ["the question is empty"]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("How many doors does Mill Slip have?", "F9"),
        ("How many carriers come to you?", "F1"),
        ("When is the TMS upgrade done?", "F7"),
        ("How long do truck drivers wait at Redfish?", "F8"),
        ("How many dock doors do you run at Pelican?", "F1"),
    ],
)
def test_a_situation_question_whose_answer_is_a_fact_is_an_error(text: str, fact: str) -> None:
    """The seller has read it, and the customer knows that."""
    findings = asking(text, "S0")

    assert messages(findings) == [
        f"{fact} answers this already: leave the question out, or ask what is not known"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "How many doors are there at Redfish?",
        "How many trucks come outside their slot at Mill Slip?",
        "How many employees do you have?",
        "How many people work the night shift?",
        "Who decides which truck gets a door?",
        "How do you decide which of the 38 doors a truck gets?",
        "What is the turn time at Redfish?",
        "How long does check-in take?",
        "Which of your sites has the longest queue?",
    ],
)
def test_a_situation_question_whose_answer_is_not_known_passes(text: str) -> None:
    """Another place, another thing, a doubt, or two facts that disagree."""
    assert asking(text, "S0") == ()


def test_a_problem_question_may_build_on_a_fact() -> None:
    """Only situation questions ask for facts."""
    assert asking("How many carriers come to you?", "P1") == ()


def test_an_open_situation_question_in_a_facts_own_words_is_a_warning() -> None:
    """What it asks may still be more than the fact says."""
    findings = asking("What did detention cost last year, in millions?", "S0")

    assert [(f.severity, f.message) for f in findings] == [
        ("warning", "F10 may answer this already")
    ]
