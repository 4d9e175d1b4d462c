"""How many of the product's checks a brief passes, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_type_hints

from langchain_core.utils.json import parse_partial_json
from pydantic import ValidationError

from assistant.brief import (
    Anticipate,
    Brief,
    Finding,
    Learn,
    Objectives,
    Part,
    PartName,
    Share,
    Snapshot,
    Teach,
)
from assistant.checks.governance import check_cards, check_governance
from assistant.checks.grounding import check_grounding, check_quotes
from assistant.checks.length import check_length
from assistant.checks.links import check_links
from assistant.checks.voice import check_voice
from assistant.dossier import Fact
from assistant.knowledge.pack import Pack
from assistant.models.answers import bare_answer
from assistant.parts.all import RECIPES
from assistant.parts.recipe import Recipe
from assistant.parts.rules import errors
from assistant.plan import Plan
from benchmarks.plain import WholeBrief

_STATEMENTS = (check_links, check_governance, check_voice, check_grounding, check_length)
_CLAIMS = (check_cards, check_quotes)


@dataclass(frozen=True)
class Judged:
    """What a brief passed. A part that is missing where one was due has failed its checks."""

    passed: int
    of: int
    sound: int  # parts that passed all their checks
    parts: int  # that could be read as what they are
    due: int

    @property
    def percent(self) -> float:
        """Return the share of the checks that passed."""
        return 100.0 * self.passed / self.of


def judge(parts: Mapping[PartName, Part], plan: Plan, *, due: Sequence[PartName]) -> Judged:
    """Run every check of every part that is due; a check passes where it finds no error."""
    passed = of = sound = 0
    for recipe in RECIPES:
        if recipe.name not in due:
            continue
        part = parts.get(recipe.name)
        checks = _checks(recipe)
        of += len(checks)
        if part is not None and part.statements():
            held = sum(not errors(check(part, plan)) for check in checks)
            passed += held
            sound += held == len(checks)
    return Judged(passed, of, sound, sum(name in parts for name in due), len(due))


def _checks(recipe: Recipe[Any]) -> list[Callable[[Part, Plan], tuple[Finding, ...]]]:
    """Return the seven checks that every part has one by one, then those of this part alone."""
    statements = [
        lambda part, plan, check=check: check(part.statements(), plan.evidence)
        for check in _STATEMENTS
    ]
    claims = [lambda part, plan, check=check: check(part, plan.evidence) for check in _CLAIMS]
    return [*statements, *claims, *recipe.checks[1:]]


def parts_of(brief: Brief) -> dict[PartName, Part]:
    """Return the parts that a brief was put together from."""
    told, core = brief.preparation, brief.core
    return {
        "objectives": Objectives(objectives=told.objectives),
        "opening": brief.opening,
        "snapshot": Snapshot(
            snapshot=told.snapshot,
            trigger=told.trigger,
            priorities=told.priorities,
            challenges=told.challenges,
        ),
        "teach": Teach(points=core.teach),
        "learn": Learn(questions=core.learn),
        "share": Share(stories=core.share),
        "anticipate": Anticipate(concerns=core.anticipate),
        "give_get": core.give_get,
        "closing": brief.closing,
        "after": brief.after,
    }


def read_parts(answer: str) -> dict[PartName, Part]:
    """Return the parts of a peer's answer that are of their type, each read by itself.

    An answer that breaks off is read as far as it goes.
    """
    try:
        found = parse_partial_json(bare_answer(answer))
    except ValueError:
        return {}
    types: dict[str, type[Part]] = get_type_hints(WholeBrief)
    parts: dict[PartName, Part] = {}
    for name in (recipe.name for recipe in RECIPES):
        try:
            parts[name] = types[name].model_validate(found[name])
        except (ValidationError, KeyError, TypeError):
            continue
    return parts


def plan_for_peer(plan: Plan, notes: str, pack: Pack) -> Plan:
    """Return the plan with what a peer was shown as its evidence: every line, every card.

    A line has the voice of our fact from it; of lines that we made no fact of, any may be said.
    """
    ours = plan.dossier.facts
    shown = [line.partition(": ") for line in notes.splitlines()]
    facts = tuple(
        Fact(
            id=id_, kind="other", voice=_voice(text, ours), text=text, quote=text, source="", line=1
        )
        for id_, _, text in shown
    )
    dossier = plan.dossier.model_copy(update={"facts": facts})
    cards = {card.id: card for card in pack.approved(audience="customer")}
    return replace(plan, evidence=replace(plan.evidence, dossier=dossier, cards=cards))


def _voice(line: str, facts: Sequence[Fact]) -> Any:  # noqa: ANN401 - a fact's voice
    return next((f.voice for f in facts if f.quote in line or line in f.quote), "public")
