"""The last stop before the wire: bounds on bytes and time, no redirects, and only real answers."""

from __future__ import annotations

import json
import re
import time
import zlib
from collections.abc import Callable, Iterator

import httpx2

from assistant.errors import ModelError

_OK = 200
_REDIRECTS = range(300, 400)
_MAX_SHOWN = 120
_PACKED = {"gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}  # how zlib is told
_FRAMING = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


class BoundedTransport(httpx2.BaseTransport):
    """Reads an answer whole, within the request's time and `max_bytes`, and looks at what it is.

    What is wrong is raised as `ModelError`; clients wrap it, and it is found among the causes.
    """

    def __init__(
        self,
        inner: httpx2.BaseTransport,
        *,
        max_bytes: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Wrap the transport that does the work."""
        self._inner = inner
        self._max_bytes = max_bytes
        self._clock = clock

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return its answer, already read."""
        deadline = self._clock() + _timeout_s(request)
        request.headers["Accept-Encoding"] = "identity"
        response = self._inner.handle_request(request)
        try:
            host = request.url.netloc.decode("ascii", "replace")
            _refuse_redirect(host, response)
            body = b"".join(self._read(host, response, deadline))
        finally:
            response.close()
        if response.status_code == _OK:
            _refuse_other(host, body)
        headers = [
            (key, value) for key, value in response.headers.raw if key.lower() not in _FRAMING
        ]
        return httpx2.Response(response.status_code, headers=headers, content=body, request=request)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()

    def _read(self, host: str, response: httpx2.Response, deadline: float) -> Iterator[bytes]:
        total = 0
        for chunk in _unpacked(host, response, self._max_bytes):
            total += len(chunk)
            if total > self._max_bytes:
                raise ModelError(f"{host} sent more than {self._max_bytes} bytes; not read further")
            if self._clock() > deadline:
                raise ModelError(
                    f"{host} did not finish its answer in time; set a longer timeout_s",
                    retryable=True,
                )
            yield chunk


def _timeout_s(request: httpx2.Request) -> float:
    return request.extensions.get("timeout", {}).get("read") or float("inf")


def _unpacked(host: str, response: httpx2.Response, max_bytes: int) -> Iterator[bytes]:
    """Yield the body as it comes, unpacked where it is packed though we asked it not to be."""
    packing = response.headers.get("content-encoding", "identity").lower().strip()
    assert isinstance(response.stream, httpx2.SyncByteStream)
    if packing in {"", "identity"}:
        yield from response.stream
        return
    if packing not in _PACKED:
        raise ModelError(f"{host} packed its answer as {packing!r}, which it was not asked to")
    unpacker = zlib.decompressobj(_PACKED[packing])
    try:
        for chunk in response.stream:
            yield unpacker.decompress(chunk, max_bytes + 1)
    except zlib.error as error:
        raise ModelError(f"{host} sent an answer that cannot be unpacked: {error}") from error


def _refuse_redirect(host: str, response: httpx2.Response) -> None:
    if response.status_code in _REDIRECTS:
        target = response.headers.get("location", "nowhere")[:_MAX_SHOWN]
        raise ModelError(
            f"{host} redirects to {target}; not followed. Set base_url to the endpoint itself"
        )


def _refuse_other(host: str, body: bytes) -> None:
    """Refuse what says 200 and is no chat completion; clients fall over it in many ways."""
    try:
        answer = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _not_openai(host, _shown(body)) from error
    if not _is_completion(answer):
        raise _not_openai(host, _shown(body))


def _is_completion(answer: object) -> bool:
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    return isinstance(message, dict) and isinstance(message.get("content"), str | None)


def _not_openai(host: str, shown: str) -> ModelError:
    return ModelError(
        f"{host} did not answer as an OpenAI API: {shown}; check base_url, it often ends in /v1"
    )


def _shown(body: bytes) -> str:
    text = " ".join(re.sub(r"[^\x20-\x7e\u00a0-\uffff]+", " ", _decoded(body)).split())
    return repr(text[:_MAX_SHOWN]) if text else "an empty body"


def _decoded(body: bytes) -> str:
    return body[: 4 * _MAX_SHOWN].decode("utf-8", errors="replace")
