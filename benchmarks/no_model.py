"""A brief of the sample account without a model, its index warm."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import plain
from benchmarks.measure import in_turn
from benchmarks.rows import Row
from benchmarks.scene import Scene, sample_sources


def measure(scene: Scene) -> Iterator[Row]:
    """Measure the whole process beside a chain that only gets as far as its prompt."""
    place = scene.sample
    sources = sample_sources(place.folder)
    collection = place.folder / "plain"
    plain.build(collection, place.pack().approved(audience="customer"), place.embedder)
    ours, peer = in_turn(
        lambda: (
            place.groundwork(
                "brief", *sources, "--model", "none", "--today", "2026-11-23", "--format", "md"
            ).seconds
        ),
        lambda: place.python("-m", "benchmarks.plain", "page", str(collection), *sources).seconds,
        repeat=scene.repeat,
    )
    yield Row(
        "brief, no model, whole process",
        ours,
        most=1.5,
        peer="LangChain + Chroma, up to the prompt",
        beside=peer,
    )
