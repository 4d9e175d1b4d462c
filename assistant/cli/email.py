"""`groundwork email`: a checked draft to the customer, from a brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options
from assistant.errors import InputError, UsageError

if TYPE_CHECKING:
    from assistant.brief import Brief
    from assistant.email import Email

Format = Literal["md", "eml", "json"]
_BY_SUFFIX: dict[str, Format] = {".md": "md", ".txt": "md", ".eml": "eml", ".json": "json"}
_MOST_BYTES = 20_000_000


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="email", epilog="Example: groundwork email tidewater.json -o confirm.eml")(
        email
    )


def email(
    file: Annotated[Path, typer.Argument(help="A brief, as --format json writes it.")],
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
    """Write to the customer before the call: purpose, agenda, next step, one question.

    It is a draft: nothing is sent. What the checks keep back is not shown; they say why.
    """
    settings = options.settings_from(today=today, workspace=workspace)
    wanted = format_ or _format_of(output)
    brief = _read_brief(file)
    from assistant.app import now, open_pack, open_profile
    from assistant.correspondence import confirm

    made = confirm(
        brief,
        profile=open_profile(settings),
        pack=open_pack(settings),
        now=now(settings),
        sender=sender,
    )
    for finding in made.findings:
        options.tell(f"{finding.severity}: {finding.where}: {finding.message} ({finding.check})")
    if any(finding.severity == "error" for finding in made.findings):
        options.tell("the e-mail is kept back")
        raise typer.Exit(1)
    _write(made, wanted, output)


def _format_of(output: Path | None) -> Format:
    if output is None:
        return "md"
    if output.suffix.lower() not in _BY_SUFFIX:
        known = ", ".join(_BY_SUFFIX)
        raise UsageError(f"-o {output}: the name ends in none of {known}; add one, or --format")
    return _BY_SUFFIX[output.suffix.lower()]


def _read_brief(file: Path) -> Brief:
    """Read a brief that was kept as JSON.

    Raises:
        InputError: it is not there, too large, or no brief.
    """
    from pydantic import ValidationError

    from assistant.brief import Brief

    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"{file}: larger than {_MOST_BYTES // 1_000_000} MB; no brief is")
        return Brief.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InputError(
            f"{file}: no brief: {where}: {first['msg']}; "
            "'groundwork brief … --format json -o FILE' writes one"
        ) from error


def _write(made: Email, wanted: Format, output: Path | None) -> None:
    from assistant.render.eml import to_eml, to_text

    match wanted:
        case "eml":
            content = to_eml(made)
        case "md":
            content = to_text(made).encode()
        case "json":
            content = made.model_dump_json(indent=2).encode()
    if output is None:
        options.put(content.decode())
        return
    from assistant.files import write_bytes

    write_bytes(output, content)
    options.tell(f"written to {output}")
