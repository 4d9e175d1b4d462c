"""What leaves for an endpoint, and what is made of every way it can answer: on the wire."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from inline_snapshot import snapshot
from pydantic import BaseModel, Field, SecretStr

from assistant.errors import AnswerError, ModelError, PromptTooLongError, RefusalError
from assistant.models import ChatWriter, ModelSettings, build_writer
from assistant.prompts import Prompt
from assistant.testing import Clock, a_prompt

KEY = "sk-very-secret-0123456789"
NO_FOLDER = Path(os.devnull)  # nothing can be kept in it
Json = dict[str, Any]
Handler = Callable[[httpx2.Request], httpx2.Response]


class Yes(BaseModel):
    """A small answer."""

    word: str = Field(max_length=10)


class Wire:
    """An endpoint in the network's place: answers in order, the last one again and again."""

    def __init__(self, *answers: httpx2.Response | Handler | Exception) -> None:
        """Take what to answer."""
        self.requests: list[httpx2.Request] = []
        self._answers = answers
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request."""
        with self._lock:
            answer = self._answers[min(len(self.requests), len(self._answers) - 1)]
            self.requests.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer

    @property
    def sent(self) -> list[Json]:
        """Return what was asked, request by request."""
        return [json.loads(request.content) for request in self.requests]


def completion(
    text: str | None = '{"word":"yes"}', finish: str | None = "stop", refusal: str | None = None
) -> Json:
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, "refusal": refusal},
            }
        ],
        "usage": {
            "prompt_tokens": 100,
            "completion_tokens": 7,
            "total_tokens": 107,
            "prompt_tokens_details": {"cached_tokens": 80},
        },
    }


def says(
    text: str | None = '{"word":"yes"}', finish: str | None = "stop", refusal: str | None = None
) -> Handler:
    return lambda _: httpx2.Response(200, json=completion(text, finish, refusal))


def fails(
    status: int, message: str, headers: Mapping[str, str] | None = None, **more: str
) -> Handler:
    body = {"error": {"message": message, **more}}
    return lambda _: httpx2.Response(status, json=body, headers=headers)


def a_writer(
    wire: Wire,
    clock: Clock | None = None,
    *,
    model: str = "qwen3",
    base_url: str = "http://models.example/v1",
    cache_folder: Path = NO_FOLDER,
    timeout_s: float = 60.0,
    max_bytes: int = 1_000_000,
    retries: int = 2,
) -> ChatWriter:
    time = clock or Clock()
    settings = ModelSettings(
        model=model,
        base_url=base_url,
        api_key=SecretStr(KEY),
        cache_folder=cache_folder,
        timeout_s=timeout_s,
        max_bytes=max_bytes,
        retries=retries,
    )
    writer = build_writer(
        settings, transport=httpx2.MockTransport(wire), clock=time.now, sleep=time.sleep
    )
    assert writer
    return writer


def ask(writer: ChatWriter, prompt: Prompt | None = None) -> str:
    return writer.answer(prompt or a_prompt(), Yes, max_tokens=50).word


def error_of(wire: Wire, clock: Clock | None = None, **settings: Any) -> ModelError:  # noqa: ANN401 as above
    with pytest.raises(ModelError) as caught:
        ask(a_writer(wire, clock, **settings))
    return caught.value


# --- what leaves


def test_the_request_to_an_endpoint_is_what_a_person_would_review() -> None:
    """The turns, the room, the temperature, and the strict schema; no tools, no stream, no user."""
    wire = Wire(says())

    ask(a_writer(wire))

    assert wire.sent == snapshot(
        [
            {
                "messages": [
                    {"content": "Be brief.", "role": "system"},
                    {"content": "Say yes.", "role": "user"},
                ],
                "model": "qwen3",
                "max_tokens": 50,
                "stream": False,
                "temperature": 0.0,
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {
                        "name": "Yes",
                        "schema": {
                            "description": "A small answer.",
                            "properties": {"word": {"type": "string"}},
                            "required": ["word"],
                            "type": "object",
                            "additionalProperties": False,
                        },
                        "strict": True,
                    },
                },
            }
        ]
    )
    assert str(wire.requests[0].url) == "http://models.example/v1/chat/completions"
    assert wire.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert wire.requests[0].headers["accept-encoding"] == "identity"


def test_openais_reasoning_models_are_asked_with_room_to_think_and_no_temperature() -> None:
    """They refuse a temperature, know the room by another name, and think within it."""
    wire = Wire(says())

    ask(a_writer(wire, model="openai:gpt-5-mini", base_url=""))

    assert str(wire.requests[0].url) == "https://api.openai.com/v1/chat/completions"
    assert wire.sent[0]["max_completion_tokens"] > 1000
    assert wire.sent[0]["reasoning_effort"] == "low"
    assert not wire.sent[0].keys() & {"temperature", "max_tokens"}


def test_neither_the_environment_nor_a_gateway_decides_where_prompts_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Proxies, gateways and other base URLs of the environment are not followed."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OPENAI_PROXY", "OPENAI_API_BASE"):
        monkeypatch.setenv(name, "http://elsewhere.example:8080")
    monkeypatch.setenv("LANGSMITH_GATEWAY", "https://gateway.example")
    wire = Wire(says())

    ask(a_writer(wire, model="openai:gpt-4.1", base_url=""))

    assert wire.requests[0].url.host == "api.openai.com"
    assert wire.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_the_key_stands_in_no_error_and_in_no_text_of_the_writer() -> None:
    """An endpoint that repeats the key does not get it printed."""
    wire = Wire(fails(401, f"Incorrect API key provided: {KEY} or sk-very-sec*****6789"))

    error = error_of(wire)

    assert str(error) == (
        "models.example refuses the key: Incorrect API key provided: [key] or [key]; "
        "set OPENAI_API_KEY, or api_key"
    )
    assert KEY not in repr(vars(a_writer(wire)))


def test_a_stand_in_for_a_key_is_not_cut_out_of_words() -> None:
    """Local endpoints are often given the key "x"."""
    settings = ModelSettings(
        model="m", base_url="http://models.example", api_key=SecretStr("o"), cache_folder=NO_FOLDER
    )
    transport = httpx2.MockTransport(Wire(fails(404, "no model of this name")))
    writer = build_writer(settings, transport=transport)

    assert writer
    with pytest.raises(ModelError, match="no model of this name; set model"):
        ask(writer)


# --- usage


def test_usage_adds_up_over_calls_and_counts_failed_ones() -> None:
    """Tokens, cached ones, seconds on the clock, and dollars where the price is known."""
    clock = Clock()

    def slow(_: httpx2.Request) -> httpx2.Response:
        clock.sleep(2.0)
        return httpx2.Response(200, json=completion())

    writer = a_writer(
        Wire(fails(500, "boom"), slow), clock, model="openai:gpt-4.1-mini", base_url=""
    )

    ask(writer)
    ask(writer, a_prompt("Say it again."))

    usage = writer.usage()
    assert (usage.calls, usage.prompt_tokens, usage.cached_tokens) == (3, 200, 160)
    assert (usage.completion_tokens, usage.seconds) == (14, 4.0)
    assert usage.usd == pytest.approx((40 * 0.40 + 160 * 0.10 + 14 * 1.60) / 1_000_000)


def test_the_price_of_a_strangers_model_is_not_guessed() -> None:
    """Also where it is called like one of OpenAI's."""
    writer = a_writer(Wire(says()), model="gpt-4.1-mini")

    ask(writer)

    assert writer.usage().usd is None
    assert writer.name == "models.example/gpt-4.1-mini"


