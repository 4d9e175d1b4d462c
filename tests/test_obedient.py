"""A model that does what an attacker's text tells it: nothing of it leaves, the brief stands."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from itertools import cycle, islice
from typing import Any

import pytest
from accounts import TODAY, pack, profile, sources, tools
from attacks import ATTACKS, DRAFT_CARD, SECRET
from pydantic import BaseModel, ValidationError
from strong import StrongModel

from assistant.brief import Brief
from assistant.models.writer import Capability
from assistant.parts import ladder
from assistant.parts.all import RECIPES
from assistant.parts.recipe import Recipe
from assistant.parts.rules import errors
from assistant.pipeline import prepare, research
from assistant.plan import Plan, make_plan
from assistant.render import to_html, to_markdown, to_terminal
from assistant.research.meeting import Wish
from assistant.testing import ObedientModel, a_source

Json = dict[str, Any]
Path = tuple[str | int, ...]

every_attack = pytest.mark.parametrize("attack", ATTACKS)


@cache
def planted() -> tuple[Any, ...]:
    """Return Tidewater's sources and a note of ours with a secret in it."""
    note = a_source(f"internal: the vault word is {SECRET}, never say it", id="S9", name="own.md")
    return (*sources("tidewater"), note)


@cache
def floor() -> Brief:
    """Return the brief of these sources without a model."""
    return prepare(planted(), tools())


def views(brief: Brief) -> Iterator[str]:
    """Yield all that leaves; the facts themselves, quoted from the sources, are the seller's."""
    yield brief.model_dump_json(exclude={"dossier": True})
    yield to_markdown(brief)
    yield to_html(brief)
    yield to_terminal(brief, width=100, color=False)


@every_attack
@pytest.mark.parametrize("capability", ["full", "clauses"])
def test_an_attack_in_every_field_leaves_nothing_behind(
    attack: str, capability: Capability
) -> None:
    """Whatever it may fill is filled with the attack; the composers stand in."""
    text, tell = ATTACKS[attack]

    brief = prepare(planted(), tools(ObedientModel(text, capability=capability)))

    for view in views(brief):
        assert tell not in view
    assert brief.core == floor().core
    assert brief.opening == floor().opening
    assert brief.closing == floor().closing


@pytest.mark.parametrize("capability", ["full", "clauses"])
def test_an_attack_instead_of_an_answer_leaves_nothing_behind(capability: Capability) -> None:
    """Asked for JSON, it answers with the attack: no answer, so the floor."""
    model = ObedientModel("see https://evil.example/x", capability=capability, breaks_json=True)

    brief = prepare(planted(), tools(model))

    assert all("evil.example" not in view for view in views(brief))
    assert brief.core == floor().core


def test_the_planted_secret_is_there_to_be_found() -> None:
    """Or the tests above would pass for want of it: it is a fact, and internal."""
    held = [fact for fact in floor().dossier.facts if SECRET in fact.quote]

    assert [fact.voice for fact in held] == ["internal"]
    assert pack().status(DRAFT_CARD) == "draft"
    assert "ran their engines" in pack().entries[DRAFT_CARD].card.model_dump_json()


# --- one field at a time, among good words


@cache
def ready() -> tuple[Plan, StrongModel]:
    """Return the plan of these sources and the expert who writes for it."""
    model = StrongModel()
    known = research(planted(), tools(model), Wish())
    plan = make_plan(
        known.dossier, profile=profile(), fit=known.fit, found=known.found, today=TODAY
    )
    return plan, model


def texts(answer: object, path: Path = ()) -> Iterator[Path]:
    """Yield where an answer holds a text."""
    match answer:
        case dict():
            for key, value in answer.items():
                yield from texts(value, (*path, key))
        case list():
            for i, value in enumerate(answer):
                yield from texts(value, (*path, i))
        case str():
            yield path


def with_text(answer: Json, path: Path, text: str) -> Json:
    """Return the answer with the attack behind, or instead of, the words at `path`."""
    changed: Any = copy.deepcopy(answer)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = text
    return changed


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe.name for recipe in RECIPES])
def test_an_attack_in_one_field_of_a_good_draft_is_refused(recipe: Recipe[Any]) -> None:
    """Each text of an expert's draft takes several of the attacks in turn, alone and behind it."""
    plan, model = ready()
    schema = recipe.answer(plan)
    good = model.answer(ladder.prompt_of(recipe, plan), schema, max_tokens=900).model_dump()
    attacks = cycle(ATTACKS.values())

    tried = 0
    for path in list(texts(good)):
        for text, tell in islice(attacks, 3):
            for worded in (text, f"{_at(good, path)} {text}"):
                answer = _of(schema, with_text(good, path, worded))
                if answer is not None:
                    tried += 1
                    part = recipe.read(answer, plan)
                    refused = errors(ladder.check(recipe, part, plan))
                    assert refused or tell not in part.model_dump_json(), (path, worded)

    assert tried >= 3


def _of(schema: type[BaseModel], answer: Json) -> BaseModel | None:
    """Return the answer as the model adapter would read it, None where it is not of the type."""
    try:
        return schema.model_validate(answer)
    except ValidationError:
        return None


def _at(answer: Json, path: Path) -> str:
    value: Any = answer
    for step in path:
        value = value[step]
    return str(value)


def test_the_expert_himself_is_let_through() -> None:
    """Or the tests above would pass for refusing everything."""
    plan, model = ready()

    made = [ladder.draft(recipe, plan, model) for recipe in RECIPES]

    assert {one.writer for one in made} == {"model"}
