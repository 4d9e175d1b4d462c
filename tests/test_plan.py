"""What a brief stands on: problems, goal, cards, next step, day; by code or by the seller."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from plans import (
    DETENTION,
    DOUBT,
    FACTS,
    GOAL,
    HITS,
    PROBLEM,
    PROFILE,
    UNKNOWN_FIT,
    a_hit,
    a_misfit,
    a_plan,
    an_empty_plan,
)

from assistant.dossier import Participant
from assistant.knowledge.profile import Stage, Step
from assistant.parts.logistics import brief_logistics
from assistant.plan import (
    MAX_PROBLEMS,
    Choices,
    candidate_problems,
    choose_stage,
    narrowed,
    ready_day,
    schedule,
    summary_day,
)
from assistant.testing import TODAY, a_fact, a_meeting, a_participant, a_story, an_insight

COO = a_participant()
CLERK = a_participant("Marcus Oyelaran", "gate clerk")
CFO = a_participant("Gail Fontaine", "CFO")
REVIEW = Step(action="a cost review of the bills", customer_roles=("cfo",), minutes=60)
TWO_STEPS = PROFILE.model_copy(
    update={
        "next_steps": (
            Stage(
                stage="discovery",
                advances=(PROFILE.next_steps[0].advances[0], REVIEW),
                fallback=PROFILE.next_steps[0].fallback,
            ),
            Stage(stage="proposal", advances=(REVIEW,), fallback=REVIEW),
        )
    }
)
QUEUE = a_fact("The queue reaches the road by two.", id="F4", speaker="Dana", line=4)
CREW = a_fact("My crew is idle every morning.", id="F5", speaker="Dana", line=5)
FINES = a_fact("They fine us $250 a truck.", id="F6", speaker="Dana", line=6)
REMARK = a_fact("they lose $9 million, says a friend", id="F9", voice="internal", line=9)


# --- problems and goal


def test_at_most_three_problems_are_chosen_and_numbered() -> None:
    """More cannot be spoken of in one call."""
    plan = a_plan(PROBLEM, QUEUE, CREW, FINES)

    assert [problem.number for problem in plan.problems] == [1, 2, 3]
    assert len(plan.problems) == MAX_PROBLEMS


def test_our_own_remarks_are_never_chosen() -> None:
    """However weighty: what is chosen will be spoken of."""
    goal = a_fact("they must sell by June", id="F8", kind="priority", voice="internal", line=8)

    plan = a_plan(QUEUE, REMARK, goal)

    assert [problem.fact.id for problem in plan.problems] == ["F4"]
    assert plan.goal is None


def test_a_problem_said_twice_is_one() -> None:
    """Near repetitions would be asked about twice."""
    again = a_fact("The queue reaches the road by two o'clock.", id="F7", line=7)

    assert len(candidate_problems((QUEUE, again, CREW))) == 2


def test_a_problem_is_named_by_its_own_words() -> None:
    """Then by the cards that were found for it; else by nothing, rather than wrongly."""
    by_words = a_plan(PROBLEM, hits=()).problems[0]
    by_cards = a_plan(QUEUE, hits=(a_hit(an_insight(), "F4"),)).problems[0]
    unnamed = a_plan(QUEUE, hits=()).problems[0]

    assert by_words.challenge == "detention"
    assert by_cards.challenge == "detention"
    assert unnamed.challenge == ""


def test_a_problem_that_has_not_begun_is_marked() -> None:
    """By the day on which the brief is made."""
    ahead = FINES.model_copy(update={"quote": "From June they fine us $250 a truck."})

    before, after = (a_plan(ahead, today=day) for day in (TODAY, date(2026, 7, 1)))

    assert [plan.problems[0].ahead for plan in (before, after)] == [True, False]


def test_the_seller_may_choose_problems_and_goal() -> None:
    """In their order; an id that is not there, or internal, is passed over."""
    other = a_fact("We want fewer calls.", id="F7", kind="priority", line=7)
    choices = Choices(problems=("F5", "F99", "F9", "F4"), goal="F7")

    plan = a_plan(PROBLEM, QUEUE, CREW, REMARK, GOAL, other, choices=choices)

    assert [problem.fact.id for problem in plan.problems] == ["F5", "F4"]
    assert plan.goal == other


# --- cards


def test_cards_that_serve_the_chosen_problems_come_first() -> None:
    """A better score for something else does not teach what the call is not about."""
    other = an_insight("insight-other", challenges=("chargebacks",))
    better = a_hit(other, "F2")

    plan = a_plan(hits=(better, *HITS))

    assert plan.teach[0].card.id == "insight-detention"


def test_the_seller_may_choose_the_cards() -> None:
    """Those picked, and no others of their kind."""
    other = a_story("story-other")
    hits = (*HITS, a_hit(other, "F1"))

    plan = a_plan(hits=hits, choices=Choices(stories=("story-other",)))

    assert [hit.card.id for hit in plan.share] == ["story-other"]
    assert [hit.card.id for hit in plan.teach] == ["insight-detention"]


def test_a_prospect_who_does_not_fit_gets_no_cards() -> None:
    """Neither insight nor story; and the step asks for the least."""
    plan = a_plan(fit=a_misfit(PROBLEM.id))

    assert (plan.teach, plan.share) == ((), ())
    assert plan.asks_for_least


def test_the_evidence_holds_what_was_chosen_and_nothing_else() -> None:
    """A model cannot cite a card that the plan left out."""
    left_out = tuple(a_hit(an_insight(f"insight-{n}"), "F1") for n in range(5))

    plan = a_plan(hits=(*HITS, *left_out))

    assert set(plan.evidence.cards) == {
        hit.card.id for hit in (*plan.teach, *plan.share, *plan.anticipate)
    }


# --- the next step


def test_the_step_suits_who_is_there() -> None:
    """The CFO is asked for a review of bills, the COO for a workshop."""
    with_cfo = a_plan(meeting=a_meeting(participants=(CFO,)), profile=TWO_STEPS)
    with_coo = a_plan(meeting=a_meeting(participants=(COO,)), profile=TWO_STEPS)

    assert with_cfo.step == REVIEW
    assert with_coo.step.action == "a dock-mapping workshop on site"


def test_where_the_fit_is_unknown_the_least_is_asked_for() -> None:
    """No more of anybody's time than it takes to be sure."""
    assert a_plan(fit=UNKNOWN_FIT).asks_for_least
    assert not a_plan(fit=UNKNOWN_FIT, choices=Choices(next_step="A pilot")).asks_for_least


