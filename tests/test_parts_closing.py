"""The close: what it sums up, and who is asked to send what the next step needs."""

from __future__ import annotations

import pytest

from assistant.dossier import Fact, Participant, SourceNote
from assistant.knowledge.profile import Stage, Step
from assistant.parts.closing import compose_closing
from assistant.parts.recipe import NO_WORDING
from assistant.plan import Plan
from assistant.testing import a_fact, a_meeting, a_participant
from tests.plans import GOAL, PROBLEM, PROFILE, a_plan, errors

_NOTES = SourceNote(id="S1", name="notes.md", kind="notes")
_PAGE = SourceNote(id="S2", name="news.html", kind="page")
RUTH = a_participant("Ruth Adeyemi", "head of nursing")
PAVEL = a_participant("Pavel Novak", "pharmacy manager")
COUNT = "the count of lost beds"
_STEP = Step(
    action="a walk through the wards",
    customer_roles=("head of nursing",),
    minutes=45,
    needs=(COUNT, "the pharmacy stock list"),
)
_FALLBACK = _STEP.model_copy(update={"action": "a call", "customer_roles": ("pharmacy manager",)})
_WARDS = PROFILE.model_copy(
    update={"next_steps": (Stage(stage="discovery", advances=(_STEP,), fallback=_FALLBACK),)}
)


def closed(*facts: Fact, people: tuple[Participant, ...] = (RUTH,)) -> Plan:
    """Build the plan of a walk through the wards, agreed with the head of nursing."""
    return a_plan(
        *(facts or (PROBLEM,)),
        meeting=a_meeting(participants=people),
        profile=_WARDS,
        hits=(),
        sources=(_NOTES, _PAGE),
    )


def asked_of_them(plan: Plan) -> list[tuple[str, str]]:
    """Return what they are to send or to settle, and who of them."""
    actions = compose_closing(plan, NO_WORDING).actions
    assert errors(plan) == []
    return [(a.owner, a.task) for a in actions if a.side == "customer"][1:]


def test_what_nobody_spoke_of_is_settled_and_not_sent() -> None:
    """A thing that stands on our ladder alone may not exist at their place."""
    (asked,) = asked_of_them(closed())

    needs = f"{COUNT} and the pharmacy stock list"
    task = f"confirm who sends what the next step needs: {needs}"
    assert asked == ("Ruth Adeyemi", task)


def test_a_thing_named_after_a_role_is_sent_by_who_has_it() -> None:
    """The rest is settled by the one the step is agreed with."""
    assert asked_of_them(closed(people=(RUTH, PAVEL))) == [
        ("Pavel Novak", "send the pharmacy stock list"),
        ("Ruth Adeyemi", f"confirm who sends what the next step needs: {COUNT}"),
    ]


@pytest.mark.parametrize(
    ("speaker", "owner"), [("Ruth", "Ruth Adeyemi"), ("", "Pavel Novak"), ("Gail", "Pavel Novak")]
)
def test_a_thing_they_spoke_of_is_sent_by_the_speaker_or_whose_role_it_is(
    speaker: str, owner: str
) -> None:
    """That it was spoken of tells that it is there."""
    told = a_fact("We count lost beds every Monday.", id="F8", kind="other", speaker=speaker)

    tasks = asked_of_them(closed(PROBLEM, told, people=(RUTH, PAVEL)))

    assert [who for who, task in tasks if COUNT in task and task.startswith("send")] == [owner]


def test_a_thing_that_only_we_know_of_is_not_asked_for_as_theirs() -> None:
    """They would wonder who told us."""
    told = a_fact("they count lost beds", id="F8", kind="other", voice="internal", speaker="")

    assert all("confirm who sends" in task for _, task in asked_of_them(closed(PROBLEM, told)))


def test_the_summary_is_of_somebody_who_is_there() -> None:
    """A published line sums up nothing of a call; at last it is better than none."""
    public = a_fact("Detention rose by 40%.", speaker="Al Chief", voice="public", source="S2")
    beds = a_fact("We lose a bed a day.", id="F5", speaker="Ruth", line=5)
    goal = GOAL.model_copy(update={"speaker": "Ruth"})

    plans = [closed(public, beds), closed(public, goal), closed(public)]
    said = [compose_closing(plan, NO_WORDING).summary_prompts[0] for plan in plans]
    assert [errors(plan) for plan in plans] == [[], [], []]

    assert [prompt.split("”")[0] for prompt in said] == [
        "Ruth, back to what you said: “We lose a bed a day",
        "Ruth, back to what you said: “We want to cut dwell time …",
        "Back to what Al Chief said in public: “Detention rose by 40%",
    ]