# --- the faults of an endpoint


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503])
def test_a_passing_fault_is_tried_again_and_the_answer_used(status: int) -> None:
    """One retry layer: two tries more, each after a longer wait."""
    clock = Clock()
    wire = Wire(fails(status, "busy"), fails(status, "busy"), says())

    assert ask(a_writer(wire, clock)) == "yes"
    assert len(wire.requests) == 3
    assert clock.slept == [0.5, 1.0]


def test_a_fault_that_stays_ends_after_the_retries_and_can_be_tried_later() -> None:
    """The clients' own retries are off: three requests, not nine."""
    wire = Wire(fails(503, "overloaded"))

    error = error_of(wire)

    assert len(wire.requests) == 3
    assert error.retryable
    assert str(error) == "models.example has a fault (503): overloaded; try again later"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"retry-after": "20"}, id="seconds"),
        pytest.param({"retry-after-ms": "20000"}, id="milliseconds"),
        pytest.param(
            {
                "retry-after": "Mon, 23 Nov 2026 10:00:20 GMT",
                "date": "Mon, 23 Nov 2026 10:00:00 GMT",
            },
            id="a date",
        ),
    ],
)
def test_the_endpoints_own_word_on_when_to_try_again_is_kept(headers: dict[str, str]) -> None:
    """Where it is within the deadline, that is when the next try goes out."""
    clock = Clock()
    wire = Wire(fails(429, "slow down", headers), says())

    assert ask(a_writer(wire, clock)) == "yes"
    assert clock.slept == [20.0]


