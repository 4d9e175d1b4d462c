"""The databases that every test of the store runs on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from postgres import programs, running_server

_NUMBER = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The folder of a running server's socket and files."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    with running_server(found) as folder:
        yield folder


@pytest.fixture
def postgres_url(postgres: Path) -> str:
    """The address of a new, empty database of the server."""
    import psycopg

    name = f"groundwork_{next(_NUMBER)}"
    with psycopg.connect(
        host=str(postgres), user="tester", dbname="postgres", autocommit=True
    ) as c:
        c.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://tester:secret-7x@/{name}?host={postgres}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'Grüße an alle.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url
