"""Who is spoken to when the next step is proposed, and who is only spoken of."""

from __future__ import annotations

import pytest

from assistant.dossier import Fact, Participant
from assistant.knowledge.profile import Stage, Step
from assistant.parts.closing import compose_closing
from assistant.parts.opening import compose_opening
from assistant.parts.recipe import NO_WORDING
from assistant.plan import Plan
from assistant.testing import a_fact, a_meeting, a_participant
from tests.plans import FACTS, PROFILE, a_plan, errors

_STEP = Step(
    action="a walk through the wards",
    customer_roles=("head of nursing", "facilities manager", "werkleiter"),
    minutes=45,
    needs=("the bed list",),
)
_WARDS = PROFILE.model_copy(
    update={"next_steps": (Stage(stage="discovery", advances=(_STEP,), fallback=_STEP),)}
)
RUTH = a_participant("Ruth Adeyemi", "head of nursing")
PAVEL = a_participant("Dr. Pavel Novak", "facilities manager")
IDA = a_participant("Ida Lund", "ward clerk")
LEADS = a_fact("Ida Lund leads this, the board signs.", id="F7", kind="person", line=7)


def with_people(*people: Participant, facts: tuple[Fact, ...] = ()) -> Plan:
    """Build a plan of a walk through the wards of a hospital."""
    return a_plan(*FACTS, *facts, meeting=a_meeting(participants=people), profile=_WARDS)


def absent(person: Participant) -> Participant:
    """Return somebody who may not come."""
    return person.model_copy(update={"attendance": "tentative"})


@pytest.mark.parametrize(
    ("people", "facts", "called", "together"),
    [
        ((RUTH,), (), "Ruth", "you"),
        ((RUTH, PAVEL), (), "Ruth and Dr. Novak", "you"),
        ((RUTH, absent(PAVEL)), (), "Ruth", "you and Dr. Pavel Novak"),
        ((RUTH, IDA), (), "Ruth", "you"),
        ((RUTH, IDA), (LEADS,), "Ruth and Ida", "you"),
        ((absent(RUTH),), (), "Ruth", "you"),
        (
            (RUTH, a_participant("Ruth Olsen", "facilities manager")),
            (),
            "Ruth Adeyemi and Ruth Olsen",
            "you",
        ),
    ],
    ids=["one", "title", "absent", "no part in it", "leads it", "all hangs on", "namesakes"],
)
def test_who_is_there_is_spoken_to_and_who_may_not_be_is_named(
    people: tuple[Participant, ...], facts: tuple[Fact, ...], called: str, together: str
) -> None:
    """Nobody speaks of somebody at the same table as of a third person."""
    plan = with_people(*people, facts=facts)

    step = compose_opening(plan, NO_WORDING).next_step

    assert step.wording.startswith(f"{called}, assuming we successfully accomplish these")
    assert f" with {together} on " in step.wording
    assert step.fallback_wording.startswith(f"{called}, if that is too early: ")
    again = compose_closing(plan, NO_WORDING).reconfirm_wording
    assert again.startswith(f"{called}, at the start we said that our next step should be a 45-")
    assert errors(plan) == []


def test_no_more_than_three_are_addressed_in_one_breath() -> None:
    """Who else comes is agreed when the day is."""
    nurses = [
        a_participant(f"{name} Berg", "head of nursing") for name in ("Ann", "Bo", "Cy", "Di")
    ]

    wording = compose_opening(with_people(*nurses), NO_WORDING).next_step.wording

    assert wording.startswith("Ann, Bo and Cy, assuming we ")


def test_somebody_named_beside_who_decides_does_not_decide() -> None:
    """That the board signs makes no signer of whom they report to."""
    told = a_fact("The board signs what Ida Lund writes.", id="F7", kind="person", line=7)

    wording = compose_opening(with_people(RUTH, IDA, facts=(told,)), NO_WORDING).next_step.wording

    assert wording.startswith("Ruth, assuming we ")
