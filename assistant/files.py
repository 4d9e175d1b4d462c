"""Write files so that a reader sees the old content or the new, never half of either."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from assistant.errors import StoreError


def write_text(path: Path, text: str) -> None:
    """Put `text` at `path` in UTF-8: written beside it, flushed to disk, then moved over it.

    Raises:
        StoreError: the folder is missing or read-only, the path is a folder, or the disk is full.
            What was at `path` is untouched.
    """
    write_bytes(path, text.encode("utf-8", errors="backslashreplace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` at `path`, as `write_text` does.

    Raises:
        StoreError: as for `write_text`.
    """
    try:
        _replace(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"{path}: cannot be written: {reason}; what was there is untouched"
        ) from error


def _replace(path: Path, content: bytes) -> None:
    if path.is_dir():
        raise IsADirectoryError(None, "it is a folder")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        aside.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise


def _sync_folder(folder: Path) -> None:
    """Make the move itself durable, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
