"""Plans for tests of the parts: made from facts, cards and a meeting as the flow makes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from assistant.brief import CriterionMet, Finding, Fit, Gap
from assistant.dossier import Fact, Meeting
from assistant.knowledge.card import Card
from assistant.knowledge.profile import Criterion, QuestionSet, SellerProfile
from assistant.parts import ladder
from assistant.parts.all import RECIPES
from assistant.plan import Choices, Plan, make_plan
from assistant.retrieval import Hit, Retrieval
from assistant.testing import (
    TODAY,
    a_dossier,
    a_fact,
    a_meeting,
    a_profile,
    a_story,
    an_insight,
    an_objection,
)

PROBLEM = a_fact("Detention cost us $1.4 million last year.", speaker="Dana")
GOAL = a_fact(
    "We want to cut dwell time by June.", id="F2", kind="priority", speaker="Dana", line=2
)
DOUBT = a_fact("It is too expensive for us.", id="F3", kind="concern", speaker="Dana", line=3)
FACTS = (PROBLEM, GOAL, DOUBT)
DETENTION = QuestionSet(
    challenge="detention",
    situation="How does a detention charge reach you today?",
    problem="What makes it hard to trace waiting charges back to a door?",
    implication="Who has to explain detention charges at the end of the month?",
    value="What would it be worth to you to trace each charge to its cause?",
)
OWN_DOCKS = Criterion(
    id="own-docks",
    name="Runs its own docks",
    need="required",
    field="docks",
    values=("own docks",),
    ask="Which of your sites load at docks that your own people run?",
)
DOORS = Criterion(
    id="doors",
    name="Has at least 8 dock doors",
    need="preferred",
    field="docks",
    min=8,
    ask="How many dock doors do you have?",
)
SITES = Criterion(
    id="sites",
    name="Has at least 2 sites",
    need="preferred",
    field="sites",
    min=2,
    ask="Which sites do you run?",
)
NO_TRUCKS = Criterion(
    id="no-trucks",
    name="Ships nothing by truck",
    need="disqualifier",
    field="freight",
    values=("nothing to ship",),
    ask="How do goods come in and go out today?",
)
PROFILE = a_profile(questions=(DETENTION,), icp=(OWN_DOCKS, DOORS, SITES, NO_TRUCKS))
FITS = Fit(verdict="fits", criteria=())


def judged(
    criterion: Criterion, state: Literal["met", "missed", "unknown"], *evidence: str
) -> CriterionMet:
    """Build how a criterion stands."""
    return CriterionMet(
        name=criterion.name,
        need=criterion.need,
        state=state,
        evidence=evidence,
        ask=criterion.ask,
    )


OPEN_FIT = Fit(
    verdict="fits",
    criteria=(judged(OWN_DOCKS, "met"), judged(DOORS, "unknown"), judged(SITES, "unknown")),
)
UNKNOWN_FIT = Fit(
    verdict="unknown", criteria=(judged(OWN_DOCKS, "unknown"), judged(DOORS, "unknown"))
)


def a_misfit(*evidence: str) -> Fit:
    """Build a fit that a met disqualifier decides."""
    return Fit(verdict="no", criteria=(judged(NO_TRUCKS, "met", *evidence),))


def a_hit(card: Card, *evidence: str) -> Hit:
    """Build a card that was found for facts."""
    return Hit(
        card=card, score=0.8, reasons=("same challenge: detention",), need="need", evidence=evidence
    )


HITS = (
    a_hit(an_insight(), PROBLEM.id),
    a_hit(a_story(), PROBLEM.id),
    a_hit(an_objection(), DOUBT.id),
)


def a_plan(
    *facts: Fact,
    hits: Sequence[Hit] = HITS,
    fit: Fit = OPEN_FIT,
    meeting: Meeting | None = None,
    profile: SellerProfile | None = None,
    account: str = "Northpeak",
    gaps: tuple[Gap, ...] = (),
    choices: Choices | None = None,
    today: date = TODAY,
    **dossier: Any,  # noqa: ANN401 - handed on to a builder
) -> Plan:
    """Build a plan of a problem, a goal and a doubt, with a card of each kind.

    Cards found for facts that are not there are left out, as retrieval would not have found them.
    """
    held = facts or FACTS
    ids = {fact.id for fact in held}
    of_kind = {
        kind: tuple(hit for hit in hits if hit.card.kind == kind and ids.issuperset(hit.evidence))
        for kind in ("insight", "story", "objection")
    }
    return make_plan(
        a_dossier(*held, account=account, meeting=meeting or a_meeting(), **dossier),
        profile=profile or PROFILE,
        fit=fit,
        found=Retrieval(
            insights=of_kind["insight"],
            stories=of_kind["story"],
            objections=of_kind["objection"],
            coaching=(),
            gaps=gaps,
        ),
        today=today,
        choices=choices,
    )


def an_empty_plan(**given: Any) -> Plan:  # noqa: ANN401 - handed on to a builder
    """Build a plan of sources that say nothing of use: one line about the weather."""
    return a_plan(a_fact("It rained in Boise.", kind="other", voice="internal"), hits=(), **given)


def composed_findings(plan: Plan) -> tuple[Finding, ...]:
    """Return what the checks say of the parts that code composes for a plan."""
    return tuple(f for recipe in RECIPES for f in ladder.compose(recipe, plan).findings)


def errors(plan: Plan) -> list[str]:
    """Return where a composed part fails its checks, and why; for a plan it should never."""
    found = composed_findings(plan)
    return [f"{f.where}: {f.message}" for f in found if f.severity == "error"]
