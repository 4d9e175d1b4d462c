"""A writer over any LangChain chat model: one prompt and one type in, one object out, in time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel

from assistant.brief import Usage
from assistant.errors import AnswerError, ModelError, RefusalError
from assistant.models.answer_cache import AnswerCache, call_key
from assistant.models.answers import bare_answer, read_answer
from assistant.models.deadline import CallRunner
from assistant.models.faults import Endpoint, RequestRefusedError, as_model_error
from assistant.models.manner import ANY, Manner, Turns
from assistant.models.pricing import Price
from assistant.models.schema import Json
from assistant.models.writer import Capability
from assistant.prompts import Prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

T = TypeVar("T", bound=BaseModel)

_BACKOFF_S = (0.5, 1.0, 2.0, 4.0, 8.0)
_FINISHED = frozenset({"stop", "end_turn", "eos", "complete", "completed", "stop_sequence"})
_CUT_SHORT = frozenset({"length", "max_tokens", "incomplete", "model_length"})
_WITHHELD = frozenset({"content_filter", "refusal", "safety", "recitation", "blocklist"})
_MAX_SHOWN = 300
_FINISH_KEYS = ("finish_reason", "stop_reason", "done_reason", "status")


class _CutShortError(AnswerError):
    """There was not enough room for the answer."""


class _EmptyError(AnswerError):
    """There are no words in the answer."""


@dataclass(frozen=True)
class _Reply:
    """What came back, still in the model's words."""

    text: str
    finish: str  # in lower case; "" where the endpoint did not say
    refusal: str
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    reasoning_tokens: int

    @property
    def tokens(self) -> tuple[int, int, int]:
        return self.prompt_tokens, self.cached_tokens, self.completion_tokens


@dataclass(frozen=True)
class _Call(Generic[T]):
    """What is asked for, and until when."""

    schema: type[T]
    max_tokens: int
    temperature: float
    deadline: float

    def with_more_room(self, reply: _Reply) -> _Call[T]:
        """Double the room, and count in what the model thought for."""
        return replace(self, max_tokens=2 * (self.max_tokens + reply.reasoning_tokens))


@dataclass(frozen=True)
class Bounds:
    """How long a call may take in all, and how often it is tried again within that time."""

    timeout_s: float = 60.0
    retries: int = 2


