"""The objectives check: both sides, judged when the call ends, the customer's deed first."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.brief import Finding, Objective, Objectives
from assistant.checks.objectives import check_objectives
from assistant.testing import an_evidence

OURS = Objective(
    id="O1",
    side="seller",
    statement="Dana Whitfield agrees to a dock-mapping workshop on site by 7 April 2026",
    measure="A date for the workshop and its attendees are named before the call ends",
    due=date(2026, 3, 24),
    fallback="Dana Whitfield agrees to a review of one week of gate logs",
    evidence=("F1",),
)
THEIRS = Objective(
    id="O2",
    side="customer",
    statement="Dana Whitfield can say whether dwell time can fall by June",
    measure="She names the one thing that has to change first",
    due=date(2026, 3, 24),
    evidence=("F2",),
)


def checked(*objectives: Objective) -> tuple[Finding, ...]:
    return check_objectives(Objectives(objectives=objectives), an_evidence())


def with_ours(**changed: object) -> tuple[Finding, ...]:
    return checked(OURS.model_copy(update=changed), THEIRS)


def places(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.where for finding in findings]


def test_sound_objectives_of_both_sides_pass() -> None:
    """Nothing is found where each rule is kept."""
    assert checked(OURS, THEIRS) == ()


@pytest.mark.parametrize(
    ("objectives", "missing"),
    [
        pytest.param((OURS,), "the customer", id="only ours"),
        pytest.param((THEIRS,), "ourselves", id="only theirs"),
        pytest.param(
            (OURS, OURS.model_copy(update={"id": "O2"})), "the customer", id="two of ours"
        ),
    ],
)
def test_a_side_without_an_objective_is_an_error(
    objectives: tuple[Objective, ...], missing: str
) -> None:
    """Each side needs at least one."""
    messages = [finding.message for finding in checked(*objectives)]

    assert f"there is no objective for {missing}: each side needs at least one" in messages


def test_no_objectives_at_all_miss_both_sides() -> None:
    """An empty part is not a sound one."""
    assert len(checked()) == 2


def test_the_customers_objective_may_not_stand_first() -> None:
    """The list begins with ours."""
    findings = checked(THEIRS, OURS)

    assert places(findings) == ["objectives.objectives[0]"]


def test_two_objectives_of_one_name_are_an_error() -> None:
    """Agenda items point at objectives by name, so a name stands once."""
    findings = checked(OURS, THEIRS.model_copy(update={"id": "O1"}))

    assert [f.message for f in findings] == ["2 objectives are called O1"]


@pytest.mark.parametrize(
    "statement",
    [
        "Dana Whitfield agrees to schedule a dock-mapping workshop on site",
        "The COO agrees to a review of one week of gate logs with her terminal manager",
        "Northpeak names the person who owns the pilot",
        "By the end of the call, Dana has booked the workshop for 7 April",
        "Agree a 90-minute dock-mapping workshop with Dana Whitfield by 7 April",
        "Get Dana's agreement to a dock-mapping workshop on 7 April",
        "Secure a commitment from the COO to share one week of gate logs",
        "Dana hands over one week of gate logs so that she knows the peak",
        "Dana walks us through one week of gate logs on 7 April",
        "The customer will pull one week of gate logs by 31 March",
        "They commit to a dock-mapping workshop on 7 April with the terminal manager",
        "Dana Whitfield decides which plant is looked at first",
        "Dana introduces us to the plant manager of the first site",
    ],
)
def test_a_first_objective_that_the_customer_acts_on_passes(statement: str) -> None:
    """What somebody of theirs agrees to, decides or does is an objective, however worded."""
    assert with_ours(statement=statement) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "We send Dana a proposal by 31 March",
        "Send Dana Whitfield the dock study",
        "Convince Dana that dock scheduling pays back",
        "Dana understands how dock scheduling cuts dwell time",
        "Dana Whitfield is interested in a dock-mapping workshop",
        "The COO sees the benefit of yard visibility",
        "A dock-mapping workshop is held on 7 April",
        "Harbourline maps the docks for Northpeak by 7 April",
        "Make Northpeak a reference customer for 2026",
    ],
)
def test_a_first_objective_without_the_customers_deed_is_an_error(statement: str) -> None:
    """Our own doing, and what somebody may think of it, is not an objective of the call."""
    findings = with_ours(statement=statement)

    assert [(f.where, f.severity) for f in findings] == [
        ("objectives.objectives[0].statement", "error")
    ]
    assert "what the customer will do" in findings[0].message


@pytest.mark.parametrize(
    "statement",
    [
        "Dana agrees on next steps",
        "Agree next steps with Dana Whitfield by 7 April 2026",
        "The customer commits to moving forward together",
    ],
)
def test_an_agreement_to_nothing_in_particular_is_an_error(statement: str) -> None:
    """The step itself has to be named."""
    findings = with_ours(statement=statement)

    assert [f.message for f in findings] == [
        "O1 says that something is agreed, but not what: name the step"
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "Present our dock scheduling to Dana Whitfield",
        "Build rapport with Dana and agree on a date for the workshop",
        "Establish a strong relationship with the COO and agree the workshop",
        "Dana agrees to continue the dialogue about dock congestion",
        "Gain a better understanding of Northpeak's docks, and Dana names an owner",
        "Explore synergies between Northpeak and Harbourline and agree on a workshop",
        "Touch base with Dana and confirm the workshop",
        "Keep the momentum going until Dana confirms the workshop",
        "Learn more about Northpeak's docks and confirm a workshop with Dana",
        "Dana agrees to stay in touch about the workshop",
        "Dana agrees to explore opportunities at the plants",
        "To demonstrate value at Northpeak so that Dana approves a workshop",
    ],
)
def test_an_activity_is_not_an_objective(statement: str) -> None:
    """Activities are found in disguise too, and beside a real result."""
    findings = with_ours(statement=statement)

    assert "names an activity" in " ".join(f.message for f in findings)


@pytest.mark.parametrize(
    "statement",
    [
        "Discuss the pricing options with Dana",
        "Explain how carriers book",
        "We will present the pilot",
        "By the end of the call, review the proposal",
        "Understand the customer's needs and challenges",
    ],
)
def test_a_later_objective_of_ours_may_not_be_an_activity_either(statement: str) -> None:
    """The first verb decides where nothing is agreed or decided."""
    later = OURS.model_copy(update={"id": "O3", "statement": statement})

    findings = checked(OURS, THEIRS, later)

    assert places(findings) == ["objectives.objectives[2].statement"]


@pytest.mark.parametrize(
    "statement",
    [
        "Understand who signs above $100,000 and by when",
        "Find out which plant decides first",
        "Discuss the pilot and agree on its one measure",
        "Dana shows us where trucks wait at the first plant",
    ],
)
def test_a_later_objective_of_ours_with_a_result_passes(statement: str) -> None:
    """A question with an answer, or a decision, is more than an activity."""
    later = OURS.model_copy(update={"id": "O3", "statement": statement})

    assert checked(OURS, THEIRS, later) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "Understand what one more hour of waiting costs",
        "See how another plant handled its peak",
        "Dana would like to see how another site did it",
        "Dana knows what the pilot would ask of her crew",
    ],
)
def test_the_customer_may_want_to_see_or_understand_something(statement: str) -> None:
    """Only ours must be a deed."""
    assert checked(OURS, THEIRS.model_copy(update={"statement": statement})) == ()


@pytest.mark.parametrize(
    "measure",
    [
        "A date is agreed and in both calendars",
        "Dana says yes or no to the workshop",
        "Two names for the workshop are written down",
        "We leave with the name of the person who signs",
        "She has one reason to go on, in her own words",
        "The three problems are ranked",
        "The invitation is sent before we hang up",
    ],
)
def test_a_measure_that_can_be_judged_when_the_call_ends_passes(measure: str) -> None:
    """Agreed, named, decided, said, written, sent."""
    assert with_ours(measure=measure) == ()


@pytest.mark.parametrize(
    "measure",
    [
        "",
        "Dana is satisfied with the conversation",
        "Positive feedback and strong interest",
        "Dana leaves with a clear understanding of our value",
        "The customer has more trust in us",
        "Dwell time falls by 20 % until June",
        "Significant improvement in detention",
        "The relationship progresses",
        "Dana listened carefully",
    ],
)
def test_a_measure_that_nobody_can_judge_is_an_error(measure: str) -> None:
    """Impressions, and results that come after the call, measure nothing in it."""
    findings = with_ours(measure=measure)

    assert places(findings) == ["objectives.objectives[0].measure"]
    assert "say what will have been agreed, named or decided" in findings[0].message


def test_the_message_names_the_objective_that_has_no_measure() -> None:
    """A seller reads it and knows what to mend."""
    findings = checked(OURS, THEIRS.model_copy(update={"measure": "Turn time under 60 minutes"}))

    assert [f.message for f in findings] == [
        (
            "O2 has no measure that can be judged when the call ends: say what will have been "
            "agreed, named or decided"
        )
    ]


@pytest.mark.parametrize(
    "fallback",
    [
        "a review of one week of gate logs",
        "Dana names the terminal manager who can show us the logs",
        "They send one week of gate logs by 31 March",
    ],
)
def test_a_smaller_step_of_theirs_is_a_fallback(fallback: str) -> None:
    """A noun from the ladder is as good as a sentence."""
    assert with_ours(fallback=fallback) == ()


@pytest.mark.parametrize(
    "fallback",
    [
        "",
        OURS.statement,
        "We send a proposal",
        "Send more information by e-mail",
        "Sam Ortiz follows up next week",
        "Stay in touch",
        "Keep the conversation going with Dana",
    ],
)
def test_a_fallback_that_asks_nothing_of_the_customer_is_an_error(fallback: str) -> None:
    """Without a smaller yes the call has no second best."""
    findings = with_ours(fallback=fallback)

    assert places(findings) == ["objectives.objectives[0].fallback"]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("Dana should be able to agree to a workshop by April", "should be able"),
        ("Try to get Dana to agree to a workshop", "try"),
        ("Dana agrees to a workshop at some point", "at some point"),
        ("Dana agrees to a dock-mapping workshop ASAP", "asap"),
        ("Dana confirms the workshop in due course", "in due course"),
        ("Dana will hopefully agree to a workshop", "hopefully"),
    ],
)
def test_a_hedge_or_a_vague_time_is_an_error(statement: str, words: str) -> None:
    """The finding quotes the words."""
    findings = with_ours(statement=statement)

    assert [f.message for f in findings] == [
        f"O1 says “{words}”: say what will be, and by which day"
    ]


@pytest.mark.parametrize(
    ("due", "message"),
    [
        (date(2026, 3, 15), "O1 was due on 2026-03-15, which is past"),
        (date(2026, 3, 20), "O1 is due on 2026-03-20, before the meeting"),
        (date(2025, 4, 7), "O1 was due on 2025-04-07, which is past"),
    ],
)
def test_an_objective_that_is_due_before_the_call_is_an_error(due: date, message: str) -> None:
    """Nothing can be reached before the call takes place."""
    assert [f.message for f in with_ours(due=due)] == [message]


@pytest.mark.parametrize("due", [date(2026, 3, 24), date(2026, 3, 25), date(2026, 12, 31)])
def test_an_objective_due_on_the_day_of_the_call_or_later_passes(due: date) -> None:
    """The day of the call itself is fine."""
    assert with_ours(due=due) == ()
