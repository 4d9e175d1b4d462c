"""JSON schemas in the dialects that models are asked in; what comes back is validated anyway."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]

# OpenAI's strict mode refuses these: platform.openai.com/docs/guides/structured-outputs, 2026.
_NOT_STRICT = frozenset(
    {"default", "title", "minLength", "maxLength", "uniqueItems", "examples", "discriminator"}
)
_NOT_LOCAL = frozenset({"default", "title", "examples", "discriminator"})
_MAX_CHARS = 400  # small models loop on white space where a string has no end
_MAX_ITEMS = 8
_MAX_INTEGER = 1_000_000_000


@lru_cache(maxsize=128)
def whole_schema(schema: type[BaseModel]) -> Json:
    """Return the schema as pydantic writes it; it is shared, and not to be changed."""
    return schema.model_json_schema()


def strict_schema(schema: type[BaseModel]) -> Json:
    """Return the schema as OpenAI's strict mode takes it: bounds on strings are not in it."""
    strict: Json = _adapted(whole_schema(schema), _strict)
    return strict


def bounded_schema(schema: type[BaseModel]) -> Json:
    """Return the schema as a grammar takes it: every string, list and integer ends somewhere."""
    bounded: Json = _adapted(whole_schema(schema), _bounded)
    return bounded


def _strict(node: Json) -> Json:
    if "$ref" in node:
        return {"$ref": node["$ref"]}  # nothing may stand beside it
    kept = {key: value for key, value in node.items() if key not in _NOT_STRICT}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if "oneOf" in kept:
        kept["anyOf"] = kept.pop("oneOf")
    return kept


def _bounded(node: Json) -> Json:
    kept = {key: value for key, value in node.items() if key not in _NOT_LOCAL}
    match kept.get("type"):
        case "string" if not kept.keys() & {"enum", "const", "format", "pattern"}:
            return {"maxLength": _MAX_CHARS, **kept}
        case "array" if "prefixItems" not in kept:
            return {"maxItems": _MAX_ITEMS, **kept}
        case "integer":
            return {"maximum": _MAX_INTEGER, **kept}
    return kept


def _adapted(node: Any, adapt: Callable[[Json], Json]) -> Any:  # noqa: ANN401 JSON
    """Apply `adapt` to every schema in `node`; every object then holds all of its properties."""
    if isinstance(node, list):
        return [_adapted(entry, adapt) for entry in node]
    if not isinstance(node, dict):
        return node
    named = {"properties", "$defs"}  # their keys are names, not keywords
    adapted = {
        key: {name: _adapted(inner, adapt) for name, inner in value.items()}
        if key in named
        else _adapted(value, adapt)
        for key, value in adapt(node).items()
    }
    if "properties" in adapted:
        adapted |= {"required": list(adapted["properties"]), "additionalProperties": False}
    return adapted
