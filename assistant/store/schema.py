"""The version of the database's tables: made, brought up to date, or refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Integer, String, column, insert, inspect, select, table, update

from assistant.errors import StoreError
from assistant.store.tables import Table

Step = Callable[[Connection], None]
"""Bring the tables from one version to the next."""

STEPS: tuple[Step, ...] = ()  # the first leads from version 1 to 2

_MARK = table("groundwork_schema", column("version", Integer))


def newest(steps: Sequence[Step] = STEPS) -> int:
    """Return the version that the code works with."""
    return 1 + len(steps)


def version_of(connection: Connection) -> int | None:
    """Return the version of the tables, None where there are none yet."""
    if not inspect(connection).has_table(_MARK.name):
        return None
    version: int = connection.execute(select(_MARK.c.version)).scalar_one()
    return version


def bring_up(connection: Connection, *, shown: str, steps: Sequence[Step] = STEPS) -> None:
    """Make the tables, or bring older ones up to date, within the caller's transaction.

    Raises:
        StoreError: a newer version of the product made them; nothing is touched.
    """
    version = version_of(connection)
    if version is None:
        _make(connection, newest(steps))
        return
    refuse_newer(version, shown=shown, known=newest(steps))
    for step in steps[version - 1 :]:
        step(connection)
    if version < newest(steps):
        connection.execute(update(_MARK).values(version=newest(steps)))


def refuse_newer(version: int, *, shown: str, known: int) -> None:
    """Let no older program write into tables that it does not understand.

    Raises:
        StoreError: `version` is above `known`.
    """
    if version > known:
        raise StoreError(
            f"{shown}: is of version {version}, and this is made for {known}; "
            "install the newer groundwork that wrote it; nothing was changed"
        )


def _make(connection: Connection, version: int) -> None:
    Table.metadata.create_all(connection)
    connection.exec_driver_sql(f"CREATE TABLE {_MARK.name} (version INTEGER NOT NULL)")
    connection.execute(insert(_MARK).values(version=version))
    if connection.dialect.name == "postgresql":
        _sample_nothing(connection)


def _sample_nothing(connection: Connection) -> None:
    """Keep the planner's statistics free of texts: they would outlive an erased person."""
    for one in Table.metadata.sorted_tables:
        for field in one.columns:
            if isinstance(field.type, String):
                connection.exec_driver_sql(
                    f'ALTER TABLE {one.name} ALTER COLUMN "{field.name}" SET STATISTICS 0'
                )
