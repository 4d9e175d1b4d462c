"""The index of approved cards: what it holds, how it is built, and what it survives."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding import Vectors
from assistant.errors import LockedError, StoreError
from assistant.index import (
    Built,
    Index,
    build_index,
    memory_index,
    open_chroma,
    open_index,
    ready_index,
    texts_of,
)
from assistant.index.chroma import write_collection
from assistant.index.generation import read_current
from assistant.knowledge.card import Insight, Objection, Story
from assistant.testing import TODAY, a_story, an_insight, an_objection

Card = Insight | Story | Objection

PRICE = an_objection("price", "You are too expensive.", "That is a lot of money.")
CARRIERS = an_objection(
    "carriers",
    "Our hauliers will never use it.",
    title="Hauliers refuse",
    behind_it="Their drivers phone.",
    clarify="Which of them?",
    respond="A link in a message is all.",
)
DETENTION = an_insight("detention")
STORY = a_story("story")
TESTS = Path(__file__).parent
ALL = (PRICE, CARRIERS, DETENTION, STORY)


@dataclass(frozen=True)
class Pack:
    """A pack whose cards are all approved."""

    cards: tuple[Card, ...] = ALL

    def approved(self) -> tuple[Card, ...]:
        """Return them."""
        return self.cards


@dataclass
class WordEmbedder:
    """An embedder that counts words, and what it was asked; texts that share words are alike."""

    fingerprint: str = "words@1"
    dimension: int = 64
    texts: list[str] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector a text."""
        self.texts += texts
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in text.lower().split():
                vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def build(folder: Path, *cards: Card, embedder: WordEmbedder | None = None) -> Built:
    """Build an index of `cards`, of all where none is given."""
    return build_index(folder, Pack(cards or ALL), embedder or WordEmbedder(), today=TODAY)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all cards, built once; tests get copies."""
    folder = tmp_path_factory.mktemp("pristine")
    build(folder)
    return folder


@pytest.fixture(scope="module")
def pristine_price(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one card, built once."""
    folder = tmp_path_factory.mktemp("pristine-price")
    build(folder, PRICE)
    return folder


@pytest.fixture
def behind(pristine_price: Path, tmp_path: Path) -> Path:
    """A folder with an index that holds the first card only."""
    return Path(shutil.copytree(pristine_price, tmp_path / "behind"))


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A folder with an index of all cards."""
    return Path(shutil.copytree(pristine, tmp_path / "index"))


def best(index: Index, text: str) -> str:
    """Return the card that comes nearest."""
    near = index.likeness(text)
    return max(near, key=lambda card: near[card].score)


def files_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return every file with its time of change and content."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def generation(folder: Path) -> Path:
    """Return the folder of the one generation there must be."""
    (path,) = (path for path in folder.iterdir() if path.is_dir())
    return path


# --- what it holds


def test_each_phrasing_of_an_objection_is_found_by_itself(folder: Path) -> None:
    """Phrasings stand first among a card's texts, and `nearest` says which one it was."""
    near = open_index(folder, WordEmbedder()).likeness("That is a lot of money.")["price"]

    assert texts_of(PRICE)[near.nearest] == "That is a lot of money."


@pytest.mark.parametrize("card", ALL, ids=lambda card: card.id)
def test_a_card_is_found_by_any_of_its_texts(folder: Path, card: Card) -> None:
    """Titles, claims, beats, answers and challenges are all ways in."""
    index = open_index(folder, WordEmbedder())

    own = [text for text in texts_of(card) if text != ", ".join(card.challenges)]
    assert {best(index, text) for text in own} == {card.id}


def test_likeness_is_the_mean_of_the_two_nearest_texts() -> None:
    """One chance phrase does not carry a card."""
    index = memory_index(Pack((PRICE,)), WordEmbedder(), today=TODAY)
    query = "You are too expensive."

    near = index.likeness(query)["price"]

    cosines = np.sort(WordEmbedder().embed(texts_of(PRICE)) @ WordEmbedder().embed([query])[0])
    assert near.score == pytest.approx(cosines[-2:].mean(), abs=1e-6)
    assert near.nearest == 0


