"""Embedders: the bundled model and an OpenAI-compatible endpoint."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
import pytest

from assistant import embedding
from assistant.embedding import Embedder, EndpointEmbedder, MiniLm
from assistant.errors import AnswerError, ModelError

Handler = Callable[[httpx.Request], httpx.Response]

ODD_TEXTS = {
    "empty": "",
    "blank": " \n\t ",
    "emoji": "👩🏽‍🚀🇫🇷 🙂",
    "nul": "price\x00list",
    "half a surrogate pair": "\ud83d price",
    "right to left": "السعر مرتفع جدا",
    "no spaces": "x" * 100_000,
    "very long": "detention cost follows dock variance. " * 100_000,
}


@pytest.fixture(scope="module")
def minilm() -> MiniLm:
    return MiniLm()


def vector_of(text: str) -> list[float]:
    """Return a vector that tells the text, so that a swap would show."""
    return [float(len(text)), 1.0, 2.0]


def answers(request: httpx.Request) -> httpx.Response:
    """Answer as an OpenAI API does, the last text first."""
    texts = json.loads(request.content)["input"]
    entries = [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(texts)]
    return httpx.Response(200, json={"object": "list", "data": entries[::-1]})


@dataclass
class Endpoint:
    """An endpoint that answers each request with the next of its handlers, the last for ever."""

    handlers: list[Handler]
    requests: list[httpx.Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer, and keep the request."""
        self.requests.append(request)
        return self.handlers[min(len(self.requests), len(self.handlers)) - 1](request)

    def embedder(self, *, api_key: str = "sk-secret", deadline_s: float = 30.0) -> EndpointEmbedder:
        """Return an embedder that asks this endpoint."""
        return EndpointEmbedder(
            "https://models.example/v1/",
            "small-embedder",
            api_key=api_key,
            deadline_s=deadline_s,
            http_client=lambda: httpx.Client(transport=httpx.MockTransport(self)),
            wait=self.waits.append,
        )


def status(code: int, *, headers: dict[str, str] | None = None, said: str = "") -> Handler:
    """Answer with a status and, where something is said, an OpenAI error."""
    body = {"error": {"message": said, "code": said.partition(":")[0]}} if said else {}
    return lambda _: httpx.Response(code, headers=headers, json=body)


# --- what every embedder must do


