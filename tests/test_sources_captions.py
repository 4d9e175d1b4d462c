"""Transcripts with times: who says what, no speaker invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.sources import Source, read_sources


def read(folder: Path, name: str, text: str) -> Source:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (source,) = read_sources([str(path)])
    return source


def told(source: Source) -> list[tuple[int, str, str]]:
    return [(p.line, p.speaker, p.text) for p in source.passages]


VTT = """WEBVTT - call

NOTE recorded on Monday

STYLE
::cue { color: red }

1
00:00:01.000 --> 00:00:04.000 align:left
<v Dana Whitfield>We signed Corvane in <b>October</b>. From

2
00:00:04.000 --> 00:00:06.000
<v Dana Whitfield>March they send sixty trucks.

3
00:00:06.000 --> 00:00:09.000
<v.loud Sam Okafor>What does waiting &amp; queueing cost you?</v>

4
00:00:09.000 --> 00:00:11.000
<00:00:09.500><c>Nobody knows.</c>
"""


def test_cues_of_one_voice_are_joined_to_sentences(tmp_path: Path) -> None:
    """A sentence has the line where it begins; a cue without a voice has no speaker."""
    source = read(tmp_path, "call.vtt", VTT)

    assert source.kind == "transcript"
    assert told(source) == [
        (10, "Dana Whitfield", "We signed Corvane in October."),
        (10, "Dana Whitfield", "From March they send sixty trucks."),
        (18, "Sam Okafor", "What does waiting & queueing cost you?"),
        (22, "", "Nobody knows."),
    ]


def test_names_before_a_colon_speak_where_they_recur(tmp_path: Path) -> None:
    """As conference tools write them; also in SubRip."""
    turns = [
        ("Dana Whitfield", "We signed Corvane in October."),
        ("Sam", "What does waiting cost you?"),
        ("Dana Whitfield", "One million dollars last year."),
        ("Sam", "And which dock is it?"),
    ]
    text = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{name}: {said}\n\n"
        for n, (name, said) in enumerate(turns, 1)
    )

    source = read(tmp_path, "call.srt", text)

    assert [(p.speaker, p.text) for p in source.passages] == turns


@pytest.mark.parametrize("mark", ["Agenda: ", "", "at 10:30: "])
def test_without_speakers_none_is_invented(tmp_path: Path, mark: str) -> None:
    """A word before a colon once is no name."""
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{mark}we look at docks\n"

    assert {p.speaker for p in read(tmp_path, "call.vtt", text).passages} == {""}


def test_two_hundred_speakers_are_told_apart(tmp_path: Path) -> None:
    """A company's call."""
    cues = "".join(
        f"00:{n // 60:02}:{n % 60:02}.000 --> 00:{n // 60:02}:{n % 60:02}.900\n"
        f"<v Person {n}>I am number {n}.\n\n"
        for n in range(200)
    )

    source = read(tmp_path, "call.vtt", f"WEBVTT\n\n{cues}")

    assert len({p.speaker for p in source.passages}) == 200


def test_rolling_captions_are_read_once(tmp_path: Path) -> None:
    """Each line comes again in the next cue."""
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwe wait at the gate\n\n"
        "00:02.000 --> 00:03.000\nwe wait at the gate\nfor two hours\n"
    )

    source = read(tmp_path, "call.vtt", text)

    assert [p.text for p in source.passages] == ["we wait at the gate for two hours"]
