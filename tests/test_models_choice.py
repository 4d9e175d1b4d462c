"""Which model the settings come to, and what cannot be built says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import BaseModel, SecretStr

from assistant.errors import AnswerError, ModelError
from assistant.local_model.weights import what_is_missing
from assistant.models import ChatWriter, Choice, ModelSettings, build_writer, choose_model
from assistant.models.answer_cache import AnswerCache
from assistant.testing import a_prompt

NO_FOLDER = Path(os.devnull)
KEY = SecretStr("sk-test-0123456789")


class Yes(BaseModel):
    """A small answer."""

    word: str


def settings(**given: Any) -> ModelSettings:  # noqa: ANN401 fields of the settings
    return ModelSettings.model_validate({"cache_folder": NO_FOLDER, **given})


@pytest.mark.parametrize(
    ("given", "choice"),
    [
        pytest.param(
            {"api_key": KEY}, Choice("openai:gpt-5-mini", "a key is set, and no model"), id="a key"
        ),
        pytest.param(
            {"base_url": "http://me:secret@localhost:8000/v1"},
            Choice("openai:gpt-5-mini", "the endpoint localhost:8000 is set, and no model"),
            id="an endpoint",
        ),
        pytest.param(
            {"model": "none", "api_key": KEY}, Choice("none", "set as the model"), id="set"
        ),
        pytest.param(
            {"local_model_file": Path("/no/such.gguf")},
            Choice(
                "none",
                "no key is set, and the embedded model is missing: /no/such.gguf is not a file",
            ),
            id="nothing",
        ),
    ],
)
def test_the_choice_of_a_model_says_why(given: dict[str, Any], choice: Choice) -> None:
    """A configured provider first; the reader of a brief learns how it came to its model."""
    assert choose_model(settings(**given)) == choice


def test_the_embedded_model_is_chosen_where_it_is_installed_and_nothing_else_is_set() -> None:
    """Else none; in both cases the reason is the true one."""
    missing = what_is_missing()

    choice = choose_model(settings())

    assert choice.model == ("none" if missing else "local")
    assert (missing or "no key is set") in choice.why


def test_no_model_is_no_writer() -> None:
    """The composers write everything."""
    assert build_writer(settings(model="none")) is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        pytest.param({"model": "openai:gpt-5-mini"}, "set OPENAI_API_KEY", id="no key"),
        pytest.param(
            {"base_url": "localhost:8000/v1"}, "http(s) address, got 'local", id="no scheme"
        ),
        pytest.param({"base_url": "http:///v1"}, "http(s) address", id="no host"),
        pytest.param({"model": "nobody:gpt"}, "nobody:gpt cannot be set up", id="no such provider"),
        pytest.param(
            {"model": "anthropic:claude-x"}, "anthropic:claude-x cannot", id="not installed"
        ),
        pytest.param(
            {"model": "local", "local_model_file": Path("/no/such.gguf")},
            "/no/such.gguf is not a file; pip install 'groundwork[local]'",
            id="no file",
        ),
    ],
)
def test_a_model_that_cannot_be_built_says_what_is_missing(
    given: dict[str, Any], told: str
) -> None:
    """Before anything is asked."""
    with pytest.raises(ModelError) as caught:
        build_writer(settings(**given))

    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("given", "name", "capability", "parallel"),
    [
        pytest.param({"model": "gpt-4.1"}, "openai:gpt-4.1", "full", 12, id="a name alone"),
        pytest.param({"capability": "clauses"}, "openai:gpt-5-mini", "clauses", 12, id="a setting"),
        pytest.param(
            {"model": "qwen2.5:7b", "base_url": "http://me:pw@localhost:11434/v1", "parallel": 2},
            "localhost:11434/qwen2.5:7b",
            "full",
            2,
            id="an endpoint, its password left out",
        ),
    ],
)
def test_a_writer_says_what_it_is(
    given: dict[str, Any], name: str, capability: str, parallel: int
) -> None:
    """Its name goes into the brief; its capability and width decide what it is asked."""
    writer = build_writer(settings(api_key=KEY, **given))

    assert writer
    assert (writer.name, writer.capability, writer.parallel) == (name, capability, parallel)


def test_an_endpoint_without_a_key_gets_none_of_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The key of another service does not leave for it."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY.get_secret_value())
    sent: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.headers["authorization"])
        return httpx2.Response(401, json={"error": {"message": "who are you?"}})

    writer = build_writer(
        settings(base_url="http://localhost:8000/v1"), transport=httpx2.MockTransport(answer)
    )

    assert writer
    with pytest.raises(ModelError, match="who are you"):
        writer.answer(a_prompt(), Yes, max_tokens=5)
    assert sent == ["Bearer none"]


class Stranger(FakeListChatModel):
    """Another provider's model: its own words for the end, its own way to count."""

    responses: list[str] = []  # noqa: RUF012 a field
    finish: dict[str, str] = {"stop_reason": "end_turn"}  # noqa: RUF012 a field
    seen: list[str] = []  # noqa: RUF012 a field

    def _generate(  # type: ignore[override]  # only what is looked at
        self, messages: list[BaseMessage], **options: object
    ) -> ChatResult:
        assert not options.keys() - {"stop", "run_manager"}
        self.seen.append(messages[-1].text)
        message = AIMessage('{"word":"yes"}', response_metadata=self.finish)
        return ChatResult(generations=[ChatGeneration(message=message)])