@pytest.fixture(params=["minilm", "endpoint"])
def any_embedder(request: pytest.FixtureRequest, minilm: MiniLm) -> Embedder:
    return minilm if request.param == "minilm" else Endpoint([answers]).embedder()


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_any_text_becomes_one_vector_of_length_one(any_embedder: Embedder, text: str) -> None:
    """No input is refused, and none gives a vector that is not a number."""
    vectors = any_embedder.embed([text, "price"])

    assert vectors.shape == (2, any_embedder.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_vectors_come_back_in_the_order_of_the_texts(any_embedder: Embedder) -> None:
    """Sorting by length, batching and a shuffled answer stay inside."""
    texts = [f"{'dock ' * (i * 37 % 60)}{i}" for i in range(150)]

    together = any_embedder.embed(texts)

    alone = np.concatenate([any_embedder.embed([text]) for text in texts[:20]])
    assert (together[:20] * alone).sum(axis=1).min() > 0.99


def test_no_texts_give_no_vectors(any_embedder: Embedder) -> None:
    """The shape still says how long a vector is."""
    vectors = any_embedder.embed([])

    assert vectors.shape == (0, any_embedder.dimension)


# --- the bundled model


def test_like_texts_are_nearer_than_unlike_ones(minilm: MiniLm) -> None:
    """A paraphrase without a common word beats a text from another field."""
    price, paraphrase, other = minilm.embed(
        ["It is too expensive", "We cannot afford what you charge", "Trucks queue at the gate"]
    )

    assert price @ paraphrase > price @ other + 0.2


def test_only_the_beginning_of_a_long_text_counts(minilm: MiniLm) -> None:
    """What stands after 256 tokens changes nothing."""
    beginning = "detention cost follows dock variance. " * 60

    vectors = minilm.embed([beginning, beginning + "The price is too high. " * 500])

    assert vectors[0] == pytest.approx(vectors[1], abs=1e-6)


def test_a_prepared_model_answers_as_any_other(minilm: MiniLm) -> None:
    """Loading in the background and at the first text do not get in each other's way."""
    prepared = MiniLm()

    prepared.prepare()
    vectors = prepared.embed(["price"])

    assert vectors == pytest.approx(minilm.embed(["price"]), abs=1e-6)


def test_preparing_a_damaged_model_fails_at_the_first_text(tmp_path: Path) -> None:
    """Where somebody can be told."""
    damaged = MiniLm(tokenizer_file=tmp_path / "gone.json")

    damaged.prepare()

    with pytest.raises(ModelError, match=r"gone\.json: cannot be read"):
        damaged.embed(["price"])


def test_a_process_may_end_while_its_model_is_loading() -> None:
    """As when another part of the command has failed."""
    program = "from assistant.embedding import MiniLm; MiniLm().prepare(); time.sleep(0.2)"

    ended = subprocess.run(
        [sys.executable, "-c", f"import time; {program}"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_batch_holds_no_more_than_its_tokens() -> None:
    """Padding included, and every place stands in exactly one batch."""
    lengths = [256, 3, 90, 256, 17, *[5] * 900, 256, 256]

    batches = list(embedding._batches(lengths))  # noqa: SLF001  # the budget shows nowhere else

    assert sorted(place for batch in batches for place in batch) == list(range(len(lengths)))
    assert max(len(batch) * max(lengths[i] for i in batch) for batch in batches) <= 2048


def test_a_tokenizer_that_was_changed_is_refused(tmp_path: Path) -> None:
    """One byte is enough: other tokens would give other vectors under the same fingerprint."""
    changed = tmp_path / "tokenizer.json"
    changed.write_bytes(MiniLm().tokenizer_file.read_bytes() + b"\n")

    with pytest.raises(ModelError, match=r"tokenizer\.json: not the embedder's file.*install"):
        MiniLm(tokenizer_file=changed).embed(["price"])


def test_a_missing_tokenizer_is_named(tmp_path: Path) -> None:
    """The message says which file, and what to do."""
    with pytest.raises(ModelError, match=r"gone\.json: cannot be read: .*install groundwork again"):
        MiniLm(tokenizer_file=tmp_path / "gone.json").embed(["price"])


# --- the endpoint


def test_a_request_is_what_an_openai_api_expects() -> None:
    """Asserted on the wire; nothing but model, texts and format leaves."""
    endpoint = Endpoint([answers])

    endpoint.embedder().embed(["price", ""])

    (request,) = endpoint.requests
    assert (request.method, str(request.url)) == ("POST", "https://models.example/v1/embeddings")
    assert request.headers["authorization"] == "Bearer sk-secret"
    assert request.headers["accept-encoding"] == "identity"
    assert json.loads(request.content) == {
        "model": "small-embedder",
        "input": ["price", "(empty)"],
        "encoding_format": "float",
    }


def test_no_key_sends_no_authorization() -> None:
    """A local endpoint without keys is asked without one."""
    endpoint = Endpoint([answers])

    endpoint.embedder(api_key="").embed(["price"])

    assert "authorization" not in endpoint.requests[0].headers


def test_many_texts_go_in_several_requests() -> None:
    """No request holds more than 128 texts."""
    endpoint = Endpoint([answers])

    vectors = endpoint.embedder().embed([f"text {i}" for i in range(300)])

    assert vectors.shape == (300, 3)
    assert [len(json.loads(r.content)["input"]) for r in endpoint.requests] == [128, 128, 44]


def test_a_busy_endpoint_is_asked_again_when_it_said() -> None:
    """Its own word on when comes before ours."""
    endpoint = Endpoint([status(429, headers={"retry-after": "3"}), status(503), answers])

    vectors = endpoint.embedder().embed(["price"])

    assert vectors.shape == (1, 3)
    assert endpoint.waits == [3.0, 2.0]


def test_a_wait_past_the_deadline_is_not_begun() -> None:
    """The caller is told at once, with the endpoint's own word on when."""
    endpoint = Endpoint([status(429, headers={"retry-after": "120"})])

    with pytest.raises(ModelError, match="answered 429") as caught:
        endpoint.embedder().embed(["price"])

    assert (caught.value.retryable, caught.value.retry_after_s) == (True, 120.0)
    assert (len(endpoint.requests), endpoint.waits) == (1, [])


def test_an_endpoint_that_stays_down_is_asked_three_times() -> None:
    """Then the error stands."""
    endpoint = Endpoint([status(500)])

    with pytest.raises(ModelError, match="answered 500"):
        endpoint.embedder().embed(["price"])

    assert len(endpoint.requests) == 3


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(status(401), "check the embedder's API key", id="key"),
        pytest.param(status(404), "check the embedder's base_url and model", id="model"),
        pytest.param(
            status(307, headers={"location": "https://other.example/"}),
            "a redirect is not followed",
            id="redirect",
        ),
        pytest.param(
            status(429, said="insufficient_quota: you are out of credit"),
            "you are out of credit",
            id="quota",
        ),
        pytest.param(
            status(400, said="too long: sk-secret\x1b[2J\nuse less"),
            r"too long: \*\*\* \[2J use less",
            id="the endpoint's own words",
        ),
    ],
)
def test_what_asking_again_cannot_mend_is_asked_once(answer: Handler, message: str) -> None:
    """The message names the setting to mend, and never the key."""
    endpoint = Endpoint([answer])

    with pytest.raises(ModelError, match=message) as caught:
        endpoint.embedder().embed(["price"])

    assert len(endpoint.requests) == 1
    assert not caught.value.retryable
    assert "sk-secret" not in str(caught.value)


def raw(body: bytes) -> Handler:
    return lambda _: httpx.Response(200, content=body)


def entries(*pairs: tuple[int, list[object]]) -> Handler:
    data = [{"index": index, "embedding": vector} for index, vector in pairs]
    return raw(json.dumps({"data": data}).encode())


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(raw(b"<html>login</html>"), "did not answer as an OpenAI API", id="html"),
        pytest.param(raw(b""), "did not answer as an OpenAI API", id="nothing"),
        pytest.param(raw(b'{"error": {}}'), "did not answer as an OpenAI API", id="error in 200"),
        pytest.param(raw(b'{"data": [\xff'), "did not answer as an OpenAI API", id="bad UTF-8"),
        pytest.param(entries((0, [1.0])), "1 vectors came back for 2 texts", id="one missing"),
        pytest.param(entries((0, [1.0]), (0, [2.0])), "2 vectors", id="one twice"),
        pytest.param(entries((0, [1.0]), (1, [1.0, 2.0])), "unequal length", id="lengths"),
        pytest.param(entries((0, [1.0]), (1, [1e400])), "not a number", id="infinite"),
        pytest.param(entries((0, [1.0]), (1, [])), "did not answer", id="empty vector"),
        pytest.param(entries((0, [1.0]), (1, ["a"])), "did not answer", id="words"),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_answer_error(answer: Handler, message: str) -> None:
    """One error type, whatever came; nothing is guessed."""
    endpoint = Endpoint([answer])

    with pytest.raises(AnswerError, match=message):
        endpoint.embedder().embed(["price", "delay"])


class Body(httpx.SyncByteStream):
    """A body that never ends, and counts what was taken of it."""

    sent = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.sent += 65_536
            yield b" " * 65_536


def test_an_endless_answer_is_cut_off() -> None:
    """Reading stops at the cap."""
    body = Body()
    endpoint = Endpoint([lambda _: httpx.Response(200, stream=body)])

    with pytest.raises(AnswerError, match="larger than 131,072 bytes"):
        endpoint.embedder().embed(["price"])

    assert body.sent <= 4 * 65_536


def test_a_compressed_answer_is_not_unfolded() -> None:
    """A few bytes could become gigabytes."""
    answer = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Body())
    endpoint = Endpoint([lambda _: answer])

    with pytest.raises(AnswerError, match="compressed its answer although asked not to"):
        endpoint.embedder().embed(["price"])


def test_a_slow_drip_ends_at_the_deadline() -> None:
    """Bytes that keep coming do not buy more time."""
    endpoint = Endpoint([lambda _: httpx.Response(200, stream=Body())])

    with pytest.raises(ModelError, match="no whole answer within 0 s"):
        endpoint.embedder(deadline_s=0).embed(["price"])


def test_an_endpoint_that_cannot_be_reached_is_named() -> None:
    """The message says where and why; trying later may help."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused", request=request)

    endpoint = Endpoint([refuse])

    with pytest.raises(ModelError, match=r"models\.example.*not reached: connection refused") as e:
        endpoint.embedder().embed(["price"])

    assert e.value.retryable


def test_the_fingerprint_tells_models_apart_and_hides_the_key() -> None:
    """Vectors of another model or endpoint must never be mixed in."""
    one = EndpointEmbedder("https://a.example/v1", "m", api_key="sk-secret")
    fingerprints = {
        one.fingerprint,
        EndpointEmbedder("https://a.example/v1", "n").fingerprint,
        EndpointEmbedder("https://b.example/v1", "m").fingerprint,
        MiniLm().fingerprint,
    }

    assert len(fingerprints) == 4
    assert "sk-secret" not in repr(one) + one.fingerprint
