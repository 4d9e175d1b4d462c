"""How a model is asked: the options it takes, and the form in which it is told the schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel

from assistant.models.schema import Json, bounded_schema, strict_schema, whole_schema

Role = Literal["system", "user", "assistant"]
Turns = tuple[tuple[Role, str], ...]
Format = Literal["json_schema", "grammar", "json_object", "plain"]

_REASONING = re.compile(r"^(o\d|gpt-5(?!.*chat))")  # they take no temperature, and think first
_REASONING_ROOM = 2048  # tokens they may think for, beside the answer


@dataclass(frozen=True)
class Manner:
    """What a model understands. Found out by asking: see `after`."""

    formats: tuple[Format, ...]  # best first; the rest is what to fall back to
    rooms: tuple[str, ...] = ()  # names of the option for the answer's room, likewise
    temperature: bool = False
    reasoning: bool = False
    keeps_time: bool = False  # it ends by itself within the time it is given

    def options(
        self, schema: type[BaseModel], *, max_tokens: int, temperature: float, timeout_s: float
    ) -> Json:
        """Return what a call is made with, beside the messages."""
        options: Json = {}
        if self.rooms:
            options[self.rooms[0]] = max_tokens + (_REASONING_ROOM if self.reasoning else 0)
            options["timeout"] = timeout_s
        if self.temperature:
            options["temperature"] = temperature
        if self.reasoning:
            options["reasoning_effort"] = "low"
        match self.formats[0]:
            case "grammar":
                options["response_format"] = _schema_format(schema, bounded_schema)
            case "json_schema":
                options |= _as_extra(_schema_format(schema, strict_schema, strict=True))
            case "json_object":
                options |= _as_extra({"type": "json_object"})
        return options

    def turns(self, turns: Turns, schema: type[BaseModel]) -> Turns:
        """Return the turns, with the schema at their end where no option carries it."""
        if self.formats[0] in {"json_schema", "grammar"}:
            return turns
        shape = json.dumps(whole_schema(schema), ensure_ascii=False)
        told = f"Answer with one JSON object that fits this JSON Schema, and nothing else:\n{shape}"
        role, text = turns[-1]
        return (*turns[:-1], (role, f"{text}\n\n{told}"))

    def after(self, refusal: str) -> Manner | None:
        """Return how to ask instead, after the endpoint refused a request; None: not our manner."""
        words = refusal.lower()
        if "max_tokens" in words or "max_completion_tokens" in words:
            return replace(self, rooms=self.rooms[1:]) if len(self.rooms) > 1 else None
        if "temperature" in words and self.temperature:
            return replace(self, temperature=False)
        if "reasoning" in words and self.reasoning:
            return replace(self, reasoning=False)
        names_format = re.search(r"response.?format|json.?(schema|object)|grammar|guided", words)
        if names_format and len(self.formats) > 1:
            return replace(self, formats=self.formats[1:])
        return None


_FORMATS: tuple[Format, ...] = ("json_schema", "json_object", "plain")
_ROOMS = ("max_completion_tokens", "max_tokens")  # OpenAI's own name, and everybody else's


def openai_manner(model: str, *, own_host: bool) -> Manner:
    """Return how a model behind OpenAI's protocol is asked at first; `own_host`: OpenAI's own."""
    reasoning = own_host and bool(_REASONING.match(model))
    return Manner(
        formats=_FORMATS,
        rooms=_ROOMS if own_host else _ROOMS[::-1],
        temperature=not reasoning,
        reasoning=reasoning,
    )


LOCAL = Manner(formats=("grammar",), rooms=("max_tokens",), temperature=True, keeps_time=True)
ANY = Manner(formats=("plain",))
"""For models of other providers, whose options have other names: only words."""


def _schema_format(
    schema: type[BaseModel], shape: Callable[[type[BaseModel]], Json], **more: bool
) -> Json:
    name = re.sub(r"[^A-Za-z0-9_-]", "_", schema.__name__)[:64]
    return {"type": "json_schema", "json_schema": {"name": name, "schema": shape(schema), **more}}


def _as_extra(response_format: Json) -> Json:
    """Send the format past the client, which would raise an answer that is cut short away."""
    return {"extra_body": {"response_format": response_format}}
