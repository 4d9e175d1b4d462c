"""Calls that end in time, whatever they hang on: a name, a handshake, a drip of bytes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import Any, TypeVar

from assistant.errors import ModelError

T = TypeVar("T")


class CallRunner:
    """Runs each call in a thread of its own, waits for it no longer than asked, and can be closed.

    A call that is given up goes on in its thread until its connection ends; nobody waits for it,
    not even the end of the program.
    """

    def __init__(self) -> None:
        """Begin with no calls."""
        self._lock = threading.Lock()
        self._running: set[Future[Any]] = set()
        self._closed = threading.Event()

    def run(self, call: Callable[[], T], timeout_s: float) -> T:
        """Return what `call` returns, or raise what it raises.

        Raises:
            TimeoutError: it takes longer than `timeout_s`.
            ModelError: the runner was closed.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._closed.is_set():
                raise _stopped()
            self._running.add(future)
        threading.Thread(target=_settle, args=(future, call), daemon=True, name="model").start()
        try:
            return future.result(max(0.0, timeout_s))
        finally:
            with self._lock:
                self._running.discard(future)

    def sleep(self, seconds: float) -> None:
        """Wait, but no longer than until the runner is closed."""
        self._closed.wait(seconds)

    def close(self) -> None:
        """Give up every call that is running, and take no more."""
        with self._lock:
            self._closed.set()
            for future in self._running:
                with suppress(InvalidStateError):
                    future.set_exception(_stopped())


def _settle(future: Future[T], call: Callable[[], T]) -> None:
    with suppress(InvalidStateError):  # nobody waits any more
        try:
            future.set_result(call())
        except InvalidStateError:
            raise
        except BaseException as error:  # noqa: BLE001 it is raised where the call was made
            future.set_exception(error)


def _stopped() -> ModelError:
    return ModelError("the call to the model was stopped")