def test_an_expired_card_does_not_enter(tmp_path: Path) -> None:
    """The day of review is the last on which a card may be used."""
    old = an_insight("old", review_by=date(2026, 3, 15))
    last_day = an_insight("last-day", review_by=TODAY)

    built = build(tmp_path, old, last_day)

    assert built.cards == 1
    assert set(open_index(tmp_path, WordEmbedder()).likeness("dock")) == {"last-day"}


def test_no_cards_make_an_empty_index(tmp_path: Path) -> None:
    """A new workspace has nothing approved, and that is no error."""
    built = build_index(tmp_path, Pack(()), WordEmbedder(), today=TODAY)

    assert built.cards == 0
    assert open_index(tmp_path, WordEmbedder()).likeness("dock") == {}


def test_an_index_knows_which_cards_it_does_not_hold() -> None:
    """A card counts only in its present words: an alias may have changed them."""
    index = memory_index(Pack((PRICE, STORY)), WordEmbedder(), today=TODAY)
    renamed = a_story("story", situation="A carrier ran six docks by phone.")

    missing = index.missing((PRICE, renamed, DETENTION))

    assert missing == ("story", "detention")


# --- building again


def test_an_unchanged_pack_embeds_and_writes_nothing(folder: Path) -> None:
    """Every file stays as it is."""
    before = files_of(folder)
    embedder = WordEmbedder()

    built = build(folder, embedder=embedder)

    assert (built.cards, built.embedded, embedder.texts) == (4, 0, [])
    assert files_of(folder) == before


def test_one_changed_card_embeds_its_new_texts_only(folder: Path) -> None:
    """Its other texts, and all other cards, keep their vectors."""
    embedder = WordEmbedder()
    changed = PRICE.model_copy(update={"they_say": (*PRICE.they_say, "Ouch.")})

    built = build(folder, changed, CARRIERS, DETENTION, STORY, embedder=embedder)

    assert (built.embedded, embedder.texts) == (1, ["Ouch."])
    assert best(open_index(folder, WordEmbedder()), "Ouch.") == "price"


def test_a_card_that_is_no_longer_approved_leaves_no_byte(folder: Path) -> None:
    """The former generation is deleted, and nothing is embedded for it."""
    built = build(folder, CARRIERS, DETENTION, STORY)

    assert built.embedded == 0
    assert not any(
        b"too expensive" in content for _, content in files_of(generation(folder)).values()
    )


def test_another_embedder_never_mixes_with_the_first(folder: Path) -> None:
    """Opening says so; building makes every vector again."""
    other = WordEmbedder(fingerprint="words@2", dimension=32)

    with pytest.raises(StoreError, match="built by the embedder words@1, not by words@2; run"):
        open_index(folder, other)
    built = build(folder, embedder=other)

    assert built.embedded == 4
    assert open_index(folder, other).vectors.shape[1] == 32


def test_the_former_index_serves_until_the_new_one_is_verified(behind: Path) -> None:
    """Whoever looks something up meanwhile gets the former answers."""
    seen: list[set[str]] = []

    def look(*_: int) -> None:
        seen.append(set(open_index(behind, WordEmbedder()).likeness("dock")))

    build_index(behind, Pack(), WordEmbedder(), today=TODAY, on_progress=look)

    assert seen == [{"price"}]
    assert len(open_index(behind, WordEmbedder()).cards) == 4


def test_progress_counts_the_cards_that_are_embedded(tmp_path: Path) -> None:
    """It ends where it said it would."""
    cards = tuple(an_insight(f"card-{n}", title=f"Title {n}") for n in range(70))
    told: list[tuple[int, int]] = []

    build_index(
        tmp_path,
        Pack(cards),
        WordEmbedder(),
        today=TODAY,
        on_progress=lambda done, total: told.append((done, total)),
    )

    assert told == [(32, 70), (64, 70), (70, 70)]


def test_a_reader_follows_a_switch(behind: Path) -> None:
    """What was deleted while it was read is read again from where the pointer now leads."""
    read: list[str] = []

    def slowly(current: object) -> int:
        read.append(str(current))
        if len(read) == 1:
            build(behind, PRICE, STORY)
        return len(current.vectors())  # type: ignore[attr-defined]  # a generation

    count = read_current(behind, slowly)

    assert count == len({*texts_of(PRICE), *texts_of(STORY)})
    assert len(read) == 2


# --- through Chroma


