"""The next-step check: an advance is somebody of theirs, a specific thing, and a day."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.brief import AgendaItem, Finding, NextStep, Opening
from assistant.checks.next_step import check_next_step
from assistant.testing import a_claim, an_evidence

STEP = NextStep(
    action="a dock-mapping workshop on site",
    customer_actors=("Dana Whitfield", "terminal manager"),
    when=date(2026, 4, 7),
    wording="Assuming we successfully accomplish these objectives, would it be reasonable to agree "
    "that our next step should be to schedule a dock-mapping workshop on site by Tuesday 7 April?",
    fallback_wording="If that is too early, would it be reasonable to agree on a review of one "
    "week of gate logs by 7 April?",
    why=a_claim(),
)


def with_step(*, asked: str = "", **changed: object) -> tuple[Finding, ...]:
    opening = Opening(
        purpose=a_claim(),
        goals_question="What would make this time well spent for you?",
        agenda=(AgendaItem(minutes=45, item="Everything"),),
        next_step=STEP.model_copy(update=changed),
    )
    return check_next_step(opening, an_evidence(), asked=asked)


def errors_at(findings: tuple[Finding, ...]) -> list[str]:
    return [f.where.rsplit(".", 1)[-1] for f in findings if f.severity == "error"]


def test_the_methods_own_wording_passes() -> None:
    """What a composer writes is beyond reproach."""
    assert with_step() == ()


@pytest.mark.parametrize(
    "actors",
    [
        ("Dana Whitfield",),
        ("Dana Whitfield, COO",),
        ("COO",),
        ("the terminal manager",),
        ("Gail Fontaine",),
        ("Dana", "the team"),
    ],
)
def test_a_name_or_a_role_at_the_customer_acts(actors: tuple[str, ...]) -> None:
    """Whether there is such a person is not asked here."""
    assert with_step(customer_actors=actors) == ()


@pytest.mark.parametrize(
    "actors",
    [
        (),
        ("",),
        ("TBD",),
        ("the team",),
        ("Stakeholders",),
        ("all parties",),
        ("Sam Ortiz",),
        ("We",),
        ("Harbourline", "Sam"),
        ("Sam Ortiz (Account executive)",),
    ],
)
def test_a_step_in_which_nobody_of_theirs_acts_is_an_error(actors: tuple[str, ...]) -> None:
    """Nobody in particular, or only ours."""
    assert set(errors_at(with_step(customer_actors=actors))) == {"customer_actors"}


def test_one_of_ours_among_theirs_is_an_error() -> None:
    """The finding names who does not belong there."""
    findings = with_step(customer_actors=("Dana Whitfield", "Sam Ortiz"))

    assert [f.message for f in findings] == [
        "Sam Ortiz is one of ours: list who acts at the customer"
    ]


@pytest.mark.parametrize(
    "action",
    [
        "a dock-mapping workshop on site",
        "a 90-minute dock mapping workshop at the first site with Dana Whitfield",
        "a review of one week of gate logs",
        "a review of the gate logs of one week in March",
    ],
)
def test_a_step_on_the_ladder_passes(action: str) -> None:
    """The ladder's words may be tailored to the place and the people."""
    found = with_step(
        action=action, wording=f"Assuming all goes well, shall we agree on {action} by 7 April?"
    )

    assert errors_at(found) == []


@pytest.mark.parametrize(
    "action",
    [
        "a workshop",
        "a product demonstration",
        "another call to discuss details",
        "a follow-up meeting",
        "we send a proposal",
        "Send Dana Whitfield pricing",
        "Sam sends the case study",
        "our team prepares a business case",
        "follow up with Dana by e-mail",
        "explore how we can work together",
        "",
    ],
)
def test_a_step_off_the_ladder_is_an_error(action: str) -> None:
    """Ours alone, more of the same, or invented: each is a continuation."""
    found = with_step(
        action=action, wording=f"Assuming that, shall we agree on {action} by 7 April?"
    )

    assert errors_at(found)[0] == "action"


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ("we send a proposal", "something that only we do"),
        ("Prepare and send a quote", "something that only we do"),
        ("another conversation in April", "only goes on talking"),
        ("a tour of the plant", "on no rung"),
    ],
)
def test_the_finding_says_what_kind_of_continuation_it_is(action: str, says: str) -> None:
    """Three reasons, three cures."""
    messages = [f.message for f in with_step(action=action) if f.where.endswith("action")]

    assert len(messages) == 1
    assert says in messages[0]


