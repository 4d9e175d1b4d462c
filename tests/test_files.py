"""The one atomic writer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.files import write_bytes, write_text


def test_what_was_written_is_there_and_nothing_else(tmp_path: Path) -> None:
    """No scrap of the writing stays beside the file."""
    path = tmp_path / "brief.md"

    write_text(path, "first")
    write_text(path, "zweite Fassung: ü, 🙂, \ud800")

    assert path.read_text(encoding="utf-8") == "zweite Fassung: ü, 🙂, \\ud800"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.md"]


@pytest.mark.parametrize("case", ["missing folder", "is a folder", "under a file"])
def test_a_place_that_cannot_be_written_is_named(case: str, tmp_path: Path) -> None:
    """The error says which path and why, and what was there is untouched."""
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder").mkdir()
    path = {
        "missing folder": tmp_path / "nowhere" / "brief.md",
        "is a folder": tmp_path / "folder",
        "under a file": tmp_path / "file" / "brief.md",
    }[case]

    with pytest.raises(StoreError) as raised:
        write_bytes(path, b"new")

    assert str(path) in str(raised.value)
    assert (tmp_path / "file").read_text() == "kept"


def test_a_mode_that_was_set_stays(tmp_path: Path) -> None:
    """A brief that only its owner may read stays so when it is written again."""
    path = tmp_path / "brief.json"
    write_text(path, "{}")
    path.chmod(0o600)

    write_text(path, "{ }")

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_a_kill_in_the_middle_never_tears_a_file(tmp_path: Path) -> None:
    """Killed at any moment, the file holds one whole version."""
    path = tmp_path / "brief.md"
    program = (
        "import sys, pathlib\n"
        "from assistant.files import write_text\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "n = 0\n"
        "while True:\n"
        "    n += 1\n"
        "    write_text(path, f'{n}:' + chr(97 + n % 26) * 400_000)\n"
        "    print(n, flush=True)\n"
    )

    for round_ in range(8):
        child = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.01 * round_)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        number, _, body = path.read_text().partition(":")
        assert body == chr(97 + int(number) % 26) * 400_000
