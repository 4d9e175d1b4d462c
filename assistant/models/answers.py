"""A model's words become an object of the type asked for, or an error; nothing is repaired."""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import AnswerError

T = TypeVar("T", bound=BaseModel)

_THOUGHT = re.compile(r"\A.*?</think(?:ing)?>", re.DOTALL)  # some templates open it in the prompt
_FENCED = re.compile(r"```[A-Za-z]*\s*\n(.*?)\n\s*```", re.DOTALL)
_MAX_FAULTS = 5
_MAX_SHOWN = 200


def read_answer(text: str, schema: type[T]) -> T:
    """Return the answer as an object of `schema`, validated strictly, unknown keys refused.

    Thoughts before the answer and one code fence around it are taken off.

    Raises:
        AnswerError: it is empty, or not of the type; the message is fit for the model to read.
    """
    bare = bare_answer(text)
    if not bare:
        raise AnswerError("the answer is empty", retryable=True)
    try:
        return schema.model_validate_json(bare, strict=True, extra="forbid")
    except ValidationError as error:
        raise AnswerError(
            f"the answer is not a {schema.__name__}: {_faults(error)}", retryable=True
        ) from error


def bare_answer(text: str) -> str:
    """Return the answer without thoughts before it and without a code fence around it."""
    spoken = _THOUGHT.sub("", text).strip().removeprefix("\ufeff")
    fenced = _FENCED.findall(spoken)
    return str(fenced[0]).strip() if len(fenced) == 1 and not spoken.startswith("{") else spoken


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_context=False)
    named = [
        f"{'.'.join(str(step) for step in fault['loc']) or 'the whole'}: {fault['msg']}"
        for fault in faults[:_MAX_FAULTS]
    ]
    more = [f"and {len(faults) - _MAX_FAULTS} more"] if len(faults) > _MAX_FAULTS else []
    return "; ".join(fault[:_MAX_SHOWN] for fault in [*named, *more])
