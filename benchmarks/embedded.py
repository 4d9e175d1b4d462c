"""A brief with the embedded model, beside what the same model does with one prompt."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant import app as root
from assistant.brief import Brief, PartName
from assistant.knowledge.card import card_text
from assistant.local_model.chat import LocalChatModel
from assistant.local_model.weights import joined_file, what_is_missing
from assistant.pipeline import research
from assistant.plan import Plan, make_plan
from assistant.research.meeting import Wish
from assistant.sources import read_sources
from benchmarks import plain
from benchmarks.judged import Judged, judge, parts_of, plan_for_peer, read_parts
from benchmarks.measure import FailedError, Ran
from benchmarks.rows import Figure, Row
from benchmarks.scene import TODAY, Scene, Workspace, sample_sources

_SENTENCE = "Nobody can say which trailer holds the load that production waits for. "
_MOST_REPEATED = 3  # a run takes half a minute
_DONE = "✓"  # what the command puts before a part that is ready


@dataclass(frozen=True)
class Rates:
    """How many tokens a second the runtime reads of a prompt, and writes."""

    read: float
    written: float

    def __str__(self) -> str:
        """Show what tokens are divided by."""
        return f"tokens read ÷ {self.read:.0f} + written ÷ {self.written:.0f}"


_BUDGETED = Rates(85, 36)  # of the budget: two idle cores on which this runtime was measured


@dataclass(frozen=True)
class Ours:
    """One brief of ours."""

    seconds: float
    first_part: float
    brief: Brief

    def floor(self, rates: Rates) -> float:
        """Return what its tokens take of themselves."""
        usage = self.brief.usage
        read = usage.prompt_tokens - usage.cached_tokens
        return read / rates.read + usage.completion_tokens / rates.written

    def __str__(self) -> str:
        """Show its tokens."""
        usage = self.brief.usage
        read = usage.prompt_tokens - usage.cached_tokens
        return f"{usage.calls} calls, {_tokens(read, usage.completion_tokens)}"


@dataclass(frozen=True)
class Theirs:
    """One answer of a peer."""

    name: str
    seconds: float
    answer: dict[str, Any]
    judged: Judged

    def __str__(self) -> str:
        """Show tokens, how it ended, and what could be read of it."""
        tokens = _tokens(self.answer["read"], self.answer["written"])
        parts = f"{self.judged.parts} of {self.judged.due} parts could be read"
        return f"{self.name}: {tokens}, ended with {self.answer['finish']}, {parts}"


def measure(scene: Scene) -> Iterator[Row]:
    """Measure ours, then each peer once."""
    if missing := what_is_missing():
        raise FailedError(f"the embedded model is not there: {missing}")
    place = scene.sample
    joined_file(root.cache_folder(place.settings))
    ours = [_ours(place) for _ in range(min(scene.repeat, _MOST_REPEATED))]
    yield from _budgets(ours, _rates(place))
    plan = _plan(place)
    due = tuple(name for name, part in parts_of(ours[0].brief).items() if part.statements())
    passed = [judge(parts_of(one.brief), plan, due=due) for one in ours]
    for peer in _peers(place, plan, due):
        yield Row(
            "brief, embedded model: whole process",
            Figure(tuple(one.seconds for one in ours)),
            peer=peer.name,
            beside=Figure((peer.seconds,)),
            note=str(peer),
        )
        yield Row(
            "brief, embedded model: checks passed",
            Figure(tuple(one.percent for one in passed), "%"),
            peer=peer.name,
            beside=Figure((peer.judged.percent,), "%"),
        )
        yield Row(
            f"brief, embedded model: parts of {len(due)} that pass all checks",
            Figure(tuple(float(one.sound) for one in passed), ""),
            peer=peer.name,
            beside=Figure((float(peer.judged.sound),), ""),
        )


def _rates(place: Workspace) -> Rates:
    """Measure what the runtime does here and now: machines differ, and so do hours."""
    model = LocalChatModel(cache_folder=root.cache_folder(place.settings))
    try:
        model.invoke("Say yes.")  # it is loaded
        timings = model.invoke(_SENTENCE * 40, max_tokens=60).response_metadata["timings"]
    finally:
        model.close()
    return Rates(timings["prompt_per_second"], timings["predicted_per_second"])


def _budgets(ours: list[Ours], here: Rates) -> Iterator[Row]:
    whole = Figure(tuple(one.seconds for one in ours))
    yield Row("brief, embedded model: whole process", whole, most=40.0, note=str(ours[0]))
    yield Row(
        "brief, embedded model: first part on screen",
        Figure(tuple(one.first_part for one in ours)),
        most=10.0,
    )
    for what, rates in (("as measured for the budget", _BUDGETED), ("as measured here", here)):
        yield Row(
            f"brief, embedded model: beside its tokens, {what}",
            whole,
            peer=str(rates),
            beside=Figure(tuple(one.floor(rates) for one in ours)),
            most_ratio=1.5,
        )


def _ours(place: Workspace) -> Ours:
    """Run the command, and note when the first part is told to be ready."""
    out = place.folder / "embedded.json"
    command: list[str | Path] = [
        Path(sys.executable).with_name("groundwork"),
        "brief",
        *sample_sources(place.folder),
        *("--model", "local", "--today", TODAY.isoformat(), "--fresh", "-o", out),
    ]
    env = place.env | {"GROUNDWORK_CACHE": str(root.cache_folder(place.settings))}
    first, told = 0.0, []
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=place.folder, env=env, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            told.append(line)
            if _DONE in line and not first:
                first = time.perf_counter() - started
    seconds = time.perf_counter() - started
    if process.returncode or not first:
        raise FailedError("".join(told))
    return Ours(seconds, first, Brief.model_validate_json(out.read_bytes()))


def _plan(place: Workspace) -> Plan:
    tools = root.open_tools(place.settings)
    sources = read_sources([str(place.folder / name) for name in sample_sources(place.folder)])
    known = research(sources, tools, Wish())
    return make_plan(
        known.dossier, profile=tools.profile, fit=known.fit, found=known.found, today=TODAY
    )


def _peers(place: Workspace, plan: Plan, due: tuple[PartName, ...]) -> Iterator[Theirs]:
    pack = place.pack()
    cards = pack.approved(audience="customer")
    collection, listed = place.folder / "plain", place.folder / "cards.json"
    plain.build(collection, cards, place.embedder)
    listed.write_text(json.dumps({card.id: card_text(card) for card in cards}))
    notes = plain.numbered([str(place.folder / source) for source in sample_sources(place.folder)])
    shown = plan_for_peer(plan, notes, pack)
    for name, what, path in (
        ("LangChain + Chroma chain", "chain", collection),
        ("one prompt, all notes, all cards", "single", listed),
    ):
        ran = _asked(place, what, path)
        answer = json.loads(ran.out)
        judged = judge(read_parts(answer["answer"]), shown, due=due)
        yield Theirs(name, ran.seconds, answer, judged)


def _asked(place: Workspace, what: str, cards: Path) -> Ran:
    """Ask the embedded model in a peer's way."""
    cache = root.cache_folder(place.settings)
    sources = sample_sources(place.folder)
    return place.python("-m", "benchmarks.plain", what, cards, *sources, "--cache", cache)


def _tokens(read: int, written: int) -> str:
    return f"{read:,} tokens read, {written:,} written"
