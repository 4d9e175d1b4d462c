"""Where statements end: sentences, and the cuts of what is too long to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.sources.words import words

MAX_CHARS = 600  # of a passage
_BREATH = 160  # talk without punctuation is cut where it is longer
_QUOTE = 1_000  # characters; no dictated quotation is longer
_LEAST = 30  # and no piece of it is shorter

_STOP = re.compile(
    r"(?<![.!?…])(?P<mark>[.!?…]++|[؟।])[)\]\"'”’“»«›]*+(?=\s|$)|(?P<wide>[。！？]++)[」』”）\"]*+"
)
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«/]+$")
_DOTTED = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)+")  # like p.m
_SHORT_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_ORDINAL_NEXT = re.compile(
    r"\s+(?:jan|feb|mär|mar|apr|mai|may|juni?\b|juli?\b|jul|aug|sep|okt|oct|nov|dez|dec|quartal"
    r"|jahrhundert|stock|etage|kw\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\(?(?:[A-Za-z]{0,2}\d{1,3}(?:\.\d{1,3})*|[A-Za-z])[.)]")
_NEXT_WORD = re.compile(r"[\"'“„«(\[]*\s*(\w[\w'’]*)?")

_NEW_THOUGHT = re.compile(
    r"(?<!\bor)(?<!\bnot)(?<!\bis)(?<!\bare)(?<!\bthink)(?<!\bhope)(?<!\bever)\s"
    r"(?=(?:okay|ok|anyway|alright|oh|um|uh|uhm|so|and then|but|also gut|und dann|aber)\s)",
    re.IGNORECASE,
)
_PAUSES = (  # best first
    re.compile(r"(?<=;)\s"),
    re.compile(r"(?<=[,:])\s|\s[-–—]\s"),
    re.compile(
        r"\s(?=(?:and then|but|also|next|because|then|now|well|aber|und dann|dann|weil)\s)",
        re.IGNORECASE,
    ),
    re.compile(r"\s(?=(?:and|or|which|who|that|where|und|oder|dass)\s)", re.IGNORECASE),
    re.compile(r"\s"),
)


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


def statements(text: str) -> tuple[Span, ...]:
    """Return where each statement of a running text stands, each at most 600 characters long.

    Sentences are parted at their stops; the dots of abbreviations, initials, numbers, times and
    addresses are none. Talk without punctuation and sentences that are too long are cut where a
    speaker would breathe. Spans are in order, do not overlap, and leave out only white space.
    """
    return tuple(piece for sentence in _sentences(text) for piece in _breaths(text, sentence))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for stop in _STOP.finditer(text):
        if stop["wide"] or _ends(text, start, stop):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if stripped := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield Span(start, start + len(stripped))


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 40]
    if not following.strip():
        return True
    if stop.end() - start < 12 and _LABEL.fullmatch(text[start : stop.end()].strip()):
        return False
    next_word = _NEXT_WORD.match(following.lstrip())
    word = next_word[1] if next_word and next_word[1] else ""
    if stop["mark"] != ".":
        return _ends_loudly(text, stop, word, following.lstrip())
    before = _LAST_WORD.search(text[max(start, stop.start() - 40) : stop.start()])
    return _dot_ends(before[0] if before else "", word, following)


def _ends_loudly(text: str, stop: re.Match[str], word: str, following: str) -> bool:
    """Tell whether `?`, `!` or an ellipsis ends a sentence."""
    lowercase = word[:1].islower()
    if stop["mark"].startswith(("..", "…")):
        return bool(word) and not lowercase
    inside_a_quote = text[stop.end() - 1] not in "!?…."
    if not word:
        return following[:1] not in "|,;)]/–—-" if following else True
    return not (lowercase and inside_a_quote)


def _dot_ends(before: str, word: str, following: str) -> bool:
    known = before.lower().strip(".")
    first = following.lstrip()[:1]
    if known in words("goes_on") or (len(known) == 1 and known.isalpha() and not _starts(word)):
        return False
    if known in words("may_end") or _DOTTED.fullmatch(known):
        return _starts(word) or (not word and first in '"“„«')
    if _SHORT_NUMBER.fullmatch(known) and (word[:1].islower() or _ORDINAL_NEXT.match(following)):
        return False
    if known in words("measures") and not word[:1].isupper():
        return False
    if word[:1].islower():
        return len(known) >= 5 or not known[-1:].isalpha()
    return bool(word) or first in '~$€£#@"“„«([*'


def _starts(word: str) -> bool:
    return word[:1].isupper() and word.lower() in words("starters")


def _breaths(text: str, sentence: Span) -> Iterator[Span]:
    start, end = sentence
    if end - start > _BREATH and not re.search(r"[.!?,;:。、，]", text[start:end]):
        for thought in _NEW_THOUGHT.finditer(text, start, end):
            long_enough = min(thought.start() - start, end - thought.end()) >= _LEAST
            if long_enough and not _inside_a_quote(
                text[max(start, thought.start() - _QUOTE) : thought.start()]
            ):
                yield from _cut(text, start, thought.start())
                start = thought.end()
    yield from _cut(text, start, end)


def _inside_a_quote(said: str) -> bool:
    """Tell whether a dictated `quote` is still open: it closes with `unquote`."""
    marks = re.findall(r"\b(?:un)?quote\b", said, re.IGNORECASE)
    return bool(marks) and marks[-1].lower() == "quote"


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a stretch in pieces of the length allowed."""
    while end - start > MAX_CHARS:
        cut = _pause(text, start, start + MAX_CHARS)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _pause(text: str, start: int, latest: int) -> int:
    """Find the last good place to cut in what is allowed."""
    earliest = start + (latest - start) // 3
    for pause in _PAUSES:
        places = [match.start() for match in pause.finditer(text, earliest, latest)]
        if places:
            return places[-1]
    return latest
