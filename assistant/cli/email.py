"""`groundwork email`: a checked draft to the customer, from a brief or a debrief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options
from assistant.errors import InputError, UsageError

if TYPE_CHECKING:
    from assistant.brief import Brief
    from assistant.debrief import Debrief
    from assistant.email import Email

Format = Literal["md", "eml", "json"]
Kind = Literal["confirm", "follow-up"]
_BY_SUFFIX: dict[str, Format] = {".md": "md", ".txt": "md", ".eml": "eml", ".json": "json"}
_MOST_BYTES = 20_000_000


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="email", epilog="Example: groundwork email tidewater.json -o confirm.eml")(
        email
    )


def email(
    file: Annotated[Path, typer.Argument(help="A brief or a debrief, as --format json writes it.")],
    kind: Annotated[
        Kind | None,
        typer.Option("--kind", help="By default confirm for a brief, follow-up for a debrief."),
    ] = None,
    brief: Annotated[
        Path | None,
        typer.Option("--brief", help="For a follow-up: the brief of the call, with the addresses."),
    ] = None,
    sender: Annotated[
        str, typer.Option("--from", help="Your address, where the brief does not hold it.")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file.")
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="By default what -o ends in, else md.")
    ] = None,
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Write to the customer: to confirm a meeting from its brief, or after it from its debrief.

    It is a draft: nothing is sent. What the checks keep back is not shown; they say why.
    """
    settings = options.settings_from(today=today, workspace=workspace)
    wanted = format_ or options.format_of(output, _BY_SUFFIX, printed="md")
    from assistant.app import now, open_pack, open_profile
    from assistant.brief import Brief
    from assistant.correspondence import confirm, follow_up
    from assistant.debrief import Debrief

    known = _read(file)
    if kind and (kind == "follow-up") != isinstance(known, Debrief):
        needed = "debrief" if kind == "follow-up" else "brief"
        raise UsageError(f"--kind {kind}: it is made from a {needed}, and {file} is none")
    prepared = _read(brief) if brief else None
    if prepared is not None and not isinstance(prepared, Brief):
        raise UsageError(f"--brief {brief}: is a debrief; name the brief of the call")
    profile, pack, moment = open_profile(settings), open_pack(settings), now(settings)
    made = (
        confirm(known, profile=profile, pack=pack, now=moment, sender=sender)
        if isinstance(known, Brief)
        else follow_up(known, profile=profile, pack=pack, now=moment, brief=prepared, sender=sender)
    )
    for finding in made.findings:
        options.tell(f"{finding.severity}: {finding.where}: {finding.message} ({finding.check})")
    if any(finding.severity == "error" for finding in made.findings):
        options.tell("the e-mail is kept back")
        raise typer.Exit(1)
    _write(made, wanted, output)


def _read(file: Path) -> Brief | Debrief:
    """Read a brief or a debrief that was kept as JSON.

    Raises:
        InputError: it is not there, too large, or neither.
    """
    from pydantic import TypeAdapter, ValidationError

    from assistant.brief import Brief
    from assistant.debrief import Debrief

    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"{file}: larger than {_MOST_BYTES // 1_000_000} MB; no brief is")
        content = file.read_bytes()
        kept = TypeAdapter(dict[str, object]).validate_json(content)
        return (Debrief if "outcome" in kept else Brief).model_validate_json(content)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InputError(
            f"{file}: no brief and no debrief: {where}: {first['msg']}; 'groundwork brief … "
            "--format json -o FILE' writes one"
        ) from error


def _write(made: Email, wanted: Format, output: Path | None) -> None:
    from assistant.render.eml import to_eml, to_text

    match wanted:
        case "eml":
            content = to_eml(made).decode()
        case "md":
            content = to_text(made)
        case "json":
            content = made.model_dump_json(indent=2)
    options.deliver(content, output)
