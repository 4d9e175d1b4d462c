"""Measure the budgets: `python -m benchmarks [NAME...] [--repeat N] [--cards N] [--json FILE]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import embedded, indexing, lookup, no_model, rounds, startup
from benchmarks.measure import FailedError, cores_taken
from benchmarks.rows import MISSED, Row, Taken, as_json, as_table
from benchmarks.scene import Scene

BENCHMARKS: Mapping[str, Callable[[Scene], Iterator[Row]]] = {
    "help": startup.measure,
    "brief": no_model.measure,
    "index": indexing.measure,  # before the lookup, which would build the index
    "lookup": lookup.measure,
    "rounds": rounds.measure,
    "embedded": embedded.measure,
}
_QUIET_CORES = 0.2  # that others may keep busy; above it a time says nothing of us


def main(arguments: Sequence[str]) -> int:
    """Measure and print one table; 1 where a budget does not hold, 2 where one was not measured."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="groundwork-bench-") as folder:
        scene = Scene(Path(folder), repeat=given.repeat, cards=given.cards)
        about = _machine()
        taken = [_take(name, scene) for name in given.names or BENCHMARKS]
    print(" · ".join(f"{key} {value}" for key, value in about.items()), end="\n\n")
    print(as_table(taken))
    if given.json:
        given.json.write_text(json.dumps({"machine": about, "rows": as_json(taken)}, indent=2))
    missed = any(one.verdict(row) == MISSED for one in taken for row in one.rows)
    return 2 if any(one.failed for one in taken) else int(missed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="of each figure")
    parser.add_argument("--cards", type=int, default=1000, metavar="N", help="of lookup and index")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every value here")
    return parser


def _take(name: str, scene: Scene) -> Taken:
    """Take a benchmark's rows, and look before and after it whether others are at work.

    Where one fails, what came before it is kept.
    """
    print(f"{name} …", file=sys.stderr, flush=True)
    before = cores_taken()
    rows: list[Row] = []
    failed = False
    try:
        for row in BENCHMARKS[name](scene):
            rows.append(row)
            beside = "" if row.ratio is None else f", {row.ratio:.2f} × {row.peer}"
            print(f"  {row.what}: {row.measured}{beside}", file=sys.stderr, flush=True)
    except FailedError as error:
        failed = True
        print(f"{name}: not measured further: {error}", file=sys.stderr)
    others = max(before, cores_taken())
    return Taken(name, tuple(rows), others, others <= _QUIET_CORES, failed)


def _machine() -> dict[str, Any]:
    return {
        "taken": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "cores": os.cpu_count(),
        "load": f"{os.getloadavg()[0]:.2f}",
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