def test_the_sellers_own_step_is_taken_without_its_full_stop() -> None:
    """It stands in the middle of a sentence."""
    plan = a_plan(choices=Choices(next_step=" a pilot at one dock. "))

    assert plan.step.action == "a pilot at one dock"
    assert plan.asked_step


def test_the_stage_is_the_sellers_then_the_sources_then_the_first() -> None:
    """A stage that the ladder does not know is passed over."""
    noted = (a_fact("Stage: 3 - Proposal, 40 %", voice="internal"),)

    assert choose_stage(TWO_STEPS, ()).stage == "discovery"
    assert choose_stage(TWO_STEPS, noted).stage == "proposal"
    assert choose_stage(TWO_STEPS, noted, "Discovery").stage == "discovery"
    assert choose_stage(TWO_STEPS, (), "nonsense").stage == "discovery"


def test_who_can_agree_to_the_step_is_asked_first() -> None:
    """Rank and the step's own roles count; the clerk is not the one who signs."""
    plan = a_plan(meeting=a_meeting(participants=(CLERK, COO)))

    assert [person.name for person in plan.customers] == ["Dana Whitfield", "Marcus Oyelaran"]


@pytest.mark.parametrize("attendance", ["optional", "tentative"])
def test_the_step_is_agreed_with_one_who_surely_comes(attendance: str) -> None:
    """However senior the other is: a step nobody is there to agree to is none."""
    manager = a_participant("Marcus Oyelaran", "terminal manager")
    unsure = COO.model_copy(update={"attendance": attendance})

    plan = a_plan(meeting=a_meeting(participants=(unsure, manager)))

    assert [person.name for person in plan.customers] == ["Marcus Oyelaran", "Dana Whitfield"]


@pytest.mark.parametrize("others", [(), (CLERK,)], ids=["alone", "with a clerk"])
def test_the_only_one_who_may_agree_is_asked_though_they_may_not_come(
    others: tuple[Participant, ...],
) -> None:
    """The clerk cannot; and the seller is told to make sure that they come."""
    unsure = COO.model_copy(update={"attendance": "tentative"})

    plan = a_plan(meeting=a_meeting(participants=(*others, unsure)))
    tasks = [one.task for one in brief_logistics(plan)]

    assert plan.lead == "Dana Whitfield"
    assert [task.partition(" in ")[0] for task in tasks if task.startswith("Make sure")] == [
        "Make sure that Dana Whitfield comes (tentative"
    ]


def test_nobody_is_asked_to_make_sure_of_one_who_surely_comes() -> None:
    """The line is for whom the step hangs on."""
    tasks = [one.task for one in brief_logistics(a_plan())]

    assert not any(task.startswith("Make sure") for task in tasks)


def test_who_has_declined_is_not_there() -> None:
    """Neither asked for the step, nor is a step chosen for them."""
    declined = CFO.model_copy(update={"attendance": "declined"})

    plan = a_plan(meeting=a_meeting(participants=(COO, declined)), profile=TWO_STEPS)

    assert [person.name for person in plan.customers] == ["Dana Whitfield"]
    assert plan.step != REVIEW


