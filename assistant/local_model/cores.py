"""How many threads the model should run: more than there are cores makes it slower."""

from __future__ import annotations

import os
from pathlib import Path

_SIBLINGS = "sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
_QUOTA = "sys/fs/cgroup/cpu.max"


def physical_cores(root: Path = Path("/")) -> int:
    """Count the cores that this process may use: no hyper-threads, and within a container's limit.

    `root` is where /sys is read from.
    """
    try:
        allowed = os.sched_getaffinity(0)
    except AttributeError:  # not on this system
        return os.cpu_count() or 1
    cores = {_read(root / _SIBLINGS.format(cpu)) or str(cpu) for cpu in allowed}
    quota, _, period = _read(root / _QUOTA).partition(" ")
    limit = int(quota) // int(period) if quota.isdigit() and period.isdigit() else len(cores)
    return max(1, min(len(cores), limit))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""
