"""The debrief: what a call came to, judged by code from its own words. Types only.

Its JSON is the contract. Whatever is judged carries the words it rests on: a `quote` stands
verbatim in its source (white space aside), at `at`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.brief import Finding, Gap, Usage
from assistant.dossier import Fact, Side

SCHEMA_VERSION: Literal[1] = 1

Outcome = Literal["advance", "continuation", "halt", "disqualification"]
Rackham = Literal["order", "advance", "continuation", "no-sale"]  # SPIN Selling, 1988
Test = Literal[
    "who",  # somebody at the customer acts
    "what",  # in a specific way
    "when",  # at a time that was said
    "firm",  # without a way out
    "condition",  # what has to come true first
    "withdrawal",  # what was agreed is taken back
    "refusal",  # a clear no
    "misfit",  # either side finds that they do not fit, or the profile rules them out
    "praise",  # kind words, which count for nothing
]
Verdict = Literal["met", "partly", "not", "not touched"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reason(_Frozen):
    """One test of the outcome, whether it held, and the words that it was decided by."""

    test: Test
    held: bool
    text: str
    quote: str = ""
    at: str = ""  # source and line: "S1:14"


class ObjectiveJudged(_Frozen):
    """What became of an objective of the brief."""

    id: str
    verdict: Verdict
    quote: str = ""
    at: str = ""


class AgreedStep(_Frozen):
    """What somebody at the customer undertook to do."""

    action: str
    customer_actors: tuple[str, ...]
    when: date | None
    quote: str
    at: str


class NextStepKept(_Frozen):
    """Whether the next step was proposed early, and confirmed when the call ended."""

    proposed_early: bool
    reconfirmed: bool
    agreed: AgreedStep | None = None


class ActionTaken(_Frozen):
    """A task that somebody undertook, or was asked for and promised.

    `due` is None where no day was said. A hedged one ("I'll try") has a `firmer` wording to ask
    for.
    """

    task: str
    owner: str  # as the call names them, "" unknown
    side: Side
    due: date | None
    quote: str
    at: str
    hedged: bool = False
    firmer: str = ""


class Learned(_Frozen):
    """What each side learned of the other: the give and get of the call."""

    by_us: tuple[str, ...] = ()
    by_them: tuple[str, ...] = ()


class QualificationChange(_Frozen):
    """A criterion of the ideal customer profile that the call settles."""

    name: str
    need: Literal["required", "preferred", "disqualifier"]
    state: Literal["met", "missed"]
    quote: str
    at: str


class ObjectionRaised(_Frozen):
    """An objection of theirs, and how it was answered."""

    said: str
    at: str
    card: str = ""
    answered: Literal["approved", "improvised", "not"]


class WrittenBy(_Frozen):
    """Who judged and worded the debrief."""

    model: str  # "none" where code did


class Debrief(_Frozen):
    """A call, judged when it is over."""

    schema_version: Literal[1] = SCHEMA_VERSION
    created_at: datetime
    held_on: date  # the day that "tomorrow" counts from
    account: str  # "" where unknown
    written_by: WrittenBy
    usage: Usage
    outcome: Outcome
    rackham: Rackham
    reasons: tuple[Reason, ...]
    objectives: tuple[ObjectiveJudged, ...] = ()
    next_step: NextStepKept
    actions: tuple[ActionTaken, ...] = ()
    learned: Learned = Learned()
    facts: tuple[Fact, ...] = ()
    qualification: tuple[QualificationChange, ...] = ()
    objections: tuple[ObjectionRaised, ...] = ()
    lessons: tuple[str, ...] = ()
    next_objectives: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    findings: tuple[Finding, ...] = ()