def test_chroma_gives_the_same_answers(folder: Path) -> None:
    """Lookups may go either way: likeness and nearest text agree for every card."""
    texts = ["dock", "You are too expensive.", "hauliers"]
    exact = open_index(folder, WordEmbedder()).nearness(texts)

    with open_chroma(folder, WordEmbedder()) as chroma:
        near = chroma.nearness(texts)

    assert near.scores == pytest.approx(exact.scores, abs=1e-5)
    assert near.nearest.tolist() == exact.nearest.tolist()


def test_asking_chroma_changes_no_file(folder: Path) -> None:
    """Chroma writes to what it opens; it gets a copy."""
    before = files_of(folder)

    with open_chroma(folder, WordEmbedder()) as chroma:
        chroma.nearness(["dock"])

    assert files_of(folder) == before


def test_no_variable_and_no_env_file_sends_chroma_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not to a server, not to a collector of traces; the suite has no network to find out with."""
    monkeypatch.chdir(tmp_path)
    elsewhere = {
        "CHROMA_API_IMPL": "chromadb.api.fastapi.FastAPI",
        "CHROMA_SERVER_HOST": "collector.example",
        "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://collector.example",
        "CHROMA_OTEL_GRANULARITY": "all",
        "ANONYMIZED_TELEMETRY": "true",
    }
    lines = [f"{name}={value}" for name, value in elsewhere.items()]
    (tmp_path / ".env").write_text("\n".join(lines))
    for name, value in elsewhere.items():
        monkeypatch.setenv(name, value)

    build(tmp_path / "index")

    assert (generation(tmp_path / "index") / "chroma" / "chroma.sqlite3").exists()


def test_nothing_of_this_process_ends_in_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma's files hold stretches of memory as it happened to be: a seller's notes, or a key."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-" + "secret" * 8)
    notes = [f"Dana Whitfield said {n}" * 40 for n in range(5000)]
    del notes

    build(tmp_path)

    content = b"".join(content for _, content in files_of(tmp_path).values())
    assert b"too expensive" in content
    assert b"Whitfield" not in content
    assert b"sk-secret" not in content


# --- what cannot be used


def test_no_index_says_how_to_build_one(tmp_path: Path) -> None:
    """The message names folder and command."""
    with pytest.raises(
        StoreError, match=r"there is no index yet; run 'groundwork knowledge index'"
    ):
        open_index(tmp_path / "index", WordEmbedder())


Harm = Callable[[Path], object]
HARMS: dict[str, Harm] = {
    "gone": Path.unlink,
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "one byte changed": lambda path: path.write_bytes(
        bytes([(content := path.read_bytes())[0] ^ 1]) + content[1:]
    ),
}


@pytest.mark.parametrize(
    ("pattern", "harm"),
    [
        ("manifest.json", "gone"),
        ("manifest.json", "one byte changed"),
        ("vectors.npy", "cut"),
        ("vectors.npy", "one byte changed"),
        ("chroma/chroma.sqlite3", "gone"),
        ("chroma/chroma.sqlite3", "cut"),
        ("chroma/*/data_level0.bin", "gone"),
        ("chroma/*/data_level0.bin", "one byte changed"),
    ],
)
def test_a_damaged_file_is_mended_once_and_said_once(folder: Path, pattern: str, harm: str) -> None:
    """It is found before Chroma opens it, which would end the process with a signal."""
    (path,) = generation(folder).glob(pattern)
    HARMS[harm](path)

    with (
        pytest.raises(StoreError, match=rf"{path.name}: .*; run 'groundwork knowledge index'"),
        open_chroma(folder, WordEmbedder()),
    ):
        pytest.fail("a damaged index was opened")
    first, second = build(folder), build(folder)

    assert re.search(rf"{path.name}: .*; the index was built again", first.notice)
    assert second.notice == ""
    assert best(open_index(folder, WordEmbedder()), "You are too expensive.") == "price"


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_damaged_pointer_is_mended(folder: Path, harm: Harm) -> None:
    """Without it nothing says which generation is whole, so it is built again."""
    harm(folder / "current")

    build(folder)

    assert best(open_index(folder, WordEmbedder()), "You are too expensive.") == "price"
    assert generation(folder)


def test_vectors_that_are_whole_outlive_damage_elsewhere(folder: Path) -> None:
    """Nothing is embedded again because Chroma's files are gone."""
    shutil.rmtree(generation(folder) / "chroma")

    built = build(folder)

    assert built.embedded == 0
    assert "built again" in built.notice


