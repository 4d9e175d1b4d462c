"""Transcripts exported as JSON: turns with speaker and text, wherever in the file they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.sources import Source, read_sources

TURNS = [
    {"speaker": "Sam Okafor", "text": "Shall we walk the docks on Thursday?", "start": 1.5},
    {"speaker": "Dana Whitfield", "text": "Yes, that works.", "start": 4.0},
    {"speaker": "Dana Whitfield", "text": "I'll bring the logs.", "start": 5.0},
]


def read(folder: Path, content: str) -> Source:
    """Read a file of this content."""
    path = folder / "call.json"
    path.write_text(content, encoding="utf-8")
    (source,) = read_sources([str(path)])
    return source


def told(source: Source) -> list[tuple[int, str, str]]:
    """Return place, speaker and words of what was read."""
    return [(p.line, p.speaker, p.text) for p in source.passages]


@pytest.mark.parametrize(
    "content",
    [TURNS, {"segments": TURNS}, {"meta": {"id": 1}, "results": {"utterances": TURNS}}],
    ids=["list", "segments", "nested"],
)
def test_the_turns_are_read_wherever_they_stand(tmp_path: Path, content: object) -> None:
    """Each sentence has its speaker, and its turn in place of a line."""
    source = read(tmp_path, json.dumps(content))

    assert source.kind == "transcript"
    assert told(source) == [
        (1, "Sam Okafor", "Shall we walk the docks on Thursday?"),
        (2, "Dana Whitfield", "Yes, that works."),
        (3, "Dana Whitfield", "I'll bring the logs."),
    ]
    assert source.warnings == ("its turns are counted, not its lines",)


def test_speakers_may_be_objects_numbers_or_missing(tmp_path: Path) -> None:
    """A number is a speaker without a name; nobody is invented."""
    turns = [
        {"speaker": {"name": "Dana"}, "text": "We start on Monday."},
        {"speaker": 2, "transcript": "Good, I will be there."},
        {"content": "And then nobody knows who says this."},
    ]

    assert [p.speaker for p in read(tmp_path, json.dumps(turns)).passages] == [
        "Dana",
        "Speaker 2",
        "",
    ]


@pytest.mark.parametrize(
    "content",
    ['["a", "b"]', "{not json at all", "[" * 50_000, '{"text": 5}'],
    ids=["strings", "broken", "deep", "no text"],
)
def test_other_json_is_read_as_plain_text(tmp_path: Path, content: str) -> None:
    """It is no transcript, and nothing breaks."""
    path = tmp_path / "other.json"
    path.write_text(f"{content}\nDana called about the docks.", encoding="utf-8")

    (source,) = read_sources([str(path)])

    assert source.kind != "transcript"


def test_words_in_an_export_are_cleaned_like_any_other(tmp_path: Path) -> None:
    """Control codes and line breaks do not reach the page."""
    turns = [{"speaker": "Da\x07na", "text": "Yes,\x07 that\nworks."}]

    (passage,) = read(tmp_path, json.dumps(turns)).passages

    assert (passage.speaker, passage.text) == ("Dana", "Yes, that works.")
