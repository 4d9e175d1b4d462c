"""What vendors raise becomes one kind of error, which says what happened and what to mend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from assistant.errors import ModelError, PromptTooLongError
from assistant.local_model.process import RequestError

_MAX_WORDS = 300
_SECRET_CHARS = 8  # fewer are a stand-in such as "none", and may stand in any word
_KEY_LIKE = re.compile(r"\b(sk|key|pk)-[A-Za-z0-9_\-*]{6,}")
_TOO_LONG = re.compile(
    r"context.?(length|size|window)|maximum context|prompt is too long|too many (input )?tokens|"
    r"input tokens exceed",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing", re.IGNORECASE)
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _SLOW_DOWN = 401, 403, 404, 429
_BAD_REQUESTS = frozenset({400, 413, 422})
_RETRYABLE = frozenset({408, 409, 425, 429})
_SERVER_FAULT = 500


@dataclass(frozen=True)
class Endpoint:
    """Who is asked, for the messages; `secrets` are taken out of them."""

    model: str
    host: str
    secrets: tuple[str, ...] = field(default=(), repr=False)


class RequestRefusedError(ModelError):
    """The endpoint does not take the request as it is: an option or a form it does not know."""


def as_model_error(error: Exception, endpoint: Endpoint) -> ModelError:
    """Return what a vendor's client raised as a `ModelError`, without the key."""
    for cause in _causes(error):
        if isinstance(cause, RequestError):
            return _bad_request(str(cause), endpoint)
        if isinstance(cause, ModelError):
            return cause
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        headers = getattr(response, "headers", None) or {}
        return _from_status(status, _words(error, endpoint), headers, endpoint)
    return _without_status(error, endpoint)


def _without_status(error: Exception, endpoint: Endpoint) -> ModelError:
    host, words = endpoint.host, _words(error, endpoint)
    if any(_name_is(cause, "Timeout", "TimeoutException") for cause in _causes(error)):
        return ModelError(f"{host} did not answer in time; set a longer timeout_s", retryable=True)
    if any(_name_is(cause, "TransportError", "ConnectionError") for cause in _causes(error)):
        reason = _shorten(str(list(_causes(error))[-1]), endpoint)
        return ModelError(
            f"{host} cannot be reached: {reason}; check the network and base_url", retryable=True
        )
    return ModelError(
        f"{host} did not answer as it should: {type(error).__name__}: {words}; "
        "check model and base_url"
    )


def _from_status(
    status: int, words: str, headers: Mapping[str, str], endpoint: Endpoint
) -> ModelError:
    host, model = endpoint.host, endpoint.model
    if status in _BAD_REQUESTS:
        return _bad_request(words, endpoint)
    if status == _UNAUTHORIZED:
        return ModelError(f"{host} refuses the key: {words}; set OPENAI_API_KEY, or api_key")
    if status == _FORBIDDEN:
        return ModelError(f"{host} does not allow {model!r} with this key: {words}; set another")
    if status == _NOT_FOUND:
        return ModelError(f"{host} has no model {model!r}: {words}; set model, or base_url")
    if status == _SLOW_DOWN and _QUOTA.search(words):
        return ModelError(f"the quota at {host} is spent: {words}; top it up or set another model")
    retryable = status in _RETRYABLE or status >= _SERVER_FAULT
    after_s = retry_after_s(headers) if retryable else None
    when = f" in {after_s:.0f} s" if after_s is not None else " later"
    what = "asks to slow down" if status == _SLOW_DOWN else "has a fault"
    again = f"; try again{when}" if retryable else ""
    return ModelError(
        f"{host} {what} ({status}): {words}{again}", retryable=retryable, retry_after_s=after_s
    )


def _bad_request(words: str, endpoint: Endpoint) -> ModelError:
    if _TOO_LONG.search(words):
        numbers = sorted(int(n.replace(",", "")) for n in re.findall(r"\d[\d,]{2,}", words))
        # The two largest are the request and the context, whatever else the message counts.
        return PromptTooLongError(*numbers[:-3:-1]) if len(numbers) > 1 else PromptTooLongError()
    return RequestRefusedError(f"{endpoint.host} refuses the request: {words}")


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return how long the endpoint asks to wait: in (milli)seconds, or until a date of its own."""
    milliseconds, seconds = _number(headers.get("retry-after-ms")), headers.get("retry-after")
    if milliseconds is not None:
        return milliseconds / 1000
    if seconds is None or _number(seconds) is not None:
        return _number(seconds)
    try:
        until, now = (parsedate_to_datetime(headers.get(h, "")) for h in ("retry-after", "date"))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"\d+(\.\d+)?", text.strip()) else None


def _words(error: Exception, endpoint: Endpoint) -> str:
    """Return what the endpoint itself said, else the error's text."""
    body: Any = getattr(error, "body", None)
    told = body.get("message") if isinstance(body, dict) else None
    code = body.get("code") or body.get("type") if isinstance(body, dict) else None
    parameter = body.get("param") if isinstance(body, dict) else None
    said = told if isinstance(told, str) and told else str(error)
    extra = [str(part) for part in (code, parameter) if isinstance(part, str) and part not in said]
    return _shorten(f"{said} ({', '.join(extra)})" if extra else said, endpoint)


def _shorten(text: str, endpoint: Endpoint) -> str:
    for secret in endpoint.secrets:
        if len(secret) >= _SECRET_CHARS:
            text = text.replace(secret, "[key]")
    text = " ".join(_KEY_LIKE.sub("[key]", text).split())
    return text if len(text) <= _MAX_WORDS else f"{text[:_MAX_WORDS]}…"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what caused it, outermost first."""
    current: BaseException | None = error
    while current is not None:
        yield current
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )


def _name_is(error: BaseException, *names: str) -> bool:
    """Tell whether a class of the error is called so; importing its vendor would cost a second."""
    bases = {base.__name__ for base in type(error).__mro__}
    return any(name in base for base in bases for name in names)
