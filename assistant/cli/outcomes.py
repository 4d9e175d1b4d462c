"""`groundwork outcomes`: what the calls came to."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.outcomes import Outcomes


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="outcomes", epilog="Example: groundwork outcomes --plot outcomes.svg")(
        outcomes
    )


def outcomes(
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw them into this file: .svg, .png or .pdf.")
    ] = None,
    since: Annotated[
        str, typer.Option("--since", help="Only calls from this day on: 2026-10-01.")
    ] = "",
    format_: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Count what the calls came to: outcomes, next steps, objections and their gaps."""
    settings = options.settings_from(today=today, workspace=workspace)
    first = options.a_day(since, option="--since") if since else None
    kind = _kind_of(plot) if plot else ""
    from assistant.app import open_store
    from assistant.store.count import count_outcomes

    counted = count_outcomes(open_store(settings), since=first)
    if format_ == "json":
        options.put(counted.model_dump_json(indent=2))
    elif counted.total.calls:
        from assistant.render.outcomes import outcomes_as_text

        width = min(100, shutil.get_terminal_size().columns)
        options.put(outcomes_as_text(counted, width=width))
    else:
        options.tell("no call is kept yet" + (f" from {first} on" if first else ""))
    if plot:
        _draw(counted, plot, kind)


def _kind_of(plot: Path) -> str:
    from assistant.render.plot import FORMATS

    kind = plot.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise UsageError(f"--plot {plot}: the name ends in none of {', '.join(FORMATS)}")
    return kind


def _draw(counted: Outcomes, plot: Path, kind: str) -> None:
    from assistant.files import write_bytes
    from assistant.render.plot import plot_outcomes

    write_bytes(plot, plot_outcomes(counted, kind=kind))
    options.tell(f"written to {plot}")
