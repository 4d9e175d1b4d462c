"""Briefs wait in a folder until the database is opened, and none is lost or kept twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from accounts import TODAY, composed

from assistant.errors import StoreError, UsageError
from assistant.store.accounts import list_accounts
from assistant.store.database import Database, open_database
from assistant.store.inbox import put_aside, take_in
from assistant.store.place import find_place


def opened(folder: Path) -> Database:
    """Open a new database."""
    return open_database(find_place("", workspace=folder, default=folder / "kept.db"))


def names(database: Database) -> list[str]:
    """Return the accounts that are kept."""
    return [account.name for account in list_accounts(database, today=TODAY)]


def test_what_waits_is_taken_in_once_and_leaves_the_folder(tmp_path: Path) -> None:
    """Of one meeting the newer brief takes the older one's place."""
    waiting, database = tmp_path / "waiting", opened(tmp_path)
    put_aside(waiting, composed("tidewater"), stage="discovery")
    put_aside(waiting, composed("tidewater"), stage="discovery")
    put_aside(waiting, composed("rosenhof"))

    take_in(database, waiting)
    take_in(database, waiting)

    assert sorted(names(database)) == ["Rosenhof Lebensmittelwerke", "Tidewater Gulf Terminals"]
    assert not list(waiting.glob("*.json"))


def test_a_brief_of_no_account_does_not_wait(tmp_path: Path) -> None:
    """Nobody could find it again."""
    brief = composed("tidewater")
    nobody = brief.model_copy(update={"dossier": brief.dossier.model_copy(update={"account": ""})})

    with pytest.raises(UsageError, match="--account"):
        put_aside(tmp_path / "waiting", nobody)

    assert not (tmp_path / "waiting").exists()


def test_what_cannot_be_read_stays_and_stops_nothing(tmp_path: Path) -> None:
    """A file that was cut short, or of another hand."""
    waiting, database = tmp_path / "waiting", opened(tmp_path)
    put_aside(waiting, composed("tidewater"))
    (waiting / "00000000T000000-cut.json").write_text('{"stage": "", "brief": {', encoding="utf-8")
    (waiting / "00000000T000001-list.json").write_text("[]", encoding="utf-8")

    take_in(database, waiting)

    assert names(database) == ["Tidewater Gulf Terminals"]
    assert sorted(path.suffix for path in waiting.glob("0*")) == [".unreadable", ".unreadable"]


def test_a_database_that_fails_leaves_all_that_waits(tmp_path: Path) -> None:
    """It is kept when the database can be opened again."""
    waiting = tmp_path / "waiting"
    put_aside(waiting, composed("tidewater"))
    (tmp_path / "kept.db").write_bytes(b"no database " * 900)

    with pytest.raises(StoreError):
        take_in(opened(tmp_path), waiting)
    (tmp_path / "kept.db").unlink()
    take_in(opened(tmp_path), waiting)

    assert names(opened(tmp_path)) == ["Tidewater Gulf Terminals"]


def test_nothing_waits_nothing_is_touched(tmp_path: Path) -> None:
    """Not even the database file is made."""
    take_in(opened(tmp_path), tmp_path / "waiting")

    assert list(tmp_path.iterdir()) == []
