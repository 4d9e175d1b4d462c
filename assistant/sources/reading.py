"""What the seller hands in, to sources: files, web pages and standard input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from assistant.errors import SourceError
from assistant.sources.decode import one_line
from assistant.sources.drafts import Draft
from assistant.sources.fetched import Fetch
from assistant.sources.formats import Handed, draft_of
from assistant.sources.limits import Limits
from assistant.sources.names import completed, spoken_names
from assistant.sources.passages import passages_of
from assistant.sources.source import Source, SourceKind

_USUAL = Limits()
_WITH_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_DATE_IN_NAME = re.compile(r"(?<!\d)(20\d\d-[01]\d-[0-3]\d)(?!\d)")


def read_sources(
    names: Sequence[str],
    *,
    limits: Limits = _USUAL,
    stdin: BinaryIO | None = None,
    fetch: Fetch | None = None,
    today: date | None = None,
) -> tuple[Source, ...]:
    """Return what was handed in, numbered S1, S2 … in the order given; each thing once.

    A name is a file, `-` for `stdin`, or an http(s) address. A web page that cannot be read, a
    damaged file among others, and a file in which there is nothing to read, become sources without
    passages whose warnings say so. Of a repeating meeting the next occurrence from `today` is
    read, else its first.

    Raises:
        SourceError: a name stands for nothing that is there, may not be fetched, or is too large;
            or nothing was found in any of them.
    """
    handed = tuple(_handed(names, limits, stdin, fetch))
    read = tuple(_drafts(handed, limits, today))
    everybody = [person for _, draft in read for person in draft.people]
    known = spoken_names(everybody)
    sources = tuple(
        _source(
            f"S{number}",
            one,
            replace(draft, people=completed(draft.people, everybody)),
            known,
            limits,
        )
        for number, (one, draft) in enumerate(read, start=1)
    )
    if not any(source.passages or source.invite for source in sources):
        raise _nothing(sources)
    return sources


def _drafts(
    handed: Sequence[Handed], limits: Limits, today: date | None
) -> Iterator[tuple[Handed, Draft]]:
    """Read each; what is damaged is set aside where there are others to go on with."""
    for one in handed:
        not_read = one.not_read
        if not not_read:
            try:
                yield one, draft_of(one, limits, today=today)
                continue
            except SourceError as error:
                if len(handed) == 1:
                    raise
                not_read = str(error).removeprefix(f"{one.name}: ")
        kind: SourceKind = "page" if one.from_web else "document"
        yield replace(one, not_read=not_read), Draft(kind, warnings=(f"not read: {not_read}",))


def _source(
    identity: str, handed: Handed, draft: Draft, known: frozenset[str], limits: Limits
) -> Source:
    found = passages_of(draft.blocks, source=identity, known=known)
    passages = tuple(islice(found, limits.passages))
    warnings = [one_line(warning) for warning in draft.warnings]
    if len(passages) == limits.passages and next(found, None):
        warnings.append(f"only its first {limits.passages:,} statements were read")
    if not passages and not draft.invite and not handed.not_read:
        warnings.insert(0, "there is nothing to read in it")
    return Source(
        id=identity,
        name=handed.name,
        kind=draft.kind,
        passages=passages,
        written_on=draft.written_on or _date_in(handed.name),
        people=draft.people,
        invite=draft.invite,
        warnings=tuple(warnings),
        agenda=draft.agenda,
    )


def _date_in(name: str) -> date | None:
    match = _DATE_IN_NAME.search(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _nothing(sources: Sequence[Source]) -> SourceError:
    if not sources:
        return SourceError("nothing was handed in: name a file, an address, or - for the input")
    reasons = "; ".join(f"{source.name}: {', '.join(source.warnings)}" for source in sources)
    return SourceError(reasons, name=sources[0].name)


# --- what a name stands for


@dataclass(frozen=True)
class _Named:
    """A name, and what tells it from the others."""

    name: str
    key: str
    path: Path | None = None


def _handed(
    names: Sequence[str], limits: Limits, stdin: BinaryIO | None, fetch: Fetch | None
) -> Iterator[Handed]:
    once = {named.key: named for named in reversed([_named(name) for name in names])}
    ordered = sorted(once.values(), key=lambda named: names.index(named.name))
    shown = [named.path.name if named.path else named.name for named in ordered]
    for named in ordered:
        if named.path:
            name = named.path.name if shown.count(named.path.name) == 1 else named.name
            yield Handed(
                one_line(name), _file(named.path, limits), suffix=named.path.suffix.lower()
            )
        elif named.name == "-":
            yield Handed("stdin", _all_of(stdin, limits))
        else:
            yield _page(named.name, limits, fetch)


def _named(name: str) -> _Named:
    if name == "-":
        return _Named(name, name)
    if _WITH_SCHEME.match(name):
        return _Named(name, name.partition("#")[0])
    try:
        path = Path(name)
        return _Named(name, str(path.resolve()), path)
    except (OSError, ValueError, RuntimeError) as error:
        raise SourceError(f"{one_line(name)[:200]}: no such file", name=name) from error


def _file(path: Path, limits: Limits) -> bytes:
    name = str(path)
    try:
        if path.is_dir():
            raise SourceError(f"{name}: a folder: name the files in it", name=name)
        if not path.exists():
            raise SourceError(f"{name}: no such file", name=name)
        if not path.is_file():
            raise SourceError(f"{name}: no regular file", name=name)
        with path.open("rb") as stream:
            return _within_limit(stream, name, limits)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{one_line(name)[:200]}: cannot be read: {reason}", name=name) from error


def _all_of(stdin: BinaryIO | None, limits: Limits) -> bytes:
    if stdin is None or stdin.closed:
        raise SourceError("-: nothing is connected to the standard input", name="-")
    try:
        return _within_limit(stdin, "stdin", limits)
    except OSError as error:
        raise SourceError(f"stdin: cannot be read: {error.strerror}", name="-") from error


def _within_limit(stream: BinaryIO, name: str, limits: Limits) -> bytes:
    raw = stream.read(limits.file_bytes + 1)
    if len(raw) > limits.file_bytes:
        most = f"{limits.file_bytes:,} bytes"
        raise SourceError(f"{name}: larger than {most}: hand in the part that matters", name=name)
    return raw


def _page(url: str, limits: Limits, fetch: Fetch | None) -> Handed:
    if not url.lower().startswith(("http://", "https://")):
        raise SourceError(
            f"{one_line(url)[:200]}: only files and http(s) addresses are read", name=url
        )
    if fetch is None:
        from assistant.sources.fetch import fetch_page

        fetch = fetch_page
    fetched = fetch(url, limits=limits)
    warning = f"read from {fetched.url}" if _moved(url, fetched.url) else ""
    return Handed(
        one_line(url),
        fetched.content,
        media_type=fetched.media_type,
        charset=fetched.charset,
        not_read=fetched.not_read,
        warning="" if fetched.not_read else warning,
        from_web=True,
    )


def _moved(url: str, final: str) -> bool:
    return bool(final) and _host(url) != _host(final)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower().removeprefix("www.")
