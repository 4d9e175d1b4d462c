"""`groundwork debrief`: a call in, its outcome, actions and lessons out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options
from assistant.cli.keeping import NoKeep, keep
from assistant.errors import SourceError, UsageError

if TYPE_CHECKING:
    from assistant.brief import Brief
    from assistant.debrief import Debrief
    from assistant.settings import Settings
    from assistant.sources.source import Source

Format = Literal["md", "json"]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        name="debrief",
        epilog="Example: groundwork debrief call.vtt --brief tidewater.json --us 'Sam Okafor'",
    )(debrief)


def debrief(
    transcript: Annotated[
        list[str], typer.Argument(help="The call: .vtt, .srt, .json, text, your notes; or -.")
    ],
    brief: Annotated[
        Path | None, typer.Option("--brief", help="The brief of the call, as JSON.")
    ] = None,
    us: Annotated[
        list[str] | None, typer.Option("--us", help="A speaker who is ours; repeatable.")
    ] = None,
    when: Annotated[
        str, typer.Option("--date", help="The day of the call: 2026-12-01.", show_default=False)
    ] = "",
    account: Annotated[str, typer.Option("--account", help="The prospect's name.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file.")
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="By default what -o ends in, else md.")
    ] = None,
    no_keep: NoKeep = False,
    model: options.Model = "",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Judge a call: its outcome by code, with quotes, actions with days, and lessons."""
    settings = options.settings_from(model=model, today=today, workspace=workspace)
    from assistant.app import keep_gaps, now, open_index, open_pack, open_profile
    from assistant.debriefing import debrief as judge
    from assistant.sources import read_sources

    prepared = _read_brief(brief) if brief else None
    moment = now(settings)
    read = read_sources(transcript, stdin=getattr(sys.stdin, "buffer", None), today=moment.date())
    pack = open_pack(settings)
    made = judge(
        read,
        profile=open_profile(settings),
        now=moment,
        brief=prepared,
        held_on=_day(when),
        ours=us or (),
        account=account,
        pack=pack,
        index=open_index(settings, pack, tell=options.tell),
    )
    people = [person.name for person in prepared.meeting.participants] if prepared else []
    owners = [action.owner for action in made.actions]
    _write(made, format_ or _format_of(output), output)
    keep_gaps(
        settings,
        made.gaps,
        account=made.account,
        people=[*people, *owners, *(us or ())],
        cards=pack,
        tell=options.tell,
    )
    if not no_keep:
        _keep(made, settings, read, seller=us[0] if us else "")


def _keep(made: Debrief, settings: Settings, read: Sequence[Source], *, seller: str) -> None:
    """Keep it; the same file of the same day is the same call, whatever is handed in beside it."""
    from hashlib import sha256

    from assistant.app import open_store
    from assistant.store.keep import keep_debrief

    call = sha256(read[0].name.encode("utf-8", "replace")).hexdigest()[:12]
    speakers = {
        f"{passage.source}:{passage.line}": passage.speaker
        for source in read
        for passage in source.passages
        if passage.speaker
    }
    keep(
        lambda: keep_debrief(
            open_store(settings), made, call=call, seller=seller, speakers=speakers
        )
    )


def _day(text: str) -> date | None:
    return options.a_day(text, option="--date") if text else None


def _format_of(output: Path | None) -> Format:
    suffix = output.suffix.lower() if output else ".md"
    match suffix:
        case ".md":
            return "md"
        case ".json":
            return "json"
    raise UsageError(f"-o {output}: the name ends in neither .md nor .json; add one, or --format")


def _read_brief(path: Path) -> Brief:
    from pydantic import ValidationError

    from assistant.brief import Brief

    try:
        return Brief.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}", name=str(path)) from error
    except ValidationError as error:
        raise SourceError(
            f"{path}: is no brief: {error.errors()[0]['msg']}; make one with "
            "'groundwork brief ... --format json'",
            name=str(path),
        ) from error


def _write(made: Debrief, wanted: Format, output: Path | None) -> None:
    from assistant.render.debrief import to_markdown

    content = made.model_dump_json(indent=2) if wanted == "json" else to_markdown(made)
    options.deliver(content, output)
