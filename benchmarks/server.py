"""An OpenAI-compatible endpoint of fixed latency on the loopback address.

`python -m benchmarks.server [SECONDS]` prints its address and serves until it is ended. It answers
each chat completion with JSON of the schema asked for. The first answer for every third type is
bad on purpose, so that mending happens. `GET /calls` returns its log, `DELETE /calls` empties it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

from benchmarks.calls import Call

Json = dict[str, Any]
_SENTENCES = ("What would change for you?", "How is it done today?", "Who decides on it with you?")
_BAD = ("I would rather not say.", '{"nonsense": true}')
_DAY = "2026-12-10"


@dataclass(frozen=True)
class Filler:
    """Makes answers of a schema: the ids of its enums in turn, and short sentences."""

    defs: Mapping[str, Json]

    def fill(self, schema: Json, place: int = 0) -> Any:  # noqa: ANN401 - JSON
        """Return a value; `place` is where it stands in a list, so that ids differ."""
        if "$ref" in schema:
            return self.fill(self.defs[schema["$ref"].rsplit("/", 1)[-1]], place)
        ids = schema.get("enum") or [schema[key] for key in ("const",) if key in schema]
        if ids:
            return ids[place % len(ids)]
        either = schema.get("anyOf") or schema.get("oneOf")
        if either:
            return self.fill(next(s for s in either if s.get("type") != "null"), place)
        return self._of_type(schema, place)

    def _of_type(self, schema: Json, place: int) -> Any:  # noqa: ANN401 - JSON
        match schema.get("type"):
            case "object":
                fields = schema.get("properties", {})
                return {name: self.fill(inner, place) for name, inner in fields.items()}
            case "array":
                count = max(1, schema.get("minItems", 1))
                return [self.fill(schema["items"], entry) for entry in range(count)]
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
        return _DAY if "date" in schema.get("format", "") else _SENTENCES[place % len(_SENTENCES)]


@dataclass
class Log:
    """What was asked so far. Safe in threads."""

    calls: list[Call] = field(default_factory=list)
    _spoilt: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, call: Call) -> None:
        """Keep a call."""
        with self._lock:
            self.calls.append(call)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self.calls.clear()
            self._spoilt.clear()

    def spoils(self, name: str) -> bool:
        """Tell whether this answer is to be bad: the first one for every third type."""
        with self._lock:
            first = name not in self._spoilt
            self._spoilt.add(name)
        return first and crc32(name.encode()) % 3 == 0


class Handler(BaseHTTPRequestHandler):
    """Answers one connection; the server's latency and log stand on a subclass."""

    protocol_version = "HTTP/1.1"
    latency_s: ClassVar[float] = 1.0
    log: ClassVar[Log] = Log()

    def do_POST(self) -> None:
        """Answer a chat completion, as late as it was asked of the server."""
        began = time.perf_counter()
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        wanted = asked.get("response_format", {}).get("json_schema", {})
        schema = wanted.get("schema", {"type": "string"})
        name = str(wanted.get("name", "text"))
        spoilt = self.log.spoils(name)
        good = json.dumps(Filler(schema.get("$defs", {})).fill(schema))
        answer = _BAD[len(name) % len(_BAD)] if spoilt else good
        time.sleep(max(0.0, began + self.latency_s - time.perf_counter()))
        self._put(_completion(asked, answer))
        self.log.add(Call(name, began, time.perf_counter(), spoilt))

    def do_GET(self) -> None:
        """Return the log."""
        self._put([asdict(call) for call in self.log.calls])

    def do_DELETE(self) -> None:
        """Empty the log."""
        self.log.clear()
        self._put([])

    def _put(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
        """Say nothing of each request."""


def _completion(asked: Json, answer: str) -> Json:
    read, written = len(json.dumps(asked["messages"])) // 4, len(answer) // 4
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    message = {"role": "assistant", "content": answer}
    return {
        "id": "chatcmpl-0",
        "object": "chat.completion",
        "created": 0,
        "model": asked.get("model", ""),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": usage,
    }


def serve(latency_s: float) -> None:
    """Print the address and serve until the process is ended."""
    handler = type("Late", (Handler,), {"latency_s": latency_s, "log": Log()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


@dataclass(frozen=True)
class Endpoint:
    """A server that runs in a process of its own, so that it shares no lock with what it times."""

    address: str

    @property
    def base_url(self) -> str:
        """Return the address as a client is given it."""
        return f"{self.address}/v1"

    def calls(self) -> tuple[Call, ...]:
        """Return the log."""
        return tuple(Call(**entry) for entry in self._ask("GET"))

    def clear(self) -> None:
        """Empty the log."""
        self._ask("DELETE")

    def _ask(self, method: str) -> list[Json]:
        request = urllib.request.Request(f"{self.address}/calls", method=method)  # noqa: S310 - ours
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            log: list[Json] = json.load(answer)
            return log


@contextmanager
def running(latency_s: float) -> Iterator[Endpoint]:
    """Start the server, and end it."""
    command = [sys.executable, "-m", "benchmarks.server", str(latency_s)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as process:
        try:
            assert process.stdout
            yield Endpoint(process.stdout.readline().strip())
        finally:
            process.kill()


if __name__ == "__main__":
    serve(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
