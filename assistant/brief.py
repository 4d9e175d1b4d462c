"""The brief: the five layers of a conversation, ready to use before it. Types only.

Its JSON is the contract; Markdown, HTML and the terminal are views of it. Everything that a model
or a composer words is reached through `statements()`, which is what the checks read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.dossier import Dossier, Meeting, Side

SCHEMA_VERSION: Literal[1] = 1

Origin = Literal["card", "notes", "inferred"]
Severity = Literal["error", "warning", "note"]
Writer = Literal["model", "mended", "composed"]
PartName = Literal[
    "snapshot",
    "objectives",
    "opening",
    "teach",
    "learn",
    "share",
    "anticipate",
    "give_get",
    "closing",
    "after",
]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Claim(_Frozen):
    """A sentence with the evidence it rests on.

    `origin` is `card` or `notes` where the sentence restates its evidence, and `inferred` where it
    draws on it. `quotes` are verbatim stretches of the evidence.
    """

    text: str
    origin: Origin
    evidence: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A worded piece of a part, as the checks read it."""

    where: str  # path within the part: "points[0].ask"
    text: str
    evidence: tuple[str, ...]
    spoken: bool  # worded to be said or sent to the customer; else for the seller's eyes


class Finding(_Frozen):
    """What a check found."""

    check: str
    severity: Severity
    where: str  # path within the brief: "teach.points[0].ask"
    message: str


class Gap(_Frozen):
    """A need for which there is no approved card."""

    kind: Literal["insight", "story", "objection"]
    need: str
    evidence: tuple[str, ...] = ()


def _said(where: str, claim: Claim) -> Statement:
    return Statement(where, claim.text, claim.evidence, spoken=True)


def _read(where: str, claim: Claim) -> Statement:
    return Statement(where, claim.text, claim.evidence, spoken=False)


class Part(_Frozen):
    """A part of the brief: written by a model or composed, then checked."""

    def statements(self) -> tuple[Statement, ...]:
        """Return every worded piece, in reading order."""
        return tuple(self._statements())

    def _statements(self) -> Iterator[Statement]:
        raise NotImplementedError


# --- preparation


class Snapshot(Part):
    """What matters about this organisation now."""

    snapshot: tuple[Claim, ...] = Field(max_length=5)
    trigger: Claim | None = None
    priorities: tuple[Claim, ...] = ()
    challenges: tuple[Claim, ...] = ()

    def _statements(self) -> Iterator[Statement]:
        yield from _each("snapshot", self.snapshot)
        if self.trigger:
            yield _read("trigger", self.trigger)
        yield from _each("priorities", self.priorities)
        yield from _each("challenges", self.challenges)


def _each(where: str, claims: Iterable[Claim]) -> Iterator[Statement]:
    for i, claim in enumerate(claims):
        yield _read(f"{where}[{i}]", claim)


class CriterionMet(_Frozen):
    """How one criterion of the ideal customer profile stands."""

    name: str
    need: Literal["required", "preferred", "disqualifier"]
    state: Literal["met", "missed", "unknown"]
    evidence: tuple[str, ...] = ()
    ask: str = ""  # how to find out


class Fit(_Frozen):
    """How well the prospect fits, decided by code.

    A disqualifier is `met` where it applies. `no`: a required criterion is missed or a
    disqualifier met. `unknown`: no required criterion is known. `fits`: every required one is met.
    """

    verdict: Literal["fits", "partial", "no", "unknown"]
    criteria: tuple[CriterionMet, ...]


class ParticipantBrief(_Frozen):
    """A person in the conversation, with what the sources say they want."""

    name: str
    role: str
    side: Side
    wants: Claim | None = None
    unknown: str = ""  # what to find out about them, as a question


class Objective(_Frozen):
    """One SMART objective: what will be true when the call ends, and how each side judges it."""

    id: str  # O1 is the seller's first: what the customer will do
    side: Literal["seller", "customer"]
    statement: str
    measure: str
    due: date
    fallback: str = ""
    origin: Origin = "inferred"
    evidence: tuple[str, ...] = ()


class Objectives(Part):
    """The objectives of both sides, the seller's first one first."""

    objectives: tuple[Objective, ...]

    def _statements(self) -> Iterator[Statement]:
        for i, objective in enumerate(self.objectives):
            for name in ("statement", "measure", "fallback"):
                if text := getattr(objective, name):
                    yield Statement(f"objectives[{i}].{name}", text, objective.evidence, False)


