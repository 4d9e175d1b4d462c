"""The floor: whatever the notes hold, every composed part passes its own checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from plans import (
    DOUBT,
    FACTS,
    FITS,
    GOAL,
    HITS,
    PROBLEM,
    PROFILE,
    UNKNOWN_FIT,
    a_hit,
    a_misfit,
    a_plan,
    an_empty_plan,
    composed_findings,
    errors,
)

from assistant.brief import Fit
from assistant.parts import ladder
from assistant.parts.all import RECIPES
from assistant.plan import Choices, Plan
from assistant.testing import TODAY, a_fact, a_meeting, a_participant, an_objection

STAGE = PROFILE.next_steps[0]
NEEDS_NOTHING = STAGE.advances[0].model_copy(update={"needs": ()})
NO_NEEDS = PROFILE.model_copy(
    update={"next_steps": (STAGE.model_copy(update={"advances": (NEEDS_NOTHING,)}),)}
)
NO_ASK = a_misfit().criteria[0].model_copy(update={"ask": ""})
LONG = (
    "Every morning before six the first drivers stand at the gate because nobody told them that "
    "their door is taken until eight. "
)


def said(words: str) -> Plan:
    """Plan a call on one problem, one goal and one doubt in the same words."""
    kinds = ("challenge", "priority", "concern", "trigger", "company", "promise")
    return a_plan(
        *(
            a_fact(f"{words} {number}", id=f"F{number}", kind=kind, speaker="Dana", line=number)
            for number, kind in enumerate(kinds, start=1)
        ),
        hits=[replace(hit, evidence=("F1",)) for hit in HITS],
    )


def on(start: datetime | None, **meeting: object) -> Plan:
    """Plan a call at a time."""
    return a_plan(meeting=a_meeting(start=start, **meeting))


PLANS: dict[str, Callable[[], Plan]] = {
    "the usual": a_plan,
    # what is missing
    "a fit of which nothing is known": lambda: a_plan(fit=UNKNOWN_FIT),
    "nothing at all": an_empty_plan,
    "nothing, and everything about the fit known": lambda: an_empty_plan(fit=FITS),
    "no account": lambda: a_plan(account=""),
    "no participants": lambda: a_plan(meeting=a_meeting(participants=())),
    "only our own people": lambda: a_plan(
        meeting=a_meeting(participants=(a_participant("Sam Ortiz", "", "seller"),))
    ),
    "a participant without a name": lambda: a_plan(
        meeting=a_meeting(participants=(a_participant("", ""),))
    ),
    "no problem": lambda: a_plan(GOAL, DOUBT),
    "no problem and no goal": lambda: a_plan(DOUBT, fit=FITS),
    "no goal": lambda: a_plan(PROBLEM, DOUBT),
    "one problem, and everything about the fit known": lambda: a_plan(PROBLEM, fit=FITS),
    "no cards": lambda: a_plan(hits=()),
    "no questions in the profile": lambda: a_plan(
        profile=PROFILE.model_copy(update={"questions": ()})
    ),
    "a step that needs nothing": lambda: a_plan(profile=NO_NEEDS),
    "a step of the seller's own": lambda: a_plan(choices=Choices(next_step="A pilot at one dock.")),
    # what they say
    "braces": lambda: said("Our docks {are} {{full}} {0} {evidence}"),
    "percent signs": lambda: said("We lose 100%s of %d slots %(name)s"),
    "quotes in quotes": lambda: said("Dana said \"no\" to “that” and 'this'"),
    "an open quote": lambda: said('My boss called it "a mess'),
    "German": lambda: said("Wir finden unsere Auflieger erst nach einer Stunde, das kostet Geld"),
    "right to left": lambda: said("אנחנו מאבדים משאיות בחצר שלנו"),
    "Chinese": lambda: said("我们的码头每天早上都很拥挤"),
    "emoji": lambda: said("Our docks are 🔥🔥 every Monday 👩🏽‍🔧"),
    "200 words": lambda: said(LONG * 9),
    "200 words without a stop": lambda: said(LONG.replace(".", " and") * 9),
    "one word": lambda: said("Detention"),
    "a question": lambda: said("Why do my trucks wait?"),
    "shouting": lambda: said("OUR DOCKS ARE A MESS!!!"),
    "one huge word": lambda: said("x" * 3000),
    "markup": lambda: said("<b>Our docks</b> are [full](x) and ![y](z)"),
    "the same problem three times": lambda: a_plan(
        *(
            a_fact(f"{where} detention is a problem", id=f"F{n}", line=n)
            for n, where in enumerate(("Morning", "Evening", "Weekend"), start=1)
        )
    ),
    "three problems that are still to come": lambda: a_plan(
        *(
            a_fact(f"{who} will fine us from 2027 on.", id=f"F{n}", speaker="Dana", line=n)
            for n, who in enumerate(("The port", "The city", "Corvane Retail"), start=1)
        )
    ),
    "two doubts with one answer": lambda: a_plan(
        PROBLEM,
        a_fact("The board will not pay for it.", id="F4", kind="concern", line=4),
        hits=(a_hit(an_objection(), "F3"), a_hit(an_objection("objection-board"), "F4")),
    ),
    "four doubts without an answer": lambda: a_plan(
        *(a_fact(f"We doubt thing {n}.", id=f"F{n}", kind="concern", line=n) for n in range(1, 5)),
        hits=(),
    ),
    "one fact for two insights": lambda: a_plan(
        PROBLEM, hits=(a_hit(HITS[0].card, "F1"), a_hit(_other_insight(), "F1"))
    ),
    # when
    "no time": lambda: on(None, zone=""),
    "ten minutes": lambda: on(datetime(2026, 3, 24, 15, tzinfo=UTC), minutes=10),
    "five minutes": lambda: on(datetime(2026, 3, 24, 15, tzinfo=UTC), minutes=5),
    "three hours": lambda: on(datetime(2026, 3, 24, 15, tzinfo=UTC), minutes=180),
    "today": lambda: on(datetime.combine(TODAY, datetime.min.time(), UTC)),
    "yesterday": lambda: on(datetime.combine(TODAY - timedelta(days=1), datetime.min.time(), UTC)),
    "a year ago": lambda: on(datetime(2025, 3, 24, 15, tzinfo=UTC)),
    "the year's end": lambda: on(datetime(2026, 12, 23, 15, tzinfo=UTC)),
    "a Saturday": lambda: on(datetime(2026, 3, 28, 15, tzinfo=UTC)),
    "tomorrow there, today here": lambda: on(
        datetime(2026, 3, 17, 6, 30, tzinfo=ZoneInfo("Asia/Tokyo")), zone="Asia/Tokyo"
    ),
    "the hour that is not there": lambda: on(
        datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")), zone="Europe/Berlin"
    ),
    # who does not fit
    "a misfit": lambda: a_plan(fit=a_misfit(PROBLEM.id)),
    "a misfit by our own note": lambda: a_plan(
        *FACTS, a_fact("no trucks here", id="F9", voice="internal"), fit=a_misfit("F9")
    ),
    "a misfit without a question": lambda: a_plan(fit=Fit(verdict="no", criteria=(NO_ASK,))),
    "a misfit of whom nothing is known": lambda: an_empty_plan(fit=a_misfit()),
}


def _other_insight() -> object:
    return HITS[0].card.model_copy(update={"id": "insight-other"})


@pytest.mark.parametrize("case", PLANS)
def test_no_composed_part_fails_its_checks(case: str) -> None:
    """What code composes is what a model has to beat: it is never wrong by its own rules."""
    plan = PLANS[case]()

    assert errors(plan) == []


@pytest.mark.parametrize("case", PLANS)
def test_composing_twice_gives_the_same(case: str) -> None:
    """Nothing in a composer depends on chance, a clock or an order of a set."""
    first, second = PLANS[case](), PLANS[case]()

    for recipe in RECIPES:
        assert ladder.compose(recipe, first).part == ladder.compose(recipe, second).part


@pytest.mark.parametrize("case", PLANS)
def test_every_statement_reads_as_a_whole(case: str) -> None:
    """No placeholder, no gap, no doubled stop or blank is left where something was not known."""
    plan = PLANS[case]()

    own = "".join(fact.quote for fact in plan.dossier.facts)
    for recipe in RECIPES:
        for told in ladder.compose(recipe, plan).part.statements():
            words = told.text
            assert words.strip() == words
            assert words
            assert "None" not in words
            for oddity in ("  ", "{", "..", " .", " ,", "“”", "()", "?.", ": .", ",,"):
                assert oddity not in words or oddity in own, f"{told.where}: {words}"


def test_a_misfit_prepares_to_stop() -> None:
    """Nothing is taught or told, few questions are asked, and the close is an honest no."""
    plan = a_plan(fit=a_misfit(PROBLEM.id))
    part = {recipe.name: ladder.compose(recipe, plan).part for recipe in RECIPES}

    assert (part["teach"].points, part["share"].stories) == ((), ())
    assert len(part["learn"].questions) == 2
    assert "we leave it there" in part["closing"].reconfirm_wording


def test_few_known_doubts_are_noted_for_the_seller() -> None:
    """The floor is honest about what it lacks; that nobody voiced more is no fault to mend."""
    found = composed_findings(a_plan(hits=()))

    assert [(f.severity, f.check) for f in found] == [("note", "anticipate")]
