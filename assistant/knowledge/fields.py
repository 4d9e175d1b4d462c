"""Turn plain values into a typed model, or into problems in the words of the file's author."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.knowledge.problem import Problem
from assistant.knowledge.strict_yaml import Loc, Tree, Value

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "bool_parsing": "expected true or false",
    "date_from_datetime_parsing": "expected a date such as 2027-03-31",
    "date_parsing": "expected a date such as 2027-03-31",
    "date_type": "expected a date such as 2027-03-31",
    "dict_type": "expected 'key: value' pairs",
    "float_parsing": "expected a number",
    "float_type": "expected a number",
    "int_from_float": "expected a whole number",
    "int_parsing": "expected a whole number such as 4200",
    "int_type": "expected a whole number such as 4200",
    "model_type": "expected 'key: value' pairs",
    "string_type": "expected text",
    "tuple_type": "expected a list such as [one, two]",
}


def validate(
    model: type[Model],
    values: Mapping[str, object],
    *,
    tree: Tree,
    path: Path,
    at: Loc = (),
    body: Collection[str] = (),
) -> Model | tuple[Problem, ...]:
    """Return the model, or every problem with its line.

    `values` stand in `tree` at `at`; `body` names fields that are no keys of the front matter and
    whose absence is reported elsewhere.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False)
    return tuple(
        Problem(path, tree.line((*at, *fault["loc"])), _explain(model, fault, body))
        for fault in found
        if not _is_an_echo(fault, body)
    )


def _is_an_echo(fault: ErrorDetails, body: Collection[str]) -> bool:
    """Tell whether a fault follows from one that is reported already.

    Pydantic calls a list too short when it holds entries but no valid one.
    """
    absent = fault["type"] == "missing" and fault["loc"][0] in body
    return absent or (fault["type"] == "too_short" and bool(fault["input"]))


def without_empty(value: Value) -> Value:
    """Return the value without keys that hold nothing: an empty key is a missing one."""
    if isinstance(value, dict):
        return {k: without_empty(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_empty(v) for v in value]
    return value


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint at the nearest known word, else the list of them."""
    names = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {names[near[0]]!r}?"
    return f"there are: {', '.join(names.values())}" if names else "there are none"


def spell(loc: Iterable[str | int]) -> str:
    """Return a place as its author would write it: `sources[1].date`, counting from 1."""
    text = ""
    for step in loc:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _explain(model: type[BaseModel], fault: ErrorDetails, body: Collection[str]) -> str:
    loc, kind, got = fault["loc"], fault["type"], fault["input"]
    where = spell(loc)
    if kind == "missing":
        return f"{where}: missing: add '{loc[-1]}:' with its value"
    if kind == "extra_forbidden":
        known = [name for name in _fields_at(model, loc[:-1]) if name not in body]
        return f"{where}: unknown key; {did_you_mean(str(loc[-1]), known)}"
    if kind == "literal_error":
        return f"{where}: expected {fault['ctx']['expected']}, got {_shown(got)}"
    if kind == "too_short":
        return f"{where}: is empty: add at least one"
    expected = _EXPECTED.get(kind) or fault["msg"].removeprefix("Value error, ")
    return f"{where}: {expected}, got {_shown(got)}"


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "'key: value' pairs"
        case list() | tuple():
            return "a list"
        case _:
            text = repr(str(value))
            return text if len(text) <= 60 else f"{text[:56]}...'"


def _fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys that may stand at a place of the model."""
    for step in loc:
        if isinstance(step, str):
            model = _inner(model.model_fields[step].annotation)
    return list(model.model_fields)


def _inner(annotation: object) -> type[BaseModel]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(_inner(a) for a in get_args(annotation) if a is not Ellipsis)
