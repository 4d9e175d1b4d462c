"""The options that several commands share, and what they become."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings

Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", help="The folder that holds knowledge/.", show_default=False),
]
Today = Annotated[
    str,
    typer.Option("--today", help="Take this day for today: 2026-12-01.", show_default=False),
]
Model = Annotated[
    str,
    typer.Option("--model", help="auto, local, none, or provider:name.", show_default=False),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Ask the model again, past its cache.")]


def settings_from(**flags: Any) -> Settings:  # noqa: ANN401 - each flag has its own type
    """Read the settings with these flags on top; "" and None mean that a flag was not given."""
    from assistant.settings import read_settings

    given = {name: value for name, value in flags.items() if value not in {None, ""}}
    if "today" in given:
        given["today"] = a_day(str(given["today"]), option="--today")
    return read_settings(given)


def a_day(text: str, *, option: str) -> date:
    """Read a day as people type it in a command.

    Raises:
        UsageError: it is no date in the form 2026-12-01.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option}: expected a date such as 2026-12-01, got {text!r}") from error


def a_moment(text: str, *, option: str) -> datetime:
    """Read a day and hour as people type them in a command.

    Raises:
        UsageError: it is not in the form 2026-12-01T10:00.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{option}: expected a date and hour such as 2026-12-01T10:00, got {text!r}"
        ) from error


def tell(message: str) -> None:
    """Say something to whoever watches, beside the result."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - the edge prints


def put(text: str) -> None:
    """Print the result."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()
