"""Web pages: only public addresses are asked, each hop is checked, and a no is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import httpcore
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SourceError
from assistant.sources import Fetched, Limits, read_sources
from assistant.sources.addresses import is_public
from assistant.sources.deadline import DeadlineTransport
from assistant.sources.fetch import fetch_page

PUBLIC = "93.184.215.14"
PAGE = b"<main><p>We run nine sites.</p></main>"
Handler = Callable[[httpx.Request], httpx.Response]


class _Web:
    """A web of names and answers that notes what is sent, and where to."""

    def __init__(self, hosts: dict[str, Sequence[str]], answer: Handler | None = None) -> None:
        self.hosts, self.answer = hosts, answer or a_page
        self.requests: list[httpx.Request] = []
        self.resolved: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        del port
        self.resolved.append(host)
        if host not in self.hosts:
            raise OSError("unknown host")
        return self.hosts[host]

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer(request)

    def fetch(self, url: str, limits: Limits = Limits()) -> Fetched:  # noqa: B008  # frozen
        transport = httpx.MockTransport(self.handle)
        return fetch_page(url, limits=limits, resolve=self.resolve, transport=transport)

    @property
    def asked(self) -> list[str]:
        return [str(request.url) for request in self.requests]


def a_page(request: httpx.Request) -> httpx.Response:
    del request
    return httpx.Response(200, content=PAGE, headers={"content-type": "text/html; charset=UTF-8"})


def redirecting(places: dict[str, str]) -> Handler:
    def answer(request: httpx.Request) -> httpx.Response:
        place = places.get(request.headers["host"] + request.url.path)
        if place:
            return httpx.Response(302, headers={"location": place})
        return a_page(request)

    return answer


# --- the request


def test_the_checked_address_is_the_one_connected_to() -> None:
    """The name goes into the Host header and the certificate check, not into a second lookup."""
    web = _Web({"x.example": [PUBLIC]})

    page = web.fetch("https://x.example/about?a=1#team")

    (request,) = web.requests
    assert str(request.url) == f"https://{PUBLIC}/about?a=1"
    assert request.headers["host"] == "x.example"
    assert request.extensions["sni_hostname"] == "x.example"
    assert page == Fetched("https://x.example/about?a=1", PAGE, "text/html", "utf-8")
    assert web.resolved == ["x.example"]


def test_nothing_of_the_seller_goes_out() -> None:
    """No cookie, no credential, no referrer."""
    web = _Web({"x.example": [PUBLIC]})

    web.fetch("http://x.example:8080/")

    assert set(web.requests[0].headers) <= {
        *("host", "accept", "accept-encoding", "connection", "user-agent")
    }
    assert web.requests[0].headers["host"] == "x.example:8080"


def test_an_ipv6_address_is_connected_to_in_brackets() -> None:
    """As addresses are written in URLs."""
    web = _Web({"x.example": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"]})

    web.fetch("https://x.example/")

    assert web.asked == ["https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"]


def test_another_address_is_tried_where_one_does_not_answer() -> None:
    """A host may have several, all of them checked."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("refused")
        return a_page(request)

    web = _Web({"x.example": [PUBLIC, "93.184.215.15"]}, answer)

    assert web.fetch("https://x.example/").content == PAGE
    assert web.asked == [f"https://{PUBLIC}/", "https://93.184.215.15/"]


# --- what is refused before a byte is sent

NOT_PUBLIC = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",  # noqa: S104  # refused
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.251",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "fec0::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "not an address",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_leads_to_no_public_address_is_refused(address: str) -> None:
    """Private, loopback, link-local, metadata, carriers', multicast, mapped, reserved."""
    web = _Web({"x.example": [address]})

    with pytest.raises(SourceError, match="which is not public: save the page"):
        web.fetch("https://x.example/")
    assert web.requests == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    """Which one would be connected to is luck."""
    web = _Web({"x.example": [PUBLIC, "10.0.0.1"]})

    with pytest.raises(SourceError, match=r"10\.0\.0\.1"):
        web.fetch("https://x.example/")
    assert web.requests == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "[::ffff:7f00:1]",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "127。0。0。1",
        "①②⑦.⓪.⓪.①",
        "1.1.1.08",
        "[fe80::1%25eth0]",
        "ex%61mple.com",
        "169.254.169.254",
        "999.1.1.1",
    ],
)
def test_an_address_in_any_notation_is_refused(host: str) -> None:
    """Without asking the resolver, which understands more than one should like."""
    web = _Web({})

    with pytest.raises(SourceError):
        web.fetch(f"http://{host}/")
    assert (web.requests, web.resolved) == ([], [])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:secret@x.example/", "holds a user name or password"),
        ("https://user@x.example/", "holds a user name or password"),
        ("https://x.example\\@evil.example/", "no web address"),
        ("https://x.example/a b", "no web address"),
        ("https://x.example/\r\nHost: y", "no web address"),
        ("https:///path", "only http and https"),
        ("https://x.example:0/", "no port 0|no web address"),
        ("https://x.example:99999/", "no port 99999|no web address"),
        ("https://" + "a" * 3000, "no web address"),
        ("https://nowhere.example/", "was not found"),
        ("gopher://x.example/", "only http and https"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str, said: str) -> None:
    """And a password is not repeated in the message."""
    web = _Web({"x.example": [PUBLIC]})

    with pytest.raises(SourceError, match=said) as refused:
        web.fetch(url)
    assert "secret" not in str(refused.value)
    assert web.requests == []


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_not_public(address: object) -> None:
    """The rules here are narrower, never wider."""
    if not address.is_global or address.is_multicast:  # type: ignore[attr-defined]
        assert not is_public(address)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["xn--", "xn--a", "xn--0.example", "xn--ls8h.example"])
