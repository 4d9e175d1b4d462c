"""Extremes: all, every, always, never and the biggest are in the cited evidence, of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.asserted import asks
from assistant.checks.cited import Cited, missing
from assistant.evidence import Evidence
from assistant.text import content, plain, rate_of, sentences, stem, word_list, words

_ALL = re.compile(
    r"""
    \b(?:
      (?<!not\ )(?<!\bat\ )(?<!after\ )(?<!above\ )(?<!first\ of\ )(?<!\bin\ )all\b
        (?!\s+(?:day|night|week|year|month|along|right|set|ready|in\ all|over|about|two|three|four
        |five|six|seven|eight|nine|ten|\d+|that|this|of\ (?:this|that|it|them|us|you)|those
        |these)\b)
      | (?<!not\ )every(?!\s+(?:other|second|third|now|few|\d)\b)
      | (?<!not\ )(?:everyone|everybody|everything|everywhere)
      | (?<!not\ )(?:always|invariably|without\ exception|every\ time|constantly)
      | never|not\ once|nowhere
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# What in the evidence may be told as one of these.
_ALL_HELD = re.compile(
    r"\b(?:all|every\w*|each|any\w*|whole|entire|both|always|constantly|100 ?%|invariably|whenever"
    r"|per|only|alle|jede\w*|immer)\b",
    re.IGNORECASE,
)
_NEVER_HELD = re.compile(
    r"\b(?:never|nobody|no one|none|nothing|no|not once|ever|any\w*|nowhere|nie|niemand"
    r"|keine?\w*)\b",
    re.IGNORECASE,
)
_NEARLY = re.compile(
    r"\b(?:nearly|almost|virtually|practically|just about|not quite|fast|nahezu|beinahe)\s+$",
    re.IGNORECASE,
)
# A line in German shares no words with what is said of it in English.
_FOREIGN = re.compile(r"alle|jede\w*|immer|nie|niemand|keine?\w*", re.IGNORECASE)
_NEVER = word_list("never nowhere not")
_PARTLY = re.compile(
    r"\b(?:some|most|many|few|several|half|part|often|usually|sometimes)\b", re.IGNORECASE
)
_OFTEN = re.compile(
    r"\b(?:often|usually|sometimes|mostly|frequently|rarely|seldom)\b", re.IGNORECASE
)
_AT_ALL_TIMES = frozenset(word_list("always constantly invariably immer"))
_MOST = re.compile(
    r"""
    \b(?P<most>(?:the|your|their|our|its|his|her|\w+'s)\s+(?:\w+\s+)?(?:most|least)\s+
        (?!of\b)(?P<adjective>[a-z]{3,}))\b
    | \b(?P<est>biggest|largest|greatest|smallest|highest|lowest|fastest|quickest|slowest|worst
        |best(?!-|\ practice)|busiest|cheapest|costliest|dearest|longest|shortest|hardest|toughest
        |easiest|strongest|weakest|oldest|newest|heaviest|tightest|simplest|safest|leanest|richest|poorest
        |number\ one|foremost)\b
    | \b(?P<de>best|größt|höchst|niedrigst|schnellst|langsamst|schlimmst|längst|kürzest|teuerst
        |wichtigst)e[nrsm]?\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_CLAIM = re.compile(
    r"\b(?:at|(?:do|doing|did|try|give)(?: (?:your|our|their|my))?)\s+$", re.IGNORECASE
)
_ALIKE = """
    big/larg/great/main/top/first/import/princip/chief/most small/least/fewest high/top/most
    low/least fast/quick cost/expens/dear easi/simpl hard/tough/difficult bad/worst good/best
"""
_GROUPS = tuple(frozenset(group.split("/")) for group in word_list(_ALIKE))
_IRREGULAR = {"worst": "bad", "best": "good", "number one": "big", "foremost": "big"}
_GERMAN = {
    "best": "good", "größt": "big", "höchst": "high", "niedrigst": "low", "schnellst": "fast",
    "langsamst": "slow", "schlimmst": "bad", "längst": "long", "kürzest": "short",
    "teuerst": "cost", "wichtigst": "import",
}  # fmt: skip
_TIMES = frozenset(
    word_list(
        """hour day night week month quarter year shift morning afternoon evening monday tuesday
        wednesday thursday friday saturday sunday noon season time"""
    )
)
_REACH = 3  # words before a thing in which its quantifier stands
_LEAST_SHARED = 2  # stems, for a line to say it of the same without naming what is behind it
_HEAD = 3  # words behind "every" in which what it is said of stands
_SUPPOSED = re.compile(
    r"\b(?:if|would|could|should|whether|so that|wants?|wanted)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class _Line:
    text: str
    stems: frozenset[str]


def unheld_extremes(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    """Yield each universal and each superlative that no line of the evidence has of the same.

    What is asked or supposed is free. "Every Monday" may be said for "on Mondays".
    """
    view = plain(text)
    lines = [line for cited in known.texts for line in _lines(cited)]
    for span in sentences(view):
        sentence = view[span.start : span.end]
        if asks(view, span.start):
            continue
        yield from (missing(f"“{said}”", known) for said in _universals(sentence, lines))
        yield from (missing(f"“{said}”", known) for said in _superlatives(sentence, lines))


@lru_cache(maxsize=8192)
def _lines(text: str) -> tuple[_Line, ...]:
    view = plain(text)
    return tuple(
        _Line(view[a:b], frozenset(map(stem, words(view[a:b])))) for a, b in sentences(view)
    )


def _universals(sentence: str, lines: list[_Line]) -> Iterator[str]:
    for match in _ALL.finditer(sentence):
        if _SUPPOSED.search(sentence[: match.start()]):
            continue
        held = _NEVER_HELD if _is_never(match.group()) else _ALL_HELD
        nearly = _NEARLY.search(sentence[: match.start()]) is not None
        head = content(" ".join(sentence[match.end() :].split()[:_HEAD]))
        whole = frozenset(content(sentence))
        is_said = any(_says_of(line, held, head, whole, nearly=nearly) for line in lines)
        if _only_partly(head, match.group(), whole, lines) or not (
            is_said or _is_each_time(head, lines)
        ):
            yield _shown(sentence, match)


def _is_never(word: str) -> bool:
    return word.casefold().split()[0] in _NEVER


def _says_of(
    line: _Line,
    held: re.Pattern[str],
    head: tuple[str, ...],
    whole: frozenset[str],
    *,
    nearly: bool,
) -> bool:
    """Tell whether a line says it of the same: of what stands behind it, or of the sentence's.

    What it says of nearly all may be told as nearly all only.
    """
    found = held.finditer(line.text)
    match = next((m for m in found if nearly or not _NEARLY.search(line.text[: m.start()])), None)
    if not match:
        return False
    foreign = _FOREIGN.fullmatch(match.group()) is not None
    enough = max(_LEAST_SHARED, len(whole) / 2)
    return not head or foreign or bool(line.stems & set(head)) or len(line.stems & whole) >= enough


def _only_partly(
    head: tuple[str, ...], said: str, whole: frozenset[str], lines: list[_Line]
) -> bool:
    """Tell whether the line that is retold has some, most or often where all or always is said."""
    if _is_never(said):
        return False
    line = max(lines, key=lambda one: len(one.stems & whole), default=None)
    if line is None or 2 * len(line.stems & whole) < len(whole):
        return False
    if said.casefold() in _AT_ALL_TIMES:
        return bool(_OFTEN.search(line.text)) and not _AT_ALL_TIMES & set(words(line.text))
    before = list(_quantifiers(line, head[0])) if head else []
    return any(_PARTLY.fullmatch(word) for word in before) and not any(
        _ALL_HELD.fullmatch(word) for word in before
    )


def _quantifiers(line: _Line, head: str) -> Iterator[str]:
    """Yield the words that stand one or two before a thing: "most of the carriers" and so on."""
    found = words(line.text)
    for i, word in enumerate(found):
        if stem(word) == head:
            yield from found[max(0, i - _REACH) : i]


def _is_each_time(head: tuple[str, ...], lines: list[_Line]) -> bool:
    """Tell whether "every Monday" stands for "on Mondays" and not for "most Mondays"."""
    times = [stem(word) for word in _TIMES if head and stem(word) == head[0]]
    return bool(times) and any(
        times[0] in {rate_of(w) for w in words(line.text)} and not _PARTLY.search(line.text)
        for line in lines
    )


def _superlatives(sentence: str, lines: list[_Line]) -> Iterator[str]:
    for match in _MOST.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _NO_CLAIM.search(before) or _SUPPOSED.search(before) or _is_of_time(after):
            continue
        quality = _quality(match)
        whole = frozenset(content(sentence)) - {stem(match.group())}
        if not any(_is_most(line, quality, whole) for line in lines):
            yield match.group()


def _is_of_time(after: str) -> bool:
    """Tell whether a superlative is of a time, as in "the busiest weeks of a year"."""
    found = words(after)[:1]
    return bool(found) and stem(found[0]) in {stem(word) for word in _TIMES}


def _quality(match: re.Match[str]) -> str:
    """Return the stem of the adjective that a superlative is of."""
    if match["adjective"]:
        return stem(match["adjective"])
    if match["de"]:
        return _GERMAN[match["de"].casefold()]
    word = match["est"].casefold()
    return _IRREGULAR.get(word) or _root(word)


def _root(word: str) -> str:
    bare = word.removesuffix("est")
    if bare.endswith("i"):
        bare = bare[:-1] + "y"
    if len(bare) > 2 and bare[-1] == bare[-2]:
        bare = bare[:-1]
    return stem(bare)


def _is_most(line: _Line, quality: str, whole: frozenset[str]) -> bool:
    """Tell whether a line has a superlative of the same quality, and a word of the sentence."""
    group = next((g for g in _GROUPS if quality in g), frozenset({quality}))
    found = list(_MOST.finditer(line.text))
    if any(m["de"] and _quality(m) in group for m in found):
        return True
    ranked = {_quality(m) for m in found} | _plain_tops(line)
    return bool(ranked & group and line.stems & whole)


def _plain_tops(line: _Line) -> frozenset[str]:
    """Return the words that rank without a superlative: main, top, first."""
    return line.stems & {"main", "top", "first", "princip", "chief", "most", "least", "fewest"}


def _shown(sentence: str, match: re.Match[str]) -> str:
    following = re.match(r"\s+[^\W\d_]+", sentence[match.end() :])
    return match.group() + (following.group() if following else "")
