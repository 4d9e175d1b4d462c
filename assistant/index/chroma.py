"""The index as a Chroma collection: written, verified, and asked, in a process of its own.

Lookups do without: docs/decisions/0004-chroma-in-a-process-of-its-own.md says why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.embedding import Vectors
from assistant.errors import StoreError
from assistant.index.vectors import Card, Held, Index, Nearness, distinct_texts, text_by_sha

_CHILD = (sys.executable, "-P", str(Path(__file__).with_name("chroma_child.py")))
_ENVIRONMENT = ("PATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH")
_WRITE_TIMEOUT_S = 600.0  # 8,000 texts took 8 s; it is to end what hangs
_ASK_TIMEOUT_S = 60.0
_BREADTHS = (200, 1000)  # of the search for neighbours; the second costs five times as much
_FARTHEST = 2.0  # cosine distance of opposites
_BYTES_A_BYTE = 4  # Chroma's files over the vectors' own; 1.7 measured for 4,000 vectors of 384
_BYTES_EMPTY = 1_500_000  # of a collection with nothing in it; 0.9 MB measured


def bytes_needed(vectors: Vectors) -> int:
    """Return how much room a collection takes, estimated with some to spare."""
    return _BYTES_EMPTY + _BYTES_A_BYTE * vectors.nbytes


def write_collection(
    folder: Path, cards: Sequence[Card], index: Index, *, vectors_file: Path
) -> None:
    """Write texts and vectors as a collection, and see that every text is found by its own vector.

    The id of a text is its sha256; its metadata name the cards that hold it. `vectors_file` holds
    the vectors of `index`.

    Raises:
        StoreError: Chroma fails, or does not find all that was handed to it.
    """
    request = {
        "do": "write",
        "folder": str(folder),
        "vectors": str(vectors_file),
        "entries": _entries(cards, index),
    }
    lost = 0
    with _started(folder.parent) as process:
        for breadth in _BREADTHS:
            answer = process.ask({**request, "breadth": breadth}, timeout_s=_WRITE_TIMEOUT_S)
            if not (lost := answer["lost"]):
                return
            shutil.rmtree(folder)
    raise StoreError(f"Chroma does not find {lost} texts by themselves")


def _entries(cards: Sequence[Card], index: Index) -> list[dict[str, Any]]:
    """Return what is written, in the order of the sha256s.

    Texts of a card are alike, and a graph that gets them one after the other loses some: of 6,000
    in tight groups, 138 to 842 were not found by themselves; in this order, none.
    """
    texts: dict[str, str] = {}
    owners: dict[str, list[str]] = {}
    for card in cards:
        for sha, text in text_by_sha(card).items():
            texts[sha] = text
            owners.setdefault(sha, []).append(card.id)
    lines = enumerate(distinct_texts(index.cards))
    entries = [
        {"id": sha, "line": line, "text": texts[sha], "cards": owners[sha]} for line, sha in lines
    ]
    return sorted(entries, key=lambda entry: str(entry["id"]))


@dataclass(frozen=True)
class ChromaIndex:
    """The same index, asked through Chroma. Made by `open_chroma`."""

    index: Index
    process: ChromaProcess

    @property
    def cards(self) -> tuple[Held, ...]:
        """Return the cards it holds."""
        return self.index.cards

    def nearness(self, texts: Sequence[str]) -> Nearness:
        """Return how near each card comes to each text, as `Index.nearness` does.

        Raises:
            ModelError: the embedder fails.
            StoreError: Chroma fails.
        """
        if not self.cards or not texts:
            return self.index.nearness(texts)
        return self.index.by_card(np.stack([self._cosines(text) for text in texts]))

    def _cosines(self, text: str) -> Vectors:
        vector = self.index.embedder.embed([text])[0].tolist()
        answer = self.process.ask({"do": "ask", "vector": vector}, timeout_s=_ASK_TIMEOUT_S)
        distances: Mapping[str, float] = answer["distances"]
        lines = distinct_texts(self.cards)
        return np.asarray([1.0 - distances.get(s, _FARTHEST) for s in lines], dtype=np.float32)

    def missing(self, cards: Sequence[Card]) -> tuple[str, ...]:
        """Return the ids of cards that are not held in their present words."""
        return self.index.missing(cards)


@contextmanager
def open_collection(folder: Path, index: Index) -> Iterator[ChromaIndex]:
    """Open the collection in a folder that is ours alone: Chroma will write to it.

    Raises:
        StoreError: Chroma fails.
    """
    with _started(folder.parent) as process:
        process.ask({"do": "open", "folder": str(folder)}, timeout_s=_ASK_TIMEOUT_S)
        yield ChromaIndex(index, process)


class ChromaProcess:
    """The process that Chroma runs in, answering one request at a time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take a started process."""
        self._process = process

    def ask(self, request: Mapping[str, Any], *, timeout_s: float) -> dict[str, Any]:
        """Return the answer to a request.

        Raises:
            StoreError: Chroma refuses it, takes longer, or its process died.
        """
        assert self._process.stdin
        assert self._process.stdout
        watch = threading.Timer(timeout_s, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            with suppress(BrokenPipeError):  # it died: there will be no answer
                self._process.stdin.write(json.dumps(request).encode() + b"\n")
                self._process.stdin.flush()
            line = self._process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            code = self._process.wait()
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            raise StoreError(f"Chroma's process died ({how})")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise StoreError(f"Chroma: {answer['error']}")
        return answer


@contextmanager
def _started(folder: Path) -> Iterator[ChromaProcess]:
    """Start Chroma's process, and end it.

    It gets no more of the environment than it needs, and works in `folder`: no variable and no
    .env file can send it to a server or a collector of traces, and no key can end in its files.
    """
    with subprocess.Popen(
        _CHILD,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        start_new_session=True,  # Ctrl-C is ours to handle
    ) as process:
        try:
            yield ChromaProcess(process)
        finally:
            process.kill()
