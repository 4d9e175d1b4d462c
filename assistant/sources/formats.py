"""Which format a source is in, and its reader."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.errors import SourceError
from assistant.sources.decode import decode
from assistant.sources.drafts import Draft
from assistant.sources.limits import Limits
from assistant.sources.people import people_in

Format = Literal["text", "page", "mail", "invite", "pdf", "docx"]


@dataclass(frozen=True)
class Handed:
    """The bytes behind a name, and what is known of them from outside."""

    name: str
    raw: bytes
    suffix: str = ""  # in lower case, with its dot
    media_type: str = ""
    charset: str = ""
    not_read: str = ""
    warning: str = ""
    from_web: bool = False


_BY_SUFFIX: dict[str, Format] = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "page"),
    **dict.fromkeys((".ics", ".ical", ".ifb", ".icalendar"), "invite"),
    ".eml": "mail",
    ".pdf": "pdf",
    ".docx": "docx",
}
_BY_MEDIA_TYPE: dict[str, Format] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/pdf": "pdf",
}
_CURES = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pages"), "save it as .docx or as text"),
    ".msg": "save it as .eml",
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), "save the sheet as text"),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), "save the slides as PDF"),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".tif", ".tiff", ".bmp"),
        "pictures are not read: type what matters into a note",
    ),
    **dict.fromkeys(
        (".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".mov", ".webm", ".mkv"),
        "recordings are not read: hand in a transcript",
    ),
    **dict.fromkeys((".zip", ".gz", ".7z", ".rar", ".tar"), "hand in the files inside"),
}
_MAIL_HEAD = re.compile(
    r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,80}?(?:message-id|mime-version|received):",
    re.IGNORECASE,
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_HEAD_BYTES = 8_192
_SHORT_PAGE = 1_500  # characters: a page that asks for a password and says no more is a login page


def draft_of(handed: Handed, limits: Limits, *, today: date | None) -> Draft:
    """Return the draft of a source; its content decides the format before its name does.

    Raises:
        SourceError: the format is none that can be read, or the file is damaged or locked.
    """
    format_ = _format(handed)
    draft = _read(format_, handed, limits, today)
    warnings = [handed.warning] if handed.warning else []
    return replace(draft, warnings=(*warnings, *draft.warnings))


def _format(handed: Handed) -> Format:
    packed = _packed_format(handed)
    if packed:
        return packed
    if handed.suffix in _CURES:
        raise SourceError(
            f"{handed.name}: {handed.suffix} is not read: {_CURES[handed.suffix]}", name=handed.name
        )
    text = decode(handed.raw[:_HEAD_BYTES]).text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    if text[:15].upper() == "BEGIN:VCALENDAR":
        return "invite"
    if handed.media_type:
        return _BY_MEDIA_TYPE.get(handed.media_type, "text")
    return _BY_SUFFIX.get(handed.suffix) or _looks_like(text)


def _packed_format(handed: Handed) -> Format | None:
    if b"%PDF-" in handed.raw[:1024]:
        return "pdf"
    is_archive = handed.raw.startswith(b"PK\x03\x04") and handed.suffix not in _CURES
    return "docx" if is_archive else None


def _looks_like(text: str) -> Format:
    if re.match(r"<!doctype html|<html[\s>]", text, re.IGNORECASE):
        return "page"
    return "mail" if _MAIL_HEAD.match(text) else "text"


def _read(format_: Format, handed: Handed, limits: Limits, today: date | None) -> Draft:
    raw, name = handed.raw, handed.name
    if format_ == "pdf":
        from assistant.sources.pdf import read_pdf

        return read_pdf(raw, name, limits)
    if format_ == "docx":
        from assistant.sources.word import read_docx

        return read_docx(raw, name, limits)
    if format_ == "invite":
        from assistant.sources.invite import read_invite

        return read_invite(raw, name, limits, today=today)
    if format_ == "mail":
        from assistant.sources.mail import read_mail

        return read_mail(raw, name, limits)
    if format_ == "page":
        return _page(handed, limits)
    return _text(handed, limits)


def _page(handed: Handed, limits: Limits) -> Draft:
    from assistant.sources.page import read_page

    decoded = decode(handed.raw, declared=handed.charset or _charset_in(handed.raw))
    page = read_page(decoded.text, limits)
    said = sum(len(block.flow.text) for block in page.blocks)
    warnings = [decoded.warning] if decoded.warning else []
    if handed.from_web and page.asks_for_password and said < _SHORT_PAGE:
        return Draft(
            "page", warnings=("the page asks for a password: what is behind it was not read",)
        )
    return Draft(
        kind="page",
        blocks=page.blocks,
        written_on=page.written_on,
        people=people_in(page.blocks),
        warnings=(*warnings, *page.warnings),
    )


def _charset_in(raw: bytes) -> str:
    match = re.search(
        rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", raw[:4096], re.IGNORECASE
    )
    return match[1].decode("ascii") if match else ""


def _text(handed: Handed, limits: Limits) -> Draft:
    from assistant.sources.notes import read_text

    head = handed.raw[:_HEAD_BYTES]
    noise = len(head) - len(head.translate(None, _CONTROL))
    decoded = decode(handed.raw, declared=handed.charset)
    if 10 * noise > len(head) and "\0" in decoded.text[: _HEAD_BYTES // 2]:
        raise SourceError(f"{handed.name}: holds no text: hand in text", name=handed.name)
    draft = read_text(decoded.text, limits)
    warnings = [decoded.warning] if decoded.warning else []
    published = handed.from_web and draft.kind == "notes"
    return replace(
        draft,
        kind="page" if published else draft.kind,
        warnings=(*warnings, *draft.warnings),
    )
