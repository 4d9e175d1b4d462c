"""Bringing the index up to date with many cards."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.index import Built, build_index
from assistant.knowledge.pack import Pack
from benchmarks import plain
from benchmarks.cards import approve_all, told_of
from benchmarks.measure import in_turn, seconds_of
from benchmarks.rows import Figure, Row
from benchmarks.scene import TODAY, Scene, Workspace

_PEER = "a plain Chroma collection, rebuilt"


def measure(scene: Scene) -> Iterator[Row]:
    """Measure builds with nothing changed and with one card changed, beside a whole rebuild."""
    place = scene.many
    pack = place.pack()
    first = _build(place, pack)
    rebuilt = Figure(
        (seconds_of(lambda: plain.build(place.folder / "again", pack.approved(), place.embedder)),)
    )
    cards = f"{scene.cards:,} cards"
    (unchanged,) = in_turn(lambda: _build(place, pack).seconds, repeat=scene.repeat)
    yield Row(
        f"index, {cards} unchanged, in a running process",
        unchanged,
        most=0.5,
        peer=_PEER,
        beside=rebuilt,
    )
    (command,) = in_turn(
        lambda: place.groundwork("knowledge", "index", "--today", TODAY.isoformat()).seconds,
        repeat=scene.repeat,
    )
    yield Row(f"index, {cards} unchanged, whole process", command, peer=_PEER, beside=rebuilt)
    changes = [_build(place, _changed(place, number)) for number in range(scene.repeat)]
    yield Row(
        "index, one card changed: cards embedded",
        Figure(tuple(float(built.embedded) for built in changes), ""),
        most=1,
        peer=_PEER,
        beside=Figure((float(scene.cards),), ""),
    )
    yield Row(
        "index, one card changed, in a running process",
        Figure(tuple(built.seconds for built in changes)),
        peer=_PEER,
        beside=rebuilt,
    )
    if first.embedded:
        yield Row(
            f"index, {cards} for the first time",
            Figure((first.seconds,)),
            peer=_PEER,
            beside=rebuilt,
            note="ours holds a vector for each phrasing and beat, the peer one a card",
        )


def _build(place: Workspace, pack: Pack) -> Built:
    return build_index(place.index_folder, pack, place.embedder, today=TODAY)


def _changed(place: Workspace, number: int) -> Pack:
    """Change a card's words, approve them, and return the pack."""
    knowledge = place.folder / "knowledge"
    path = sorted((knowledge / "objections").iterdir())[number]
    front, _, body = path.read_text(encoding="utf-8").partition("\n---\n\n")
    path.write_text(f"{front}\n---\n\n{told_of(body, 'particular')}", encoding="utf-8")
    approve_all(knowledge, TODAY)
    return place.pack()
