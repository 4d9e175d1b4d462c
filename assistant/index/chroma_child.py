"""Chroma in a process of its own: reads requests from its input, a JSON object a line.

Run by its path, without `assistant`. The only importer of chromadb. It has a process of its own
because a damaged file or a full disk can end the process with a signal, and because Chroma's files
hold stretches of memory as it happened to be: this process never sees more than approved cards.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

_NAME = "cards"
_ENTRIES_A_STEP = 500  # handed to Chroma, or asked of it, at once
_SAME = 1e-3  # cosine distance under which two texts are one

Json = dict[str, Any]


def main() -> None:
    """Answer each request with one line, until the input ends: then the caller is gone."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints
    requests: queue.Queue[Json] = queue.Queue()
    threading.Thread(target=_read, args=(sys.stdin, requests), daemon=True).start()
    with ExitStack() as opened:
        collection: Collection | None = None
        while True:
            request = requests.get()
            try:
                match request["do"]:
                    case "write":
                        answer = _write(request)
                    case "open":
                        collection = _open(request, opened)
                        answer = {}
                    case _:
                        assert collection is not None
                        answer = _ask(collection, request)
            except Exception as error:  # noqa: BLE001  # the caller has to hear of any of them
                answer = {"error": f"{type(error).__name__}: {error}"}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


def _read(lines: IO[str], requests: queue.Queue[Json]) -> None:
    for line in lines:
        requests.put(json.loads(line))
    os._exit(0)


@contextmanager
def _client(folder: str) -> Iterator[Client]:
    import chromadb
    from chromadb.api.client import Client
    from chromadb.config import Settings

    client = chromadb.PersistentClient(folder, Settings(anonymized_telemetry=False))
    assert isinstance(client, Client)  # its `close` is not in the interface
    with client:
        yield client


def _write(request: Json) -> Json:
    """Write entries as a collection, and count those that their own vectors do not find."""
    import numpy as np

    entries: list[Json] = request["entries"]
    lines: Vectors = np.load(Path(request["vectors"]), allow_pickle=False)
    vectors = lines[[entry["line"] for entry in entries]]
    graph: CreateHNSWConfiguration = {
        "space": "cosine",
        "max_neighbors": 32,
        "ef_construction": request["breadth"],
        "ef_search": request["breadth"],
    }
    with _client(request["folder"]) as client:
        collection = client.create_collection(
            _NAME, embedding_function=None, configuration={"hnsw": graph}
        )
        for step in _steps(len(entries)):
            collection.add(
                [entry["id"] for entry in entries[step]],
                embeddings=vectors[step],
                metadatas=[{"cards": entry["cards"]} for entry in entries[step]],
                documents=[entry["text"] for entry in entries[step]],
            )
        return {"lost": _lost(collection, [entry["id"] for entry in entries], vectors)}


def _steps(count: int) -> Iterator[slice]:
    for start in range(0, count, _ENTRIES_A_STEP):
        yield slice(start, start + _ENTRIES_A_STEP)


def _lost(collection: Collection, ids: Sequence[str], vectors: Vectors) -> int:
    held = collection.get(include=[])["ids"]
    lost = len(set(ids) ^ set(held))
    for step in _steps(len(ids)):
        found = collection.query(query_embeddings=vectors[step], n_results=1, include=["distances"])
        nearest: Mapping[str, Any] = dict(found)
        for own, near, far in zip(ids[step], nearest["ids"], nearest["distances"], strict=True):
            lost += near != [own] and not (far and far[0] < _SAME)
    return lost


def _open(request: Json, opened: ExitStack) -> Collection:
    client = opened.enter_context(_client(request["folder"]))
    return client.get_collection(_NAME, embedding_function=None)


def _ask(collection: Collection, request: Json) -> Json:
    """Return the distance of every text that is found, by its id."""
    found = collection.query(
        query_embeddings=[request["vector"]],
        n_results=max(1, collection.count()),
        include=["distances"],
    )
    assert found["distances"] is not None
    return {"distances": dict(zip(found["ids"][0], found["distances"][0], strict=True))}


if __name__ == "__main__":
    main()