class Logistic(_Frozen):
    """Something to do before the call."""

    task: str
    due: date


class Ahead(_Frozen):
    """Something of theirs that a day is set for, after the call."""

    day: date  # of a month that is named alone, the first
    whole_month: bool = False
    weeks: int = Field(ge=0)  # whole ones, from the call to the day
    what: Claim


class Preparation(_Frozen):
    """The layer before the call."""

    snapshot: tuple[Claim, ...]
    fit: Fit
    trigger: Claim | None
    priorities: tuple[Claim, ...]
    challenges: tuple[Claim, ...]
    participants: tuple[ParticipantBrief, ...]
    objectives: tuple[Objective, ...]
    logistics: tuple[Logistic, ...]
    ahead: tuple[Ahead, ...] = ()  # by day
    noted: tuple[Claim, ...] = ()  # what the seller noted, to be known and not to be said
    unknowns: tuple[str, ...]


# --- opening


class AgendaItem(_Frozen):
    """One stretch of the meeting."""

    minutes: int = Field(gt=0)
    item: str
    serves: tuple[str, ...] = ()  # objective ids
    origin: Origin = "inferred"  # `notes`: a point of the agenda that was sent, in its words
    evidence: tuple[str, ...] = ()  # of such a point; else that of the purpose


class NextStep(_Frozen):
    """The provisional next step: what the customer does with us, agreed at the start."""

    action: str
    customer_actors: tuple[str, ...]  # names, or roles where no name is known
    when: date
    wording: str
    fallback_wording: str
    why: Claim
    evidence: tuple[str, ...] = ()


class Opening(Part):
    """Shared purpose, agenda, and the provisional next step."""

    purpose: Claim
    goals_question: str
    agenda: tuple[AgendaItem, ...]
    next_step: NextStep

    def _statements(self) -> Iterator[Statement]:
        step = self.next_step
        yield _said("purpose", self.purpose)
        yield Statement("goals_question", self.goals_question, self.purpose.evidence, True)
        for i, item in enumerate(self.agenda):
            evidence = item.evidence or self.purpose.evidence
            yield Statement(f"agenda[{i}].item", item.item, evidence, True)
        yield Statement("next_step.action", step.action, step.evidence, True)
        yield Statement("next_step.wording", step.wording, step.evidence, True)
        yield Statement("next_step.fallback_wording", step.fallback_wording, step.evidence, True)
        yield _read("next_step.why", step.why)


# --- core


class TeachPoint(_Frozen):
    """An insight brought to this prospect, ending in a question."""

    card: str
    point: Claim
    why_them: Claim
    ask: str
    serves: tuple[str, ...] = ()


class Teach(Part):
    """One to three insights; none where no approved card fits."""

    points: tuple[TeachPoint, ...] = Field(max_length=3)

    def _statements(self) -> Iterator[Statement]:
        for i, point in enumerate(self.points):
            yield _said(f"points[{i}].point", point.point)
            yield _said(f"points[{i}].why_them", point.why_them)
            yield Statement(f"points[{i}].ask", point.ask, _both(point.point, point.why_them), True)


def _both(*claims: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e for claim in claims for e in claim.evidence))


SpinStage = Literal["situation", "problem", "implication", "value"]


class Question(_Frozen):
    """One SPIN question (Rackham's need-payoff is called value here)."""

    stage: SpinStage
    problem: int = Field(ge=0)  # which of the plan's problems it belongs to, from 1; 0 = none
    question: str
    why: str  # for the seller: what the answer is for
    serves: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Learn(Part):
    """The questions to learn with, in the order to ask them."""

    questions: tuple[Question, ...]

    def _statements(self) -> Iterator[Statement]:
        for i, question in enumerate(self.questions):
            yield Statement(
                f"questions[{i}].question", question.question, question.evidence, spoken=True
            )
            yield Statement(f"questions[{i}].why", question.why, question.evidence, spoken=False)


class StoryTold(_Frozen):
    """A customer story as it is to be told here."""

    card: str
    similarity: tuple[str, ...]  # why it is like them: role, industry, size, challenge
    situation: str
    complication: str
    turning_point: str
    resolution: str
    bridge_question: str
    serves: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()  # the card, and the facts that the similarity rests on