def test_a_wait_beyond_the_deadline_is_told_not_waited_for() -> None:
    """The seller learns when to try again, at once."""
    clock = Clock()
    wire = Wire(fails(429, "slow down", {"retry-after": "3600"}))

    error = error_of(wire, clock)

    assert len(wire.requests) == 1
    assert clock.slept == []
    assert error.retryable
    assert error.retry_after_s == 3600
    assert str(error).endswith("asks to slow down (429): slow down; try again in 3600 s")


def test_a_spent_quota_is_not_tried_again() -> None:
    """Waiting does not fill it."""
    wire = Wire(fails(429, "You exceeded your current quota.", code="insufficient_quota"))

    error = error_of(wire)

    assert len(wire.requests) == 1
    assert not error.retryable
    assert str(error).startswith("the quota at models.example is spent: ")


@pytest.mark.parametrize(
    ("status", "named"),
    [
        pytest.param(401, "set OPENAI_API_KEY, or api_key", id="key refused"),
        pytest.param(403, "does not allow 'qwen3' with this key", id="not allowed"),
        pytest.param(404, "has no model 'qwen3'", id="unknown model"),
        pytest.param(404, "set model, or base_url", id="unknown path"),
    ],
)
def test_what_only_a_setting_can_mend_names_the_setting(status: int, named: str) -> None:
    """No second try."""
    wire = Wire(fails(status, "no"))

    error = error_of(wire)

    assert len(wire.requests) == 1
    assert not error.retryable
    assert named in str(error)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int) -> None:
    """Prompts and keys go where the seller said, and nowhere else."""
    wire = Wire(httpx2.Response(status, headers={"location": "https://evil.example/v1"}))

    error = error_of(wire)

    assert [request.url.host for request in wire.requests] == ["models.example"]
    assert "redirects to https://evil.example/v1; not followed" in str(error)


@pytest.mark.parametrize(
    ("message", "more", "numbers"),
    [
        pytest.param(
            "This model's maximum context length is 8192 tokens. However, you requested 9,100 "
            "tokens (8100 in the messages, 1000 in the completion).",
            {"code": "context_length_exceeded"},
            (9100, 8192),
            id="openai",
        ),
        pytest.param(
            "request (9021 tokens) exceeds the available context size (8192 tokens)",
            {"type": "exceed_context_size_error"},
            (9021, 8192),
            id="llama.cpp",
        ),
        pytest.param("prompt is too long", {}, (0, 0), id="no numbers"),
    ],
)
def test_a_prompt_beyond_the_context_says_so_with_the_numbers(
    message: str, more: dict[str, str], numbers: tuple[int, int]
) -> None:
    """The caller can hand in less; asking again would not help."""
    wire = Wire(fails(400, message, None, **more))

    error = error_of(wire)

    assert isinstance(error, PromptTooLongError)
    assert (error.prompt_tokens, error.context_tokens) == numbers
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        pytest.param(b"<html><title>Sign in</title></html>", "'<html><title>Sign in", id="HTML"),
        pytest.param(b'{"error": "model is loading"}', "model is loading", id="an error with 200"),
        pytest.param(b"", "an empty body", id="nothing"),
        pytest.param(b'{"choices": [{"mess\xff\xfe', "did not answer", id="not UTF-8"),
        pytest.param(b'{"id": "x"}', "did not answer", id="no choices"),
        pytest.param(b'{"choices": []}', "did not answer", id="empty choices"),
        pytest.param(b'{"choices": null}', "did not answer", id="null choices"),
        pytest.param(b'{"choices": [{"text": "x"}]}', "did not answer", id="no message"),
        pytest.param(b'{"choices": [{"message": "x"}]}', "did not answer", id="text for a message"),
        pytest.param(
            b'{"choices": [{"message": {"content": 7}}]}', "did not answer", id="number for text"
        ),
        pytest.param(b'"hello"', "did not answer", id="a string"),
        pytest.param(b'{"choices": [{"message"', "did not answer", id="cut in the middle"),
        pytest.param(b"[" * 50_000, "did not answer", id="brackets without end"),
        pytest.param(b"\x1b[31mred\x00", "'[31mred'", id="escape codes"),
    ],
)
def test_what_is_not_an_openai_answer_gets_one_kind_of_error(body: bytes, shown: str) -> None:
    """Whatever the client would make of it, the seller reads what came and what to check."""
    wire = Wire(httpx2.Response(200, content=body))

    error = error_of(wire)

    assert type(error) is ModelError
    assert str(error).startswith("models.example did not answer as an OpenAI API: ")
    assert shown in str(error)
    assert len(wire.requests) == 1


