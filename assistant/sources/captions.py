"""Transcripts with times: WebVTT and SubRip cues to turns of talk."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.sources.blocks import Block
from assistant.sources.lines import Line
from assistant.sources.names import spelled_name
from assistant.sources.speakers import mark_of, recurring_marks

_TIMES = re.compile(
    r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,100})>")
_TAG = re.compile(
    r"</?(?:[cbiuv]|ruby|rt|lang|font)(?:[.\s][^>]{0,200})?>|<\d[\d:.]*>", re.IGNORECASE
)
_SKIPPED = ("NOTE", "STYLE", "REGION")


class _Cue(NamedTuple):
    speaker: str
    line: Line


def is_captions(text: str) -> bool:
    """Tell whether a text is a WebVTT or SubRip file."""
    return text.lstrip().startswith("WEBVTT") or bool(_TIMES.search(text[:2_000]))


def caption_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return what is said, a block for each stretch by one speaker.

    A cue's speaker is the one it names (`<v Dana>`, or `Dana: …` where names recur); a cue that
    names none has none. Lines that rolling captions repeat are kept once.
    """
    cues = list(_cues(lines))
    marks = [mark for cue in cues if not cue.speaker and (mark := mark_of(cue.line.text))]
    transcript = recurring_marks(marks, len(cues))
    named = [_named(cue, transcript) for cue in cues]
    return tuple(Block("prose", tuple(stretch)) for stretch in _stretches(named))


def _cues(lines: Sequence[Line]) -> Iterator[_Cue]:
    """Yield each line of each cue; notes, styles, numbers and times are left out."""
    inside, before = False, ""
    for line in lines:
        text = line.text.strip()
        if _TIMES.match(text):
            inside = True
        elif not text:
            inside = False
        elif inside and not text.startswith(_SKIPPED):
            voice = _VOICE.search(text)
            said = html.unescape(_TAG.sub("", _VOICE.sub("", text))).strip()
            if said and said != before:
                before = said
                yield _Cue(spelled_name(voice[1]) if voice else "", line._replace(text=said))


def _named(cue: _Cue, transcript: frozenset[str]) -> _Cue:
    mark = mark_of(cue.line.text)
    if cue.speaker or not mark or mark.name not in transcript:
        return cue
    return _Cue(mark.name, cue.line._replace(text=mark.rest))


def _stretches(cues: Sequence[_Cue]) -> Iterator[list[Line]]:
    stretch: list[Line] = []
    speaker = ""
    for cue in cues:
        if stretch and (cue.speaker != speaker or len(stretch) >= _MAX_CUES):
            yield stretch
            stretch = []
        speaker = cue.speaker
        stretch.append(cue.line._replace(speaker=speaker))
    if stretch:
        yield stretch


_MAX_CUES = 200  # in one stretch: a whole talk by one voice is still cut into sentences
