"""Answers on disk: the same call, with the same prompt, model and schema, is asked once."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import StoreError
from assistant.files import write_text
from assistant.models.schema import whole_schema
from assistant.prompts import Prompt

T = TypeVar("T", bound=BaseModel)

_DAY_S = 86_400


def call_key(
    model: str, prompt: Prompt, schema: type[BaseModel], *, max_tokens: int, temperature: float
) -> str:
    """Return the identity of a call: everything that can change its answer."""
    call = {
        "model": model,
        "messages": [asdict(message) for message in prompt.messages],
        "schema": whole_schema(schema),
        "max_tokens": max_tokens,
        "temperature": temperature,
    }
    return hashlib.sha256(json.dumps(call, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class AnswerCache:
    """A folder of answers by the identity of their call."""

    folder: Path
    fresh: bool = False  # keep answers, but find none

    def get(self, key: str, schema: type[T]) -> T | None:
        """Return the answer, or None where there is none, or none that is whole and of `schema`."""
        if self.fresh:
            return None
        try:
            text = self._path(key).read_text(encoding="utf-8")
            return schema.model_validate_json(text, strict=True, extra="forbid")
        except (OSError, ValueError, ValidationError):
            return None

    def put(self, key: str, answer: BaseModel) -> None:
        """Keep an answer. Where it cannot be kept it is asked for again next time, and no more."""
        path = self._path(key)
        with suppress(OSError, StoreError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_text(path, answer.model_dump_json(by_alias=True))

    def prune(self, now: float, *, keep_days: int = 30) -> None:
        """Remove the answers that were written more than `keep_days` before `now`, a time stamp."""
        for path in self.folder.glob("*/*.json"):
            with suppress(OSError):
                if path.stat().st_mtime < now - keep_days * _DAY_S:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"
