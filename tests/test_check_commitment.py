"""The commitment check: a task, one owner, a day to come, and no way out."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.brief import Action, Closing, Finding
from assistant.checks.commitment import check_commitment
from assistant.testing import a_dossier, a_meeting, an_evidence

THEIRS = Action(
    task="Pull one week of gate logs for the first site",
    owner="Dana Whitfield",
    side="customer",
    due=date(2026, 3, 31),
)
OURS = Action(
    task="Send the list of the gate log fields that we need",
    owner="Sam Ortiz",
    side="seller",
    due=date(2026, 3, 25),
)
RECONFIRM = "Are we agreed on a dock-mapping workshop on site on Tuesday 7 April?"


def checked(*actions: Action, reconfirm: str = RECONFIRM) -> tuple[Finding, ...]:
    closing = Closing(
        summary_prompts=("What have we agreed?",), reconfirm_wording=reconfirm, actions=actions
    )
    return check_commitment(closing, an_evidence())


def with_theirs(**changed: object) -> tuple[Finding, ...]:
    return checked(THEIRS.model_copy(update=changed), OURS)


def with_ours(**changed: object) -> tuple[Finding, ...]:
    return checked(THEIRS, OURS.model_copy(update=changed))


def errors_at(findings: tuple[Finding, ...]) -> set[str]:
    return {f.where.rsplit(".", 1)[-1] for f in findings if f.severity == "error"}


def test_actions_of_both_sides_with_owner_and_day_pass() -> None:
    """Nothing is found where each rule is kept."""
    assert checked(THEIRS, OURS) == ()


@pytest.mark.parametrize("actions", [(), (OURS,), (OURS, OURS)])
def test_a_call_that_ends_without_an_action_of_theirs_is_an_error(
    actions: tuple[Action, ...],
) -> None:
    """An advance costs the customer something."""
    messages = [f.message for f in checked(*actions)]

    assert messages == ["no action is the customer's: name at least one thing that they will do"]


@pytest.mark.parametrize(
    "task",
    [
        "Follow up with Gail Fontaine on what doing nothing costs",
        "Will put the workshop in the calendar of both teams",
        "Review the security questionnaire with IT",
        "Must name the owner of the pilot",
        "Send the May gate logs by 5 May",
        "Confirm the date as soon as the gate logs are in",
        "Write down what “maybe next year” means to the board",
        "Send the trial plan to Marcus",
    ],
)
def test_a_definite_task_passes(task: str) -> None:
    """Words that look like hedges may belong to the task."""
    assert with_theirs(task=task) == ()


@pytest.mark.parametrize(
    "task",
    [
        "",
        "Follow up",
        "Stay in touch",
        "Discuss internally and get back to us",
        "Think it over",
        "Next steps",
        "TBD",
        "Circle back with the team next week",
    ],
)
def test_a_task_that_leaves_no_trace_is_an_error(task: str) -> None:
    """Nobody could say whether it was done."""
    assert errors_at(with_theirs(task=task)) == {"task"}


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("Should be able to send the gate logs", "should be able"),
        ("Hope to have the gate logs ready", "hope"),
        ("Try to pull one week of gate logs", "try"),
        ("Maybe ask the CFO for the detention bills", "maybe"),
        ("Might share the gate logs of March", "might"),
        ("Aim to name an owner of the pilot", "aim to"),
        ("Send the gate logs if possible", "if possible"),
        ("Do our best to get the gate logs", "do our best"),
        ("We may also send the gate logs", "may"),
    ],
)
def test_a_hedge_is_an_error_that_names_the_words(task: str, words: str) -> None:
    """*Will* and *must* commit; these do not."""
    assert [f.message for f in with_theirs(task=task)] == [
        f"“{words}” leaves a way out: write what will be done"
    ]


@pytest.mark.parametrize(
    "task",
    [
        "Send the gate logs soon",
        "Send the gate logs ASAP",
        "Send the gate logs as soon as possible",
        "Send the gate logs at some point",
        "Send the gate logs some time next week",
        "Send the gate logs in due course",
        "Send the gate logs when you get a chance",
        "Send the gate logs at your earliest convenience",
        "Send the gate logs in the near future",
    ],
)
def test_a_vague_time_is_an_error(task: str) -> None:
    """The date beside it does not make the sentence definite."""
    assert errors_at(with_theirs(task=task)) == {"task"}


@pytest.mark.parametrize(
    "task", ["Send the logs tomorrow", "Send the logs by end of next week", "Send it next Friday"]
)
def test_a_day_that_depends_on_today_is_a_warning(task: str) -> None:
    """It is read days later."""
    assert [(f.severity, f.where) for f in with_ours(task=task)] == [
        ("warning", "closing.actions[1].task")
    ]


@pytest.mark.parametrize("owner", ["Dana", "COO", "Terminal manager", "Gail Fontaine", "Whitfield"])
def test_a_person_or_a_role_owns_an_action_of_theirs(owner: str) -> None:
    """Somebody who is not in the meeting may own one too."""
    assert with_theirs(owner=owner) == ()


@pytest.mark.parametrize(
    "owner", ["", "TBD", "the team", "Both teams", "Everyone", "all", "Stakeholders", "?"]
)
def test_an_action_that_nobody_in_particular_owns_is_an_error(owner: str) -> None:
    """What all own, nobody does."""
    assert errors_at(with_theirs(owner=owner)) == {"owner"}


@pytest.mark.parametrize("owner", ["Sam Ortiz", "Sam", "We", "Harbourline", "Sam Ortiz (AE)"])
def test_an_action_of_theirs_that_one_of_us_owns_is_an_error(owner: str) -> None:
    """Calling our action the customer's is the easiest way to cheat."""
    assert errors_at(with_theirs(owner=owner)) == {"owner"}


