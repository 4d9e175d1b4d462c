"""The process that the model runs in, with a module in the runtime's place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.local_model.process import CHILD, ModelProcess, Parameters, RequestError

_RUNTIME = '''
"""Stands in for the runtime: says what it was asked, and on request misbehaves."""
import os, sys, time
from types import SimpleNamespace

class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(model=SimpleNamespace(), cpuparams=SimpleNamespace(),
                         cpuparams_batch=SimpleNamespace(), hostnames=["127.0.0.1"])

class Server:
    def __init__(self, params):
        self.params = params
        print("loading, says a library on stdout")
        if "broken" in params.model.path:
            raise RuntimeError("unknown architecture")
        with open(params.hostnames[0], "w"):
            pass

    def handle_chat_completions(self, request, callback):
        asked = request["messages"][-1]["content"]
        os.write(1, b"a C library writes to descriptor 1\\n")
        if asked == "raise":
            raise ValueError("no such template")
        if asked == "error":
            callback({"error": {"code": 400, "message": "too long"}})
            return
        if asked == "endless":
            number = 0
            while not callback({"choices": [{"delta": {"content": str(number)}}]}):
                number += 1
                time.sleep(0.01)
            return
        params = {key: str(value) for key, value in vars(self.params).items()}
        params["stream"] = request["stream"]
        params["spin"] = os.environ["GOMP_SPINCOUNT"]
        params["session"], params["pid"] = os.getsid(0), os.getpid()
        params["door_is_gone"] = not os.path.exists(self.params.hostnames[0])
        callback({"choices": [{"delta": {"content": params}}]})
'''


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelProcess]:
    """Start the real child over a runtime that is a script."""
    (tmp_path / "xllamacpp.py").write_text(_RUNTIME, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = ModelProcess(lambda: Parameters("model.gguf", 2048, 3))
    yield process
    process.close()


def ask(process: ModelProcess, text: str) -> list[Any]:
    request = {"messages": [{"role": "user", "content": text}]}
    chunks = list(process.ask(request, timeout_s=20))
    return [chunk["choices"][0]["delta"]["content"] for chunk in chunks]


def test_the_runtime_is_started_with_what_was_measured_best(process: ModelProcess) -> None:
    """One slot, the prefix kept, threads as told, and no busy waiting; always as a stream."""
    (seen,) = ask(process, "hello")

    assert seen["stream"] is True
    assert seen["spin"] == "1000"
    assert (seen["n_ctx"], seen["n_parallel"]) == ("2048", "1")
    assert (seen["cache_prompt"], seen["cache_ram_mib"]) == ("True", "512")
    assert seen["cpuparams"] == seen["cpuparams_batch"] == "namespace(n_threads=3)"


def test_nobody_can_knock_at_the_runtimes_door(process: ModelProcess) -> None:
    """It listens at no port; its socket's path is gone, and a key nobody knows would be asked."""
    (seen,) = ask(process, "hello")

    assert "127.0.0.1" not in seen["hostnames"]
    assert seen["door_is_gone"] is True
    assert len(seen["api_keys"]) > 60
    assert (seen["ui"], seen["endpoint_slots"]) == ("False", "False")


def test_what_libraries_print_does_not_disturb_the_conversation(process: ModelProcess) -> None:
    """Neither Python's stdout nor the descriptor behind it is the protocol's."""
    assert [len(ask(process, "hello")) for _ in range(3)] == [1, 1, 1]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param("raise", "no such template", id="raised"),
        pytest.param("error", "too long", id="answered"),
    ],
)
def test_a_request_that_fails_leaves_the_runtime_ready(
    process: ModelProcess, asked: str, told: str
) -> None:
    """The words arrive, and the next request is answered."""
    with pytest.raises(RequestError, match=told):
        ask(process, asked)

    assert len(ask(process, "hello")) == 1


def test_an_answer_that_nobody_wants_any_more_is_stopped(process: ModelProcess) -> None:
    """The runtime is told at its next word; it need not be ended for that."""
    (before,) = ask(process, "hello")
    stream = process.ask({"messages": [{"role": "user", "content": "endless"}]}, timeout_s=20)

    next(stream)
    stream.close()

    (after,) = ask(process, "hello")
    assert after["pid"] == before["pid"]


def test_ctrl_c_in_the_terminal_is_not_the_models_to_handle(process: ModelProcess) -> None:
    """It goes to the caller's group of processes, which the model is not in."""
    (seen,) = ask(process, "hello")

    assert seen["session"] != os.getsid(0)


@contextmanager
def a_child(model: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stdin
        parameters = Parameters(model, 1, 1)
        child.stdin.write(json.dumps(vars(parameters)) + "\n")
        child.stdin.flush()
        try:
            yield child
        finally:
            child.kill()


@pytest.mark.usefixtures("process")
def test_a_model_that_cannot_be_loaded_is_told_before_the_end() -> None:
    """With the runtime's reason."""
    with a_child("broken.gguf") as child:
        assert child.stdout
        told = json.loads(child.stdout.readline())

        assert told == {"failed": "unknown architecture"}
        assert child.wait(10) == 1


@pytest.mark.usefixtures("process")
def test_a_runtime_that_is_missing_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra does not hang."""
    monkeypatch.setenv("PYTHONPATH", os.devnull)
    command = (sys.executable, "-S", *CHILD[1:])  # no installed packages

    ended = subprocess.run(
        command, input='{"model": "x"}\n', capture_output=True, text=True, timeout=20, check=False
    )

    assert "No module named 'xllamacpp'" in json.loads(ended.stdout)["failed"]


@pytest.mark.usefixtures("process")
def test_the_end_of_input_ends_the_process_even_in_the_middle_of_an_answer() -> None:
    """A caller that is gone leaves no model behind."""
    with a_child("model.gguf") as child:
        assert child.stdin
        assert child.stdout
        request = {"messages": [{"role": "user", "content": "endless"}]}
        child.stdin.write(json.dumps({"id": 1, "request": request}) + "\n")
        child.stdin.flush()
        lines = [child.stdout.readline() for _ in range(3)]

        child.stdin.close()

        assert '"chunk"' in lines[-1]
        assert child.wait(10) == 0
