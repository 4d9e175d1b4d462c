"""`groundwork init` and `groundwork doctor`: start a workspace, and see whether all is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.cli import options


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command(name="init", epilog="Example: groundwork init my-sales")(init)
    app.command(name="doctor", epilog="Example: groundwork doctor")(doctor)


def init(
    folder: Annotated[Path, typer.Argument(help="Where to; made if it is not there.")] = Path(),
) -> None:
    """Start a workspace: a sample knowledge pack and sample accounts to try it on."""
    from assistant.workspace import start_workspace

    for line in start_workspace(folder):
        options.tell(line)


def doctor(
    format_: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    model: options.Model = "",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Look at the settings, the knowledge, the index and the model, and say what to mend."""
    from assistant.doctor import examine

    settings = options.settings_from(model=model, today=today, workspace=workspace)
    tests = examine(settings)
    if format_ == "json":
        options.put(json.dumps([vars(test) for test in tests], indent=2))
    else:
        options.put("\n".join(test.as_line() for test in tests))
    if not all(test.passed for test in tests):
        raise typer.Exit(1)