@pytest.mark.parametrize("owner", ["Dana Whitfield", "Dana", "whitfield"])
def test_an_action_of_ours_that_one_of_theirs_owns_is_an_error(owner: str) -> None:
    """The sides are kept apart both ways."""
    assert errors_at(with_ours(owner=owner)) == {"owner"}


def test_people_whose_side_is_unknown_may_own_anything() -> None:
    """What the sources do not say is not held against an action."""
    people = ({"name": "Kim Ode"}, {"name": "Lee Fay"})
    evidence = an_evidence(dossier=a_dossier(meeting=a_meeting(participants=people)))
    actions = (
        THEIRS.model_copy(update={"owner": "Kim Ode"}),
        OURS.model_copy(update={"owner": "Lee Fay"}),
    )
    closing = Closing(summary_prompts=(), reconfirm_wording=RECONFIRM, actions=actions)

    assert check_commitment(closing, evidence) == ()


@pytest.mark.parametrize("owner", ["Dana Whitfield and Marcus Oyelaran", "Dana / Marcus"])
def test_two_owners_are_a_warning(owner: str) -> None:
    """One of them answers for it."""
    assert [f.severity for f in with_theirs(owner=owner)] == ["warning"]


@pytest.mark.parametrize(
    ("due", "message"),
    [
        (date(2026, 3, 15), "2026-03-15 is past: give a day to come"),
        (date(2025, 3, 31), "2025-03-31 is past: give a day to come"),
        (date(2026, 3, 23), "2026-03-23 is before the meeting in which it is agreed"),
    ],
)
def test_a_day_that_has_gone_by_is_an_error(due: date, message: str) -> None:
    """Actions are agreed in the call and done after it."""
    assert [f.message for f in with_theirs(due=due)] == [message]


@pytest.mark.parametrize("due", [date(2026, 3, 24), date(2026, 3, 25), date(2026, 6, 30)])
def test_a_day_from_the_call_on_passes(due: date) -> None:
    """The same day will do."""
    assert with_theirs(due=due) == ()


@pytest.mark.parametrize(
    "reconfirm",
    [
        (
            "At the start we said that our next step should be to schedule a dock-mapping "
            "workshop on site. Is 7 April still right for you?"
        ),
        "Dana will pull the logs by 31 March, and we meet on 7 April: agreed?",
        RECONFIRM,
    ],
)
def test_a_plain_reconfirmation_passes(reconfirm: str) -> None:
    """The method's *should* is no hedge."""
    assert checked(THEIRS, OURS, reconfirm=reconfirm) == ()


@pytest.mark.parametrize(
    "reconfirm",
    [
        "",
        "We hope that you will be able to join the workshop?",
        "Shall we meet again at some point?",
        "Maybe we can do the workshop on 7 April?",
    ],
)
def test_a_reconfirmation_that_leaves_a_way_out_is_an_error(reconfirm: str) -> None:
    """The last sentence of the call decides whether it was an advance."""
    assert errors_at(checked(THEIRS, OURS, reconfirm=reconfirm)) == {"reconfirm_wording"}
