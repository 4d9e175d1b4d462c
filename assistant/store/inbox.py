"""Briefs that wait to be kept: put aside in a moment, taken into the database when it is opened."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.brief import Brief
from assistant.errors import LockedError, StoreError, UsageError
from assistant.files import write_text

if TYPE_CHECKING:
    from assistant.store.database import Database

_WAIT_S = 10.0  # for another process that is taking them in


def put_aside(folder: Path, brief: Brief, *, stage: str = "") -> str:
    """Write a brief to `folder` with the stage that it was made for; return the account's name.

    To open the database costs a third of what a whole brief takes; this costs next to nothing.

    Raises:
        UsageError: the brief names no account.
        StoreError: it could not be written.
    """
    account = brief.dossier.account
    if not account:
        raise UsageError("it names no account to be kept for; give one with --account")
    text = json.dumps({"stage": stage, "brief": brief.model_dump(mode="json")}, ensure_ascii=False)
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {error.strerror or error}") from error
    path = folder / f"{brief.created_at:%Y%m%dT%H%M%S}-{mark}.json"
    write_text(path, text)
    with suppress(OSError):
        path.chmod(0o600)
    return account


def take_in(database: Database, folder: Path) -> None:
    """Keep what waits in `folder`, the oldest first; each leaves the folder when it is kept.

    What cannot be read stays there under another name, and stops nothing.

    Raises:
        LockedError: another process has been at it for too long.
        StoreError: the database fails; what was not kept still waits.
    """
    if not any(folder.glob("*.json")):
        return
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / "lock", timeout=_WAIT_S):
            for path in sorted(folder.glob("*.json")):
                _take(database, path)
    except Timeout as error:
        raise LockedError(f"{folder}: another process is keeping briefs; try again") from error


def _take(database: Database, path: Path) -> None:
    from assistant.store.keep import keep_brief

    try:
        waiting = json.loads(path.read_text(encoding="utf-8"))
        brief, stage = Brief.model_validate(waiting["brief"]), str(waiting["stage"])
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError):
        path.rename(path.with_suffix(".unreadable"))
        return
    keep_brief(database, brief, stage=stage)
    path.unlink(missing_ok=True)