def test_a_name_that_no_alphabet_spells_is_looked_up_like_any_other(host: str) -> None:
    """The name service decides whether it is there."""
    with pytest.raises(SourceError, match=f"http://{host}/: the host '{host}' was not found"):
        _Web({}).fetch(f"http://{host}/")

    assert _Web({host: [PUBLIC]}).fetch(f"http://{host}/").content == PAGE


# --- redirects


def test_redirects_are_followed_and_each_is_checked() -> None:
    """Also to another host and to a path."""
    web = _Web(
        {"x.example": [PUBLIC], "www.x.example": ["93.184.215.15"]},
        redirecting({"x.example/": "https://www.x.example/a", "www.x.example/a": "/b?c=1"}),
    )

    page = web.fetch("http://x.example/")

    assert page.url == "https://www.x.example/b?c=1"
    assert web.asked == [
        f"http://{PUBLIC}/",
        "https://93.184.215.15/a",
        "https://93.184.215.15/b?c=1",
    ]


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://intern.example/",
        "http://0x7f.1/",
        "//intern.example/",
        "https://user:x@y.example/",
        "file:///etc/passwd",
        "gopher://y.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:dana@y.example",
        "about:blank",
        "//xn--/",
        "http://y.example:22/",
        "https://y.example:6379/",
    ],
)
def test_a_redirect_to_where_nobody_may_go_is_refused(place: str) -> None:
    """The second request is never sent."""
    web = _Web(
        {"x.example": [PUBLIC], "y.example": [PUBLIC], "intern.example": ["192.168.1.1"]},
        redirecting({"x.example/": place}),
    )

    with pytest.raises(SourceError):
        web.fetch("https://x.example/")
    assert web.asked == [f"https://{PUBLIC}/"]


def test_a_name_that_changes_between_two_hops_is_checked_again() -> None:
    """The answer of the first lookup is worth nothing for the second request."""
    web = _Web({"x.example": [PUBLIC]})

    def answer(request: httpx.Request) -> httpx.Response:
        web.hosts["x.example"] = ["127.0.0.1"]
        return redirecting({"x.example/": "/again"})(request)

    web.answer = answer

    with pytest.raises(SourceError, match=r"127\.0\.0\.1"):
        web.fetch("https://x.example/")
    assert web.asked == [f"https://{PUBLIC}/"]


def test_a_port_that_was_typed_may_be_redirected_to() -> None:
    """The seller meant that host and port."""
    web = _Web({"x.example": [PUBLIC]}, redirecting({"x.example:8443/": "/a"}))

    assert web.fetch("https://x.example:8443/").content == PAGE


@pytest.mark.parametrize(("hops", "read"), [(5, True), (6, False)])
def test_five_redirects_are_followed_and_no_more(hops: int, read: bool) -> None:
    """A circle ends."""
    places = {f"x.example/{n}": f"/{n + 1}" for n in range(hops)}
    web = _Web({"x.example": [PUBLIC]}, redirecting(places))

    page = web.fetch("https://x.example/0")

    assert bool(page.content) is read
    assert page.not_read == ("" if read else "it redirects more than 5 times")
    assert len(web.requests) == 6


# --- answers


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "asks for a login (status 401)"),
        (403, "behind a login (status 403)"),
        (404, "there is no such page (status 404)"),
        (410, "the page is gone"),
        (429, "come back later"),
        (500, "the server says no (status 500)"),
        (204, "the server says no (status 204)"),
        (304, "the server says no (status 304)"),
    ],
)
def test_a_no_is_passed_on_in_plain_words(status: int, said: str) -> None:
    """The page is not read; that is no error of the seller's."""
    web = _Web({"x.example": [PUBLIC]}, lambda _: httpx.Response(status, content=b"secret"))

    page = web.fetch("https://x.example/")

    assert said in page.not_read
    assert page.content == b""


