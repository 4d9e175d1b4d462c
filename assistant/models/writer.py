"""The seam to a language model: a prompt and a type go in, an object of that type comes out."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel

from assistant.brief import Usage
from assistant.prompts import Prompt

Capability = Literal["clauses", "full"]
"""What a model may be asked for: short clauses into frames, or whole sentences and selection."""

T = TypeVar("T", bound=BaseModel)


class Writer(Protocol):
    """Something that answers prompts with typed objects. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """Name provider and model: "openai:gpt-5-mini", "local:qwen2.5-coder-1.5b"."""

    @property
    def capability(self) -> Capability:
        """Say what the model may be asked for."""

    @property
    def parallel(self) -> int:
        """Say how many calls may run at the same time; more only wait for each other."""

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Return the model's answer, validated strictly; never a part of it, never repaired.

        `max_tokens` is the room for the answer. An answer that is cut short for want of room is
        asked for once more with more, an empty one once more as it was. One that is not of the
        type is the caller's to mend: that takes another round.

        Raises:
            AnswerError: an answer came, but cut short, empty or not of the type; its message is
                fit to be handed back to the model for mending.
            RefusalError: the model declined.
            PromptTooLongError: the prompt does not fit into the model's context.
            ModelError: the model could not be asked; `retryable` says whether later may do.
        """

    def usage(self) -> Usage:
        """Return what all calls since the writer was built have cost, failed ones included."""

    def close(self) -> None:
        """Give up the calls that are running, which then raise ModelError, and take no more."""
