"""Time whole processes and calls, ours and the peer's in turn."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import Figure, Unit

_STAT = Path("/proc/stat")


class FailedError(Exception):
    """A measured command failed; holds what it said."""


@dataclass(frozen=True)
class Ran:
    """A process that ended well."""

    seconds: float
    out: str
    err: str


def run(command: Sequence[str | Path], *, folder: Path, env: Mapping[str, str]) -> Ran:
    """Run a command and time all of it.

    Raises:
        FailedError: it ended with another code than 0.
    """
    started = time.perf_counter()
    ended = subprocess.run(
        command, cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    if ended.returncode:
        raise FailedError(f"{' '.join(map(str, command))}\n{ended.stderr[-2000:]}")
    return Ran(seconds, ended.stdout, ended.stderr)


def seconds_of(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def in_turn(
    *takes: Callable[[], float], repeat: int, unit: Unit = "s", warm: bool = True
) -> tuple[Figure, ...]:
    """Take each figure once and leave it (`warm`), then each `repeat` times, one after the other.

    In turn, so that a machine that slows down slows all of them.
    """
    if warm:
        for take in takes:
            take()
    rounds = [[take() for take in takes] for _ in range(repeat)]
    factor = 1000.0 if unit == "ms" else 1.0
    return tuple(
        Figure(tuple(value * factor for value in values), unit)
        for values in zip(*rounds, strict=True)
    )


def cores_taken(during_s: float = 1.0) -> float:
    """Return how many cores others keep busy while this process sleeps; 0 where it cannot be told.

    Waiting for disks counts as free.
    """
    if not _STAT.exists():
        return 0.0
    before = _busy_ticks()
    time.sleep(during_s)
    return (_busy_ticks() - before) / os.sysconf("SC_CLK_TCK") / during_s


def _busy_ticks() -> int:
    fields = [int(field) for field in _STAT.read_text().splitlines()[0].split()[1:9]]
    user, nice, system, _idle, _wait, irq, softirq, _steal = fields
    return user + nice + system + irq + softirq
