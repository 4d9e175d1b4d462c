"""The model's process as the caller sees it: started when first needed, asked, watched, ended."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from signal import Signals
from typing import IO, Any

from assistant.errors import ModelError

CHILD = (sys.executable, "-P", str(Path(__file__).with_name("child.py")))
_MAX_DEATHS = 2  # started again after the first one
_LOAD_TIMEOUT_S = 180.0  # measured: 1 to 5 s from a warm disk cache
_CANCEL_GRACE_S = 2.0  # one step of a long prompt; then the process is ended

Json = dict[str, Any]


@dataclass(frozen=True)
class Parameters:
    """What the process loads, and how."""

    model: str  # path of a GGUF file
    context_tokens: int
    threads: int
    prefix_cache_mib: int = 512  # for prompts seen before; 28 KiB a token


class RequestError(ModelError):
    """The runtime does not take a request: too long, or of a form it does not know."""

    def __init__(self, words: str) -> None:
        """Say it in the runtime's words, which hold the numbers."""
        super().__init__(f"the embedded model does not take the request: {words}")


class ModelProcess:
    """One model in one process, answering one request at a time.

    Safe to share between threads: calls wait for each other. The process is started by the first
    request, or ahead of it by `start`; it ends with `close`, with this object, and with the
    caller's process, whatever way that ends. Where it dies in a call, the call fails, and the next
    one starts it again, once.
    """

    def __init__(
        self,
        load: Callable[[], Parameters],
        *,
        command: Sequence[str] = CHILD,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take what to load, as a function that is called when the process starts."""
        self._load = load
        self._command = tuple(command)
        self._clock = clock
        self._turn = threading.Lock()
        self._running: _Running | None = None
        self._deaths = 0

    def start(self) -> None:
        """Begin to load the model, where that has not begun; return before it is loaded."""
        with self._turn:
            self._started()

    def ask(self, request: Json, *, timeout_s: float) -> Generator[Json, None, None]:
        """Yield the chunks of one chat completion in OpenAI's form, the usage in the last one.

        The time counts from when the model is loaded and free. Leaving the iteration early, or
        running out of time, stops the model.

        Raises:
            ModelError: the model cannot be loaded, does not finish in time, its process died, or
                (`RequestError`) it does not take the request.
        """
        with self._turn:
            running = self._ready()
            running.begin(request)
            try:
                yield from self._chunks(running, self._clock() + timeout_s)
            finally:
                if running.busy:
                    self._interrupt(running)

    def close(self) -> None:
        """End the process; a call that is running fails."""
        running, self._running = self._running, None
        if running:
            running.end()

    def _started(self) -> _Running:
        if self._running is None:
            if self._deaths >= _MAX_DEATHS:
                raise ModelError(
                    f"the model process died {self._deaths} times and is not started again; "
                    "set another model"
                )
            self._running = _Running(self._command, self._load())
        return self._running

    def _ready(self) -> _Running:
        running = self._started()
        if not running.ready:
            message = self._receive(running, self._clock() + _LOAD_TIMEOUT_S)
            if "failed" in message:
                self.close()
                raise ModelError(f"the embedded model cannot be loaded: {message['failed']}")
            running.ready = True
        return running

    def _chunks(self, running: _Running, deadline: float) -> Iterator[Json]:
        while running.busy:
            message = self._receive(running, deadline)
            if "error" in message:
                raise RequestError(str(message["error"].get("message", "no reason given")))
            if "chunk" in message:
                yield message["chunk"]

    def _receive(self, running: _Running, deadline: float) -> Json:
        try:
            message = running.receive(max(0.0, deadline - self._clock()))
        except queue.Empty:
            raise ModelError(
                "the embedded model did not finish in time; set a longer timeout_s",
                retryable=True,
            ) from None
        if message is None:
            raise self._died(running)
        return message

    def _died(self, running: _Running) -> ModelError:
        running.busy = False
        if self._running is not running:
            return ModelError("the embedded model was stopped")
        self.close()
        self._deaths += 1
        return ModelError(
            f"the model process died ({running.last_words()})",
            retryable=self._deaths < _MAX_DEATHS,
        )

    def _interrupt(self, running: _Running) -> None:
        """Stop the running call and wait until it has stopped, or end the process."""
        running.cancel()
        deadline = self._clock() + _CANCEL_GRACE_S
        with suppress(queue.Empty):
            while running.busy and running.receive(max(0.0, deadline - self._clock())):
                pass
        if running.busy and self._running is running:
            self.close()


class _Running:
    """A started process with its pipes."""

    def __init__(self, command: Sequence[str], parameters: Parameters) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Threads that spin collapse when a core is shared; set before the runtime starts.
            env={**os.environ, "GOMP_SPINCOUNT": "1000"},
            start_new_session=True,  # Ctrl-C is the caller's to handle
        )
        self.end = weakref.finalize(self, _end, self._process)
        self.ready = False
        self.busy = False  # between a request and its last message
        self._call = 0
        self._messages: queue.Queue[Json | None] = queue.Queue()
        self._said: deque[str] = deque(maxlen=3)
        _in_background(_read_messages, self._process.stdout, self._messages)
        _in_background(_read_lines, self._process.stderr, self._said)
        self._send(asdict(parameters))

    def begin(self, request: Json) -> None:
        self._call += 1
        self.busy = True
        self._send({"id": self._call, "request": request})

    def cancel(self) -> None:
        self._send({"cancel": self._call})

    def receive(self, timeout_s: float) -> Json | None:
        """Return the next message, or None where the process ended; `queue.Empty` when too late."""
        message = self._messages.get(timeout=timeout_s)
        if message is not None and ("done" in message or "error" in message):
            self.busy = False
        return message

    def last_words(self) -> str:
        """Say how the process ended, with what it wrote last where it ended itself."""
        code = self._process.wait()
        if code >= 0:
            return "; ".join([f"exit code {code}", *self._said])
        hint = ", perhaps for want of memory" if -code == Signals.SIGKILL else ""
        return f"signal {-code}{hint}"

    def _send(self, message: Json) -> None:
        assert self._process.stdin
        with suppress(OSError):  # the process is gone: `receive` tells
            self._process.stdin.write(json.dumps(message).encode() + b"\n")
            self._process.stdin.flush()


def _in_background(read: Callable[..., None], stream: IO[bytes] | None, sink: object) -> None:
    threading.Thread(target=read, args=(stream, sink), daemon=True).start()


def _read_messages(stream: Iterable[bytes], sink: queue.Queue[Json | None]) -> None:
    with suppress(ValueError):  # cut off in the middle of a line, or closed
        for line in stream:
            sink.put(json.loads(line))
    sink.put(None)


def _read_lines(stream: Iterable[bytes], sink: deque[str]) -> None:
    with suppress(ValueError):
        sink.extend(line.decode(errors="replace").strip() for line in stream)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        with suppress(OSError, ValueError):
            stream.close()  # type: ignore[union-attr]  # all three are pipes
