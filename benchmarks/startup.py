"""`groundwork --help`: how soon it is there, and what it imports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from benchmarks.measure import Ran, in_turn
from benchmarks.rows import Figure, Row
from benchmarks.scene import Scene

_IMPORTED = re.compile(r"^import time:.*\| +(\w+)", re.MULTILINE)


def measure(scene: Scene) -> Iterator[Row]:
    """Measure the help beside an import of typer."""
    place = scene.sample
    ours, peer = in_turn(
        lambda: place.groundwork("--help").seconds,
        lambda: place.python("-c", "import typer").seconds,
        repeat=scene.repeat,
    )
    yield Row(
        "--help, whole process",
        ours,
        peer='python -c "import typer"',
        beside=peer,
        most_ratio=3.0,
    )
    told = place.groundwork("--help", PYTHONPROFILEIMPORTTIME="1")
    base = place.python("-X", "importtime", "-c", "import typer")
    vendors = sorted(_packages(told) - _packages(base) - sys.stdlib_module_names - {"assistant"})
    yield Row(
        "--help, vendors imported beside typer's own",
        Figure((float(len(vendors)),), ""),
        most=0,
        note=", ".join(vendors),
    )


def _packages(ran: Ran) -> set[str]:
    return set(_IMPORTED.findall(ran.err))
