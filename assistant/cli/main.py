"""The command `groundwork`: its subcommands, and how every error leaves it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import (
    account,
    brief,
    debrief,
    email,
    knowledge,
    objection,
    outcomes,
    workspace,
)
from assistant.errors import GroundworkError

_INTERRUPTED = 130

app = typer.Typer(
    name="groundwork",
    help="Prepare sales conversations worth everyone's time: approved material, checked sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
brief.register(app)
email.register(app)
debrief.register(app)
objection.register(app)
account.register(app)
outcomes.register(app)
workspace.register(app)
app.add_typer(knowledge.app, name="knowledge")


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"groundwork {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    del version  # the callback has acted on it


def main() -> None:
    """Run the command line; a GroundworkError becomes one line and its exit code.

    Exit codes: 0 done; 1 the product says no; 2 the user's to mend; 3 store or input; 4 the model;
    130 interrupted.
    """
    try:
        app()
    except GroundworkError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except SystemExit as done:
        if done.code == _INTERRUPTED:
            _complain("interrupted; files are whole, and what was there before is still there")
        raise
    except BrokenPipeError:
        # The reader has gone: keep the interpreter from writing to the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


def _printable(text: str) -> str:
    """Return a message that moves no cursor and rings no bell, whatever a file was called."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _complain(message: str) -> None:
    try:
        print(f"groundwork: {_printable(message)}", file=sys.stderr)  # noqa: T201 - the edge prints
    except (OSError, ValueError):
        return