class ChatWriter:
    """Answers prompts through a LangChain chat model; a `Writer`.

    One layer of retries, inside one deadline. What an endpoint turns out not to understand, an
    option or a way to be told the schema, is left out of later calls.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        name: str,
        capability: Capability = "full",
        parallel: int = 4,
        manner: Manner = ANY,
        bounds: Bounds | None = None,
        endpoint: Endpoint | None = None,
        cache: AnswerCache | None = None,
        price: Price | None = None,
        version: str = "",
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        """Wrap a chat model whose own retries are off; `manner` says how it is asked at first.

        `version` tells apart models of the same name, where the cache might take one for another.
        """
        self.name = name
        self.capability: Capability = capability
        self.parallel = parallel
        self._model = model
        self._manner = manner
        self._bounds = bounds or Bounds()
        self._endpoint = endpoint or Endpoint(name, name)
        self._cache = cache
        self._price = price
        self._version = version
        self._clock = clock
        self._runner = CallRunner()
        self._sleep = sleep or self._runner.sleep
        self._lock = threading.Lock()
        self._usage = Usage(usd=0.0 if price else None)

    def answer(
        self, prompt: Prompt, schema: type[T], *, max_tokens: int, temperature: float = 0.0
    ) -> T:
        """Return the model's answer as an object of `schema`; see `Writer.answer`."""
        model = f"{self.name} {self._version}"
        key = call_key(model, prompt, schema, max_tokens=max_tokens, temperature=temperature)
        kept = self._cache.get(key, schema) if self._cache else None
        if kept is not None:
            return kept
        call = _Call(schema, max_tokens, temperature, self._clock() + self._bounds.timeout_s)
        answer = self._ask(call, tuple((m.role, m.text) for m in prompt.messages))
        if self._cache:
            self._cache.put(key, answer)
        return answer

    def usage(self) -> Usage:
        """Return what all calls have cost so far; answers from the cache cost nothing."""
        with self._lock:
            return self._usage

    def start(self) -> None:
        """Begin what takes long before a first call: the embedded model is loaded."""
        start = getattr(self._model, "start", None)
        if start:
            start()

    def close(self) -> None:
        """Give up the calls that are running, and take no more."""
        self._runner.close()
        close = getattr(self._model, "close", None)
        if close:
            close()

    def _ask(self, call: _Call[T], turns: Turns) -> T:
        """Ask, and once more where the answer is empty, and once where it is cut short."""
        asked_again: set[type[AnswerError]] = set()
        while True:
            reply = self._reply(call, turns)
            try:
                return _read(reply, call.schema, self._endpoint)
            except (_CutShortError, _EmptyError) as error:
                hopeless = isinstance(error, _CutShortError) and not self._manner.rooms
                if hopeless or type(error) in asked_again:
                    raise
                asked_again.add(type(error))
                if isinstance(error, _CutShortError):
                    call = call.with_more_room(reply)

    def _reply(self, call: _Call[T], turns: Turns) -> _Reply:
        """Return what the model says; passing faults are waited out while there is time."""
        failures = 0
        while True:
            manner = self._manner
            try:
                return self._once(call, turns, manner)
            except RequestRefusedError as refused:
                self._adapt(manner, refused)
            except ModelError as error:
                failures += 1
                self._wait(error, failures, call)

    def _once(self, call: _Call[T], turns: Turns, manner: Manner) -> _Reply:
        began = self._clock()
        remaining_s = call.deadline - began
        if remaining_s <= 0:
            raise self._too_late()
        reply: _Reply | None = None
        try:
            options = manner.options(
                call.schema,
                max_tokens=call.max_tokens,
                temperature=call.temperature,
                timeout_s=remaining_s,
            )
            asked = manner.turns(turns, call.schema)
            reply = _reply_of(self._invoke(asked, options, remaining_s, manner))
        except TimeoutError as error:
            raise self._too_late() from error
        except Exception as error:
            raise as_model_error(error, self._endpoint) from error
        finally:
            self._count(reply, self._clock() - began)
        return reply

    def _invoke(self, turns: Turns, options: Json, timeout_s: float, manner: Manner) -> AIMessage:
        def call() -> AIMessage:
            with _untraced():
                return self._model.invoke(list(turns), **options)

        return call() if manner.keeps_time else self._runner.run(call, timeout_s)

    def _adapt(self, manner: Manner, refused: RequestRefusedError) -> None:
        """Ask in another manner from now on, where the refusal names what was not understood."""
        with self._lock:
            if self._manner is not manner:
                return  # another call has found out already
            other = manner.after(str(refused))
            if other is None:
                raise refused
            self._manner = other

    def _wait(self, error: ModelError, failures: int, call: _Call[T]) -> None:
        """Wait before the next try, or raise where it is hopeless or there is no time."""
        wait_s = error.retry_after_s
        if wait_s is None:
            wait_s = _BACKOFF_S[min(failures, len(_BACKOFF_S)) - 1]
        hopeless = not error.retryable or failures > self._bounds.retries
        if hopeless or self._clock() + wait_s >= call.deadline:
            raise error
        self._sleep(wait_s)

    def _too_late(self) -> ModelError:
        return ModelError(
            f"{self._endpoint.host} did not answer within {self._bounds.timeout_s:g} s; "
            "set a longer timeout_s",
            retryable=True,
        )

    def _count(self, reply: _Reply | None, seconds: float) -> None:
        tokens = reply.tokens if reply else (0, 0, 0)
        with self._lock:
            so_far = self._usage
            self._usage = Usage(
                calls=so_far.calls + 1,
                prompt_tokens=so_far.prompt_tokens + tokens[0],
                cached_tokens=so_far.cached_tokens + tokens[1],
                completion_tokens=so_far.completion_tokens + tokens[2],
                seconds=so_far.seconds + seconds,
                usd=(so_far.usd or 0.0) + self._price.cost(*tokens) if self._price else None,
            )


def _read(reply: _Reply, schema: type[T], endpoint: Endpoint) -> T:
    if reply.refusal or reply.finish in _WITHHELD:
        said = reply.refusal or reply.text or "no reason given"
        raise RefusalError(f"{endpoint.model} declined to answer: {said[:_MAX_SHOWN]}")
    if reply.finish in _CUT_SHORT:
        raise _CutShortError(f"the answer was cut short after {reply.completion_tokens} tokens")
    if not bare_answer(reply.text):
        raise _EmptyError(f"{endpoint.model} answered with nothing", retryable=True)
    if reply.finish not in _FINISHED:
        said = (
            f"it ended with {reply.finish!r}" if reply.finish else "it does not say that it ended"
        )
        raise AnswerError(f"the answer may be incomplete: {said}", retryable=True)
    return read_answer(reply.text, schema)


def _reply_of(message: AIMessage) -> _Reply:
    usage: Json = dict(message.usage_metadata or {})
    facts = message.response_metadata
    finish = next((facts[key] for key in _FINISH_KEYS if facts.get(key)), "")
    return _Reply(
        text=str(message.text),
        finish=str(finish).lower(),
        refusal=str(message.additional_kwargs.get("refusal") or ""),
        prompt_tokens=usage.get("input_tokens", 0),
        cached_tokens=usage.get("input_token_details", {}).get("cache_read", 0),
        completion_tokens=usage.get("output_tokens", 0),
        reasoning_tokens=usage.get("output_token_details", {}).get("reasoning", 0),
    )


@contextmanager
def _untraced() -> Iterator[None]:
    """Keep LangChain from sending what is asked to a tracing service, whatever the environment."""
    from langsmith.run_helpers import tracing_context

    with tracing_context(enabled=False):
        yield
