"""The README says what is so: its commands are the ones that exist, its files are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from assistant.cli.main import app

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

pytestmark = pytest.mark.skipif(not README.exists(), reason="not in a checkout")


def commands() -> Iterator[tuple[str, typer.models.CommandInfo]]:
    """Yield each command with the name that it is typed by."""
    for command in app.registered_commands:
        yield f"groundwork {_name(command)}", command
    for group in app.registered_groups:
        assert group.typer_instance is not None
        for command in group.typer_instance.registered_commands:
            yield f"groundwork {group.name} {_name(command)}", command


def _name(command: typer.models.CommandInfo) -> str:
    assert command.callback is not None
    return command.name or command.callback.__name__


def _help(command: typer.models.CommandInfo) -> str:
    """Return the first paragraph of a command's help."""
    told = command.help or (command.callback.__doc__ if command.callback else "") or ""
    return " ".join(told.strip().split("\n\n")[0].split())


def test_the_table_of_commands_is_the_command_line() -> None:
    """Every command is in the table in its own words, and no other is."""
    rows = re.findall(r"^\| `(groundwork [^`]+)` \| (.+?) \|$", README.read_text(), re.MULTILINE)

    assert dict(rows) == {name: _help(command) for name, command in commands()}


def test_every_file_it_names_is_there() -> None:
    """A reader who follows a path finds something."""
    named = re.findall(
        r"`((?:docs|knowledge|evals|examples|prompts)/[\w./-]*)`", README.read_text()
    )

    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_command_shows_an_example_that_names_it() -> None:
    """`--help` of each command ends in something to type."""
    without = [name for name, command in commands() if name not in (command.epilog or "")]

    assert without == []
