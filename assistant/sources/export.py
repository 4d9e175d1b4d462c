"""Transcripts that a recorder exports as JSON: a list of turns with speaker and text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from assistant.sources.blocks import Block
from assistant.sources.decode import one_line
from assistant.sources.limits import Limits
from assistant.sources.lines import Line
from assistant.sources.names import spelled_name

_TEXTS = ("text", "transcript", "content", "sentence", "utterance", "caption", "body", "value")
_SPEAKERS = (
    "speaker", "speaker_name", "speakerName", "speaker_label", "participant", "name", "from",
    "user", "author",
)  # fmt: skip
_DEPTH = 6  # of the list of turns in the file
_JOINED = 200  # turns of one voice in one block: a whole talk is still cut into sentences


def exported_turns(text: str) -> Sequence[Mapping[str, Any]]:
    """Return the turns of an exported transcript, in its order; none where a text is not one.

    A turn is an object with a text; the longest list of them in the file is taken.
    """
    if text.lstrip("\ufeff \t\r\n")[:1] not in {"[", "{"}:
        return ()
    try:
        content = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return ()
    return max(_lists(content, _DEPTH), key=len, default=())


def export_blocks(
    turns: Sequence[Mapping[str, Any]], limits: Limits
) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return what is said, a block for each stretch by one speaker, and what was cut.

    A file of this kind has no lines to look things up in: turns are counted in their stead.
    """
    warnings = ["its turns are counted, not its lines"]
    if len(turns) > limits.lines:
        warnings.append(f"only its first {limits.lines:,} turns were read")
    lines = [
        Line(number, _said(turn)[: limits.line_chars], speaker=_speaker(turn))
        for number, turn in enumerate(turns[: limits.lines], start=1)
    ]
    spoken = [line for line in lines if line.text]
    stretches = (list(group) for _, group in groupby(spoken, key=lambda line: line.speaker))
    blocks = (
        Block("prose", tuple(stretch[start : start + _JOINED]))
        for stretch in stretches
        for start in range(0, len(stretch), _JOINED)
    )
    return tuple(blocks), tuple(warnings)


def _lists(content: object, depth: int) -> Iterator[Sequence[Mapping[str, Any]]]:
    if depth == 0:
        return
    if isinstance(content, list):
        turns = [entry for entry in content if isinstance(entry, dict) and _said(entry)]
        if turns:
            yield turns
    inner: Iterable[object] = ()
    if isinstance(content, dict):
        inner = content.values()
    elif isinstance(content, list):
        inner = content
    for value in inner:
        if isinstance(value, dict | list):
            yield from _lists(value, depth - 1)


def _said(turn: Mapping[str, Any]) -> str:
    found = (turn[key] for key in _TEXTS if isinstance(turn.get(key), str))
    return one_line(next(found, "")).strip()


def _speaker(turn: Mapping[str, Any]) -> str:
    for key in _SPEAKERS:
        named = turn.get(key)
        if isinstance(named, dict):
            named = named.get("name")
        if isinstance(named, int) or (isinstance(named, str) and named.strip().isdigit()):
            return f"Speaker {named}"
        if isinstance(named, str) and named.strip():
            return spelled_name(one_line(named).strip())
    return ""
