"""The store when things go wrong: nothing is lost, half made or said that is secret."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from assistant.errors import LockedError, SettingsError, StoreError
from assistant.store.accounts import list_accounts, timeline
from assistant.store.database import Database, open_database
from assistant.store.keep import keep_brief, keep_debrief
from assistant.store.place import find_place
from tests.debriefs import a_brief_of, a_debrief

TODAY = date(2026, 12, 3)
ROOT = Path(__file__).parent.parent
WRITER = """
import sys
from pathlib import Path
from assistant.store.database import open_database
from assistant.store.keep import keep_debrief
from assistant.store.place import find_place
from tests.debriefs import a_debrief

url, who, count = sys.argv[1:]
store = open_database(find_place(url, workspace=Path(), default=Path()), wait_s=60)
for number in range(int(count)):
    debrief = a_debrief(lessons=("much to learn " * 2000,))
    keep_debrief(store, debrief, call=f"{who} {number}")
    print(number, flush=True)
"""


def opened(url: str, *, wait_s: float = 5.0) -> Database:
    """Open the database at an address."""
    return open_database(find_place(url, workspace=Path(), default=Path()), wait_s=wait_s)


def writer(url: str, who: str, count: int) -> subprocess.Popen[str]:
    """Start a process that keeps `count` debriefs and prints each number once it is kept."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, who, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def calls(url: str) -> int:
    """Return how many calls are kept."""
    return len(timeline(opened(url), "Tidewater Gulf Terminals").entries)


def test_processes_that_write_at_once_lose_nothing(database_url: str) -> None:
    """From the first table on: the account is made once, and every call is there."""
    writers = [writer(database_url, who, 4) for who in ("a", "b", "c")]
    ended = [one.wait(timeout=120) for one in writers]
    for one in writers:
        assert one.stdout is not None
        one.stdout.close()

    assert ended == [0, 0, 0]
    assert calls(database_url) == 12
    assert len(list_accounts(opened(database_url), today=TODAY)) == 1


@pytest.mark.parametrize("after", [1, 3])
def test_what_was_kept_outlives_a_kill(database_url: str, after: int) -> None:
    """SIGKILL while it goes on writing: what was acknowledged is whole, and more can be kept."""
    with writer(database_url, "a", 1000) as killed:
        assert killed.stdout is not None
        for _ in range(after):
            killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)

    kept = calls(database_url)
    keep_debrief(opened(database_url), a_debrief(), call="the next")

    assert kept >= after
    assert calls(database_url) == kept + 1


def test_a_busy_database_is_said_to_be_busy(database_url: str) -> None:
    """After the waiting time, with the cure; what the other one writes is not disturbed."""
    keep_debrief(opened(database_url), a_debrief())
    with opened(database_url).writing() as session:
        session.execute(text("UPDATE groundwork_account SET name = 'Renamed'"))
        with pytest.raises(LockedError, match=r"another process is writing.*nothing of this was"):
            keep_debrief(opened(database_url, wait_s=0.1), a_debrief(account="Rosenhof"))

    assert [a.name for a in list_accounts(opened(database_url), today=TODAY)] == ["Renamed"]


def test_who_reads_need_not_wait_for_who_writes(database_url: str) -> None:
    """The reader sees what was there before."""
    keep_debrief(opened(database_url), a_debrief())

    with opened(database_url).writing() as session:
        session.execute(text("UPDATE groundwork_account SET name = 'Renamed'"))
        (line,) = list_accounts(opened(database_url, wait_s=0.1), today=TODAY)

    assert line.name == "Tidewater Gulf Terminals"


