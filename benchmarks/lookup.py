"""The lookup of an objection among many cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

from assistant.app import open_tools
from assistant.objection import answer_objection
from benchmarks import plain
from benchmarks.measure import in_turn, seconds_of
from benchmarks.rows import Row
from benchmarks.scene import TODAY, Scene, Workspace

_SAID = (
    "our carriers will not use another portal",
    "we tried something like this two years ago and it failed",
    "there is no budget left this year",
    "IT has no capacity for an integration before April",
    "how long does it take until the first dock runs on it",
    "the works council will want to see this first",
    "your price per appointment is too high for us",
)


def measure(scene: Scene) -> Iterator[Row]:
    """Measure whole processes and calls beside a plain Chroma collection of the same cards."""
    place = scene.many
    place.index(place.pack())
    collection = place.folder / "plain"
    plain.build(collection, place.pack().approved(), place.embedder)
    yield _processes(scene, place, str(collection))
    yield _calls(scene, place)


def _processes(scene: Scene, place: Workspace, collection: str) -> Row:
    ours, peer = in_turn(
        lambda: (
            place.groundwork(
                "objection", _SAID[0], "--model", "none", "--today", TODAY.isoformat()
            ).seconds
        ),
        lambda: place.python("-m", "benchmarks.plain", "lookup", collection, _SAID[0]).seconds,
        repeat=scene.repeat,
    )
    return Row(
        f"objection lookup, {scene.cards:,} cards, whole process",
        ours,
        most=1.5,
        peer="a plain Chroma collection",
        beside=peer,
    )


def _calls(scene: Scene, place: Workspace) -> Row:
    tools = open_tools(place.settings)
    collection = plain.open_collection(place.folder / "plain")
    ours, peer = in_turn(
        _each(lambda text: answer_objection(text, tools)),
        _each(lambda text: plain.nearest(collection, text, place.embedder, kind="objection")),
        repeat=max(scene.repeat, len(_SAID)),
        unit="ms",
    )
    return Row(
        f"objection lookup, {scene.cards:,} cards, in a running process",
        ours,
        most=15.0,
        peer="a plain Chroma collection",
        beside=peer,
    )


def _each(look_up: Callable[[str], object]) -> Callable[[], float]:
    """Time a lookup of another text each time, so that nothing can be remembered."""
    texts = cycle(_SAID)
    return lambda: seconds_of(lambda: look_up(next(texts)))
