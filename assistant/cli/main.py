"""The command `groundwork`: its subcommands, and how every error leaves it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import brief, knowledge, workspace
from assistant.errors import GroundworkError

app = typer.Typer(
    name="groundwork",
    help="Prepare sales conversations worth everyone's time: approved material, checked sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
brief.register(app)
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
    """Run the command line; a GroundworkError becomes one line and its exit code."""
    try:
        app(standalone_mode=False)
    except GroundworkError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except typer.Exit as done:
        sys.exit(done.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _complain("interrupted; nothing was changed that is not whole")
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone: keep the interpreter from writing to the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)


def _complain(message: str) -> None:
    try:
        print(f"groundwork: {message}", file=sys.stderr)  # noqa: T201 - the edge prints
    except (OSError, ValueError):
        return
