"""An objection looked up among a thousand cards: in a running process, and as a process.

    python -m benchmarks.bench_lookup

Peers: the same question put to Chroma's collection of the same vectors, in its running process; and
`python -c "import chromadb"`, which a lookup through Chroma cannot do without.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.embedding import MiniLm
from assistant.index import build_index, open_chroma, open_index
from assistant.knowledge.pack import Pack
from assistant.retrieval import search
from assistant.retrieval.search import AskedIndex
from benchmarks.a_thousand_cards import TODAY, QuickEmbedder, write_cards

COUNT = 1000
ASKED = (
    "that is far too expensive for what it does",
    "our hauliers will never log in to that",
    "we have no money left this year",
    "IT is busy until spring",
)
BUDGET_MS = 15.0  # design, section 11
BUDGET_PROCESS_S = 1.5


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name)
        pack = write_cards(workspace / "knowledge", COUNT)
        folder = workspace / ".groundwork" / "index"
        build_index(folder, pack, QuickEmbedder(), today=TODAY)
        running_ms = _median_ms(_lookup(open_index(folder, MiniLm()), pack))
        with open_chroma(folder, MiniLm()) as chroma:
            through_chroma_ms = _median_ms(_lookup(chroma, pack))
        process_s = min(_process(_command(workspace)) for _ in range(5))
        import_s = min(_process([sys.executable, "-c", "import chromadb"]) for _ in range(5))
    print(
        f"in a running process  {running_ms:8.1f} ms; peer, through Chroma {through_chroma_ms:.1f}"
    )
    print(f"  ratio {running_ms / through_chroma_ms:.2f}, budget {running_ms / BUDGET_MS:.0%}")
    print(f"as a process          {process_s:8.2f} s;  peer, import chromadb {import_s:.2f}")
    print(f"  ratio {process_s / import_s:.2f}, budget {process_s / BUDGET_PROCESS_S:.0%}")


def _lookup(index: AskedIndex, pack: Pack) -> Callable[[str], object]:
    return lambda text: search(text, index=index, pack=pack, kind="objection", today=TODAY)


def _median_ms(lookup: Callable[[str], object], rounds: int = 15) -> float:
    for text in ASKED:
        lookup(text)
    times = []
    for text in ASKED * rounds:
        started = time.perf_counter()
        lookup(text)
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


def _command(workspace: Path) -> list[str]:
    groundwork = [sys.executable, "-c", "from assistant.cli.main import main; main()"]
    options = ["--kind", "objection", "--today", TODAY.isoformat(), "--workspace", str(workspace)]
    return [*groundwork, "knowledge", "search", ASKED[0], *options]


def _process(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
