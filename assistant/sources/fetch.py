"""Web pages that the seller typed the address of: fetched with care, or said not to be.

The host is resolved first, every address checked, and the checked address is the one connected to;
so for each redirect. Nothing is sent to an address that is not public.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import httpcore
import httpx

from assistant.errors import SourceError
from assistant.sources.addresses import Address, Resolve, public_addresses, system_addresses
from assistant.sources.deadline import Clock, DeadlineTransport
from assistant.sources.decode import one_line
from assistant.sources.fetched import Fetched
from assistant.sources.limits import Limits

_PORTS = {"http": 80, "https": 443}
_READABLE = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"}
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SILENT_S = 10.0  # a server that says nothing for so long is given up
_MAX_URL = 2_000
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_TRIED = 3  # addresses of one host
_WHY = {
    401: "it asks for a login",
    402: "it asks for a payment",
    403: "it is closed to us, perhaps behind a login",
    404: "there is no such page",
    407: "it asks for a login",
    410: "the page is gone",
    429: "the site asks us to come back later",
    451: "it is closed for legal reasons",
}
_CANNOT_CONNECT = (
    httpx.ConnectError, httpx.ConnectTimeout, httpcore.ConnectError, httpcore.ConnectTimeout,
)  # fmt: skip
_BROKEN_OFF = (
    httpx.HTTPError, httpx.StreamError, httpcore.NetworkError, httpcore.TimeoutException,
    httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError,
)  # fmt: skip


def fetch_page(
    url: str,
    *,
    limits: Limits,
    resolve: Resolve = system_addresses,
    transport: httpx.BaseTransport | None = None,
    clock: Clock = time.monotonic,
) -> Fetched:
    """Return a web page; what the web says no to comes back as `not_read`.

    Redirects are followed, `limits.redirects` of them at most, each checked as the first address
    was. No cookie, no proxy, no credential and no part of a source goes out.

    Raises:
        SourceError: the address is no plain http(s) address, holds a password, or it, or where it
            redirects to, leads to a host that is not public or does not exist.
    """
    visit = _Visit(url, resolve, limits, clock() + limits.deadline_s, clock)
    target = visit.checked(url, after=None)
    first = target
    # Not a client: it would look into where a redirect leads before that was checked.
    with transport or DeadlineTransport(visit.deadline, clock) as carrier:
        for _ in range(limits.redirects + 1):
            try:
                answer = visit.ask(carrier, target)
            except _BROKEN_OFF as error:
                return Fetched(target.shown, not_read=_reason(error))
            if isinstance(answer, Fetched):
                return answer
            target = visit.checked(answer, after=first)
    return Fetched(target.shown, not_read=f"it redirects more than {limits.redirects} times")


class _Target(NamedTuple):
    """A page to ask for, at addresses that were checked."""

    url: httpx.URL
    host: str  # in ASCII
    port: int
    addresses: tuple[Address, ...]

    @property
    def shown(self) -> str:
        return one_line(str(self.url))


@dataclass(frozen=True)
class _Visit:
    typed: str
    resolve: Resolve
    limits: Limits
    deadline: float
    clock: Clock

    def checked(self, url: str, *, after: _Target | None) -> _Target:
        """Return the target of the address typed or, `after` it, of one redirected to."""
        parsed = self._parsed(url)
        host, port = parsed.raw_host.decode("ascii"), parsed.port
        if port is None:
            port = _PORTS[parsed.scheme]
        if not 0 < port < 65_536:
            raise self._refused(f"there is no port {port}")
        unusual = after is not None and (host, port) != (after.host, after.port)
        if unusual and port not in _PORTS.values():
            raise self._refused(f"redirects to port {port}, which is not a web page's")
        addresses = public_addresses(host, port, url=self.typed, resolve=self.resolve)
        if not addresses:
            raise self._refused(f"the host '{host}' was not found")
        return _Target(parsed, host, port, addresses)

    def _parsed(self, url: str) -> httpx.URL:
        if len(url) > _MAX_URL or any(c.isspace() or ord(c) < 32 or c == "\\" for c in url):
            raise self._refused("is no web address")
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise self._refused(f"is no web address: {error}") from error
        host = parsed.raw_host.decode("ascii")  # unlike `host`, it is there for every address
        if parsed.userinfo:
            raise SourceError(
                f"{host or 'the address'}: the address holds a user name or password: leave it "
                "out, and save pages behind a login as files",
                name=host,
            )
        if parsed.scheme not in _PORTS or not host:
            raise self._refused("only http and https addresses are read")
        return parsed.copy_with(fragment=None)

    def _refused(self, why: str) -> SourceError:
        return SourceError(f"{one_line(self.typed)[:200]}: {why}", name=self.typed)

    def ask(self, carrier: httpx.BaseTransport, target: _Target) -> Fetched | str:
        """Return the page, or the address it redirects to."""
        *others, last = target.addresses[:_TRIED]
        for address in others:
            try:
                return self._ask_at(carrier, target, address)
            except _CANNOT_CONNECT:
                continue
        return self._ask_at(carrier, target, last)

    def _ask_at(
        self, carrier: httpx.BaseTransport, target: _Target, address: Address
    ) -> Fetched | str:
        request = httpx.Request(
            "GET",
            target.url.copy_with(host=str(address)),
            headers={
                "Host": target.url.netloc.decode("ascii"),
                "User-Agent": "groundwork (reads one page for the person who typed its address)",
                "Accept": "text/html, text/plain, application/pdf",
                "Accept-Encoding": "identity",
            },
            extensions={
                "sni_hostname": target.host,
                "timeout": httpx.Timeout(_SILENT_S).as_dict(),
            },
        )
        response = carrier.handle_request(request)
        try:
            return self._answer(target, response)
        finally:
            response.close()

    def _answer(self, target: _Target, response: httpx.Response) -> Fetched | str:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and "location" in headers:
            return self._redirected(target, headers["location"])
        media_type, charset = _declared(headers.get("content-type", ""))
        not_read = ""
        if status != 200:
            not_read = f"{_WHY.get(status, 'the server says no')} (status {status})"
        elif media_type not in _READABLE:
            what = one_line(media_type)[:60] or "of no named type"
            not_read = f"it is {what}, not a page, a text or a PDF"
        elif headers.get("content-encoding", "identity").lower() != "identity":
            not_read = "the server packs it in a way that was not asked for"
        if not_read:
            return Fetched(target.shown, not_read=not_read)
        return self._body(Fetched(target.shown, b"", media_type, charset), response.iter_bytes())

    def _redirected(self, target: _Target, location: str) -> str:
        """Return where a page sends us."""
        scheme = _SCHEME.match(location)
        if scheme and scheme[1].lower() not in _PORTS:
            raise self._refused(f"redirects to '{scheme[1][:20]}:', which is no web address")
        try:
            return str(target.url.join(location))
        except (httpx.InvalidURL, ValueError) as error:
            raise self._refused(f"redirects to what is no web address: {error}") from error

    def _body(self, page: Fetched, chunks: Iterable[bytes]) -> Fetched:
        content = bytearray()
        for chunk in chunks:
            content += chunk
            if len(content) > self.limits.page_bytes:
                most = f"{self.limits.page_bytes:,} bytes"
                return Fetched(page.url, not_read=f"it is larger than {most}")
            if self.clock() > self.deadline:
                most = f"{self.limits.deadline_s:g} s"
                return Fetched(page.url, not_read=f"it took longer than {most}")
        return Fetched(page.url, bytes(content), page.media_type, page.charset)


def _declared(header: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type header."""
    media_type, *parameters = [part.strip().lower() for part in header.split(";")]
    named = dict(part.split("=", 1) for part in parameters if "=" in part)
    return media_type, named.get("charset", "").strip("\"' ")


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException | httpcore.TimeoutException):
        return "the server did not answer in time"
    if "certificate" in str(error).lower():
        return "the server's certificate is not valid"
    return f"the server could not be reached or broke off ({type(error).__name__})"
