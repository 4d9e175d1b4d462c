"""The process the model runs in: requests come in on stdin, chunks go out on stdout, as JSON lines.

Started as a script by `process`, so that a crash of the runtime does not take the caller along.
In:  the parameters; then {"id", "request"} and {"cancel": id}; the end of input ends the process.
Out: {"ready"} or {"failed"}; then {"id", "chunk"}…, and {"id", "done"} or {"id", "error"}.
"""

from __future__ import annotations

import json
import os
import queue
import secrets
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, TextIO

Json = dict[str, Any]


def main() -> None:
    """Load the model, then answer requests one after another until the input ends."""
    out = _own_stdout()
    server = _load(json.loads(sys.stdin.readline()), out)
    requests: queue.Queue[Json] = queue.Queue()
    cancelled: set[int] = set()
    threading.Thread(target=_read, args=(requests, cancelled), daemon=True).start()
    while True:
        message = requests.get()
        _answer(server, message["id"], message["request"], cancelled, out)


def _own_stdout() -> TextIO:
    """Keep stdout for the protocol, and send what libraries print to stderr."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "w", encoding="utf-8", newline="\n")


def _say(out: TextIO, message: Json) -> None:
    out.write(json.dumps(message) + "\n")
    out.flush()


def _load(wanted: Json, out: TextIO) -> Any:  # noqa: ANN401 the runtime has no types
    try:
        import xllamacpp  # type: ignore[import-untyped]  # it has no types

        with tempfile.TemporaryDirectory(prefix="groundwork-") as folder:
            params = _params(xllamacpp, wanted)
            _shut_the_door(params, Path(folder) / "model.sock")
            server = xllamacpp.Server(params)
    except Exception as error:  # noqa: BLE001 whatever the runtime raises is told, then we end
        _say(out, {"failed": str(error) or type(error).__name__})
        sys.exit(1)
    _say(out, {"ready": True})
    return server


def _params(xllamacpp: Any, wanted: Json) -> Any:  # noqa: ANN401 the runtime has no types
    params = xllamacpp.CommonParams()
    params.model.path = wanted["model"]
    params.n_ctx = wanted["context_tokens"]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = wanted["threads"]
    params.n_parallel = 1  # slots do not share a prefix on a CPU; calls in sequence do
    params.cache_prompt = True
    params.cache_ram_mib = wanted["prefix_cache_mib"]
    params.verbosity = 1
    params.warmup = False
    params.fit_params = False
    return params


def _shut_the_door(params: Any, socket: Path) -> None:  # noqa: ANN401 the runtime has no types
    """Let nobody in: the runtime insists on listening, so it gets a socket that is gone at once."""
    params.api_keys = [secrets.token_hex(32)]
    params.ui = params.endpoint_slots = False
    if sys.platform != "win32":  # there it listens on a random loopback port, behind the key
        params.hostnames = [str(socket)]


def _read(requests: queue.Queue[Json], cancelled: set[int]) -> None:
    for line in sys.stdin:
        message = json.loads(line)
        if "cancel" in message:
            cancelled.add(message["cancel"])
        else:
            requests.put(message)
    os._exit(0)  # the caller is gone; nothing here is worth an orderly end


def _answer(
    server: Any,  # noqa: ANN401 the runtime has no types
    number: int,
    request: Json,
    cancelled: set[int],
    out: TextIO,
) -> None:
    failed: list[Json] = []

    def on_chunk(chunk: Json) -> bool:
        if "error" in chunk:
            failed.append(chunk["error"])
        else:
            _say(out, {"id": number, "chunk": chunk})
        return number in cancelled

    try:
        if number not in cancelled:
            server.handle_chat_completions({**request, "stream": True}, on_chunk)
    except Exception as error:  # noqa: BLE001 whatever the runtime raises is the call's answer
        failed.append({"message": str(error) or type(error).__name__})
    _say(out, {"id": number, "error": failed[0]} if failed else {"id": number, "done": True})


if __name__ == "__main__":
    main()