def test_a_full_disk_is_named_and_loses_only_what_was_new(tmp_path: Path) -> None:
    """What was kept before is whole."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    keep_debrief(opened(url), a_debrief())
    full = opened(url)
    event.listen(full.engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count=1"))

    with pytest.raises(StoreError, match=r"the disk is full; make room.*before is whole"):
        keep_brief(full, a_brief_of())

    assert calls(url) == 1
    keep_brief(opened(url), a_brief_of())


@contextmanager
def as_another_user() -> Iterator[None]:
    """Act as somebody whom the rights of files hold for: they do not for root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_only_be_read_is_read_and_the_rest_is_refused() -> None:
    """The timeline is shown from a folder that cannot be written to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'a.db'}"
        keep_debrief(opened(url), a_debrief())
        (folder / "a.db").chmod(0o444)
        folder.chmod(0o555)
        with as_another_user():
            assert calls(url) == 1
            with pytest.raises(StoreError, match=r"may only be read; .*before is whole"):
                keep_debrief(opened(url), a_debrief(), call="two")
            with pytest.raises(StoreError, match="cannot be made: Permission denied"):
                keep_debrief(opened(f"sqlite:///{folder / 'b.db'}"), a_debrief())
        folder.chmod(0o755)


@pytest.mark.parametrize("at", [0, 5000])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, at: int) -> None:
    """Its first page or a later one: the message says how to go on, and the file is not touched."""
    file = tmp_path / "a.db"
    url = f"sqlite:///{file}"
    for number in range(5):
        keep_debrief(opened(url), a_debrief(lessons=("a lesson " * 1000,)), call=str(number))
    damaged = file.read_bytes()[:at] + b"\xff" * (file.stat().st_size - at)
    file.write_bytes(damaged)

    with pytest.raises(StoreError, match=r"is damaged, or no database; move the file away"):
        calls(url)
    with pytest.raises(StoreError, match=r"is damaged, or no database; move the file away"):
        keep_debrief(opened(url), a_debrief())

    assert file.read_bytes() == damaged


def test_a_path_that_cannot_be_one_is_named(tmp_path: Path) -> None:
    """A folder in the file's place, or none to put it in."""
    with pytest.raises(StoreError, match="cannot be opened"):
        keep_debrief(opened(f"sqlite:///{tmp_path}"), a_debrief())
    with pytest.raises(StoreError, match="cannot be made: No such file or directory"):
        keep_debrief(opened(f"sqlite:///{tmp_path / 'no' / 'such' / 'a.db'}"), a_debrief())


def test_a_relative_file_is_of_the_workspace(tmp_path: Path) -> None:
    """Wherever the command is typed."""
    place = find_place("sqlite:///kept/a.db", workspace=tmp_path, default=tmp_path / "x")

    assert place.file == tmp_path / "kept" / "a.db"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cr3t/7x@127.0.0.1:9/sales",
        "postgresql://me:s3cr3t%2F7x@127.0.0.1:9/sales",
        "postgres://127.0.0.1:9/sales?password=s3cr3t/7x",
    ],
)
def test_a_server_that_does_not_answer_is_named_without_its_password(url: str) -> None:
    """Neither in the message, nor in the whole traceback, nor where the store is printed."""
    pytest.importorskip("psycopg")

    with pytest.raises(StoreError, match=r"127\.0\.0\.1:9/sales: .*refused") as raised:
        list_accounts(opened(url, wait_s=0.1), today=TODAY)

    assert "s3cr3t" not in "".join(traceback.format_exception(raised.value))
    assert "s3cr3t" not in repr(opened(url))


@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:s3cr3t@db/sales",
        "postgresql+asyncpg://me:s3cr3t@db/sales",
        "me:s3cr3t@db/sales",
        "postgresql://me:pa@s3cr3t@db/sales",
        "postgresql://m/e:s3cr3t@db/sales",
        "postgresql://me:s3cr3t@db:port/sales",
        "sqlite://",
        "sqlite:///a.db?key=s3cr3t",
    ],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    """Whatever stands in it may be a password."""
    with pytest.raises(SettingsError) as raised:
        opened(url)

    assert str(raised.value).startswith("database: ")
    assert "s3cr3t" not in "".join(traceback.format_exception(raised.value))


def test_a_database_that_the_server_lacks_is_named(postgres: Path) -> None:
    """In the server's own words, which are others than of one that does not answer."""
    with pytest.raises(StoreError, match=r'database "nowhere" does not exist; nothing of this'):
        keep_debrief(opened(f"postgresql://tester@/nowhere?host={postgres}"), a_debrief())
