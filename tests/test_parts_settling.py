"""A later stage has something to settle: the parts ask about the decision, not from the start."""

from __future__ import annotations

from assistant.brief import Fit
from assistant.dossier import Fact
from assistant.knowledge.profile import SellerProfile, Settling, Stage
from assistant.parts.after import compose_after
from assistant.parts.give_get import compose_give_get
from assistant.parts.learn import compose_learn
from assistant.parts.objectives import compose_objectives
from assistant.parts.opening import compose_opening
from assistant.parts.recipe import NO_WORDING
from assistant.parts.shown import show_evidence
from assistant.parts.unknowns import brief_unknowns
from assistant.plan import Choices, Plan
from assistant.testing import a_fact
from tests.plans import (
    DETENTION,
    DOORS,
    FACTS,
    OWN_DOCKS,
    PROFILE,
    a_misfit,
    a_plan,
    composed_findings,
    judged,
)

SETTLING = Settling(
    stands="where our proposal stands",
    decides="which parts of our proposal can stay, and which must change",
    decided="They have said of each part that it stays or what must change.",
    names="who signs, and in which order",
    situation="Who has read our proposal so far, and what did they say?",
    problem="Which part of it would be the hardest to defend?",
    implication="If that part stays as it is, what does it do to your plan?",
    value="If it were settled, what could you start?",
)
_FIRST = PROFILE.next_steps[0]
PROPOSAL = Stage(
    stage="proposal", settles=SETTLING, advances=_FIRST.advances, fallback=_FIRST.fallback
)
LATER = PROFILE.model_copy(update={"next_steps": (_FIRST, PROPOSAL)})


def a_later_plan(*, fit: Fit | None = None) -> Plan:
    """Build the plan of a conversation about a proposal."""
    given = {"fit": fit} if fit else {}
    return a_plan(*FACTS, profile=LATER, choices=Choices(stage="proposal"), **given)


def test_the_questions_are_about_the_decision_before_the_problems() -> None:
    """Where the problem comes from was asked before; what it leads to is still worth asking."""
    questions = compose_learn(a_later_plan(), NO_WORDING).questions
    asked = [question.question for question in questions]

    assert asked[:3] == [SETTLING.situation, SETTLING.problem, SETTLING.implication]
    assert SETTLING.value in asked
    assert not any(DETENTION.problem in ask for ask in asked)
    assert any(DETENTION.implication.lower() in ask.lower() for ask in asked)
    assert sum(question.stage == "situation" for question in questions) == 1


def test_the_objectives_are_what_they_decide_and_name_at_that_stage() -> None:
    """A third conversation does not ask again whether the problem is worth tackling."""
    _, theirs, ours, _ = compose_objectives(a_later_plan(), NO_WORDING).objectives

    assert theirs.side == "customer"
    assert theirs.statement.endswith(f"decides {SETTLING.decides}.")
    assert theirs.measure == SETTLING.decided
    assert ours.side == "seller"
    assert ours.statement.endswith(f"names {SETTLING.names}.")


def test_purpose_agenda_and_exchange_speak_of_what_is_to_be_settled() -> None:
    """All parts are about the same conversation."""
    plan = a_later_plan()
    opening = compose_opening(plan, NO_WORDING)
    exchange = compose_give_get(plan, NO_WORDING)

    assert SETTLING.stands in opening.purpose.text
    assert "Where our proposal stands" in [item.item for item in opening.agenda]
    gets = [claim.text for claim in exchange.seller_gets]
    assert "Who signs, and in which order." in gets
    assert not any("how it works today" in claim.text for claim in exchange.customer_gives)


def test_every_check_passes_at_a_later_stage() -> None:
    """The floor is sound there too."""
    assert [f for f in composed_findings(a_later_plan()) if f.severity == "error"] == []


def test_a_model_is_told_the_stage_and_what_it_settles() -> None:
    """A draft of another conversation would be of no use."""
    shown = show_evidence(a_later_plan())

    assert "Stage: proposal" in shown
    assert SETTLING.decides in shown


def test_a_misfit_has_nothing_to_settle_and_the_first_stage_neither() -> None:
    """Whether to go on comes before what to decide."""
    assert a_later_plan(fit=a_misfit()).settling is None
    assert a_plan(profile=LATER).settling is None


def test_what_holds_already_does_not_disqualify_at_a_later_stage() -> None:
    """Only what is still unknown of them can turn out not to hold."""
    known = Fit(verdict="fits", criteria=(judged(OWN_DOCKS, "met"),))
    open_still = Fit(verdict="partial", criteria=(judged(OWN_DOCKS, "unknown"),))

    after = compose_after(a_later_plan(fit=known), NO_WORDING).outcome_tests[-1]
    asked = compose_after(a_later_plan(fit=open_still), NO_WORDING).outcome_tests[-1]

    assert OWN_DOCKS.name not in after
    assert OWN_DOCKS.name in asked


def test_the_stage_says_what_is_still_to_be_asked() -> None:
    """Who decides and who has what the step takes; the fit was for the first talk."""
    role, wish = "What is Dana's role?", DOORS.ask
    fit = Fit(verdict="partial", criteria=(judged(DOORS, "unknown"),))

    def unknowns(*facts: Fact, profile: SellerProfile = LATER) -> tuple[str, ...]:
        choices = Choices(stage="proposal")
        held = (*FACTS, *facts)
        plan = a_plan(*held, profile=profile, choices=choices, fit=fit, unknowns=(wish, role))
        return brief_unknowns(plan)

    signs = a_fact("The board signs.", id="F7", kind="person", line=7)
    logs = a_fact("I keep the gate logs of a week.", id="F8", kind="other", line=8)
    needed = "For the next step we need one week of gate logs: who at your place has that?"

    assert unknowns() == ("Who signs, and in which order?", needed, role)
    assert unknowns(signs) == (needed, role)
    assert unknowns(signs, logs) == (role,)
    assert unknowns(profile=PROFILE) == (wish, role)
