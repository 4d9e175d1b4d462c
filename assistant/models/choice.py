"""Which model is asked, and how it is reached: settings become a writer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import ModelError
from assistant.local_model.weights import EMBEDDED, EXTRA, Progress, what_is_missing
from assistant.models.answer_cache import AnswerCache
from assistant.models.chat import Bounds, ChatWriter
from assistant.models.faults import Endpoint
from assistant.models.manner import ANY, LOCAL, openai_manner
from assistant.models.pricing import FREE, openai_price
from assistant.models.settings import ModelSettings
from assistant.models.writer import Capability

if TYPE_CHECKING:
    import httpx2
    from langchain_core.language_models import BaseChatModel

OPENAI_URL = "https://api.openai.com/v1"
DEFAULT_MODEL = "openai:gpt-5-mini"
_OPENAI = "openai:"
_ANY_ROOM = 4096  # for the answers of providers that are not told the room call by call


@dataclass(frozen=True)
class Choice:
    """The model that the settings come to ("local", "none" or provider:name), and why."""

    model: str
    why: str


def choose_model(settings: ModelSettings) -> Choice:
    """Say which model the settings come to.

    "auto" is a configured provider, else the embedded model where it is installed, else none.
    """
    if settings.model != "auto":
        return Choice(settings.model, "set as the model")
    if settings.base_url:
        return Choice(
            DEFAULT_MODEL, f"the endpoint {_host(settings.base_url)} is set, and no model"
        )
    if settings.api_key.get_secret_value():
        return Choice(DEFAULT_MODEL, "a key is set, and no model")
    missing = what_is_missing(settings.local_model_file)
    if missing:
        return Choice("none", f"no key is set, and the embedded model is missing: {missing}")
    own = settings.local_model_file
    return Choice("local", f"no key is set; {own}, not verified" if own else "no key is set")


def capability_of(settings: ModelSettings) -> Capability:
    """Say what the model that the settings come to may be asked for, where there is one."""
    own: Capability = "clauses" if choose_model(settings).model == "local" else "full"
    return settings.capability or own


def build_writer(
    settings: ModelSettings,
    *,
    progress: Progress | None = None,
    transport: httpx2.BaseTransport | None = None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] | None = None,
) -> ChatWriter | None:
    """Build the writer that the settings come to; None for "none". Nothing is asked yet.

    `progress` is told how far the embedded model's one-time joining is; `transport` takes the
    network's place for an OpenAI-compatible endpoint.

    Raises:
        ModelError: what the model needs is not set or not installed; says what.
    """
    model = choose_model(settings).model
    if model == "none":
        return None
    if model == "local":
        return _local_writer(settings, progress)
    provider, colon, _ = model.partition(":")
    if colon and provider != "openai" and not settings.base_url:
        return _other_writer(settings, model)
    return _openai_writer(settings, model.removeprefix(_OPENAI), transport, clock, sleep)


def _host(url: str) -> str:
    """Return host and port of an endpoint, without a name or password in front of them."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in {"http", "https"} or not host:
        raise ModelError(f"base_url: expected an http(s) address, got {url.rpartition('@')[2]!r}")
    return host


def _openai_writer(
    settings: ModelSettings,
    model: str,
    transport: httpx2.BaseTransport | None,
    clock: Callable[[], float],
    sleep: Callable[[float], None] | None,
) -> ChatWriter:
    key = settings.api_key.get_secret_value()
    if not key and not settings.base_url:
        raise ModelError(
            f"no key for {_OPENAI}{model}: set OPENAI_API_KEY, or base_url for an endpoint without"
            f" one, or install the embedded model ({EXTRA})"
        )
    url = settings.base_url or OPENAI_URL
    host = _host(url)
    own_host = host == _host(OPENAI_URL)
    return ChatWriter(
        _openai_model(settings, model, url, transport, clock),
        name=f"{_OPENAI}{model}" if own_host else f"{host}/{model}",
        capability=capability_of(settings),
        parallel=settings.parallel,
        manner=openai_manner(model, own_host=own_host),
        bounds=Bounds(settings.timeout_s, settings.retries),
        endpoint=Endpoint(model, host, (key,)),
        cache=_cache(settings),
        price=openai_price(model) if own_host else None,
        clock=clock,
        sleep=sleep,
    )


def _openai_model(
    settings: ModelSettings,
    model: str,
    url: str,
    transport: httpx2.BaseTransport | None,
    clock: Callable[[], float],
) -> BaseChatModel:
    import httpx2
    from langchain_openai.chat_models.base import BaseChatOpenAI

    from assistant.models.transport import BoundedTransport

    # A transport of our own: a client with one does not look for proxies in the environment.
    inner = transport or httpx2.HTTPTransport()
    client = httpx2.Client(
        transport=BoundedTransport(inner, max_bytes=settings.max_bytes, clock=clock),
        follow_redirects=False,
        timeout=settings.timeout_s,
    )
    return BaseChatOpenAI(
        model=model,
        # Given even where it is the default: else the environment may name another.
        base_url=url,
        api_key=settings.api_key if settings.api_key.get_secret_value() else "none",
        openai_proxy=None,
        http_client=client,
        max_retries=0,
        use_responses_api=False,
        cache=False,
    )


def _local_writer(settings: ModelSettings, progress: Progress | None) -> ChatWriter:
    missing = what_is_missing(settings.local_model_file)
    if missing:
        raise ModelError(f"the embedded model is missing: {missing}; {EXTRA}, or set another model")
    from assistant.local_model.chat import CONTEXT_TOKENS, LocalChatModel

    model = LocalChatModel(
        model_file=settings.local_model_file,
        cache_folder=settings.cache_folder,
        context_tokens=settings.context_tokens or CONTEXT_TOKENS,
        timeout_s=settings.timeout_s,
        progress=progress,
    )
    name = f"local:{model.model_name}"
    own = settings.local_model_file
    return ChatWriter(
        model,
        name=name,
        capability=capability_of(settings),
        parallel=1,
        manner=LOCAL,
        bounds=Bounds(settings.timeout_s, retries=0),
        endpoint=Endpoint(name, "the embedded model"),
        cache=_cache(settings),
        price=FREE,
        version=f"{own} {own.stat().st_size} {own.stat().st_mtime_ns}" if own else EMBEDDED.sha256,
    )


def _other_writer(settings: ModelSettings, model: str) -> ChatWriter:
    from langchain.chat_models import init_chat_model

    try:
        chat_model = init_chat_model(
            model,
            timeout=settings.timeout_s,
            max_retries=0,
            max_tokens=_ANY_ROOM,
            temperature=0,
        )
    except Exception as error:
        raise ModelError(f"{model} cannot be set up: {error}; set another model") from error
    return ChatWriter(
        chat_model,
        name=model,
        capability=capability_of(settings),
        parallel=settings.parallel,
        manner=ANY,
        bounds=Bounds(settings.timeout_s, settings.retries),
        cache=_cache(settings),
    )


def _cache(settings: ModelSettings) -> AnswerCache:
    cache = AnswerCache(settings.cache_folder / "answers", fresh=settings.fresh)
    cache.prune(time.time())
    return cache
