"""The agenda check: it fills the meeting, opens, closes and serves the objectives."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.brief import AgendaItem, Finding, NextStep, Opening
from assistant.checks.agenda import check_agenda
from assistant.testing import a_claim, a_dossier, a_meeting, an_evidence

BOTH = ("O1", "O2")


def an_agenda(*items: tuple[int, str]) -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(minutes=minutes, item=item, serves=BOTH) for minutes, item in items)


SOUND = an_agenda(
    (5, "Purpose, goals and agenda"),
    (20, "How trucks get their slot today, and what waiting costs"),
    (13, "How another site did it"),
    (7, "Summary, next step and actions"),
)


def checked(agenda: tuple[AgendaItem, ...], minutes: int = 45) -> tuple[Finding, ...]:
    step = NextStep(
        action="a dock-mapping workshop on site",
        customer_actors=("Dana Whitfield",),
        when=date(2026, 4, 7),
        wording="Shall we?",
        fallback_wording="Or a smaller one?",
        why=a_claim(),
    )
    opening = Opening(purpose=a_claim(), goals_question="", agenda=agenda, next_step=step)
    evidence = an_evidence(dossier=a_dossier(meeting=a_meeting(minutes=minutes)))
    return check_agenda(opening, evidence, objective_ids=BOTH)


def messages(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.message for finding in findings]


def test_an_agenda_that_fills_the_meeting_passes() -> None:
    """Nothing is found where each rule is kept."""
    assert checked(SOUND) == ()


@pytest.mark.parametrize(("minutes", "planned"), [(30, 45), (46, 45), (60, 45)])
def test_minutes_that_do_not_add_up_are_an_error(minutes: int, planned: int) -> None:
    """The finding gives both sums."""
    assert messages(checked(SOUND, minutes)) == [
        f"the items take {planned} minutes, the meeting has {minutes}: make them equal"
    ]


@pytest.mark.parametrize(
    "item",
    [
        "Opening",
        "Welcome and introductions",
        "Why we are here, and what would make it worthwhile for you",
        "Shared purpose and agenda",
        "What you want from today",
        "Check-in",
    ],
)
def test_many_words_open_a_meeting(item: str) -> None:
    """An opening need not be called one."""
    assert checked((*an_agenda((5, item)), *SOUND[1:])) == ()


@pytest.mark.parametrize(
    "item", ["Product demonstration", "Company overview", "Pricing and commercial terms"]
)
def test_an_agenda_that_begins_with_something_else_is_an_error(item: str) -> None:
    """Nobody has said what the meeting is for."""
    assert messages(checked((*an_agenda((5, item)), *SOUND[1:]))) == [
        f"“{item}” is no opening: begin with the purpose and their goals"
    ]


@pytest.mark.parametrize(
    "item",
    [
        "Closing",
        "Wrap-up",
        "Recap and who does what by when",
        "What we have agreed",
        "Decide on the workshop",
    ],
)
def test_many_words_close_a_meeting(item: str) -> None:
    """A closing need not be called one."""
    assert checked((*SOUND[:-1], *an_agenda((7, item)))) == ()


@pytest.mark.parametrize("item", ["Questions and answers", "Demo, part two", "Any other business"])
def test_an_agenda_that_ends_with_something_else_is_an_error(item: str) -> None:
    """The next step would be left to the last second."""
    assert messages(checked((*SOUND[:-1], *an_agenda((7, item))))) == [
        f"“{item}” is no closing: end with summary and next step"
    ]


@pytest.mark.parametrize(
    "agenda",
    [
        (),
        an_agenda((45, "Opening, discussion and closing")),
        an_agenda((5, "Opening"), (40, "Closing")),
    ],
)
def test_an_agenda_without_its_three_layers_is_an_error(agenda: tuple[AgendaItem, ...]) -> None:
    """One item that names them all is no agenda."""
    assert "the agenda needs at least an opening, one item between, and a closing" in messages(
        checked(agenda)
    )


@pytest.mark.parametrize(
    ("core", "closing", "least"), [(39, 1, 5), (38, 2, 5), (36, 4, 5), (82, 3, 9)]
)
def test_a_closing_that_is_too_short_is_an_error(core: int, closing: int, least: int) -> None:
    """Minutes that add up may still leave one for the closing."""
    total = 5 + core + closing
    agenda = an_agenda((5, "Opening"), (core, "How trucks are booked"), (closing, "Closing"))

    assert messages(checked(agenda, total)) == [
        f"the closing has {closing} of {total} minutes: give it at least {least}"
    ]


@pytest.mark.parametrize(
    ("agenda", "minutes"),
    [
        (an_agenda((5, "Opening"), (35, "Docks"), (5, "Closing")), 45),
        (an_agenda((2, "Opening"), (16, "Docks"), (2, "Closing")), 20),
        (
            an_agenda((5, "Opening"), (35, "Docks"), (3, "Summary"), (2, "Next step, actions")),
            45,
        ),
    ],
)
def test_a_tenth_of_the_time_is_enough_for_the_closing(
    agenda: tuple[AgendaItem, ...], minutes: int
) -> None:
    """Summary and actions may be two items."""
    assert checked(agenda, minutes) == ()


@pytest.mark.parametrize(
    ("serves", "message"),
    [
        ((), "“Demo” serves no objective: say which, or leave it out"),
        (("O3",), "there is no objective O3"),
        (("O1", "O7", "O9"), "there is no objective O7, O9"),
        (("rapport",), "there is no objective rapport"),
    ],
)
def test_an_item_that_serves_no_known_objective_is_an_error(
    serves: tuple[str, ...], message: str
) -> None:
    """Time without an objective is taken from one."""
    demo = AgendaItem(minutes=20, item="Demo", serves=serves)

    assert messages(checked((SOUND[0], demo, *SOUND[2:]))) == [message]


@pytest.mark.parametrize("serves", [("O1",), ("O2",), ("O2", "O1")])
def test_an_item_may_serve_one_objective_or_several(serves: tuple[str, ...]) -> None:
    """Any objective of the brief will do."""
    slots = AgendaItem(minutes=20, item="Slots", serves=serves)

    assert checked((SOUND[0], slots, *SOUND[2:])) == ()


def test_an_objective_that_no_item_serves_is_a_warning() -> None:
    """It would be reached by chance."""
    only_ours = tuple(item.model_copy(update={"serves": ("O1",)}) for item in SOUND)

    assert [(f.severity, f.message) for f in checked(only_ours)] == [
        ("warning", "no item serves O2")
    ]
