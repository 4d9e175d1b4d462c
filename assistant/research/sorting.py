"""Let a capable model say what kind of statement each fact is; words and voices stay the code's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from assistant.brief import Finding
from assistant.dossier import Dossier, Fact, FactKind
from assistant.errors import AnswerError, ModelError, RefusalError
from assistant.evidence import sayable
from assistant.models import Writer
from assistant.prompts import render

_TOKENS_A_FACT = 16  # an id and a kind as JSON


@dataclass(frozen=True)
class Sorted:
    """The facts with their kinds, and what came of asking."""

    facts: tuple[Fact, ...]
    prompts: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def sort_facts(dossier: Dossier, model: Writer) -> Sorted:
    """Ask for the kind of each fact that may be said; no other is shown.

    Lines of our notes that nobody is named for keep the code's kinds: no part words them, so
    there is nothing to gain that would be worth sending them. A model that fails leaves all the
    code's kinds, with a note. One that leaves a fact out leaves that fact's kind.
    """
    facts, shown = dossier.facts, sayable(dossier)
    if not shown:
        return Sorted(facts)
    prompt = render("sort_facts", facts="\n".join(_line(fact) for fact in shown))
    asked = {prompt.name: prompt.fingerprint}
    room = 100 + _TOKENS_A_FACT * len(shown)
    try:
        answer: Any = model.answer(prompt, _answer([f.id for f in shown]), max_tokens=room)
    except ModelError as error:
        note = Finding(
            check="ladder",
            severity="note",
            where="dossier.facts",
            message=f"the model did not sort the facts: {_reason(error)}",
        )
        return Sorted(facts, asked, (note,))
    kinds: dict[str, FactKind] = {one.id: one.kind for one in answer.facts}
    named = (fact.model_copy(update={"kind": kinds.get(fact.id, fact.kind)}) for fact in facts)
    return Sorted(tuple(named), asked)


def _reason(error: ModelError) -> str:
    """Return what failed without the model's own words, which may be an attacker's."""
    own = isinstance(error, AnswerError | RefusalError)
    return "it gave no answer that can be used" if own else str(error)


def _line(fact: Fact) -> str:
    speaker = f"{fact.speaker}: " if fact.speaker else ""
    return f"{fact.id}: {speaker}{fact.quote}"


def _answer(ids: Sequence[str]) -> type[BaseModel]:
    strict = ConfigDict(extra="forbid", frozen=True)
    known: Any = Literal[tuple(ids)]
    one: Any = create_model(
        "FactKindAnswer", __config__=strict, id=(known, ...), kind=(FactKind, ...)
    )
    many: Any = Annotated[list[one], Field(max_length=len(ids))]
    return create_model("SortFactsAnswer", __config__=strict, facts=(many, ...))
