"""`groundwork brief`: sources in, a checked brief out."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant.cli import options
from assistant.cli.keeping import NoKeep, keep
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.brief import Brief
    from assistant.dossier import Participant
    from assistant.knowledge.profile import SellerProfile
    from assistant.parts.ladder import Made
    from assistant.pipeline import Call
    from assistant.research.meeting import Wish
    from assistant.settings import Settings

Format = Literal["terminal", "md", "html", "json", "docx"]
_BY_SUFFIX: dict[str, Format] = {
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".docx": "docx",
}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        name="brief",
        epilog="Example: groundwork brief examples/tidewater/sources/* -o tidewater.html",
    )(brief)


def brief(
    sources: Annotated[
        list[str],
        typer.Argument(help="Notes, mails, pages, invites: files, - or http(s) addresses."),
    ],
    meeting: Annotated[str, typer.Option("--meeting", help="The invite, an .ics file.")] = "",
    date: Annotated[
        str, typer.Option("--date", help="When it is: 2026-12-01T10:00, or the day alone.")
    ] = "",
    minutes: Annotated[int | None, typer.Option("--minutes", min=5, max=600)] = None,
    zone: Annotated[str, typer.Option("--zone", help="Its time zone: America/Chicago.")] = "",
    people: Annotated[
        list[str] | None,
        typer.Option("--with", help='Who will be there: "Dana Whitfield, COO"; repeatable.'),
    ] = None,
    next_step: Annotated[str, typer.Option("--next-step", help="The next step you want.")] = "",
    stage: Annotated[str, typer.Option("--stage", help="A stage of the ladder.")] = "",
    account: Annotated[str, typer.Option("--account", help="The prospect's name.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file.")
    ] = None,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help="By default what -o ends in, else for the terminal."),
    ] = None,
    model: options.Model = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the calls and their tokens, ask nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where a check found an error.")
    ] = False,
    review: Annotated[
        bool, typer.Option("--review", help="Confirm or change what was chosen, with a key each.")
    ] = False,
    no_keep: NoKeep = False,
    fresh: options.Fresh = False,
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Prepare a conversation: a checked brief from notes, mails, pages and an invite."""
    settings = options.settings_from(model=model, today=today, workspace=workspace)
    wanted = format_ or options.format_of(
        output, _BY_SUFFIX, printed="terminal" if options.is_on_screen() else "md"
    )
    from assistant.app import keep_gaps, open_embedder, open_tools
    from assistant.app import today as day_of_run
    from assistant.cli.review import is_possible
    from assistant.cli.review import review as ask_seller

    if review and not is_possible():
        raise UsageError("--review needs a terminal to ask in; leave it out, or run it in one")
    embedder = open_embedder(settings)  # loads while the rest is imported and read
    from assistant.pipeline import plan_calls, prepare
    from assistant.plan import Choices
    from assistant.sources import read_sources

    read = read_sources(
        [*sources, *([meeting] if meeting else [])],
        stdin=getattr(sys.stdin, "buffer", None),
        today=day_of_run(settings),
    )
    for source in read:
        for warning in source.warnings:
            options.tell(f"{source.name}: {warning}")
    wish = _wish(date, minutes, zone or settings.zone, people or [], account)
    choices = Choices(stage=stage, next_step=next_step)
    tools = open_tools(
        settings, embedder=embedder, fresh=fresh, on_part=_show_part, tell=options.tell
    )
    _tell_model(settings)
    if dry_run:
        options.put(_as_table(plan_calls(read, tools, wish=wish, choices=choices)))
        return
    made = prepare(read, tools, wish=wish, choices=choices, review=ask_seller if review else None)
    options.deliver(_rendered(made, wanted), output)
    keep_gaps(
        settings,
        made.gaps,
        account=made.dossier.account,
        people=[person.name for person in made.meeting.participants],
        cards=tools.pack,
        tell=options.tell,
    )
    if made.dossier.account and not no_keep:
        _keep(made, settings, tools.profile, stage)
    if strict and any(finding.severity == "error" for finding in made.findings):
        raise typer.Exit(1)


def _wish(date: str, minutes: int | None, zone: str, people: list[str], account: str) -> Wish:
    from assistant.research.meeting import Wish
    from assistant.sources.zones import Zone

    named = tuple(_person(text) for text in people)
    known = Zone(zone, options.a_zone(zone, option="--zone")) if zone else Zone("", None)
    wish = Wish(account=account, minutes=minutes, zone=zone, people=named)
    when = options.a_moment(date, option="--date") if date else None
    if not isinstance(when, datetime):
        return replace(wish, day=when)
    if when.tzinfo is None:
        when, said = known.placed(when)
        for warning in said:
            options.tell(f"--date: {warning}")
    return replace(wish, start=when)


def _person(text: str) -> Participant:
    from assistant.dossier import Participant

    name, _, role = text.partition(",")
    if not name.strip():
        raise UsageError(f'--with: expected "Name, role", got {text!r}')
    return Participant(name=name.strip(), role=role.strip(), side="customer")


def _tell_model(settings: Settings) -> None:
    from assistant.app import model_settings
    from assistant.models import choose_model

    choice = choose_model(model_settings(settings))
    options.tell(f"model: {choice.model} ({choice.why})")


def _as_table(calls: Sequence[Call]) -> str:
    head = f"{'call':<18} {'tokens':>7} {'room':>6}"
    lines = [f"{c.prompt:<18} {c.prompt_tokens:>7} {c.most_written:>6}" for c in calls]
    tokens, room = sum(c.prompt_tokens for c in calls), sum(c.most_written for c in calls)
    return "\n".join([head, *lines, f"{'all':<18} {tokens:>7} {room:>6}"])


def _show_part(made: Made[Any]) -> None:
    """Show a part as soon as it is there: who wrote it, how long it took, and how it begins."""
    options.tell(f"  ✓ {made.name:<11} {made.writer:<8} {made.seconds:5.1f} s  {_beginning(made)}")


def _beginning(made: Made[Any]) -> str:
    from assistant.render.printable import printable

    first = next((statement.text for statement in made.part.statements()), "(nothing)")
    return textwrap.shorten(printable(first), 72, placeholder=" …")


def _keep(made: Brief, settings: Settings, profile: SellerProfile, stage: str) -> None:
    from assistant.app import inbox, open_store
    from assistant.plan import choose_stage

    reached = choose_stage(profile, made.dossier.facts, stage).stage

    def put() -> str:
        if not settings.database.get_secret_value():
            from assistant.store.inbox import put_aside

            return put_aside(inbox(settings), made, stage=reached)
        from assistant.store.keep import keep_brief

        return keep_brief(open_store(settings), made, stage=reached)

    keep(put)


def _rendered(made: Brief, wanted: Format) -> str | bytes:
    match wanted:
        case "json":
            return made.model_dump_json(indent=2)
        case "html":
            from assistant.render.html import to_html

            return to_html(made)
        case "md":
            from assistant.render.markdown import to_markdown

            return to_markdown(made)
        case "docx":
            from assistant.render.docx import to_docx

            return to_docx(made)
        case "terminal":
            from assistant.render.terminal import to_terminal

            return to_terminal(made, width=min(100, shutil.get_terminal_size().columns))
