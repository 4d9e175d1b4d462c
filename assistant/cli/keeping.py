"""Keep what a command has made, after it was written out; what fails there loses only this."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from assistant.cli import options

NoKeep = Annotated[bool, typer.Option("--no-keep", help="Do not keep it for its account.")]


def keep(put: Callable[[], str]) -> None:
    """Have `put` keep it and return the account's name; say in one line how that went."""
    from assistant.errors import GroundworkError

    try:
        account = put()
    except GroundworkError as error:
        options.tell(f"not kept for its account: {error}")
        return
    options.tell(f"kept for {account}")
