"""Collect the needs for which no approved card exists, for those who write the cards.

The file is read by people who do not work on the account, so it holds no account and no person: a
line has the day, the kind of card, the need in plain words, and where the account is known a keyed
hash of it, which tells two accounts that need the same thing from one that was prepared for twice.
The key is made once for a workspace and stays in it, so that nobody can find an account by hashing
names.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
from assistant.text import content, is_common, names

FILE = "gaps.jsonl"
_KEY_FILE = "gaps.key"
_LONGEST = 160  # characters of a need; what is longer is a text, not a need
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
_FIGURE = re.compile(r"(?<![\w/])[$€£]?\d[\d.,]*(?:[-–/:]\d[\d.,]*)*(?:\s?%)?(?!\w)")
_SAME = 0.7  # of the words that carry meaning, which two wordings of one need share
_SPEAKER = re.compile(
    r"(?<!\w)[^\W\d_]{2,}(?=(?:\s(?:just|also|always|really|still))?\s(?:says?|said|thinks?|thought"
    r"|asks?|asked|wants?|told|wrote|reckons?|feels?|insists?|doubts?)\b)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"(?<!\w)(?:mr|mrs|ms|dr|herr|frau)\.?\s[^\W\d_]{2,}", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\+?(?:\d[ ()/.-]{0,2}){9,}")


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    day: date
    kind: CardKind
    need: str
    account: str  # keyed hash, "" where it was not known


@dataclass(frozen=True)
class GapCount:
    """A need in its latest words, how often it was met, and when last.

    An account counts once. Where none was named, as in a quick lookup, each time counts.
    """

    kind: CardKind
    need: str
    accounts: int
    unnamed: int
    last: date

    @property
    def count(self) -> int:
        """How often it was met."""
        return self.accounts + self.unnamed


def record_gaps(
    folder: Path,
    gaps: Iterable[Gap],
    *,
    account: str,
    people: Iterable[str] = (),
    known: Collection[str] = (),
    today: date,
) -> None:
    """Add the gaps of one brief or reply to `gaps.jsonl` in `folder`, the `.groundwork/`.

    A need is often a sentence of theirs. The account's name and `people`'s are replaced in it, and
    whoever is said to say it; other names that are not among the `known` words, figures, addresses
    and what stands in quotation marks are left out: the kind of need is for enablement, the
    account's affairs are not. The lines are added whole or not at all.

    Raises:
        StoreError: the file cannot be written, as on a full disk; it is as it was before.
    """
    kept = list(gaps)
    if not kept:
        return
    path = folder / FILE
    with changing(path, lock=folder / f"{FILE}.lock"):
        whose = _account_hash(_key(folder / _KEY_FILE), account) if account.strip() else ""
        lines = [
            _Line(day=today, kind=gap.kind, need=need, account=whose).model_dump_json()
            for gap in kept
            if (need := _without_secrets(gap.need, account, people, known))
        ]
        _append(path, "".join(f"{line}\n" for line in dict.fromkeys(lines)))


def read_gaps(folder: Path) -> tuple[GapCount, ...]:
    """Return the needs collected in `folder`, the most frequent first, then the latest.

    Needs that say the same in nearly the same words are one. No file, no gaps.

    Raises:
        StoreError: the file cannot be read, or somebody has put another line into it.
    """
    groups: list[_Group] = []
    for line in sorted(_lines(folder / FILE), key=lambda line: line.day, reverse=True):
        words = frozenset(content(line.need))
        group = next((g for g in groups if g.is_for(line, words)), None)
        if group is None:
            groups.append(_Group(line, words, [line]))
        else:
            group.lines.append(line)
    counts = [_count(group.lines) for group in groups]
    return tuple(sorted(counts, key=lambda c: (-c.count, -c.last.toordinal(), c.kind, c.need)))


@dataclass(frozen=True)
class _Group:
    """Lines that say the same; the latest comes first and lends the others its words."""

    latest: _Line
    words: frozenset[str]
    lines: list[_Line]

    def is_for(self, line: _Line, words: frozenset[str]) -> bool:
        """Tell whether a line says the same: for the same kind of card, in nearly the same words.

        A word of difference is one too many where only a few carry the meaning.
        """
        if line.kind != self.latest.kind:
            return False
        if line.need.casefold() == self.latest.need.casefold():
            return True
        shared, all_words = len(words & self.words), len(words | self.words)
        return bool(shared) and shared >= _SAME * all_words


Eraser = Callable[[str], str]
"""Takes a person out of a text."""


def erase_from_gaps(
    folder: Path, erasers: Mapping[str, Eraser], *, otherwise: Eraser, apply: bool
) -> int:
    """Take a person out of the needs; return how many lines change.

    `erasers` are by the accounts' names; the lines of all other accounts get `otherwise`. Nothing
    is written unless `apply`.

    Raises:
        StoreError: the file cannot be read or written; it is as it was before.
    """
    path = folder / FILE
    if not path.exists():
        return 0
    with changing(path, lock=folder / f"{FILE}.lock"):
        key = _key(folder / _KEY_FILE)
        of = {_account_hash(key, account): eraser for account, eraser in erasers.items()}
        before = list(_lines(path))
        after = [
            line.model_copy(update={"need": of.get(line.account, otherwise)(line.need)})
            for line in before
        ]
        changed = sum(one != two for one, two in zip(before, after, strict=True))
        if apply and changed:
            write_bytes(path, "".join(f"{line.model_dump_json()}\n" for line in after).encode())
    return changed


def _count(lines: list[_Line]) -> GapCount:
    named = {line.account for line in lines if line.account}
    unnamed = sum(not line.account for line in lines)
    latest = lines[0]
    return GapCount(latest.kind, latest.need, len(named), unnamed, latest.day)


def _without_secrets(need: str, account: str, people: Iterable[str], known: Collection[str]) -> str:
    text = _FIGURE.sub("…", _ADDRESS.sub("…", _QUOTED.sub("…", need)))
    if account:
        text = replace_name(text, name=account, alias="the account")
    for person in people:
        text = _without_person(text, person)
    text = _without_speaker(_without_names(text, known), known)
    text = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not any(c.isalnum() for c in text):
        return ""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _without_speaker(text: str, known: Collection[str]) -> str:
    """Replace who is said to say it, though they be written small: "dana thinks it is dear"."""

    def unnamed(match: re.Match[str]) -> str:
        word = match.group().casefold()
        return match.group() if is_common(word) or word in known else "somebody"

    return _SPEAKER.sub(unnamed, _TITLED.sub("somebody", text))


def _without_names(text: str, known: Collection[str]) -> str:
    """Leave out names, since nobody can tell a person's from a system's; capitals alone stay.

    "SAP S/4HANA" is written so, and nobody's name is.
    """
    for name in reversed(names(text)):
        open_words = all(part in known or is_common(part) for part in name.parts)
        if name.text != name.text.upper() and not open_words:
            text = f"{text[: name.start]}…{text[name.end :]}"
    return text


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