@pytest.mark.parametrize("text", [None, "", "  \n", "<think>Hm.</think>"])
def test_an_empty_answer_is_asked_for_once_more(text: str | None) -> None:
    """A second empty one is the end."""
    wire = Wire(says(text), says())
    stays = Wire(says(text))

    assert ask(a_writer(wire)) == "yes"
    error = error_of(stays)
    assert isinstance(error, AnswerError)
    assert "answered with nothing" in str(error)
    assert len(stays.requests) == 2


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(says(None, refusal="I cannot help with that."), id="its own words"),
        pytest.param(says("I cannot help with that.", "content_filter"), id="a filter"),
    ],
)
def test_a_refusal_is_shown_and_not_argued_with(answer: Handler) -> None:
    """The model's words reach the seller; it is not asked again."""
    wire = Wire(answer)

    error = error_of(wire)

    assert isinstance(error, RefusalError)
    assert str(error) == "qwen3 declined to answer: I cannot help with that."
    assert len(wire.requests) == 1


def test_an_answer_cut_short_is_asked_for_once_more_with_more_room() -> None:
    """Never repaired as if it were whole, even where what is there would validate."""
    wire = Wire(says('{"word":"yes"}', "length"), says('{"word":"no"}'))
    stays = Wire(says('{"word":"yes"}', "length"))

    assert ask(a_writer(wire)) == "no"
    assert [sent["max_tokens"] for sent in wire.sent] == [50, 100]
    error = error_of(stays)
    assert isinstance(error, AnswerError)
    assert "cut short" in str(error)
    assert len(stays.requests) == 2


def test_a_model_that_thought_its_room_away_gets_room_for_that_too() -> None:
    """What it thought for is counted by the endpoint, and added twice over."""
    thought = completion(None, "length")
    thought["usage"]["completion_tokens_details"] = {"reasoning_tokens": 500}
    wire = Wire(httpx2.Response(200, json=thought), says())

    assert ask(a_writer(wire)) == "yes"
    assert wire.sent[1]["max_tokens"] == 2 * (50 + 500)


@pytest.mark.parametrize("finish", [None, "tool_calls", "abort"])
def test_an_answer_that_is_not_said_to_be_whole_is_not_used(finish: str | None) -> None:
    """`finish_reason` must say that the model stopped by itself."""
    wire = Wire(says(finish=finish))

    error = error_of(wire)

    assert isinstance(error, AnswerError)
    assert "may be incomplete" in str(error)
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('```json\n{"word":"yes"}\n```', id="in a fence"),
        pytest.param('<think>yes?</think>{"word":"yes"}', id="after thoughts"),
    ],
)
def test_a_fence_and_thoughts_are_taken_off_the_answer(text: str) -> None:
    """Then it is validated as strictly as any other."""
    wire = Wire(says(text))

    assert ask(a_writer(wire)) == "yes"
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param('{"word":"yes","more":1}', "more: Extra inputs", id="extra key"),
        pytest.param('{"word":"' + "y" * 11 + '"}', "word: String should have", id="too long"),
        pytest.param('{"word":"ye', "the whole: Invalid JSON", id="truncated"),
    ],
)
def test_a_wrong_answer_is_an_error_that_can_be_handed_back(text: str, told: str) -> None:
    """Nothing is repaired or dropped; the mending round is the caller's, with these words."""
    wire = Wire(says(text))

    error = error_of(wire)

    assert isinstance(error, AnswerError)
    assert error.retryable
    assert told in str(error)
    assert len(wire.requests) == 1


class Drip(httpx2.SyncByteStream):
    """A body that comes a byte at a time, ten seconds each."""

    def __init__(self, body: bytes, clock: Clock) -> None:
        """Take the body, and the clock to move."""
        self._body = body
        self._clock = clock
        self.taken = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for byte in self._body:
            self._clock.sleep(10.0)
            self.taken += 1
            yield bytes([byte])

    def close(self) -> None:
        """Remember that the connection was let go."""
        self.closed = True


