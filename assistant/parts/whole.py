"""Put the parts together into a brief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.brief import (
    Brief,
    Core,
    Finding,
    PartName,
    Preparation,
    Statement,
    Usage,
    WrittenBy,
)
from assistant.checks.length import check_repeats
from assistant.parts.all import RECIPES
from assistant.parts.days_ahead import days_ahead
from assistant.parts.ladder import Made
from assistant.parts.logistics import brief_logistics
from assistant.parts.own_notes import own_notes
from assistant.parts.people import brief_people
from assistant.parts.phrases import listed
from assistant.parts.unknowns import brief_unknowns
from assistant.plan import Plan


def assemble(
    plan: Plan,
    made: Mapping[PartName, Made[Any]],
    *,
    findings: tuple[Finding, ...],
    model: str,
    usage: Usage,
    cards: Mapping[str, str],
    prompts: Mapping[str, str],
    created_at: datetime,
) -> Brief:
    """Return the brief of these parts.

    `findings` and `prompts` are those of the reading; each part brings its own. `cards` are the
    fingerprints of the cards at hand, by id; the brief records those it cites.
    """
    part = {name: one.part for name, one in made.items()}
    cited = sorted(_cited(part.values()) & set(plan.evidence.cards))
    told = [finding for one in made.values() for finding in one.findings]
    told += check_repeats(tuple(_statements(part)))
    return Brief(
        created_at=created_at,
        seller=plan.evidence.profile.company,
        meeting=plan.dossier.meeting,
        written_by=WrittenBy(
            model=model,
            prompts=dict(prompts) | dict(p for one in made.values() for p in one.prompts.items()),
            cards={id_: cards[id_] for id_ in cited},
        ),
        usage=usage,
        parts={name: one.writer for name, one in made.items()},
        dossier=plan.dossier,
        preparation=_preparation(plan, part),
        opening=part["opening"],
        core=Core(
            teach=part["teach"].points,
            learn=part["learn"].questions,
            share=part["share"].stories,
            anticipate=part["anticipate"].concerns,
            give_get=part["give_get"],
        ),
        closing=part["closing"],
        after=part["after"],
        findings=tuple(dict.fromkeys([*findings, *told, *_unused(made.values())])),
        gaps=plan.gaps,
        cards={id_: plan.evidence.cards[id_].title for id_ in cited},
    )


def _statements(part: Mapping[PartName, Any]) -> Iterator[Statement]:
    """Yield every worded piece of the brief in reading order, its place told from the whole."""
    for recipe in RECIPES:
        for told in part[recipe.name].statements():
            yield replace(told, where=f"{recipe.name}.{told.where}")


def _cited(parts: Any) -> set[str]:  # noqa: ANN401 - parts of ten types
    return {id_ for part in parts for told in part.statements() for id_ in told.evidence}


def _unused(made: Iterable[Made[Any]]) -> Iterator[Finding]:
    """Say each reason once for which a model's words were not used, with the parts it held for."""
    reasons: dict[str, list[str]] = {}
    for one in made:
        if one.unused:
            reasons.setdefault(one.unused, []).append(one.name.replace("_", " "))
    for why, names in reasons.items():
        yield Finding(
            check="ladder",
            severity="note",
            where="",
            message=f"{listed(sorted(names))} came from cards and notes by code, without the "
            f"model's words: {why}",
        )


def _preparation(plan: Plan, part: Mapping[PartName, Any]) -> Preparation:
    snapshot = part["snapshot"]
    return Preparation(
        snapshot=snapshot.snapshot,
        fit=plan.fit,
        trigger=snapshot.trigger,
        priorities=snapshot.priorities,
        challenges=snapshot.challenges,
        participants=brief_people(plan),
        objectives=part["objectives"].objectives,
        logistics=brief_logistics(plan),
        ahead=days_ahead(plan),
        noted=own_notes(plan),
        unknowns=brief_unknowns(plan),
    )
