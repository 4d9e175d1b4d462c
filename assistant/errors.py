"""Every error the product raises on purpose.

GroundworkError            one line for the reader: what, where, which value, and the cure
├── UsageError             the command or its options; the user's to mend
│   └── SettingsError      groundwork.toml or a GROUNDWORK_* variable
├── InputError             what was handed in cannot be used
│   ├── SourceError        a source of the seller's: file, page, invite, transcript
│   └── KnowledgeError     a card, the approvals or the seller profile
├── PromptError            a prompt file and its values do not fit
├── StoreError             the index, the database or a file that was to be written
│   └── LockedError        somebody else is writing; says who
└── ModelError             the model or its endpoint; says whether trying again can help
    ├── AnswerError        an answer came, but not one that can be used
    ├── PromptTooLongError the prompt does not fit into the model's context
    └── RefusalError       the model declined; its words are kept
"""

from __future__ import annotations

from pathlib import Path


class GroundworkError(Exception):
    """Something a user or an operator can mend; printed as one line, never as a traceback."""

    exit_code = 2


class UsageError(GroundworkError):
    """The command, or an option of it, cannot be carried out as given."""


class SettingsError(UsageError):
    """A setting is unknown, or its value is not of its type."""


class InputError(GroundworkError):
    """Something that was handed in cannot be used."""

    exit_code = 3


class SourceError(InputError):
    """A source cannot be read; `name` is the source as the seller named it."""

    def __init__(self, message: str, *, name: str = "") -> None:
        """Keep the source's name beside the message."""
        super().__init__(message)
        self.name = name


class KnowledgeError(InputError):
    """A knowledge file is not what it must be; the message begins with `path:line:`.

    `line` counts from 1 and is 0 where the whole file is meant.
    """

    def __init__(self, message: str, *, path: Path, line: int = 0) -> None:
        """Put the place in front of the message."""
        place = f"{path}:{line}" if line else str(path)
        super().__init__(f"{place}: {message}")
        self.path = path
        self.line = line
        self.detail = message


class PromptError(GroundworkError):
    """A prompt file is malformed, or the values given are not the ones it declares."""


class StoreError(GroundworkError):
    """The index, the database or an output file could not be read or written."""

    exit_code = 3


class LockedError(StoreError):
    """Another process holds the lock; the message says which."""


class ModelError(GroundworkError):
    """The model could not be asked, or did not answer.

    `retryable` says whether the same call may succeed later; `retry_after_s` is the endpoint's own
    word on when, None where it gave none.
    """

    exit_code = 4

    def __init__(
        self, message: str, *, retryable: bool = False, retry_after_s: float | None = None
    ) -> None:
        """Keep what a caller needs to decide beside the message."""
        super().__init__(message)
        self.retryable = retryable
        self.retry_after_s = retry_after_s


class AnswerError(ModelError):
    """The model answered, but the answer is cut short, empty or not of the type asked for."""


class RefusalError(ModelError):
    """The model declined to answer; the message holds its words."""


class PromptTooLongError(ModelError):
    """A prompt does not fit into the model's context; 0 tokens where the endpoint did not say."""

    def __init__(self, prompt_tokens: int = 0, context_tokens: int = 0) -> None:
        """Say the numbers, and keep them beside the message."""
        size = f" ({prompt_tokens} of {context_tokens} tokens)" if prompt_tokens else ""
        super().__init__(
            f"the prompt is too long for the model's context{size}; "
            "hand in less, or set a model with a larger context"
        )
        self.prompt_tokens = prompt_tokens
        self.context_tokens = context_tokens
