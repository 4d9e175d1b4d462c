"""How a part is made: composed by code, or written by a model, and checked either way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model

from assistant.brief import Finding, Objective, Part, PartName
from assistant.evidence import sayable
from assistant.plan import Plan
from assistant.prompts import Prompt

P = TypeVar("P", bound=Part)
PLANS_AT_HAND = 8  # of whose making all ten parts ask for the same


@dataclass(frozen=True)
class Wording:
    """Clauses that a small model put to single lines, by fact id; checked before they get here."""

    stated: Mapping[str, str] = field(default_factory=dict)  # "When {...}, what happens?"
    difficult: Mapping[str, str] = field(default_factory=dict)  # "Why is it difficult to {...}?"
    goal: str = ""  # "You want to {...}."

    def serves(self, part: PartName) -> bool:
        """Tell whether a part would be worded otherwise without these clauses."""
        return part == "learn" and bool(self.stated or self.difficult or self.goal)


NO_WORDING = Wording()


@dataclass(frozen=True)
class Recipe(Generic[P]):
    """Everything the ladder needs to make one part.

    `answer` builds the type a capable model is asked for, in which ids are an enum of what it was
    shown; `read` turns such an answer into the part. `checks` run in their order.
    """

    name: PartName
    compose: Callable[[Plan, Wording], P]
    answer: Callable[[Plan], type[BaseModel]]
    read: Callable[[Any, Plan], P]  # the answer's type is made at run time
    checks: tuple[Callable[[P, Plan], tuple[Finding, ...]], ...]
    max_tokens: int = 900
    asks: Callable[[Plan], bool] = lambda _: True  # tells whether there is anything to word
    prompt: Callable[[Plan], Prompt] | None = None  # None: its own task over a brief's evidence


def one_of(ids: Iterable[str]) -> Any:  # noqa: ANN401 - a Literal made at run time has no static type
    """Return the type of exactly these ids, a plain string where there are none."""
    values = tuple(dict.fromkeys(ids))
    return Literal[values] if values else Annotated[str, Field(max_length=0)]


def text(most: int) -> Any:  # noqa: ANN401 - as above
    """Return the type of a text of at most `most` characters; small models loop on white space."""
    return Annotated[str, Field(min_length=1, max_length=most)]


def several(kind: Any, least: int, most: int) -> Any:  # noqa: ANN401 - as above
    """Return the type of a list of `least` to `most` things."""
    return Annotated[list[kind], Field(min_length=least, max_length=most)]


def shape(name: str, **fields: Any) -> type[BaseModel]:  # noqa: ANN401 - as above
    """Make an answer type from its fields; every field is required and no other is allowed."""
    required: dict[str, Any] = {key: (kind, ...) for key, kind in fields.items()}
    made: type[BaseModel] = create_model(
        name, __config__=ConfigDict(extra="forbid", frozen=True), **required
    )
    return made


@lru_cache(maxsize=PLANS_AT_HAND)
def citable(plan: Plan) -> tuple[str, ...]:
    """Return the ids that a model may cite: those of the facts that may be said, no others."""
    return tuple(fact.id for fact in sayable(plan.dossier))


def serving(objectives: Iterable[Objective], *sides: str) -> tuple[str, ...]:
    """Return the ids of the objectives of these sides."""
    return tuple(objective.id for objective in objectives if objective.side in sides)
