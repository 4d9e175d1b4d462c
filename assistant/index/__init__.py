"""The index of approved cards: a cache that can be thrown away.

    index/lock                         held while somebody builds; `holder` says who
    index/current                      the generation that serves, and the sha256 of its manifest
    index/<generation>/manifest.json   embedder, cards, and sha256 and size of the other files
                      /vectors.npy     what lookups read
                      /chroma/         the same vectors, with their texts, as a Chroma collection

A generation is written once, verified, pointed at, and never changed.
"""

from assistant.index.build import Built, Ready, build_index, open_chroma, open_index, ready_index
from assistant.index.chroma import ChromaIndex
from assistant.index.vectors import (
    ApprovedCards,
    Held,
    Index,
    Likeness,
    Nearness,
    OnProgress,
    memory_index,
    texts_of,
)

__all__ = [
    "ApprovedCards",
    "Built",
    "ChromaIndex",
    "Held",
    "Index",
    "Likeness",
    "Nearness",
    "OnProgress",
    "Ready",
    "build_index",
    "memory_index",
    "open_chroma",
    "open_index",
    "ready_index",
    "texts_of",
]
