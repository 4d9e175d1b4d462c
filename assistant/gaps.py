"""Collect the needs for which no approved card exists, for those who write the cards.

The file is read by people who do not work on the account, so it holds no account and no person: a
line has the day, the kind of card, the need in plain words, and a keyed hash of the account, which
tells two accounts that need the same thing from one that was prepared for twice. The key is made
once for a workspace and stays in it, so that nobody can find an account by hashing names.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.brief import Gap
from assistant.errors import StoreError
from assistant.files import write_bytes, write_text
from assistant.knowledge.card import CardKind
from assistant.knowledge.lock import changing
from assistant.knowledge.names import replace_name
from assistant.text.words import is_common

FILE = "gaps.jsonl"
_KEY_FILE = "gaps.key"
_LONGEST = 160  # characters of a need; what is longer is a text, not a need
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
_FIGURE = re.compile(r"(?<![\w/])[$€£]?\d[\d.,]*(?:[-–/:]\d[\d.,]*)*(?:\s?%)?(?!\w)")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\+?(?:\d[ ()/.-]{0,2}){9,}")


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    kind: CardKind
    need: str
    account: str  # keyed hash


@dataclass(frozen=True)
class GapCount:
    """A need, the number of accounts that had it, and when it was last met."""

    kind: CardKind
    need: str
    accounts: int
    last: date


def record_gaps(
    folder: Path,
    gaps: Iterable[Gap],
    *,
    account: str,
    people: Iterable[str] = (),
    today: date,
) -> None:
    """Add the gaps of one brief to `gaps.jsonl` in `folder`, the workspace's `.groundwork/`.

    A need is often a sentence of theirs. The account's name and `people`'s are replaced in it;
    figures, addresses and what stands in quotation marks are left out: the kind of need is for
    enablement, the account's affairs are not. The lines are added whole or not at all.

    Raises:
        StoreError: the file cannot be written, as on a full disk; it is as it was before.
    """
    kept = list(gaps)
    if not kept:
        return
    path = folder / FILE
    with changing(path, lock=folder / f"{FILE}.lock"):
        whose = _account_hash(_key(folder / _KEY_FILE), account)
        lines = [
            _Line(day=today, kind=gap.kind, need=need, account=whose).model_dump_json()
            for gap in kept
            if (need := _without_secrets(gap.need, account=account, people=people))
        ]
        _append(path, "".join(f"{line}\n" for line in dict.fromkeys(lines)))


def read_gaps(folder: Path) -> tuple[GapCount, ...]:
    """Return the needs collected in `folder`, most accounts first, then the latest.

    Needs that differ in case only are one. No file, no gaps.

    Raises:
        StoreError: the file cannot be read, or somebody has put another line into it.
    """
    met: dict[tuple[CardKind, str], list[_Line]] = {}
    for line in _lines(folder / FILE):
        met.setdefault((line.kind, line.need.casefold()), []).append(line)
    counts = [_count(lines) for lines in met.values()]
    return tuple(sorted(counts, key=lambda c: (-c.accounts, -c.last.toordinal(), c.kind, c.need)))


def _count(lines: list[_Line]) -> GapCount:
    latest = max(lines, key=lambda line: line.day)
    accounts = {line.account for line in lines}
    return GapCount(latest.kind, latest.need, len(accounts), latest.day)


def _without_secrets(need: str, *, account: str, people: Iterable[str]) -> str:
    text = _FIGURE.sub("…", _ADDRESS.sub("…", _QUOTED.sub("…", need)))
    if account:
        text = replace_name(text, name=account, alias="the account")
    for person in people:
        text = _without_person(text, person)
    text = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not any(c.isalnum() for c in text):
        return ""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _without_person(text: str, person: str) -> str:
    """Replace a name in full, and each of its parts unless it is a word too ("Price", "Will")."""
    text = replace_name(text, name=person, alias="somebody") if person.strip() else text
    for part in re.findall(r"[^\W\d_]{2,}", person):
        if part[0].isupper() and not is_common(part):
            text = re.sub(rf"\b{part}\b", "somebody", text)
    return text


def _account_hash(key: bytes, account: str) -> str:
    name = " ".join(account.casefold().split()).encode("utf-8")
    return hashlib.blake2b(name, key=key, digest_size=8).hexdigest()


def _key(path: Path) -> bytes:
    """Return the workspace's key, made at its first use; the caller holds the lock."""
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        text = secrets.token_hex(32)
        write_text(path, text)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: cannot be read: {error}") from error
    return hashlib.sha256(text.encode("ascii")).digest()


def _append(path: Path, text: str) -> None:
    before = _content(path)
    if before and not before.endswith(b"\n"):
        before += b"\n"
    write_bytes(path, before + text.encode("utf-8"))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error


def _lines(path: Path) -> Iterator[_Line]:
    for number, raw in enumerate(_content(path).splitlines(), start=1):
        try:
            yield _Line.model_validate_json(raw)
        except ValidationError as error:
            message = f"{path}:{number}: is not a line that was recorded: take it out"
            raise StoreError(message) from error
