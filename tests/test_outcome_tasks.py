"""Rows of a call as they are told again: "Rita will send us the floor plan by Friday"."""

from __future__ import annotations

from datetime import date

import pytest
from calls import HELD_ON, a_call

from assistant.outcome.actions import actions_of
from assistant.outcome.evidence import gather
from assistant.outcome.steps import find_steps
from assistant.outcome.verdict import judge


def rows(*turns: str, planned: str = "") -> list[tuple[str, str, date | None]]:
    """Return who does what by when."""
    found = actions_of(find_steps(a_call(*turns)), HELD_ON, planned=planned)
    return [(action.owner, action.task, action.due) for action in found]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param(
            (
                "Sam: And the price lists you print today?",
                "Rita: In a drawer. I'll scan them and mail them on Friday.",
            ),
            [("Rita", "scan the price lists and mail them", date(2026, 11, 27))],
            id="them-is-what-was-asked-for",
        ),
        pytest.param(
            (
                "Sam: Could you show us the rota of the night shift?",
                "Rita: I'll send it by Friday.",
            ),
            [("Rita", "send the rota of the night shift", date(2026, 11, 27))],
            id="it-as-well",
        ),
        pytest.param(
            ("Sam: Could we do it?", "Rita: I'll mail it to Bruno on Friday."),
            [("Rita", "mail it to Bruno", date(2026, 11, 27))],
            id="it-of-nothing-stays",
        ),
        pytest.param(
            (
                "Sam: Will you tell your landlord about the works?",
                "Rita: I'll speak to our landlord on Wednesday. I'd love him to come, we'll see.",
            ),
            [("Rita", "speak to their landlord", date(2026, 11, 25))],
            id="a-wish-beside-it-hedges-nothing",
        ),
        pytest.param(
            ("Rita: I'll talk to you on Friday.", "Sam: Bye."), [], id="talking-to-us-is-nothing"
        ),
        pytest.param(
            (
                "Sam: All I'd ask for is twenty minutes in which you show us your till.",
                "Rita: Twenty minutes I can spare. I'm free on Thursday at four.",
            ),
            [
                (
                    "Rita",
                    "give us twenty minutes to show us their till, at four",
                    date(2026, 11, 26),
                )
            ],
            id="a-stretch-of-time-is-given",
        ),
        pytest.param(
            (
                "Sam: Could I ask you for an hour with your lab manager?",
                "Rita: An hour is fine. Monday at ten.",
            ),
            [("Rita", "give us an hour with their lab manager, at ten", date(2026, 11, 30))],
            id="asked-as-a-question",
        ),
        pytest.param(
            ("Sam: I will send the minutes and the invitation by Wednesday.", "Rita: Thanks."),
            [("Sam", "send the minutes and the invitation", date(2026, 11, 25))],
            id="an-invitation-sent-by-a-day-is-ours",
        ),
        pytest.param(
            ("Sam: I'll send you an invitation for Wednesday at ten.", "Rita: Perfect."),
            [("Rita", "take part in the meeting, at ten", date(2026, 11, 25))],
            id="an-invitation-for-a-day-is-theirs",
        ),
        pytest.param(
            ("Rita: We still owe you the floor plan of the annex.", "Sam: Thanks."),
            [("Rita", "send us the floor plan of the annex", None)],
            id="what-is-owed",
        ),
        pytest.param(
            ("Sam: What can you do?", "Rita: I'll push for it from my end."),
            [],
            id="pushing-is-nothing",
        ),
        pytest.param(
            ("Sam: What can you do?", "Rita: I'll push the new menu to two tills on Friday."),
            [("Rita", "push the new menu to two tills", date(2026, 11, 27))],
            id="pushing-a-thing-is-something",
        ),
        pytest.param(
            (
                "Sam: Could you send us the x-rays?",
                "Rita: I'll send you them by Monday, as well as I can.",
            ),
            [("Rita", "send us the x-rays, as well as possible", date(2026, 11, 30))],
            id="as-well-as-possible",
        ),
        pytest.param(
            ("Sam: Shall we walk the greenhouses on Thursday?", "Rita: Yes."),
            [("Rita", "walk the greenhouses", date(2026, 11, 26))],
            id="a-deed-stays-one",
        ),
        pytest.param(
            ("Sam: Would a site visit on Monday suit you?", "Rita: Monday works."),
            [("Rita", "take part in a site visit", date(2026, 11, 30))],
            id="an-event-is-taken-part-in",
        ),
    ],
)
def test_a_row_reads_behind_will(
    turns: tuple[str, ...], expected: list[tuple[str, str, date | None]]
) -> None:
    """Its first word is a verb, and it holds what "them" was."""
    assert rows(*turns) == expected


KITCHEN = (
    "Sam: At the start we said our next step should be a trial night in your kitchen.",
    "Sam: What do we need so that it happens on Tuesday?",
    "Rita: Tuesday is fine. Bruno and I will be there from six to ten. Bruno, bring Elif along.",
    "Bruno: I'll get Elif.",
)


def test_who_comes_and_when_belongs_to_the_event() -> None:
    """Being there is no row of its own; somebody who is brought comes on its day."""
    assert rows(*KITCHEN) == [
        (
            "Rita",
            "take part in a trial night in their kitchen with Bruno, from six to ten",
            date(2026, 12, 1),
        ),
        ("Bruno", "bring Elif", date(2026, 12, 1)),
    ]


def test_the_planned_step_has_the_words_of_the_brief() -> None:
    """Where the words point to it; another event keeps its own."""
    found = rows(*KITCHEN, planned="a trial night in the kitchen")
    other = rows(*KITCHEN, planned="a review of the wine list")

    assert found[0][1] == (
        "take part in the trial night in the kitchen with Bruno, from six to ten"
    )
    assert other[0][1].startswith("take part in a trial night in their kitchen")


def test_who_is_brought_does_not_become_the_step() -> None:
    """The event of the day stands for what was agreed."""
    found = judge(gather(a_call(*KITCHEN)))

    assert found.outcome == "advance"
    assert found.step is not None
    assert found.step.actors == ("Rita", "Bruno")


def test_a_name_that_is_not_given_takes_nothing_back() -> None:
    """It answers another question; second thoughts do take the step back."""
    agreed = ("Sam: Shall we do the tasting on Thursday?", "Rita: Thursday works.")
    asked = ("Sam: Could you give me the name of your chef?", "Rita: I'd rather not, he's away.")

    kept = judge(gather(a_call(*agreed, *asked)))
    taken_back = judge(gather(a_call(*agreed, "Rita: On second thoughts, I'd rather not.")))

    assert (kept.outcome, taken_back.outcome) == ("advance", "continuation")


def test_what_was_agreed_for_a_good_call_is_taken_back_with_its_day() -> None:
    """The reasons quote who turned the day down."""
    found = judge(
        gather(
            a_call(
                "Sam: If today is useful, would it be reasonable to plan a tasting on Thursday?",
                "Rita: Sure.",
                "Sam: What is missing?",
                "Rita: Thursday won't work, the cook is off.",
            )
        )
    )

    taken = [reason.quote for reason in found.reasons if reason.test == "withdrawal"]
    assert taken == ["Thursday won't work, the cook is off."]
