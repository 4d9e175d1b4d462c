"""A PostgreSQL server of the tests' own, from the system's packages, on a socket in a folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PACKAGED = Path("/usr/lib/postgresql")
_OTHER_USER = "nobody"  # the server refuses to run as root


def programs() -> Path | None:
    """Return the folder of the newest server that is installed, None where there is none."""
    folders = [p.parent for p in _PACKAGED.glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def running_server(bin_: Path) -> Iterator[Path]:
    """Run an empty server; yield the folder that holds its socket and, in `data`, its files."""
    folder = Path(tempfile.mkdtemp(prefix="gw-pg-"))  # short: a socket's path has 107 bytes
    data = folder / "data"
    user = _OTHER_USER if os.geteuid() == 0 else None
    if user:
        folder.chmod(0o755)
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)

    def call(program: str, *arguments: str) -> None:
        # Its output goes to a file: the server keeps what it inherits open.
        with (folder.parent / f"{folder.name}.log").open("ab") as log:
            subprocess.run(
                [bin_ / program, "-D", data, *arguments],
                check=True,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                user=user,
                cwd="/",
                timeout=120,
            )

    try:
        call("initdb", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=20"
        call("pg_ctl", "-w", "-t", "60", "-o", options, "start")
        try:
            yield folder
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)
