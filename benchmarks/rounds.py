"""A brief against an endpoint that takes one second for each call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant import app as root
from assistant.pipeline import prepare
from assistant.settings import read_settings
from assistant.sources import read_sources
from assistant.tools import Tools
from benchmarks import plain
from benchmarks.calls import Call, critical_path_s, rounds, span_s
from benchmarks.measure import seconds_of
from benchmarks.rows import Figure, Row
from benchmarks.scene import TODAY, Scene, Workspace, sample_sources
from benchmarks.server import Endpoint, running

_LATENCY_S = 1.0
_MODEL = "openai:any"


def measure(scene: Scene) -> Iterator[Row]:
    """Measure rounds, the calls' span and the whole, beside what the calls need of themselves."""
    place = scene.sample
    with running(_LATENCY_S) as endpoint:
        whole, whole_calls = _repeated(scene, endpoint, lambda: _process(place, endpoint))
        bad = sum(call.bad for call in whole_calls[0])
        note = f"{len(whole_calls[0])} calls, {bad} of them answered badly on purpose"
        yield Row(
            "brief, 1 s a call: rounds one after another",
            Figure(tuple(float(rounds(calls)) for calls in whole_calls), ""),
            most=3,
            note=note,
        )
        yield Row(
            "brief, 1 s a call: from first call to last answer",
            Figure(tuple(span_s(calls) for calls in whole_calls)),
            peer="critical path of its calls",
            beside=_path(whole_calls),
            most_ratio=1.1,
        )
        yield _in_process(scene, place, endpoint)
        chain = _chain(place, endpoint)
        yield Row(
            "brief, 1 s a call: whole process",
            whole,
            most=3.5,
            peer="LangChain + Chroma chain, one call",
            beside=Figure((chain,)),
        )


def _in_process(scene: Scene, place: Workspace, endpoint: Endpoint) -> Row:
    sources = read_sources([str(place.folder / name) for name in sample_sources(place.folder)])
    tools = _tools(place, endpoint)
    prepare(sources, tools)  # what is loaded once is loaded
    made, calls = _repeated(scene, endpoint, lambda: seconds_of(lambda: prepare(sources, tools)))
    return Row(
        "brief, 1 s a call: in a running process",
        made,
        most=3.5,
        peer="critical path of its calls",
        beside=_path(calls),
        most_ratio=1.1,
    )


def _tools(place: Workspace, endpoint: Endpoint) -> Tools:
    flags = {
        "workspace": place.folder,
        "model": _MODEL,
        "base_url": endpoint.base_url,
        "cache": place.folder / "cache",
        "today": TODAY,
    }
    return root.open_tools(read_settings(flags, environ={}), fresh=True)


def _process(place: Workspace, endpoint: Endpoint) -> float:
    return place.groundwork(
        "brief",
        *sample_sources(place.folder),
        *("--model", _MODEL, "--today", TODAY.isoformat(), "--format", "json", "--fresh"),
        GROUNDWORK_BASE_URL=endpoint.base_url,
    ).seconds


def _chain(place: Workspace, endpoint: Endpoint) -> float:
    collection = place.folder / "plain"
    plain.build(collection, place.pack().approved(audience="customer"), place.embedder)
    sources = sample_sources(place.folder)
    command = ["-m", "benchmarks.plain", "chain", str(collection), *sources]
    return place.python(*command, "--base-url", endpoint.base_url).seconds


def _repeated(
    scene: Scene, endpoint: Endpoint, take: Callable[[], float]
) -> tuple[Figure, list[tuple[Call, ...]]]:
    """Take a figure again and again, each time with the calls that it made."""
    values: list[float] = []
    logs: list[tuple[Call, ...]] = []
    for _ in range(scene.repeat):
        endpoint.clear()
        values.append(take())
        logs.append(endpoint.calls())
    return Figure(tuple(values)), logs


def _path(logs: Sequence[Sequence[Call]]) -> Figure:
    return Figure(tuple(critical_path_s(calls) for calls in logs))
