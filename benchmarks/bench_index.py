"""The index of a thousand cards: unchanged, one changed; against writing it all to Chroma again.

python -m benchmarks.bench_index
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.index import build_index
from assistant.index.chroma import write_collection
from assistant.index.vectors import Card, Index, memory_index
from benchmarks.a_thousand_cards import TODAY, QuickEmbedder, write_cards

COUNT = 1000
BUDGET_S = 0.5  # design, section 11


@dataclass(frozen=True)
class _Pack:
    cards: tuple[Card, ...]

    def approved(self) -> tuple[Card, ...]:
        return self.cards


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pack = _Pack(write_cards(folder / "knowledge", COUNT).approved())
        embedder = QuickEmbedder()

        def build(what: _Pack = pack) -> int:
            return build_index(folder / "index", what, embedder, today=TODAY).embedded

        first_s, first = _timed(build)
        unchanged_s, none = min(_timed(build) for _ in range(5))
        one_s, one = _timed(lambda: build(_with_one_changed(pack)))
        index = memory_index(pack, embedder, today=TODAY)
        peer_s, _ = _timed(lambda: _write_to_chroma(folder, pack, index))
    print(f"{'':34}  seconds  of the peer  cards embedded")
    _print("peer: all vectors to Chroma", peer_s, peer_s, 0)
    _print("first build, embedding left out", first_s, peer_s, first)
    _print("one changed card", one_s, peer_s, one)
    _print(f"{COUNT} unchanged cards", unchanged_s, peer_s, none)
    print(f"unchanged cards take {unchanged_s / BUDGET_S:.0%} of their budget of {BUDGET_S} s")


def _timed(run: Callable[[], int]) -> tuple[float, int]:
    started = time.perf_counter()
    embedded = run()
    return time.perf_counter() - started, embedded


def _with_one_changed(pack: _Pack) -> _Pack:
    first, *others = pack.cards
    return _Pack((first.model_copy(update={"title": f"{first.title}, again"}), *others))


def _write_to_chroma(folder: Path, pack: _Pack, index: Index) -> int:
    """Do what a program without a manifest does each time, its process started included."""
    vectors_file = folder / "vectors.npy"
    np.save(vectors_file, index.vectors)
    cards = sorted(pack.cards, key=lambda card: card.id)
    write_collection(folder / "chroma", cards, index, vectors_file=vectors_file)
    return 0


def _print(what: str, seconds: float, peer_s: float, embedded: int) -> None:
    print(f"{what:34} {seconds:8.3f}  {seconds / peer_s:11.3f}  {embedded:14}")


if __name__ == "__main__":
    main()