def test_any_chat_model_of_langchain_can_be_handed_in() -> None:
    """It is told the schema in words, and asked with no options that it may not know."""
    model = Stranger()

    answer = ChatWriter(model, name="mine").answer(a_prompt(), Yes, max_tokens=5)

    assert answer.word == "yes"
    assert "JSON Schema" in model.seen[0]


@pytest.mark.parametrize(
    ("finish", "error"),
    [
        pytest.param({"stop_reason": "max_tokens"}, "cut short", id="anthropic"),
        pytest.param({"finish_reason": "MAX_TOKENS"}, "cut short", id="google"),
        pytest.param({"finish_reason": "SAFETY"}, "declined", id="withheld"),
        pytest.param({"done_reason": "load"}, "incomplete", id="ollama"),
    ],
)
def test_other_providers_words_for_an_unusable_end_are_known(
    finish: dict[str, str], error: str
) -> None:
    """An answer that is cut short is not used, whatever its provider calls that."""
    with pytest.raises(ModelError, match=error):
        ChatWriter(Stranger(finish=finish), name="mine").answer(a_prompt(), Yes, max_tokens=5)


def test_a_stranger_that_has_no_room_to_be_given_is_not_asked_twice() -> None:
    """The same question would end the same way."""
    model = Stranger(finish={"stop_reason": "max_tokens"})

    with pytest.raises(AnswerError, match="cut short"):
        ChatWriter(model, name="mine").answer(a_prompt(), Yes, max_tokens=5)

    assert len(model.seen) == 1


def test_two_own_files_of_one_name_are_two_models_to_the_cache(tmp_path: Path) -> None:
    """An answer of the one is not taken for the other's."""
    cache = AnswerCache(tmp_path)
    models = [Stranger(), Stranger()]

    for version, model in enumerate(models):
        writer = ChatWriter(model, name="local:mine", version=str(version), cache=cache)
        writer.answer(a_prompt(), Yes, max_tokens=5)
        writer.answer(a_prompt(), Yes, max_tokens=5)

    assert [len(model.seen) for model in models] == [1, 1]


def test_what_a_strangers_client_raises_is_a_model_error() -> None:
    """The vendor's error stops here, with its class and words."""

    class Broken(Stranger):
        """A model whose client falls over."""

        def _generate(self, *_: Any, **__: Any) -> ChatResult:  # noqa: ANN401 LangChain's
            raise KeyError("choices")

    with pytest.raises(ModelError, match="mine did not answer as it should: KeyError: 'choices'"):
        ChatWriter(Broken(), name="mine").answer(a_prompt(), Yes, max_tokens=5)


def test_an_answer_error_can_be_handed_back_to_the_model() -> None:
    """It says what was wrong, and neither the class nor a link of the validator's."""

    class No(BaseModel):
        """Another answer."""

        letter: str

    with pytest.raises(AnswerError) as caught:
        ChatWriter(Stranger(), name="mine").answer(a_prompt(), No, max_tokens=5)

    assert "letter: Field required" in str(caught.value)
    assert "https://" not in str(caught.value)


# --- the whole way, over a socket, in a process of its own: sockets are off in the suite itself


_CALL = """
import sys
from pathlib import Path
from langchain_core.tracers.langchain import wait_for_all_tracers
from pydantic import BaseModel
from assistant.models import ModelSettings, build_writer
from assistant.testing import a_prompt

class Yes(BaseModel):
    word: str

settings = ModelSettings(model="m", base_url=sys.argv[1] + "/v1", cache_folder=Path(sys.argv[2]))
print(build_writer(settings).answer(a_prompt("A secret of ours."), Yes, max_tokens=5).word)
wait_for_all_tracers()
"""

_SERVER = """
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        with open(sys.argv[1], "a") as log:
            log.write(self.path + "\\n")
        self.rfile.read(int(self.headers.get("content-length", 0)))
        message = {"role": "assistant", "content": '{"word":"yes"}'}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = json.dumps({"id": "c", "choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_GET = do_PATCH = do_POST
    def log_message(self, *args):
        pass

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def an_endpoint(log: Path) -> Iterator[str]:
    """Serve any request on loopback, and write its path down."""
    command = [sys.executable, "-c", _SERVER, str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        finally:
            server.kill()


def test_no_tracing_is_switched_on_by_the_environment(tmp_path: Path) -> None:
    """Nothing but the question leaves, over a real socket and past the environment's proxies."""
    log = tmp_path / "requests.log"
    switches = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")

    with an_endpoint(log) as url:
        environment = {
            **os.environ,
            **dict.fromkeys(switches, "true"),
            **dict.fromkeys(("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"), url),
            **dict.fromkeys(("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY"), "lsv2_x"),
            "LANGSMITH_GATEWAY": url,
            **dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9"),
        }
        command = [sys.executable, "-c", _CALL, url, os.devnull]
        asked = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    assert asked.stdout == "yes\n", asked.stderr
    assert log.read_text(encoding="utf-8").split() == ["/v1/chat/completions"]
