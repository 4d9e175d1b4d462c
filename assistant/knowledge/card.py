"""A card, one approved piece of knowledge: types only."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Audience = Literal["customer", "internal"]
CardKind = Literal["insight", "story", "objection"]
Concern = Literal["question", "objection", "concern"]


def _written_out(value: object) -> object:
    """Refuse text that pydantic would take for a date though it is none: `20270331`, `0`."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("expected a date such as 2027-03-31")
    return value


Day = Annotated[date, BeforeValidator(_written_out)]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CardSource(_Frozen):
    """Where an insight's evidence was published."""

    title: str
    publisher: str
    date: Day
    url: str = ""


class Sizes(_Frozen):
    """A range of employees, both ends included."""

    least: int
    most: int


class Metric(_Frozen):
    """A result of a story, in the words it is told in."""

    metric: str
    before: str
    after: str
    within: str


class StoryCustomer(_Frozen):
    """Whose story it is; `name` never leaves the file where `naming` is anonymous."""

    name: str
    naming: Literal["named", "anonymous"]
    alias: str = ""
    role: str
    industry: str
    employees: int
    region: str

    @property
    def spoken_name(self) -> str:
        """How the customer may be called."""
        return self.name if self.naming == "named" else self.alias


class _Card(_Frozen):
    id: str
    title: str
    owner: str
    review_by: Day
    audience: Audience
    industries: tuple[str, ...] = ()  # empty: any
    roles: tuple[str, ...] = ()
    sizes: tuple[Sizes, ...] = ()
    challenges: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()  # how they put what this card is for; found by, never quoted
    not_meant: tuple[str, ...] = ()  # what sounds alike, and is another matter


class Insight(_Card):
    """Something to teach: a claim with dated evidence that challenges what people assume."""

    kind: Literal["insight"] = "insight"
    sources: tuple[CardSource, ...] = Field(min_length=1)
    claim: str
    why_it_matters: str
    evidence: str
    ask: str


class Story(_Card):
    """A customer's story in four beats. Its texts hold the alias where the naming is anonymous."""

    kind: Literal["story"] = "story"
    customer: StoryCustomer
    results: tuple[Metric, ...] = Field(min_length=1)
    situation: str
    complication: str
    turning_point: str
    resolution: str


class Objection(_Card):
    """A customer's question, objection or concern, with the response we stand by."""

    kind: Literal["objection"] = "objection"
    concern: Concern
    they_say: tuple[str, ...] = Field(min_length=1)
    behind_it: str
    clarify: str
    respond: str
    proof: str
    check: str


Card = Annotated[Insight | Story | Objection, Field(discriminator="kind")]


def card_text(card: Insight | Story | Objection) -> str:
    """Return every word of a card that a sentence citing it may rest on.

    Metadata that must not be said (owner, review date, fit tags) is left out; an insight's
    sources, a story's permitted customer name, role, industry and region are in.
    """
    match card:
        case Insight():
            published = [f"{s.title}. {s.publisher}, {s.date.isoformat()}." for s in card.sources]
            beats = [card.claim, card.why_it_matters, card.evidence, card.ask, *published]
        case Story():
            who = card.customer
            about = f"{who.spoken_name}, {who.industry}, {who.region}, {who.employees} employees."
            told = [
                f"{m.metric}: from {m.before} to {m.after} within {m.within}." for m in card.results
            ]
            beats = [card.situation, card.complication, card.turning_point, card.resolution]
            beats += [about, f"{who.role}.", *told]
        case Objection():
            beats = [*card.they_say, card.clarify, card.respond, card.proof, card.check]
    return "\n".join([card.title, *beats])
