"""E-mail files: the thread of an .eml, with what its headers say about people and dates."""

from __future__ import annotations

import email
import email.errors
import re
from collections.abc import Iterator, Sequence
from datetime import date
from email import policy
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage
from typing import NamedTuple

from assistant.errors import SourceError
from assistant.sources.agenda import find_agenda
from assistant.sources.decode import decode, one_line
from assistant.sources.drafts import Draft
from assistant.sources.layout import blocks_of
from assistant.sources.letters import unthread
from assistant.sources.limits import Limits
from assistant.sources.lines import Line, lines_of
from assistant.sources.names import merged, spelled_name
from assistant.sources.source import Person

# What the standard library's parser is known to raise on malformed headers.
_MALFORMED = (
    ValueError, IndexError, KeyError, TypeError, AttributeError, LookupError, AssertionError,
    email.errors.MessageError,
)  # fmt: skip


class _ShortHeaders(HeaderRegistry):
    """Parses headers, of which the first part will do: the parser takes long over long ones."""

    def __call__(self, name: str, value: str) -> BaseHeader:
        return super().__call__(name, value[:_MAX_HEADER])


_MAX_HEADER = 12_000  # characters, some 250 addresses
_POLICY = policy.default.clone(header_factory=_ShortHeaders())


class _Body(NamedTuple):
    text: str
    is_html: bool
    numbers: tuple[int, ...]  # the line of the file in which each line of the text begins
    warning: str = ""


def read_mail(raw: bytes, name: str, limits: Limits) -> Draft:
    """Return what an e-mail says; attachments are named, not read.

    The plain part is read where there is one that says something, else the HTML part. Lines are
    those of the file; where the text is packed in base64, those of the text.

    Raises:
        SourceError: it is no e-mail.
    """
    try:
        message = email.message_from_bytes(raw, policy=_POLICY)
    except (*_MALFORMED, RecursionError) as error:
        raise SourceError(f"{name}: not an e-mail that can be read: {error}", name=name) from error
    body = _body(message, raw)
    lines, warnings = _lines(body, limits) if body else ((), ())
    sender = next(iter(_addressed(message, "from")), None)
    thread = unthread(lines, author=sender or Person(""))
    others = [*_addressed(message, "to"), *_addressed(message, "cc")]
    return Draft(
        kind="email",
        blocks=blocks_of(thread.lines, running_text=True),
        written_on=_date(message),
        people=merged([*([sender] if sender else []), *others, *thread.people]),
        warnings=(*warnings, *_unread(message)),
        agenda=find_agenda(thread.lines, invitation=False),
    )


def _body(message: EmailMessage, raw: bytes) -> _Body | None:
    parts = [part for kind in ("plain", "html") if (part := _part(message, kind))]
    bodies = [_decoded(part, raw) for part in parts]
    return next((body for body in bodies if any(map(str.isalnum, body.text))), None)


def _part(message: EmailMessage, kind: str) -> EmailMessage | None:
    try:
        part = message.get_body((kind,))
    except (*_MALFORMED, RecursionError):
        return None
    return part if isinstance(part, EmailMessage) else None


def _decoded(part: EmailMessage, raw: bytes) -> _Body:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    text, warning = decode(content, declared=_parameter(part))
    return _Body(
        text=text,
        is_html=_header(part, "content-type").lower().startswith("text/html"),
        numbers=_numbers(part, content, raw),
        warning=warning,
    )


def _parameter(part: EmailMessage) -> str:
    try:
        return part.get_content_charset("")
    except _MALFORMED:
        return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except _MALFORMED:
        return ""


def _numbers(part: EmailMessage, content: bytes, raw: bytes) -> tuple[int, ...]:
    """Find in which line of the file each line of the text begins; none where it is packed."""
    encoding = _header(part, "content-transfer-encoding").lower()
    packed = part.get_payload(decode=False)
    if encoding == "quoted-printable" and isinstance(packed, str):
        written = packed.encode("utf-8", "surrogateescape")
    elif encoding == "base64":
        return ()
    else:
        written = content
    start = raw.find(written)
    if start < 0 or not written:
        return ()
    first = raw.count(b"\n", 0, start) + 1
    lines = written.split(b"\n")
    soft = [encoding == "quoted-printable" and line.rstrip().endswith(b"=") for line in lines]
    return tuple(first + i for i in range(len(lines)) if i == 0 or not soft[i - 1])


def _lines(body: _Body, limits: Limits) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    warnings = (body.warning,) if body.warning else ()
    if body.is_html:
        from assistant.sources.page import page_as_lines

        lines, cut = page_as_lines(body.text, limits)
        return tuple(_placed(lines, body.numbers)), (*warnings, *cut)
    lines, cut = lines_of(body.text, limits)
    return tuple(_placed(lines, body.numbers)), (*warnings, *cut)


def _placed(lines: Sequence[Line], numbers: Sequence[int]) -> Iterator[Line]:
    for line in lines:
        known = line.number <= len(numbers)
        yield line._replace(number=numbers[line.number - 1]) if known else line


def _addressed(message: EmailMessage, name: str) -> Iterator[Person]:
    try:
        header = message.get(name)
        addresses = list(getattr(header, "addresses", ()))
    except _MALFORMED:
        return
    for address in addresses:
        person = Person(spelled_name(address.display_name), one_line(address.addr_spec).lower())
        if person.name or person.email:
            yield person


def _date(message: EmailMessage) -> date | None:
    try:
        moment = getattr(message.get("date"), "datetime", None)
    except _MALFORMED:
        return None
    return moment.date() if moment else None


def _unread(message: EmailMessage) -> Iterator[str]:
    try:
        attachments = list(message.iter_attachments())
    except (*_MALFORMED, RecursionError):
        return
    names = [_attachment_name(part) for part in attachments]
    shown = [name for name in names if name]
    if shown:
        listed = ", ".join(shown[:10]) + (" and more" if len(shown) > 10 else "")
        yield f"attachments were not read: {listed}; hand them in as files if they matter"


def _attachment_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
        inline_picture = part.get_content_maintype() == "image" and part.get("content-id")
    except _MALFORMED:
        return "one without a readable name"
    if inline_picture:
        return ""
    return re.sub(r"[\\/]", "_", one_line(name))[:80] or f"one of type {part.get_content_type()}"