@pytest.mark.parametrize(
    ("media_type", "read"),
    [
        ("text/html", True),
        ("Text/HTML; Charset=utf-8", True),
        ("application/xhtml+xml", True),
        ("text/plain", True),
        ("application/pdf", True),
        ("application/json", False),
        ("image/png", False),
        ("application/octet-stream", False),
        ("", False),
    ],
)
def test_only_pages_texts_and_pdfs_are_read(media_type: str, read: bool) -> None:
    """Whatever the address ends in."""
    headers = {"content-type": media_type} if media_type else {}
    web = _Web(
        {"x.example": [PUBLIC]}, lambda _: httpx.Response(200, content=b"x", headers=headers)
    )

    page = web.fetch("https://x.example/page.html")

    assert bool(page.content) is read
    assert ("not a page, a text or a PDF" in page.not_read) is not read


class _Endless(httpx.SyncByteStream):
    """A body that does not end; it counts what was taken."""

    def __init__(self) -> None:
        self.taken = 0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.taken += 1000
            yield b"x" * 1000


def test_a_body_over_the_limit_is_not_read_to_its_end() -> None:
    """The limit is named; what came is thrown away."""
    body = _Endless()
    headers = {"content-type": "text/plain"}
    web = _Web({"x.example": [PUBLIC]}, lambda _: httpx.Response(200, stream=body, headers=headers))

    page = web.fetch("https://x.example/", Limits(page_bytes=50_000))

    assert page == Fetched("https://x.example/", not_read="it is larger than 50,000 bytes")
    assert body.taken <= 52_000


def test_a_packed_body_is_not_unpacked() -> None:
    """It was not asked for, and may hold a thousand times its size."""
    headers = {"content-type": "text/html", "content-encoding": "gzip"}
    web = _Web(
        {"x.example": [PUBLIC]},
        lambda _: httpx.Response(200, stream=_Endless(), headers=headers),
    )

    page = web.fetch("https://x.example/")

    assert "packs it in a way" in page.not_read
    assert web.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (httpx.ConnectError("refused"), "could not be reached"),
        (httpx.ConnectTimeout("slow"), "did not answer in time"),
        (httpx.ReadTimeout("slow"), "did not answer in time"),
        (httpx.RemoteProtocolError("nonsense"), "broke off"),
        (httpx.ConnectError("certificate verify failed"), "certificate is not valid"),
        (httpcore.ReadError("reset"), "broke off"),
    ],
)
def test_a_broken_connection_is_said(error: Exception, said: str) -> None:
    """And the other sources are used."""

    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    assert said in _Web({"x.example": [PUBLIC]}, answer).fetch("https://x.example/").not_read


# --- time


class _Drip(httpcore.NetworkStream):
    """A server that sends one byte a second, as its clock has it."""

    def __init__(self, answer: bytes, tick: Callable[[], object]) -> None:
        self.answer, self.tick, self.waits = iter(answer), tick, list[float | None]()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del max_bytes
        self.waits.append(timeout)
        self.tick()
        return bytes([next(self.answer, ord("x"))])

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def get_extra_info(self, info: str) -> None:
        del info


class _Backend(httpcore.NetworkBackend):
    """Connects to one stream and notes where to."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self.stream, self.connected = stream, list[tuple[str, int]]()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[object] | None = None,
    ) -> httpcore.NetworkStream:
        del timeout, local_address, socket_options
        self.connected.append((host, port))
        return self.stream


class _Seconds:
    """A clock that only ticks."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def tick(self) -> None:
        self.now += 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-_Endless: ",
    ],
    ids=["in the body", "in the headers"],
)
def test_a_dripping_server_is_left_at_the_deadline(answer: bytes) -> None:
    """Each byte comes in time, the page does not."""
    clock = _Seconds()
    backend = _Backend(_Drip(answer, clock.tick))
    limits = Limits(deadline_s=60)

    page = fetch_page(
        "http://x.example/",
        limits=limits,
        resolve=lambda _host, _port: [PUBLIC],
        transport=DeadlineTransport(clock() + limits.deadline_s, clock, backend),
        clock=clock,
    )

    assert page.not_read in {"the server did not answer in time", "it took longer than 60 s"}
    assert clock.now <= 162
    assert backend.connected == [(PUBLIC, 80)]


def test_a_wait_is_never_longer_than_what_is_left() -> None:
    """Neither than the longest silence."""
    clock = _Seconds()
    drip = _Drip(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", clock.tick)

    fetch_page(
        "http://x.example/",
        limits=Limits(deadline_s=15),
        resolve=lambda _host, _port: [PUBLIC],
        transport=DeadlineTransport(115, clock, _Backend(drip)),
        clock=clock,
    )

    assert drip.waits[0] == 10
    assert drip.waits[-1] == 1


# --- the whole way


def test_a_fetched_page_becomes_a_source() -> None:
    """With the fetcher that is used by default."""
    web = _Web({"x.example": [PUBLIC]})
    fetch = partial(fetch_page, resolve=web.resolve, transport=httpx.MockTransport(web.handle))

    (source,) = read_sources(["https://x.example/about"], fetch=fetch)

    assert [passage.text for passage in source.passages] == ["We run nine sites."]
