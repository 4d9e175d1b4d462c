"""The seller profile: who we are, whom we serve, and the ladder of next steps. Types only."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Need = Literal["required", "preferred", "disqualifier"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Capability(_Frozen):
    """Something we do, in plain words, and the challenges it answers."""

    name: str
    does: str
    challenges: tuple[str, ...] = Field(min_length=1)


class Criterion(_Frozen):
    """One test of the ideal customer profile.

    `values` are words or phrases to be found in what is known; `min` and `max` bound a number.
    At least one of the three is set. `ask` is how to find out where nothing is known. A
    disqualifier that no fact speaks of is ruled out where one of the criteria that `ruled_out_by`
    names, by id, is met.
    """

    id: str
    name: str
    need: Need
    field: str
    values: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    ask: str = ""
    ruled_out_by: tuple[str, ...] = ()


class QuestionSet(_Frozen):
    """Our own SPIN questions about one challenge, each an open question to be said aloud.

    They stand beside what the customer told us, so they name no figure and nobody. `signs` are
    words and phrases in which customers speak of the challenge.
    """

    challenge: str
    signs: tuple[str, ...] = ()
    situation: str
    problem: str
    implication: str
    value: str


class Step(_Frozen):
    """A next step on the ladder: something that a customer-side person does with us."""

    action: str  # fits "... our next step should be to schedule {action}"
    customer_roles: tuple[str, ...] = Field(min_length=1)
    minutes: int = Field(gt=0)
    needs: tuple[str, ...] = ()


class Settling(_Frozen):
    """What a conversation at a later stage has to settle, to be said to the customer.

    Three go on with a sentence: "To settle together {stands}", "Dana decides {decides}", "Dana
    names {names}". The questions ask about the decision itself as a challenge's ask about
    a challenge; each is open, and names no figure and nobody.
    """

    stands: str
    decides: str
    decided: str  # how we can tell, when the call ends, that they have decided it
    names: str
    situation: str
    problem: str
    implication: str
    value: str


class Stage(_Frozen):
    """The advances to aim for at a stage, best first, and the smaller fallback.

    Where a stage has nothing to settle, the conversation is about how things are at their place.
    """

    stage: str
    settles: Settling | None = None
    advances: tuple[Step, ...] = Field(min_length=1)
    fallback: Step


class SellerProfile(_Frozen):
    """Who we are. Fields that the file does not hold are unknown, never guessed."""

    company: str
    offer: str
    capabilities: tuple[Capability, ...] = Field(min_length=1)
    product_names: tuple[str, ...] = ()  # never said in a teach point
    icp: tuple[Criterion, ...] = Field(min_length=1)
    next_steps: tuple[Stage, ...] = Field(min_length=1)
    questions: tuple[QuestionSet, ...] = ()  # one a challenge
