"""The options that several commands share, and what they become."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from assistant.errors import StoreError, UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

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
F = TypeVar("F", bound=str)  # the name of a format
_DAY_CHARS = len("2026-12-01")
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
        return _within_reach(date.fromisoformat(text))
    except ValueError as error:
        raise UsageError(f"{option}: expected a date such as 2026-12-01, got {text!r}") from error


def a_moment(text: str, *, option: str) -> datetime | date:
    """Read a day, with or without an hour, as people type them in a command.

    Raises:
        UsageError: it is in the form neither of 2026-12-01 nor of 2026-12-01T10:00.
    """
    try:
        if len(text) <= _DAY_CHARS:
            return _within_reach(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        _within_reach(moment.date())
    except ValueError as error:
        raise UsageError(
            f"{option}: expected a day and hour, 2026-12-01T10:00, or the day alone, got {text!r}"
        ) from error
    return moment


def a_zone(text: str, *, option: str) -> ZoneInfo:
    """Read a time zone's name.

    Raises:
        UsageError: there is no such zone.
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(f"{option}: no such time zone: {text!r}; Europe/Berlin is one") from error


def _within_reach(day: date) -> date:
    """Return a day of this century; any other is a slip of the finger.

    Raises:
        ValueError: it is not.
    """
    if not date(2000, 1, 1) <= day <= date(2099, 12, 31):
        raise ValueError(day)
    return day


def tell(message: str) -> None:
    """Say something to whoever watches, beside the result."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - the edge prints


def put(text: str) -> None:
    """Print the result; what the terminal's encoding lacks is shown escaped.

    Raises:
        StoreError: the standard output is closed or full.
    """
    if sys.stdout is None:
        raise StoreError("the standard output is closed; name a file with -o")
    encoding = sys.stdout.encoding or "utf-8"
    shown = text.encode(encoding, errors="backslashreplace").decode(encoding)
    try:
        sys.stdout.write(shown if shown.endswith("\n") else f"{shown}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StoreError(f"the standard output: {error.strerror or error}") from error


def format_of(output: Path | None, by_suffix: Mapping[str, F], *, printed: F) -> F:
    """Return the format that a file's name ends in; `printed` where there is no file.

    Raises:
        UsageError: the name ends in none of them.
    """
    if output is None:
        return printed
    if output.suffix.lower() not in by_suffix:
        known = ", ".join(by_suffix)
        raise UsageError(f"-o {output}: the name ends in none of {known}; add one, or --format")
    return by_suffix[output.suffix.lower()]


def is_on_screen() -> bool:
    """Tell whether somebody reads the standard output on a terminal."""
    return bool(sys.stdout and sys.stdout.isatty())


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write the result to a file, and say so; without one print it.

    Raises:
        StoreError: it cannot be written or printed.
    """
    if output is None:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            put(content)
        return
    from assistant.files import write_bytes

    write_bytes(output, content if isinstance(content, bytes) else content.encode("utf-8"))
    tell(f"written to {output}")


def ask(question: str, *, yes: bool) -> None:
    """Go on where the answer is yes, and end the command where it is not.

    Raises:
        UsageError: nobody is there to answer.
    """
    if yes:
        return
    tell(f"{question} [y/N]")
    answer = sys.stdin.readline() if sys.stdin else ""
    if not answer:
        raise UsageError("nobody answered, nothing was changed: add --yes to go on without asking")
    if answer.strip().casefold() not in {"y", "yes"}:
        tell("nothing was changed")
        raise typer.Exit(1)
