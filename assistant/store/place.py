"""Where the database is, and how that is said without its password."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from assistant.errors import SettingsError

_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")
_EXPECTED = "expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
_SECRET = ("password", "passwd", "pwd")


@dataclass(frozen=True)
class Place:
    """A database's address. `shown` may be printed: it has no password and no parameters."""

    url: URL = field(repr=False)
    shown: str
    file: Path | None  # of SQLite; None for a server

    @property
    def secrets(self) -> frozenset[str]:
        """Return what must never be printed."""
        words = [str(v) for k, v in self.url.query.items() if any(s in k for s in _SECRET)]
        return frozenset(word for word in (self.url.password, *words) if word)


def find_place(database: str, *, workspace: Path, default: Path) -> Place:
    """Read the setting `database`; "" is the SQLite file `default`.

    A relative file is of the workspace.

    Raises:
        SettingsError: it is no address of a database that is supported. The message does not
            repeat the address, which may hold a password.
    """
    if not database.strip():
        return _file(default)
    try:
        url = make_url(database.strip())
    except (ArgumentError, ValueError) as error:
        raise SettingsError(f"database: {_EXPECTED}") from error
    if url.drivername == "sqlite" and url.database and not url.query:
        return _file(workspace / url.database)
    if url.drivername not in _POSTGRES:
        raise SettingsError(f"database: {_EXPECTED}; a server other than these is not supported")
    return _server(url)


def _file(path: Path) -> Place:
    return Place(URL.create("sqlite", database=str(path)), shown=str(path), file=path)


def _server(url: URL) -> Place:
    if any("@" in (part or "") for part in (url.host, url.database, url.username)):
        raise SettingsError(
            "database: the address has more than one @; write one within the password as %40"
        )
    bare = URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
    )
    url = url.set(drivername="postgresql+psycopg")
    return Place(url, shown=bare.render_as_string(), file=None)
