"""Keep what a command has made, after it was written out; a store that fails loses only this."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import options

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.store.database import Database

NoKeep = Annotated[bool, typer.Option("--no-keep", help="Do not keep it for its account.")]


def keep(settings: Settings, put_into: Callable[[Database], str]) -> None:
    """Have `put_into` keep it and return the account's name; say in one line how that went."""
    from assistant.app import open_store
    from assistant.errors import GroundworkError

    try:
        account = put_into(open_store(settings))
    except GroundworkError as error:
        options.tell(f"not kept for its account: {error}")
        return
    options.tell(f"kept for {account}")
