"""Open the database for reading or writing, SQLite or PostgreSQL, each time in one transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from assistant.errors import StoreError, UsageError
from assistant.store.faults import as_fault
from assistant.store.place import Place
from assistant.store.schema import bring_up, newest, refuse_newer, version_of
from assistant.store.tables import Table

_WAIT_S = 5.0
_WRITERS = 0x67726F756E64  # "ground": the advisory lock that writers to a server take in turn
_UNREAD = "nothing was read"
_UNCHANGED = "nothing of this was kept, and what was there before is whole"
_UNSWEPT = (
    "what was to be erased is out of every document and row, but the room it took is not yet "
    "swept; run the same command again"
)


@dataclass(frozen=True)
class Database:
    """A database that is opened for each use; nothing stays open in between."""

    place: Place
    engine: Engine = field(repr=False)  # its address may hold a password

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read within one consistent view. A database that is not there yet reads as empty.

        Raises:
            StoreError: it cannot be read, is damaged, or a newer version of the product made it.
        """
        with self._told(_UNREAD):
            if not self._is_made():
                with _empty() as session:
                    yield session
                return
            with Session(self.engine) as session:
                yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Write everything within the block, or nothing; the tables are made where none are.

        Raises:
            LockedError: another process has been writing for all of the waiting time.
            StoreError: the file, its folder or the disk does not take it, or the server does not.
        """
        with self._told(_UNCHANGED):
            self._make_file()
            with self._writer().begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
                bring_up(connection, shown=self.place.shown)
                with Session(connection) as session:
                    yield session
                    session.flush()

    def sweep(self) -> None:
        """Write the whole database anew, so that nothing that was deleted is left in it.

        Raises:
            LockedError: another process is using it.
            StoreError: there is no room for a second copy.
        """
        with self._told(_UNSWEPT):
            if not self._is_made():
                return
            engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                if connection.dialect.name == "sqlite":
                    _sweep_file(connection)
                else:
                    for one in Table.metadata.sorted_tables:
                        connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {one.name}")

    def exists(self) -> bool:
        """Tell whether anything was ever kept.

        Raises:
            StoreError: it cannot be read.
        """
        with self._told(_UNREAD):
            return self._is_made()

    def _is_made(self) -> bool:
        """Tell whether the tables are there; older ones are brought up to date."""
        if self.place.file is not None and not self.place.file.exists():
            return False
        with self.engine.connect() as connection:
            version = version_of(connection)
        if version is None:
            return False
        refuse_newer(version, shown=self.place.shown, known=newest())
        if version < newest():
            with self._writer().begin() as connection:
                bring_up(connection, shown=self.place.shown)
        return True

    def _writer(self) -> Engine:
        return self.engine.execution_options(begin="BEGIN IMMEDIATE")

    def _make_file(self) -> None:
        """Make the file as one that only its owner may read: it holds what people said."""
        if self.place.file is None or self.place.file.exists():
            return
        try:
            self.place.file.parent.mkdir(exist_ok=True)
            os.close(os.open(self.place.file, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                f"{self.place.shown}: cannot be made: {reason}; {_UNCHANGED}"
            ) from error

    @contextmanager
    def _told(self, kept: str) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise as_fault(error, self.place, kept=kept) from error


def open_database(place: Place, *, wait_s: float = _WAIT_S) -> Database:
    """Return the database at a place; it is not touched before its first use.

    `wait_s` is how long a lock of another process is waited for.

    Raises:
        UsageError: the driver for PostgreSQL is not installed.
    """
    # A statement's parameters are what people said: they belong into no log and no message.
    if place.file is not None:
        engine = create_engine(
            place.url,
            hide_parameters=True,
            poolclass=NullPool,
            connect_args={"timeout": wait_s, "isolation_level": None},
        )
        event.listen(engine, "connect", _careful)
        event.listen(engine, "begin", _begin)
        return Database(place, engine)
    milliseconds = int(wait_s * 1000)
    try:
        engine = create_engine(
            place.url,
            hide_parameters=True,
            poolclass=NullPool,
            connect_args={
                "connect_timeout": max(2, int(wait_s)),  # libpq takes less for 2
                "options": f"-c lock_timeout={milliseconds}",
            },
        )
    except ImportError as error:
        raise UsageError(
            "database: the driver for PostgreSQL is missing: pip install 'groundwork[postgres]'"
        ) from error
    return Database(place, engine)


def _careful(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    for setting in ("secure_delete=ON", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """Begin a transaction ourselves: Python's driver would begin it at the first change only."""
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql(options.get("begin", "BEGIN"))


@contextmanager
def _empty() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            bring_up(connection, shown="")
            with Session(connection) as session:
                yield session
    finally:
        engine.dispose()


def _sweep_file(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA temp_store=MEMORY")  # no second copy in a temporary file
    connection.exec_driver_sql("PRAGMA journal_mode=DELETE")  # a log that others set up goes too
    connection.exec_driver_sql("VACUUM")
