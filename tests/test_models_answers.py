"""From words to typed answers: reading, schemas, prices, and the cache on disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from inline_snapshot import snapshot
from pydantic import BaseModel, Field

from assistant.brief import Teach
from assistant.errors import AnswerError
from assistant.models.answer_cache import AnswerCache, call_key
from assistant.models.answers import read_answer
from assistant.models.pricing import openai_price
from assistant.models.schema import bounded_schema, strict_schema
from assistant.prompts import Prompt
from assistant.testing import a_prompt

DAY_S = 86_400


class Point(BaseModel):
    """One point."""

    card: Literal["insight-a", "insight-b"]
    title: str = Field(max_length=40)
    minutes: int = 5


class Answer(BaseModel):
    """A small answer with all that a schema has."""

    points: tuple[Point, ...] = Field(max_length=3)
    ids: tuple[str, ...] = ()
    kind: Literal["only"] = "only"
    more: Point | None = None


GOOD = '{"points":[{"card":"insight-a","title":"Docks","minutes":5}],"ids":["F1"],"kind":"only"}'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(GOOD, id="bare"),
        pytest.param(f"\ufeff \n{GOOD}\n", id="white space and a byte order mark"),
        pytest.param(f"```json\n{GOOD}\n```", id="fenced"),
        pytest.param(f"Here you are:\n```\n{GOOD}\n```\nAnything else?", id="fenced, with talk"),
        pytest.param(f"<think>Is it {{}}?</think>\n{GOOD}", id="after thoughts"),
        pytest.param(f"It is a dock.\n</think>\n\n```json\n{GOOD}\n```", id="both, half open"),
    ],
)
def test_thoughts_and_one_fence_are_taken_off(text: str) -> None:
    """What is left is read strictly."""
    answer = read_answer(text, Answer)

    assert answer.points[0].title == "Docks"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(GOOD[:-1], "the whole: Invalid JSON", id="cut short"),
        pytest.param(GOOD + GOOD, "Invalid JSON", id="twice"),
        pytest.param(f"```\n{GOOD}\n```\n```\n{GOOD}\n```", "Invalid JSON", id="two fences"),
        pytest.param(GOOD.replace("insight-a", "insight-x"), "points.0.card: ", id="wrong enum"),
        pytest.param(GOOD.replace("5", '"5"'), "points.0.minutes: ", id="text for a number"),
        pytest.param(GOOD.replace('"only"', '"only","x":1'), "x: Extra inputs", id="extra key"),
        pytest.param(
            GOOD.replace('"minutes":5', '"m":5'), "points.0.m: Extra inputs", id="extra key within"
        ),
        pytest.param(GOOD.replace("Docks", "D" * 41), "at most 40 characters", id="too long"),
        pytest.param(f"[{GOOD}]", "the whole: ", id="a list"),
        pytest.param('"Sure!"', "the whole: ", id="a string"),
        pytest.param("Sure, here it is.", "Invalid JSON", id="only talk"),
        pytest.param('{"points":[],"ids":["\\ud800"]}', "Invalid JSON", id="half a character"),
        pytest.param("[" * 100_000, "Invalid JSON", id="brackets without end"),
        pytest.param("", "empty", id="nothing"),
        pytest.param("<think>Hm.</think>\n```json\n\n```", "empty", id="an empty fence"),
    ],
)
def test_an_answer_of_another_type_is_refused_with_the_reason(text: str, message: str) -> None:
    """Nothing is repaired or dropped; the model can be told what was wrong."""
    with pytest.raises(AnswerError) as caught:
        read_answer(text, Answer)

    assert message in str(caught.value)
    assert len(str(caught.value)) < 1200


def test_the_strict_schema_is_what_openai_takes() -> None:
    """Every property is required, nothing else is allowed, and no refused keyword is left."""
    assert strict_schema(Answer) == snapshot(
        {
            "$defs": {
                "Point": {
                    "description": "One point.",
                    "properties": {
                        "card": {"enum": ["insight-a", "insight-b"], "type": "string"},
                        "title": {"type": "string"},
                        "minutes": {"type": "integer"},
                    },
                    "required": ["card", "title", "minutes"],
                    "type": "object",
                    "additionalProperties": False,
                }
            },
            "description": "A small answer with all that a schema has.",
            "properties": {
                "points": {"items": {"$ref": "#/$defs/Point"}, "maxItems": 3, "type": "array"},
                "ids": {"items": {"type": "string"}, "type": "array"},
                "kind": {"type": "string", "enum": ["only"]},
                "more": {"anyOf": [{"$ref": "#/$defs/Point"}, {"type": "null"}]},
            },
            "required": ["points", "ids", "kind", "more"],
            "type": "object",
            "additionalProperties": False,
        }
    )


def test_the_bounded_schema_ends_every_string_and_list() -> None:
    """A small model that loops runs into a bound; the schema's own bounds stay."""
    schema = bounded_schema(Answer)

    properties = schema["properties"]
    assert properties["points"]["maxItems"] == 3
    assert properties["ids"]["maxItems"] > 0
    assert properties["ids"]["items"]["maxLength"] > 0
    assert schema["$defs"]["Point"]["properties"]["title"]["maxLength"] == 40
    assert "maxLength" not in schema["$defs"]["Point"]["properties"]["card"]


