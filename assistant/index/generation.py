"""One generation of the index on disk: written beside the others, verified, then pointed at."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.embedding import Vectors
from assistant.errors import StoreError
from assistant.files import write_bytes, write_text
from assistant.index.chroma import bytes_needed, write_collection
from assistant.index.vectors import Card, Held, Index

_T = TypeVar("_T")

FORMAT: Literal[1] = 1  # of the files; another choice of `texts_of` shows by itself, in the sha256s
CURE = "run 'groundwork knowledge index'"
VECTORS = "vectors.npy"
CHROMA = "chroma"
_MANIFEST = "manifest.json"
_POINTER = "current"
_TRIES = 3  # to read while generations are being switched


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileNote(_Frozen):
    """What a file must be."""

    sha256: str
    size: int


class Manifest(_Frozen):
    """What a generation holds, and every file of it but this one, by path within it."""

    format: Literal[1]
    embedder: str
    cards: tuple[Held, ...]
    files: dict[str, FileNote]


@dataclass(frozen=True)
class Generation:
    """A generation that its manifest, and the pointer to that, vouch for."""

    path: Path
    manifest: Manifest

    def read(self, name: str) -> bytes:
        """Return a file's content, which is what was written.

        Raises:
            StoreError: it is missing or damaged.
        """
        path = self.path / name
        content = _content(path)
        wanted = self.manifest.files[name]
        if (len(content), _sha256(content)) != (wanted.size, wanted.sha256):
            raise StoreError(f"{path}: damaged; {CURE}")
        return content

    def vectors(self) -> Vectors:
        """Return the vectors, one line a text.

        Raises:
            StoreError: the file is missing or damaged.
        """
        vectors: Vectors = np.load(io.BytesIO(self.read(VECTORS)), allow_pickle=False)
        return vectors

    def copy_chroma(self, target: Path) -> None:
        """Copy Chroma's files to `target`, each as it was written.

        Raises:
            StoreError: one is missing or damaged, or the copy cannot be written.
        """
        for name in self.manifest.files:
            if name.startswith(f"{CHROMA}/"):
                place = target / name.removeprefix(f"{CHROMA}/")
                place.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(place, self.read(name))

    def damage(self) -> str:
        """Return what is wrong with the first file that is not as it was written, else ""."""
        try:
            for name in self.manifest.files:
                self.read(name)
        except StoreError as error:
            return without_cure(error)
        return ""


def without_cure(error: StoreError) -> str:
    """Return what happened, for whoever is about to cure it."""
    return str(error).removesuffix(f"; {CURE}")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; {CURE}") from error


def current_generation(folder: Path) -> Generation | None:
    """Return the generation that serves, None before the first one.

    Raises:
        StoreError: the pointer or the manifest is damaged, or of another version.
    """
    pointer = folder / _POINTER
    if not pointer.exists():
        return None
    name, _, sha256 = _content(pointer).decode("ascii", errors="replace").strip().partition(" ")
    if not name.isalnum():
        raise StoreError(f"{pointer}: damaged; {CURE}")
    path = folder / name / _MANIFEST
    content = _content(path)
    if _sha256(content) != sha256:
        raise StoreError(f"{path}: damaged; {CURE}")
    try:
        return Generation(path.parent, Manifest.model_validate_json(content))
    except ValidationError as error:
        raise StoreError(f"{path}: written by another version; {CURE}") from error


def read_current(folder: Path, read: Callable[[Generation], _T]) -> _T:
    """Read from the generation that serves, again where it was switched meanwhile.

    Raises:
        StoreError: there is none, or what was read is missing or damaged.
    """
    for tries_left in reversed(range(_TRIES)):
        pointer = _pointer(folder)
        try:
            return read(_required(folder))
        except StoreError:
            if not tries_left or _pointer(folder) == pointer:
                raise
    raise AssertionError("unreachable")


def _required(folder: Path) -> Generation:
    generation = current_generation(folder)
    if generation is None:
        raise StoreError(f"{folder}: there is no index yet; {CURE}")
    return generation


def _pointer(folder: Path) -> bytes:
    try:
        return (folder / _POINTER).read_bytes()
    except OSError:
        return b""


def write_generation(folder: Path, cards: Sequence[Card], index: Index) -> None:
    """Write a generation, verify it, point at it, and delete the others. The lock must be held.

    Raises:
        OSError, StoreError: it cannot be written; the former generation still serves.
    """
    _require_space(folder, index.vectors)
    path = folder / secrets.token_hex(8)
    path.mkdir()
    try:
        buffer = io.BytesIO()
        np.save(buffer, index.vectors, allow_pickle=False)
        write_bytes(path / VECTORS, buffer.getvalue())
        write_collection(path / CHROMA, cards, index, vectors_file=path / VECTORS)
        files = {name: _flushed(path / name) for name in _names(path)}
        embedder = index.embedder.fingerprint
        manifest = Manifest(format=FORMAT, embedder=embedder, cards=index.cards, files=files)
        content = manifest.model_dump_json().encode()
        write_bytes(path / _MANIFEST, content)
        write_text(folder / _POINTER, f"{path.name} {_sha256(content)}\n")
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    delete_others(folder, keep=path)


def _require_space(folder: Path, vectors: Vectors) -> None:
    """Refuse what will not fit, before Chroma maps a file that the disk cannot hold."""
    needed = vectors.nbytes + bytes_needed(vectors)
    if shutil.disk_usage(folder).free < needed:
        raise StoreError(f"No space left on device: it takes {needed:,} bytes")


def _names(path: Path) -> list[str]:
    return sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file())


def _flushed(path: Path) -> FileNote:
    """Put a file on disk for good, and note what it holds."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        content = stream.read()
    return FileNote(sha256=_sha256(content), size=len(content))


def delete_others(folder: Path, *, keep: Path) -> None:
    """Delete every generation but one. The lock must be held: else somebody may be building it."""
    for path in folder.iterdir():
        if path.is_dir() and path != keep:
            shutil.rmtree(path, ignore_errors=True)