def test_a_slow_drip_of_bytes_ends_at_the_deadline() -> None:
    """No read takes long, but all of them do: the deadline is for the whole call."""
    clock = Clock()
    drip = Drip(json.dumps(completion()).encode(), clock)

    error = error_of(Wire(httpx2.Response(200, stream=drip)), clock, timeout_s=60.0)

    assert "in time" in str(error)
    assert error.retryable
    assert drip.taken == 7
    assert drip.closed


def test_an_endpoint_that_says_nothing_at_all_is_given_up_at_the_deadline() -> None:
    """Whatever a call hangs on, a name or a handshake too, the writer does not wait with it."""
    never = threading.Event()

    def hang(_: httpx2.Request) -> httpx2.Response:
        never.wait(30)
        return httpx2.Response(200, json=completion())

    error = error_of(Wire(hang), timeout_s=0.2, retries=0)
    never.set()

    assert str(error) == "models.example did not answer within 0.2 s; set a longer timeout_s"
    assert error.retryable


def test_no_try_begins_after_the_deadline() -> None:
    """The deadline is one for all tries; what was waited for counts."""
    clock = Clock()

    def slow_fault(_: httpx2.Request) -> httpx2.Response:
        clock.sleep(40.0)
        return httpx2.Response(503, json={"error": {"message": "busy"}})

    wire = Wire(slow_fault)

    error_of(wire, clock, timeout_s=60.0)

    assert len(wire.requests) == 2


class Endless(httpx2.SyncByteStream):
    """A body that never ends."""

    def __init__(self, chunk: bytes) -> None:
        """Take what is sent again and again."""
        self._chunk = chunk
        self.sent = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.sent += len(self._chunk)
            yield self._chunk


def test_an_answer_without_end_is_read_no_further_than_the_cap() -> None:
    """60 MB or 60 GB: memory holds the cap, and no second try is made."""
    stream = Endless(b" " * 65_536)
    wire = Wire(httpx2.Response(200, stream=stream))

    error = error_of(wire, max_bytes=1_000_000)

    assert "more than 1000000 bytes" in str(error)
    assert stream.sent <= 1_000_000 + 65_536
    assert len(wire.requests) == 1


def test_a_gzip_bomb_is_unpacked_no_further_than_the_cap() -> None:
    """The cap is on what is unpacked; an answer packed without being asked for is read."""
    packed = {"content-encoding": "gzip"}
    bomb = gzip.compress(b" " * 60_000_000)
    honest = gzip.compress(json.dumps(completion()).encode())

    error = error_of(Wire(httpx2.Response(200, stream=Chunks(bomb), headers=packed)))

    assert "more than 1000000 bytes" in str(error)
    good = Wire(httpx2.Response(200, stream=Chunks(honest), headers=packed))
    assert ask(a_writer(good)) == "yes"


class Chunks(httpx2.SyncByteStream):
    """A body as it stands, packed as it is."""

    def __init__(self, body: bytes) -> None:
        """Take the body."""
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body


@pytest.mark.parametrize("packing", ["br", "gzip"])
def test_an_answer_that_cannot_be_unpacked_is_refused(packing: str) -> None:
    """Unknown packings and damaged ones."""
    wire = Wire(
        httpx2.Response(200, stream=Chunks(b"\x00\x01"), headers={"content-encoding": packing})
    )

    assert "pack" in str(error_of(wire))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        pytest.param(httpx2.ConnectError("Connection refused"), "Connection refused", id="refused"),
        pytest.param(httpx2.ConnectError("Name not known"), "Name not known", id="no such host"),
        pytest.param(httpx2.ReadError("reset by peer"), "reset by peer", id="reset"),
        pytest.param(
            httpx2.RemoteProtocolError("peer closed connection"), "peer closed", id="cut off"
        ),
        pytest.param(httpx2.ConnectTimeout("timed out"), "did not answer in time", id="connecting"),
        pytest.param(httpx2.ReadTimeout("timed out"), "did not answer in time", id="reading"),
    ],
)
def test_an_endpoint_that_is_down_is_tried_again_then_said_to_be_down(
    fault: Exception, told: str
) -> None:
    """The composers can take over; later may do."""
    wire = Wire(fault)

    error = error_of(wire)

    assert error.retryable
    assert told in str(error)
    assert len(wire.requests) == 3


# --- what an endpoint turns out not to understand


