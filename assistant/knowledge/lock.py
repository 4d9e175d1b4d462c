"""Let one process at a time change a file that is read, changed and written again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import LockedError, StoreError

_WAIT_S = 10.0


@contextmanager
def changing(path: Path, *, lock: Path, wait_s: float = _WAIT_S) -> Iterator[None]:
    """Hold `lock`, an empty file that stays, while `path` is read and written again.

    It belongs in the workspace's `.groundwork/`, which nobody shares or commits.

    Raises:
        LockedError: another process held it for all of `wait_s`.
        StoreError: the lock cannot be made, as in a folder that is read-only.
    """
    held = FileLock(lock, timeout=wait_s)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        held.acquire()
    except Timeout as error:
        message = f"{path}: another process has been changing it for {wait_s:g} s; try again later"
        raise LockedError(message) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{lock}: cannot be locked: {reason}; nothing was changed") from error
    try:
        yield
    finally:
        held.release()