# --- killed


KILLED = """
import os, signal, sys, threading
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from assistant.index import build_index
from test_index import TODAY, Pack, WordEmbedder

folder, stage, mark = Path(sys.argv[2]), sys.argv[3], sys.argv[4]


def kill():
    os.kill(os.getpid(), signal.SIGKILL)


def kill_while_chroma_writes():
    while len(list(folder.glob("*/chroma/*/data_level0.bin"))) < 2:
        pass
    kill()


def watch(event, arguments):
    if event == stage and any(mark in str(argument) for argument in arguments):
        kill()


if stage == "chroma":
    threading.Thread(target=kill_while_chroma_writes, daemon=True).start()
sys.addaudithook(watch)
build_index(folder, Pack(), WordEmbedder(), today=TODAY)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "mark", "serves"),
    [
        pytest.param("os.mkdir", "", 1, id="before anything is written"),
        pytest.param("os.rename", "vectors.npy", 1, id="before the vectors stand"),
        pytest.param("chroma", "", 1, id="while Chroma writes"),
        pytest.param("os.rename", "manifest.json", 1, id="before the manifest stands"),
        pytest.param("os.rename", "current", 1, id="before the switch"),
        pytest.param("shutil.rmtree", "", 4, id="before the former one is deleted"),
        pytest.param("os.remove", "holder", 4, id="before the lock is given back"),
    ],
)
def test_a_killed_build_leaves_an_index_that_serves_and_the_next_one_mends(
    behind: Path, stage: str, mark: str, serves: int
) -> None:
    """SIGKILL in a build of four cards over one: one of the two is there, never a mixture."""
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, TESTS, behind, stage, mark], cwd=TESTS.parent, check=False
    )
    served = len(open_index(behind, WordEmbedder()).cards)
    build(behind)

    assert killed.returncode == -signal.SIGKILL
    assert served == serves
    assert len(open_index(behind, WordEmbedder()).cards) == 4
    assert generation(behind)
    with open_chroma(behind, WordEmbedder()) as chroma:
        assert chroma.nearness(["dock"]).scores.shape == (1, 4)


# --- two at once


HOLDS = """
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from assistant.index import build_index
from test_index import TODAY, Pack, WordEmbedder


def wait(done, total):
    print("building", flush=True)
    sys.stdin.readline()


