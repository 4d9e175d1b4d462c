"""A call as it is judged: its sentences in order, each with its speaker, side and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from assistant.dossier import Side
from assistant.outcome.sides import Sides, sides_of
from assistant.outcome.step import Said
from assistant.outcome.words import pattern
from assistant.research import cues
from assistant.sources.source import Passage, Source
from assistant.sources.speakers import is_name, mark_of
from assistant.sources.words import words

_FAREWELL = pattern("call.farewell", whole=True)
_GREETING = pattern("call.greeting")
_COMMANDED = 4  # sentences: what speaks to a machine seldom ends with its first
_END = 40  # sentences: some five minutes of talk
_LAST_WORDS = 25  # sentences
_LEAST_AFTER = 3  # sentences of a second call; a late "Hello?" is none


@dataclass(frozen=True)
class Sentence:
    """One sentence of a call, as its source has it."""

    text: str
    speaker: str  # "" where nobody is named
    side: Side
    turn: int  # from 0: the stretch of one speaker that it stands in
    place: int  # from 0, in the call
    at: str  # source and line: "S1:14"
    told: bool = False  # somebody else's account of it: the seller's notes, no turn of talk

    @property
    def as_said(self) -> Said:
        """The sentence as evidence."""
        return Said(self.text, self.at, self.place)


@dataclass(frozen=True)
class Call:
    """What was said, in order, and how it came to be read so."""

    sentences: tuple[Sentence, ...]
    held_on: date
    sides: Sides
    others: int = 0  # calls in the same text before this one, which are not in it
    commands: tuple[Sentence, ...] = ()  # what speaks to a machine: shown, and not listened to

    def is_end(self, sentence: Sentence) -> bool:
        """Tell whether a sentence stands where a call ends: its last quarter, or 40 sentences."""
        count = len(self.sentences)
        return sentence.place >= count - max(_END, count // 4)

    def is_last(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is among the last words: the last tenth, or 25 sentences."""
        count = len(self.sentences)
        return sentence.place >= count - max(_LAST_WORDS, count // 10)

    def share(self, sentence: Sentence) -> float:
        """Return how far into the call a sentence stands, 0 to 1."""
        return sentence.place / max(1, len(self.sentences) - 1)


def read_call(
    sources: Sequence[Source],
    *,
    held_on: date,
    company: str = "",
    ours: frozenset[str] = frozenset(),
    theirs: frozenset[str] = frozenset(),
) -> Call:
    """Return the last call that the sources hold.

    `ours` and `theirs` are names of people in lower case, as far as they are known; whoever is
    neither is placed by how they speak. A text in which people say goodbye and greet each other
    anew holds several calls.
    """
    read = [sentence for source in sources for sentence in _of_source(source)]
    last = _last_call(read)
    spoken, commands = _without_commands(_turns(read[last:]))
    turns = _turns(spoken)
    sides = sides_of(
        [(s.speaker, s.text) for s in turns], company=company, ours=ours, theirs=theirs
    )
    return Call(
        sentences=tuple(replace(s, side=sides.of(s.speaker)) for s in turns),
        held_on=held_on,
        sides=sides,
        others=1 if last else 0,
        commands=tuple(commands),
    )


def _without_commands(turns: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Part what people say to each other from what speaks to a machine, to its turn's end."""
    spoken: list[Sentence] = []
    commands: list[Sentence] = []
    left, turn = 0, -1
    for sentence in turns:
        if cues.holds(sentence.text, "machine.line"):
            left, turn = _COMMANDED, sentence.turn
        if left and sentence.turn == turn:
            commands.append(sentence)
            left -= 1
        else:
            spoken.append(sentence)
    return spoken, commands


def _of_source(source: Source) -> Iterator[Sentence]:
    marked = _marks_turns(source.passages)
    line, speaker = 0, ""
    for passage in source.passages:
        text, named = passage.text, passage.speaker
        if not named and marked:
            mark = _mark(passage)
            if mark:
                named, text = mark
            elif passage.line == line or passage.follows:
                named = speaker
        line, speaker = passage.line, named
        if text.strip():
            yield Sentence(
                text.strip(),
                named,
                "unknown",
                0,
                0,
                f"{source.id}:{passage.line}",
                told=source.kind != "transcript" and not named,
            )


def _marks_turns(passages: Sequence[Passage]) -> bool:
    """Tell whether at least half of a text's lines begin with a speaker, however few they are."""
    first = {passage.line: passage for passage in reversed(passages)}
    marked = sum(bool(p.speaker or _mark(p)) for p in first.values())
    return 2 * marked >= len(first) > 0


def _mark(passage: Passage) -> tuple[str, str] | None:
    """Return who a line says is speaking, and the rest of it."""
    mark = mark_of(passage.text)
    if mark is None:
        return None
    side = mark.name.lower() in words("sides") or mark.name.lower() in {"me", "us", "them"}
    return (mark.name, mark.rest) if side or is_name(mark.name) else None


def _last_call(read: Sequence[Sentence]) -> int:
    """Return where the last call begins: with a greeting, right after a farewell."""
    begins = 0
    for place, (before, one) in enumerate(pairwise(read), start=1):
        if not _GREETING.match(one.text) or len(read) - place < _LEAST_AFTER:
            continue
        if _FAREWELL.search(before.text) or _FAREWELL.search(read[max(0, place - 2)].text):
            begins = place
    return begins


def _turns(read: Sequence[Sentence]) -> list[Sentence]:
    turn, told = -1, ""
    placed = []
    for place, sentence in enumerate(read):
        if turn < 0 or sentence.speaker != told or not sentence.speaker:
            turn += 1
        told = sentence.speaker
        placed.append(replace(sentence, turn=turn, place=place))
    return placed