# --- days


@pytest.mark.parametrize(
    ("meeting", "step"),
    [
        (date(2026, 3, 24), date(2026, 3, 31)),  # a Tuesday, and the next one
        (date(2026, 12, 17), date(2026, 12, 23)),  # the last working day of the year
        (date(2026, 3, 28), date(2026, 4, 3)),  # a Saturday
        (date(2025, 1, 1), date(2026, 3, 23)),  # past: a week from today
    ],
)
def test_the_step_is_a_week_later_on_a_working_day(meeting: date, step: date) -> None:
    """Or the nearest working day to that; never before today."""
    start = datetime.combine(meeting, datetime.min.time(), UTC)

    assert a_plan(meeting=a_meeting(start=start)).step_day == step


def test_a_day_that_the_sources_rule_out_is_not_proposed() -> None:
    """A change freeze is for us too, even where only our notes hold it."""
    freeze = a_fact("No change between 30 March and 10 April.", id="F7", kind="concern", line=7)

    assert a_plan(PROBLEM, freeze).step_day < date(2026, 3, 30)


UNSIGNED = a_fact(
    "We sign nothing, no contract, between 30 March and 10 April 2026.",
    id="F7",
    kind="concern",
    speaker="Dana",
    line=7,
)


@pytest.mark.parametrize(
    ("today", "when"),
    [
        (TODAY, "Sign by Friday 27 March 2026, or from Monday 13 April 2026 on"),
        (date(2026, 4, 1), "They sign again from Monday 13 April 2026 on"),
        (date(2026, 4, 20), ""),
    ],
)
def test_days_on_which_nothing_is_signed_are_planned_around(today: date, when: str) -> None:
    """They are kept to and told; they are no doubt, and what is over is not told."""
    plan = a_plan(PROBLEM, UNSIGNED, today=today)
    told = [one.task for one in brief_logistics(plan) if "sign" in one.task]

    assert plan.concerns == ()
    assert [task.rpartition(". ")[2] for task in told] == ([when] if when else [])
    assert not date(2026, 3, 30) <= plan.step_day <= date(2026, 4, 10)


def test_a_meeting_without_a_time_is_today() -> None:
    """Nothing is dated before the seller reads it."""
    assert a_plan(meeting=a_meeting(start=None)).meeting_day == TODAY


def test_a_meeting_without_an_hour_is_on_its_day() -> None:
    """What is due with it stays on that day, in every zone."""
    plan = a_plan(meeting=a_meeting(start=None, day=date(2026, 12, 3)))

    assert (plan.meeting_day, plan.step_day) == (date(2026, 12, 3), date(2026, 12, 10))
    assert "Thursday 3 December 2026" in plan.evidence.text("meeting")


@pytest.mark.parametrize("days", range(0, 400, 7))
def test_every_day_of_the_schedule_is_a_working_day_in_order(days: int) -> None:
    """The summary after the meeting, the preparation before the step."""
    meeting = TODAY + timedelta(days=days)
    step = a_plan(
        meeting=a_meeting(start=datetime.combine(meeting, datetime.min.time(), UTC))
    ).step_day

    assert schedule(meeting, step) == (meeting, summary_day(meeting), ready_day(step), step)
    assert meeting < summary_day(meeting)
    assert ready_day(step) < step
    assert {day.weekday() for day in (summary_day(meeting), ready_day(step), step)} <= set(range(5))


# --- a shorter one


def test_a_plan_is_narrowed_until_only_what_it_stands_on_is_left() -> None:
    """A short context drops the least weighty facts first, and never the chosen ones."""
    spare = [
        a_fact(f"It is a site, number {n}.", id=f"F{n}", kind="other", line=n)
        for n in range(10, 20)
    ]
    plan = a_plan(*FACTS, *spare)

    sizes = []
    shorter = narrowed(plan)
    while shorter is not None:
        sizes.append(len(shorter.dossier.facts))
        left = {fact.id for fact in shorter.dossier.facts}
        assert {PROBLEM.id, GOAL.id, DOUBT.id} <= left
        shorter = narrowed(shorter)

    assert sizes == [8, 5, 4, 3]


def test_a_plan_is_not_narrowed_by_what_no_model_is_shown() -> None:
    """Leaving such a line out would make no prompt shorter."""
    doors = a_fact("38 doors, ~410 trucks", id="F8", kind="company", speaker="", line=8)

    assert narrowed(a_plan(*FACTS, doors, REMARK)) is None


def test_an_empty_dossier_plans_a_conversation_all_the_same() -> None:
    """No problem, no goal, no card: a ladder and a day."""
    plan = an_empty_plan()

    assert (plan.problems, plan.goal, plan.trigger, plan.concerns) == ((), None, None, ())
    assert plan.step.action
    assert plan.questions == {"detention": DETENTION}
