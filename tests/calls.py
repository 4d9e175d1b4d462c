"""Calls as tests write them: turns, read and judged as a file would be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.outcome.call import Call, read_call
from assistant.outcome.evidence import gather
from assistant.outcome.verdict import Judged, judge
from assistant.sources.source import Passage, Source

HELD_ON = date(2026, 11, 24)  # a Tuesday
OURS = frozenset({"sam"})


def a_transcript(*turns: str) -> Source:
    """Return a transcript of turns such as `Sam: Shall we?`; some have no name before them."""
    passages: list[Passage] = []
    for line, turn in enumerate(turns, start=1):
        speaker, colon, text = turn.partition(": ")
        said = text if colon else turn
        passages += _passages(said, speaker if colon else "", line)
    return Source(id="S1", name="call.txt", kind="transcript", passages=tuple(passages))


def _passages(said: str, speaker: str, line: int) -> Sequence[Passage]:
    from assistant.sources.sentences import statements

    return [
        Passage("S1", line, said[start:end], speaker=speaker, follows=start > 0)
        for start, end in statements(said)
    ]


def a_call(*turns: str, ours: frozenset[str] = OURS) -> Call:
    """Read a call; Sam is ours."""
    return read_call([a_transcript(*turns)], held_on=HELD_ON, ours=ours)


def judged(*turns: str) -> Judged:
    """Judge a call by its words alone."""
    return judge(gather(a_call(*turns)))
