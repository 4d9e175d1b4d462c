"""Build the index, open it, or do without it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.embedding import Embedder
from assistant.errors import LockedError, StoreError
from assistant.files import write_text
from assistant.index.chroma import ChromaIndex, open_collection
from assistant.index.generation import (
    CHROMA,
    CURE,
    Generation,
    current_generation,
    delete_others,
    read_current,
    without_cure,
    write_generation,
)
from assistant.index.vectors import (
    ApprovedCards,
    Card,
    Index,
    OnProgress,
    embed_cards,
    held,
    memory_index,
    report_nothing,
    usable_cards,
)

_WAIT_S = 120.0  # for somebody else's build; a thousand new cards take about as long
_FEW = 8  # cards that a lookup embeds for itself, in less time than a build takes


@dataclass(frozen=True)
class Built:
    """What a build did; `notice` says in one line what was found damaged and mended, else ""."""

    cards: int
    embedded: int  # cards of which at least one text was new
    seconds: float
    notice: str = ""


@dataclass(frozen=True)
class Ready:
    """An index that holds every approved card, and one line for the seller, else ""."""

    index: Index
    notice: str = ""


# --- opening


def open_index(folder: Path, embedder: Embedder) -> Index:
    """Return the index at `folder`, read whole into memory. Needs no lock and writes nothing.

    Raises:
        StoreError: there is none, a file of it is missing or damaged, or another embedder built it;
            says how to build it.
    """
    return read_current(folder, lambda generation: _index(generation, embedder))


def _index(generation: Generation, embedder: Embedder) -> Index:
    manifest = generation.manifest
    if manifest.embedder != embedder.fingerprint:
        raise StoreError(
            f"{generation.path.parent}: built by the embedder {manifest.embedder}, "
            f"not by {embedder.fingerprint}; {CURE}"
        )
    return Index(embedder, manifest.cards, generation.vectors())


@contextmanager
def open_chroma(folder: Path, embedder: Embedder) -> Iterator[ChromaIndex]:
    """Open the index at `folder` through Chroma, on a verified copy of its files.

    Raises:
        StoreError: as for `open_index`, or Chroma fails.
    """
    with tempfile.TemporaryDirectory(prefix="groundwork-") as name:

        def read(generation: Generation) -> Index:
            generation.copy_chroma(Path(name) / CHROMA)
            return _index(generation, embedder)

        index = read_current(folder, read)
        with open_collection(Path(name) / CHROMA, index) as chroma:
            yield chroma


def ready_index(
    folder: Path,
    pack: ApprovedCards,
    embedder: Embedder,
    *,
    today: date,
    on_progress: OnProgress = report_nothing,
    wait_s: float = _WAIT_S,
) -> Ready:
    """Return an index of all approved cards: the one at `folder`, brought up to date if need be.

    A few cards that it does not hold yet are embedded in memory, and the folder is left to the next
    build; words that no card has any more, such as the name of a customer who may no longer be
    named, are built out of it at once. Where it cannot be built (disk full, read-only folder,
    somebody else building for longer than `wait_s`), all of it is in memory, with the same answers,
    and the notice says why.

    Raises:
        ModelError: the embedder fails.
    """
    known: Index | None = None
    try:
        known = open_index(folder, embedder)
        wanted, there = set(held(usable_cards(pack, today))), set(known.cards)
        if wanted == there:
            return Ready(known)
        if there <= wanted and len(wanted - there) <= _FEW:
            return Ready(memory_index(pack, embedder, today=today, known=known))
    except StoreError:
        pass  # the build says what was wrong, and mends it
    try:
        built = build_index(
            folder, pack, embedder, today=today, on_progress=on_progress, wait_s=wait_s
        )
        return Ready(open_index(folder, embedder), built.notice)
    except StoreError as error:
        return Ready(memory_index(pack, embedder, today=today, known=known), str(error))


# --- building


def build_index(
    folder: Path,
    pack: ApprovedCards,
    embedder: Embedder,
    *,
    today: date,
    on_progress: OnProgress = report_nothing,
    wait_s: float = _WAIT_S,
) -> Built:
    """Bring the index at `folder` up to the approved cards; write nothing where it is.

    The new generation is built beside the old one, which serves until the new one is verified. A
    text that the old one holds is not embedded again. Whatever stops a build, even SIGKILL, the
    next one reaches the same state.

    Raises:
        LockedError: somebody else has been building for longer than `wait_s`; says who.
        StoreError: it cannot be written; what was there still serves.
        ModelError: the embedder fails.
    """
    started = time.perf_counter()
    cards = usable_cards(pack, today)
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder, wait_s):
            former, damage = _former(folder)
            embedded = 0
            if former is None or damage or not _is_current(former, embedder, cards):
                index, embedded = embed_cards(
                    cards, embedder, known=_known(former, embedder), on_progress=on_progress
                )
                write_generation(folder, cards, index)
            else:
                delete_others(folder, keep=former.path)
    notice = f"{damage}; the index was built again" if damage else ""
    return Built(len(cards), embedded, time.perf_counter() - started, notice)


def _former(folder: Path) -> tuple[Generation | None, str]:
    """Return the generation that serves, and what is damaged of it."""
    try:
        former = current_generation(folder)
    except StoreError as error:
        return None, without_cure(error)
    return former, former.damage() if former else ""


def _is_current(former: Generation, embedder: Embedder, cards: Sequence[Card]) -> bool:
    manifest = former.manifest
    return manifest.embedder == embedder.fingerprint and manifest.cards == held(cards)


def _known(former: Generation | None, embedder: Embedder) -> Index | None:
    try:
        return _index(former, embedder) if former else None
    except StoreError:
        return None  # another embedder's, or damaged: made again


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say of a failed build what was kept and what to do."""
    try:
        yield
    except LockedError:
        raise
    except (OSError, StoreError) as error:
        reason = str(error) if isinstance(error, StoreError) else error.strerror
        raise StoreError(
            f"{folder}: the index cannot be written: {reason}; {_free(folder)}; cards are found "
            f"without it, and a former index still serves; make room or mend it, then {CURE}"
        ) from error


def _free(folder: Path) -> str:
    while not folder.is_dir():
        folder = folder.parent
    return f"{shutil.disk_usage(folder).free:,} bytes are free"


@contextmanager
def _locked(folder: Path, wait_s: float) -> Iterator[None]:
    """Hold the lock of an index folder; `holder` beside it says who does.

    Raises:
        LockedError: somebody else holds it for longer than `wait_s`.
    """
    import filelock

    lock = filelock.FileLock(folder / "lock")
    holder = folder / "holder"
    try:
        lock.acquire(timeout=wait_s)
    except filelock.Timeout as error:
        raise LockedError(
            f"{folder}: {_who(holder)} is building the index; wait for it or end it, then {CURE}"
        ) from error
    try:
        write_text(holder, f"{os.getpid()}\n")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        pid = int(holder.read_text(encoding="ascii"))
        since = datetime.fromtimestamp(holder.stat().st_mtime, UTC)
    except (OSError, ValueError):
        return "another process"
    return f"process {pid} (since {since:%Y-%m-%d %H:%M:%S} UTC)"
