"""`groundwork objection`: what they say in, the approved response out, or that there is none."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options
from assistant.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.reply import Reply
    from assistant.settings import Settings
    from assistant.sources.source import Source

Format = Literal["terminal", "md", "json"]
_BYTES_A_CHARACTER = 4  # at most, in UTF-8
_BY_SUFFIX: dict[str, Format] = {".md": "md", ".json": "json"}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        name="objection",
        epilog="Example: groundwork objection its too expensive --for notes.md",
    )(objection)


def objection(
    text: Annotated[
        list[str],
        typer.Argument(metavar="TEXT", help="What they say, as they say it; - reads it."),
    ],
    sources: Annotated[
        list[str] | None,
        typer.Option("--for", help="A source about the account, to tailor it; repeatable."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file.")
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="By default what -o ends in, else for the terminal."),
    ] = None,
    model: options.Model = "",
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 where a doubt has no response."),
    ] = False,
    fresh: options.Fresh = False,
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Answer what they say with the approved response, or say that there is none.

    It clarifies, responds, proves and checks, in the words that were approved; a capable model
    tailors them. What has no approved response is kept as a gap for those who write the cards.
    """
    settings = options.settings_from(model=model, today=today, workspace=workspace)
    wanted = format_ or options.format_of(
        output, _BY_SUFFIX, printed="terminal" if options.is_on_screen() else "md"
    )
    from assistant.app import keep_gaps, open_embedder, open_tools

    embedder = open_embedder(settings)  # loads while the rest is imported and read
    from assistant.objection import answer_objection

    said = _said(text)
    read = _sources(sources, settings) if sources else ()
    tools = open_tools(
        settings, embedder=embedder, fresh=fresh, only_capable=True, tell=options.tell
    )
    reply = answer_objection(said, tools, sources=read)
    options.deliver(_rendered(reply, wanted), output)  # before the gaps, whose file may be locked
    keep_gaps(
        settings,
        reply.gaps,
        account=reply.account,
        people=reply.people,
        cards=tools.pack,
        tell=options.tell,
    )
    failed = any(finding.severity == "error" for finding in reply.findings)
    if strict and (failed or not all(answer.match for answer in reply.answers)):
        raise typer.Exit(1)


def _said(text: list[str]) -> str:
    """Return what was typed, or what is handed in for `-`."""
    if text != ["-"]:
        files = [word for word in text if "." in word and _is_file(word)]
        if files:
            raise UsageError(f"{files[0]}: a file among their words: put --for before each source")
        return " ".join(text)
    from assistant.objection import LONGEST
    from assistant.sources.decode import decode

    if sys.stdin is None:
        raise UsageError("-: nothing is connected to the standard input")
    return decode(sys.stdin.buffer.read(_BYTES_A_CHARACTER * LONGEST + 1)).text


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except (OSError, ValueError):  # too long for a name, or with a NUL in it
        return False


def _sources(names: list[str], settings: Settings) -> Sequence[Source]:
    from assistant.app import today
    from assistant.sources import read_sources

    read = read_sources(names, today=today(settings))
    for source in read:
        for warning in source.warnings:
            options.tell(f"{source.name}: {warning}")
    return read


def _rendered(reply: Reply, wanted: Format) -> str:
    match wanted:
        case "json":
            return reply.model_dump_json(indent=2)
        case "md":
            from assistant.render.markdown import reply_to_markdown

            return reply_to_markdown(reply)
        case "terminal":
            from assistant.render.terminal import reply_to_terminal

            return reply_to_terminal(reply, width=min(100, shutil.get_terminal_size().columns))
