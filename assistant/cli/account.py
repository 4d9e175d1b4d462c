"""`groundwork account`: what is kept of accounts, and how a person leaves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli import options
from assistant.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.store.erase import Erasure


_MOST_LEFT = 8  # places that are shown


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(name="account", epilog='Example: groundwork account "Tidewater Gulf Terminals"')(
        account
    )


def account(
    name: Annotated[str, typer.Argument(help="One account; by default all.")] = "",
    done: Annotated[
        int | None, typer.Option("--done", help="Mark the open action of this number as done.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write everything kept to this file, as JSON.")
    ] = None,
    erase_person: Annotated[
        str, typer.Option("--erase-person", help='Erase a person everywhere: "Dana Whitfield".')
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    format_: Annotated[Literal["text", "json"], typer.Option("--format")] = "text",
    today: options.Today = "",
    workspace: options.Workspace = None,
) -> None:
    """Show what is kept of the accounts: briefs, calls, open actions, objections.

    --erase-person takes a person out of the documents of every account: name, addresses, and what
    they said. It shows what will go, and asks.
    """
    settings = options.settings_from(today=today, workspace=workspace)
    if sum(bool(wish) for wish in (export, erase_person, done is not None)) > 1:
        raise UsageError("--done, --export and --erase-person: one at a time")
    if erase_person:
        _erase(settings, name, erase_person, yes=yes)
    elif export:
        _export(settings, name, export)
    elif done is not None:
        _mark(settings, name, done)
    else:
        _show(settings, name, format_)


def _show(settings: Settings, name: str, format_: Literal["text", "json"]) -> None:
    from assistant.app import open_store
    from assistant.app import today as day_of_run
    from assistant.render.account import accounts_as_text, timeline_as_text
    from assistant.store.accounts import list_accounts, timeline

    store, today = open_store(settings), day_of_run(settings)
    if name:
        told = timeline(store, name)
        as_json = format_ == "json"
        options.put(
            told.model_dump_json(indent=2) if as_json else timeline_as_text(told, today=today)
        )
        return
    lines = list_accounts(store, today=today)
    if format_ == "json":
        content = [line.model_dump(mode="json") for line in lines]
        options.put(json.dumps(content, indent=2, ensure_ascii=False))
    elif lines:
        options.put(accounts_as_text(lines))
    else:
        options.tell("no account is kept yet; 'groundwork brief' keeps each brief it makes")


def _export(settings: Settings, name: str, file: Path) -> None:
    from assistant.app import now, open_store
    from assistant.files import write_text
    from assistant.store.accounts import export

    content = export(open_store(settings), name, at=now(settings))
    write_text(file, json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    options.tell(f"written to {file}")


def _mark(settings: Settings, name: str, number: int) -> None:
    from assistant.app import open_store
    from assistant.app import today as day_of_run
    from assistant.store.accounts import mark_done

    if not name:
        raise UsageError("--done: name the account that the action is of")
    options.tell(f"done: {mark_done(open_store(settings), name, number, on=day_of_run(settings))}")


def _erase(settings: Settings, name: str, person: str, *, yes: bool) -> None:
    from assistant.app import open_store, state_folder
    from assistant.store.accounts import timeline
    from assistant.store.erase import erase_person, plan_erasure

    store, gaps = open_store(settings), state_folder(settings)
    if name:
        timeline(store, name)  # a slip in the name of the account is told before anything goes
    plan = plan_erasure(store, person, gaps=gaps)
    _tell_plan(plan)
    if plan.accounts or plan.needs:
        options.ask(f"Erase {person}, for good?", yes=yes)
    erase_person(store, person, gaps=gaps)
    options.tell(
        f"{person} is erased; what you exported, printed or backed up before still holds them, "
        "and so may the cache of model answers"
        if plan.accounts or plan.needs
        else f"nobody called {person} is kept"
    )


def _tell_plan(plan: Erasure) -> None:
    for here in plan.accounts:
        options.tell(
            f"{here.account}: {here.said} statements of theirs, {here.mentions} other places, "
            f"in {here.documents} documents"
        )
        for place in here.left[:_MOST_LEFT]:
            options.tell(f"  stays, since it seems to mean something else: … {place} …")
        if len(here.left) > _MOST_LEFT:
            options.tell(f"  and {len(here.left) - _MOST_LEFT} more")
    if plan.addresses:
        options.tell(f"addresses: {', '.join(plan.addresses)}")
    if plan.needs:
        options.tell(f"collected gaps: {plan.needs}")