def test_an_endpoint_without_schemas_is_asked_in_words_from_then_on() -> None:
    """JSON mode first, then plain words; each refusal is met once, not for every call."""
    wire = Wire(
        fails(400, "response_format json_schema is not supported", param="response_format"),
        fails(422, "Unknown field: response_format"),
        says(),
    )
    writer = a_writer(wire)

    assert [ask(writer), ask(writer, a_prompt("Again."))] == ["yes", "yes"]
    formats = [sent.get("response_format", {}).get("type") for sent in wire.sent]
    assert formats == ["json_schema", "json_object", None, None]
    for sent in wire.sent[1:]:
        assert "Answer with one JSON object" in sent["messages"][-1]["content"]
        assert '"maxLength": 10' in sent["messages"][-1]["content"]


def test_options_that_an_endpoint_does_not_know_are_left_out_or_renamed() -> None:
    """A temperature that is refused is dropped; the room goes by its other name."""
    wire = Wire(
        fails(400, "'temperature' does not support 0.0 with this model", param="temperature"),
        fails(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        says(),
    )

    assert ask(a_writer(wire)) == "yes"
    assert "temperature" not in wire.sent[1]
    assert wire.sent[2]["max_completion_tokens"] == 50
    assert "max_tokens" not in wire.sent[2]


def test_a_request_refused_for_another_reason_is_not_tried_again() -> None:
    """The endpoint's words are shown."""
    wire = Wire(fails(400, "Your organization must be verified."))

    error = error_of(wire)

    assert str(error) == "models.example refuses the request: Your organization must be verified."
    assert len(wire.requests) == 1


def test_calls_at_the_same_time_find_out_together_what_is_not_understood() -> None:
    """Eight refused calls change the manner of asking once, and all of them are answered."""

    def picky(request: httpx2.Request) -> httpx2.Response:
        if "temperature" in json.loads(request.content):
            return fails(400, "temperature is not supported")(request)
        return httpx2.Response(200, json=completion())

    writer = a_writer(Wire(picky))
    prompts = [a_prompt(f"Say yes {n} times.") for n in range(8)]

    with ThreadPoolExecutor(8) as pool:
        words = list(pool.map(lambda prompt: ask(writer, prompt), prompts))

    assert words == ["yes"] * 8


def test_a_late_refusal_does_not_undo_what_another_call_has_found_out() -> None:
    """The slower call goes on in the manner that the faster one ended with."""
    found_out = threading.Event()

    def picky(request: httpx2.Request) -> httpx2.Response:
        sent = json.loads(request.content)
        slow = "slow" in sent["messages"][-1]["content"]
        if slow:
            assert found_out.wait(10)
        for option in ("temperature", "max_tokens"):
            if option in sent:
                return fails(400, f"{option} is not supported")(request)
        return httpx2.Response(200, json=completion())

    wire = Wire(picky)
    writer = a_writer(wire)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ask, writer, a_prompt("Be slow."))
        while not wire.requests:  # the slow call is out, in the first manner
            found_out.wait(0.01)
        ask(writer)
        found_out.set()
        slow.result(10)

    assert len(wire.requests) == 3 + 2


# --- the cache


def test_the_same_call_is_answered_from_disk_also_by_another_process(tmp_path: Path) -> None:
    """A second writer over the same folder asks nothing; an edited prompt is asked anew."""
    first, second = Wire(says()), Wire(says('{"word":"no"}'))

    ask(a_writer(first, cache_folder=tmp_path))
    writer = a_writer(second, cache_folder=tmp_path)

    assert ask(writer) == "yes"
    assert writer.usage().calls == 0
    assert ask(writer, a_prompt("Say it differently.")) == "no"
    assert len(second.requests) == 1


def test_a_failed_call_leaves_nothing_in_the_cache(tmp_path: Path) -> None:
    """What was wrong once is asked again."""
    wire = Wire(says("{}"), says())
    writer = a_writer(wire, cache_folder=tmp_path)

    with pytest.raises(AnswerError):
        ask(writer)

    assert ask(writer) == "yes"


# --- letting go


def test_closing_a_writer_ends_the_calls_that_are_running() -> None:
    """Ctrl-C does not wait for an endpoint, nor for a pause between two tries."""
    asked, never = threading.Event(), threading.Event()

    def hang(_: httpx2.Request) -> httpx2.Response:
        asked.set()
        never.wait(30)
        return httpx2.Response(200, json=completion())

    writer = a_writer(Wire(hang))
    with ThreadPoolExecutor(1) as pool:
        call = pool.submit(ask, writer)
        asked.wait(5)
        writer.close()
        with pytest.raises(ModelError, match="stopped"):
            call.result(5)
    never.set()

    with pytest.raises(ModelError, match="stopped"):
        ask(writer, a_prompt("Once more."))