@pytest.mark.parametrize(
    "asked", ["tour of the plant", "A plant tour", "get them to give us a tour of the plant"]
)
def test_a_step_that_the_seller_asked_for_passes(asked: str) -> None:
    """The ladder is the default, not a cage."""
    found = with_step(
        action="a tour of the plant",
        wording="If we get that far, shall we agree on a tour of the plant by 7 April?",
        asked=asked,
    )

    assert "action" not in errors_at(found)


@pytest.mark.parametrize("asked", ["we send a proposal", "send proposal", "  "])
def test_a_step_of_ours_alone_is_a_continuation_even_if_asked_for(asked: str) -> None:
    """Asking for it does not make it theirs."""
    assert "action" in errors_at(with_step(action="we send a proposal", asked=asked))


@pytest.mark.parametrize(
    ("when", "message"),
    [
        (date(2026, 3, 10), "the next step was on 2026-03-10: past"),
        (date(2025, 4, 7), "the next step was on 2025-04-07: past"),
        (date(2026, 3, 20), "the next step is on 2026-03-20, before the meeting itself"),
    ],
)
def test_a_day_before_the_meeting_is_an_error(when: date, message: str) -> None:
    """The step comes after the call."""
    assert [f.message for f in with_step(when=when)] == [message]


def test_a_far_day_is_a_warning() -> None:
    """Half a year away is a continuation that looks like a step."""
    findings = with_step(when=date(2026, 9, 24))

    assert [(f.severity, f.where) for f in findings] == [("warning", "opening.next_step.when")]


@pytest.mark.parametrize(
    "wording",
    [
        (
            "If today shows that it is worth it, shall we put a dock-mapping workshop on site in "
            "the calendar for 7 April?"
        ),
        (
            "Provided we both still want to, would you and Marcus host a dock mapping workshop on "
            "site on 7 April?"
        ),
        (
            "Assuming we meet these objectives, can we agree to schedule the dock-mapping "
            "workshop on 7 April, as soon as the gate logs are in?"
        ),
    ],
)
def test_another_provisional_question_for_the_same_step_passes(wording: str) -> None:
    """The method's wording is one of many."""
    assert with_step(wording=wording) == ()


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "Assuming this goes well, our next step is a dock-mapping workshop on site.",
        "If that is useful, shall I send you our brochure by 7 April?",
        "Assuming you like it, would a dock-mapping workshop on site some time next week work?",
        "If it fits, shall we schedule the dock-mapping workshop on site ASAP?",
        "If it fits, could we schedule the dock-mapping workshop on site at some point?",
        "If you agree, maybe we could schedule a dock-mapping workshop on site on 7 April?",
        "Once we are done, should we be able to agree, hopefully, on a dock-mapping workshop?",
    ],
)
def test_a_wording_that_asks_for_nothing_definite_is_an_error(wording: str) -> None:
    """No question, another step, no time, or a hedge."""
    assert set(errors_at(with_step(wording=wording))) == {"wording"}


def test_a_wording_without_a_condition_is_a_warning() -> None:
    """It is a provisional next step: it holds if the call holds."""
    findings = with_step(wording="Shall we schedule a dock-mapping workshop on site on 7 April?")

    assert [f.severity for f in findings] == ["warning"]


@pytest.mark.parametrize(
    "fallback",
    [
        "",
        STEP.wording,
        "If that is too early, would it help if we sent you a proposal?",
        "Otherwise, shall I follow up with you next month?",
        "If not, shall we talk about a review of the gate logs soon?",
        "If that is too early, we review one week of gate logs.",
    ],
)
def test_a_fallback_that_asks_for_no_smaller_step_is_an_error(fallback: str) -> None:
    """Empty, the same, ours alone, undated, or no question."""
    assert set(errors_at(with_step(fallback_wording=fallback))) == {"fallback_wording"}