class Share(Part):
    """One or two customer stories; none where no approved card fits."""

    stories: tuple[StoryTold, ...] = Field(max_length=2)

    def _statements(self) -> Iterator[Statement]:
        for i, story in enumerate(self.stories):
            for j, reason in enumerate(story.similarity):
                yield Statement(
                    f"stories[{i}].similarity[{j}]", reason, story.evidence, spoken=False
                )
            for beat in (
                "situation",
                "complication",
                "turning_point",
                "resolution",
                "bridge_question",
            ):
                yield Statement(
                    f"stories[{i}].{beat}", getattr(story, beat), story.evidence, spoken=True
                )


class Anticipated(_Frozen):
    """Something they may ask or doubt, with the approved response.

    `card` is "" where there is none: then `clarify` is all that may be said, and it is a gap.
    """

    they_say: str
    kind: Literal["question", "objection", "concern"]
    card: str
    clarify: str
    respond: str = ""
    proof: str = ""
    check: str = ""
    evidence: tuple[str, ...] = ()  # the card, and the fact where they voiced it already


class Anticipate(Part):
    """Three to six objections, questions or concerns; those they voiced come first."""

    concerns: tuple[Anticipated, ...] = Field(max_length=6)

    def _statements(self) -> Iterator[Statement]:
        for i, concern in enumerate(self.concerns):
            where = f"concerns[{i}]"
            yield Statement(f"{where}.they_say", concern.they_say, concern.evidence, spoken=False)
            for step in ("clarify", "respond", "proof", "check"):
                if text := getattr(concern, step):
                    yield Statement(f"{where}.{step}", text, concern.evidence, spoken=True)


class GiveGet(Part):
    """What each side brings into the conversation and takes out of it."""

    seller_gives: tuple[Claim, ...]
    seller_gets: tuple[Claim, ...]
    customer_gives: tuple[Claim, ...]
    customer_gets: tuple[Claim, ...]

    def _statements(self) -> Iterator[Statement]:
        for name in ("seller_gives", "seller_gets", "customer_gives", "customer_gets"):
            yield from _each(name, getattr(self, name))


class Core(_Frozen):
    """The layer in which the conversation earns its time."""

    teach: tuple[TeachPoint, ...]
    learn: tuple[Question, ...]
    share: tuple[StoryTold, ...]
    anticipate: tuple[Anticipated, ...]
    give_get: GiveGet


# --- closing and after


class Action(_Frozen):
    """Who does what by when."""

    task: str
    owner: str
    side: Literal["seller", "customer"]
    due: date
    evidence: tuple[str, ...] = ()


class Closing(Part):
    """Summary, next step reconfirmed, actions."""

    summary_prompts: tuple[str, ...]
    reconfirm_wording: str
    actions: tuple[Action, ...]
    evidence: tuple[str, ...] = ()  # of the prompts and the wording

    def _statements(self) -> Iterator[Statement]:
        for i, prompt in enumerate(self.summary_prompts):
            yield Statement(f"summary_prompts[{i}]", prompt, self.evidence, spoken=True)
        yield Statement("reconfirm_wording", self.reconfirm_wording, self.evidence, spoken=True)
        for i, action in enumerate(self.actions):
            yield Statement(f"actions[{i}].task", action.task, action.evidence, spoken=True)


class After(Part):
    """How to judge the call when it is over."""

    outcome_tests: tuple[str, ...]
    questions: tuple[str, ...]
    evidence: tuple[str, ...] = ()

    def _statements(self) -> Iterator[Statement]:
        for name in ("outcome_tests", "questions"):
            for i, text in enumerate(getattr(self, name)):
                yield Statement(f"{name}[{i}]", text, self.evidence, spoken=False)


# --- the whole


class WrittenBy(_Frozen):
    """What produced the brief: the model's name, and fingerprints of all that shaped it."""

    model: str  # "none" where the composers wrote everything
    prompts: dict[str, str]
    cards: dict[str, str]


class Usage(_Frozen):
    """What the brief cost. `usd` is None where the model's price is not known."""

    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    usd: float | None = None


class Brief(_Frozen):
    """A checked brief."""

    schema_version: Literal[1] = SCHEMA_VERSION
    created_at: datetime
    seller: str  # our company
    meeting: Meeting
    written_by: WrittenBy
    usage: Usage
    parts: dict[PartName, Writer]
    dossier: Dossier
    preparation: Preparation
    opening: Opening
    core: Core
    closing: Closing
    after: After
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    cards: dict[str, str]  # titles of the cards cited, by id