@pytest.mark.parametrize("adapt", [strict_schema, bounded_schema])
def test_a_parts_schema_stays_one_that_its_answers_fit(
    adapt: Callable[[type[BaseModel]], dict[str, Any]],
) -> None:
    """References still point somewhere, and a property called like a keyword is kept."""
    whole = adapt(Teach)

    def references(node: object) -> set[str]:
        if isinstance(node, dict):
            here = {str(node["$ref"])} if "$ref" in node else set()
            return here.union(*(references(value) for value in node.values()), set())
        return (
            set().union(*(references(n) for n in node), set()) if isinstance(node, list) else set()
        )

    assert references(whole) == {f"#/$defs/{name}" for name in whole["$defs"]}
    assert "title" in adapt(Point)["properties"]


def test_the_price_is_that_of_the_model_and_its_dated_versions() -> None:
    """Cached tokens cost their own price; an unknown model's price is not guessed."""
    price = openai_price("gpt-5-mini-2025-08-07")

    assert price
    assert price == openai_price("gpt-5-mini")
    assert price.cost(1_000_000, 400_000, 500_000) == pytest.approx(0.15 + 0.01 + 1.0)
    assert openai_price("gpt-5-mini-pro") is None


def a_call(
    *,
    model: str = "openai:m",
    prompt: Prompt | None = None,
    schema: type[BaseModel] = Answer,
    max_tokens: int = 9,
    temperature: float = 0.0,
) -> str:
    asked = prompt or a_prompt()
    return call_key(model, asked, schema, max_tokens=max_tokens, temperature=temperature)


def test_an_answer_is_found_again_by_everything_that_shaped_it(tmp_path: Path) -> None:
    """Another model, prompt, schema or parameter is another call."""
    cache = AnswerCache(tmp_path / "answers")
    answer = read_answer(GOOD, Answer)
    cache.put(a_call(), answer)

    found = cache.get(a_call(), Answer)
    others = [
        a_call(model="openai:n"),
        a_call(prompt=a_prompt("Say no.")),
        a_call(prompt=a_prompt(system="Be long.")),
        a_call(schema=Point),
        a_call(max_tokens=10),
        a_call(temperature=0.5),
    ]

    assert found == answer
    assert len({a_call(), *others}) == 7
    assert not any(cache.get(key, Answer) for key in others)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda text: text[:20], id="cut off"),
        pytest.param(lambda _: "", id="empty"),
        pytest.param(lambda text: text.replace("insight-a", "insight-z"), id="another value"),
        pytest.param(lambda text: text.replace('"kind"', '"kinds"'), id="another key"),
        pytest.param(lambda _: "\udcff", id="not text"),
    ],
)
def test_a_damaged_entry_is_no_entry(tmp_path: Path, damage: Callable[[str], str]) -> None:
    """What is read is validated like an answer; the next one takes its place."""
    cache = AnswerCache(tmp_path)
    answer = read_answer(GOOD, Answer)
    cache.put(a_call(), answer)
    (entry,) = tmp_path.glob("*/*.json")
    entry.write_text(damage(entry.read_text(encoding="utf-8")), "utf-8", "surrogateescape")

    assert cache.get(a_call(), Answer) is None
    cache.put(a_call(), answer)
    assert cache.get(a_call(), Answer) == answer


def test_a_cache_that_cannot_be_written_costs_only_the_next_call(tmp_path: Path) -> None:
    """The answer that was paid for is not lost over it."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    cache = AnswerCache(blocked)

    cache.put(a_call(), read_answer(GOOD, Answer))

    assert cache.get(a_call(), Answer) is None
    assert blocked.read_text(encoding="utf-8") == "not a folder"


def test_a_fresh_cache_keeps_answers_and_finds_none(tmp_path: Path) -> None:
    """`--fresh` asks again, and what it learns serves the next run."""
    answer = read_answer(GOOD, Answer)

    AnswerCache(tmp_path, fresh=True).put(a_call(), answer)

    assert AnswerCache(tmp_path, fresh=True).get(a_call(), Answer) is None
    assert AnswerCache(tmp_path).get(a_call(), Answer) == answer


def test_old_answers_are_removed(tmp_path: Path) -> None:
    """What was said about a prospect does not lie about for ever."""
    cache = AnswerCache(tmp_path)
    for key in (a_call(), a_call(max_tokens=10)):
        cache.put(key, read_answer(GOOD, Answer))
    old, new = sorted(tmp_path.glob("*/*.json"))
    os.utime(old, (0, 0))
    os.utime(new, (40 * DAY_S, 40 * DAY_S))

    cache.prune(now=41 * DAY_S)

    assert not old.exists()
    assert new.exists()