build_index(Path(sys.argv[2]), Pack(), WordEmbedder(), today=TODAY, on_progress=wait)
"""


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of building `tmp_path`; a line to its input lets it go on."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, TESTS, tmp_path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS.parent,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


@pytest.mark.slow
def test_the_second_of_two_builds_is_told_who_builds(
    tmp_path: Path, builder: subprocess.Popen[str]
) -> None:
    """With the process and since when, so that it can be waited for or ended."""
    with pytest.raises(LockedError, match=r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC") as caught:
        build_index(tmp_path, Pack(), WordEmbedder(), today=TODAY, wait_s=0.1)

    assert f"process {builder.pid} (since " in str(caught.value)


@pytest.mark.slow
def test_the_second_of_two_builds_waits_and_finds_it_done(
    tmp_path: Path, builder: subprocess.Popen[str]
) -> None:
    """Nothing is embedded twice."""
    embedder = WordEmbedder()
    assert builder.stdin is not None
    builder.stdin.write("\n")
    builder.stdin.flush()

    built = build_index(tmp_path, Pack(), embedder, today=TODAY, wait_s=30)

    assert (built.embedded, embedder.texts) == (0, [])


@pytest.mark.slow
def test_a_lookup_does_not_wait_for_a_build(tmp_path: Path, builder: subprocess.Popen[str]) -> None:
    """It goes by an index in memory, and says why."""
    ready = ready_index(tmp_path, Pack(), WordEmbedder(), today=TODAY, wait_s=0)

    assert best(ready.index, "You are too expensive.") == "price"
    assert f"process {builder.pid}" in ready.notice


# --- full, read-only, not a folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB, too small for an index."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a file system takes root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(disk: Path, *, leave: int) -> None:
    """Take all but `leave` bytes of a disk."""
    free = shutil.disk_usage(disk).free
    (disk / "filler").write_bytes(b"0" * (free - leave))


@pytest.mark.parametrize("leave", [0, 4096, 500_000])
def test_a_full_disk_is_named_with_its_free_bytes(small_disk: Path, leave: int) -> None:
    """Nothing half-made stays behind."""
    fill(small_disk, leave=leave)
    index = small_disk / "index"

    with pytest.raises(StoreError, match=rf"{index}: .*No space left.* bytes are free"):
        build(index)

    assert not index.exists() or not any(path.is_dir() for path in index.iterdir())


def test_on_a_full_disk_cards_are_found_without_an_index(small_disk: Path) -> None:
    """The answers are those of an index on disk, and the seller is told once."""
    fill(small_disk, leave=0)
    exact = memory_index(Pack(), WordEmbedder(), today=TODAY)

    ready = ready_index(small_disk / "index", Pack(), WordEmbedder(), today=TODAY)

    assert ready.index.likeness("dock") == exact.likeness("dock")
    assert "No space left on device" in ready.notice


def test_a_disk_that_fills_up_while_chroma_writes_ends_in_one_error(small_disk: Path) -> None:
    """Room is looked for before; where it is taken meanwhile, Chroma's process may even die."""
    cards: list[Card] = sorted(ALL, key=lambda card: card.id)
    index = memory_index(Pack(), WordEmbedder(), today=TODAY)
    np.save(small_disk / "vectors.npy", index.vectors)
    fill(small_disk, leave=200_000)

    with pytest.raises(StoreError, match="Chroma"):
        write_collection(
            small_disk / "chroma", cards, index, vectors_file=small_disk / "vectors.npy"
        )


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where the folder should be, for one."""
    place = tmp_path / "index"
    place.write_text("not a folder")

    with pytest.raises(StoreError, match=rf"{place}: the index cannot be written"):
        build(place)
    ready = ready_index(place, Pack(), WordEmbedder(), today=TODAY)

    assert best(ready.index, "You are too expensive.") == "price"


def test_a_ready_index_on_disk_is_only_read(folder: Path) -> None:
    """A workspace may be read-only once its index is built."""
    before = files_of(folder)
    embedder = WordEmbedder()

    ready = ready_index(folder, Pack(), embedder, today=TODAY)

    assert (ready.notice, ready.index.missing(ALL), embedder.texts) == ("", (), [])
    assert files_of(folder) == before


def test_words_that_were_withdrawn_are_gone_after_the_next_lookup(folder: Path) -> None:
    """A customer who may no longer be named, or a card that was retired."""
    words = STORY.complication.encode()
    assert any(words in content for _, content in files_of(folder).values())
    embedder = WordEmbedder()

    ready = ready_index(folder, Pack((PRICE, CARRIERS, DETENTION)), embedder, today=TODAY)

    assert (ready.notice, embedder.texts) == ("", [])
    assert not any(words in content for _, content in files_of(folder).values())


def test_a_few_new_cards_do_not_hold_up_a_lookup(behind: Path) -> None:
    """They are embedded in memory; the folder is left to the next build."""
    before = files_of(behind)
    embedder = WordEmbedder()

    ready = ready_index(behind, Pack(), embedder, today=TODAY)

    assert (ready.notice, ready.index.missing(ALL)) == ("", ())
    assert set(embedder.texts).isdisjoint(texts_of(PRICE))
    assert files_of(behind) == before


def test_an_index_far_behind_its_cards_is_built(behind: Path) -> None:
    """The next lookup finds it done."""
    cards = tuple(an_insight(f"card-{n}", title=f"Title {n}") for n in range(9))

    ready_index(behind, Pack(cards), WordEmbedder(), today=TODAY)

    assert open_index(behind, WordEmbedder()).missing(cards) == ()


def test_a_damaged_index_is_mended_by_a_lookup_and_said_once(behind: Path) -> None:
    """The second one has nothing to say."""
    HARMS["cut"](generation(behind) / "vectors.npy")

    first = ready_index(behind, Pack(), WordEmbedder(), today=TODAY)
    second = ready_index(behind, Pack(), WordEmbedder(), today=TODAY)

    assert "vectors.npy: damaged; the index was built again" in first.notice
    assert second.notice == ""
    assert second.index.missing(ALL) == ()
