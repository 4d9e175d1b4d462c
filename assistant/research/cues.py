"""The vocabulary of cues.toml: what kind of statement a line is, and whether it is for us only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from assistant.dossier import FactKind
from assistant.text.words import plain

_WEIGHTS = {"strong": 3.0, "clear": 2.0, "weak": 1.0}
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?"
    r"|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_DAY = (
    rf"(?:{_MONTH}\b\.?\s+\w|\d{{1,2}}\.?\s*{_MONTH}\b|(?:the )?end of|Q[1-4]\b|\d{{1,2}}/\d{{1,2}}"
    r"|(?:mon|tue|wed|thu|fri|mo|di|mi|do|fr)\w{0,6}\.? \d)"
)
_NUMBER = (
    r"(?:[$€£]?\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|\w+teen\b"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred)"
)
_SLOTS = {"{month}": _MONTH, "{day}": _DAY, "{number}": _NUMBER}
_NEGATION = re.compile(
    r"\b(?:no|not|without|never|none|zero|kein\w*|ohne|nicht|don't|doesn't|isn't|aren't)"
    r"[^\w,;:.]+(?:\w+[^\w,;:.]+){0,2}$",
    re.IGNORECASE,
)

Privacy = Literal["line", "anywhere", "heading", "opens", "closes"]


@dataclass(frozen=True)
class _Cues:
    kinds: Mapping[FactKind, tuple[tuple[float, str], ...]]  # weight and word, in the file's order
    lists: Mapping[str, tuple[str, ...]]  # by "table.name"


@cache
def _cues() -> _Cues:
    text = files("assistant.research").joinpath("cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    known: tuple[FactKind, ...] = get_args(FactKind)
    order = list(tables)
    return _Cues(
        kinds={
            kind: tuple(
                (weight, word) for name, weight in _WEIGHTS.items() for word in tables[kind][name]
            )
            for kind in sorted(set(known) & set(order), key=order.index)
        },
        lists={
            f"{table}.{name}": tuple(words)
            for table, names in tables.items()
            if table not in known
            for name, words in names.items()
        },
    )


# Patterns are made when first needed: a lookup needs few of them, and there are a thousand.


@cache
def _of_kind(kind: FactKind) -> tuple[re.Pattern[str], tuple[tuple[float, re.Pattern[str]], ...]]:
    """Return what tells that any word of a kind is there, and each word with its weight."""
    words = _cues().kinds.get(kind, ())
    return _any_of(word for _, word in words), tuple((w, _any_of([word])) for w, word in words)


@cache
def _words(name: str) -> re.Pattern[str]:
    return _any_of(_cues().lists[name])


@cache
def _each(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_any_of([word]) for word in _cues().lists[name])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    spelled = "|".join(words)
    for slot, meaning in _SLOTS.items():
        spelled = spelled.replace(slot, meaning)
    return re.compile(rf"(?<![\w'])(?:{spelled})", re.IGNORECASE)


@lru_cache(maxsize=16384)
def score(text: str, kind: FactKind) -> float:
    """Return how strongly a line's words speak for a kind; 0 where nothing does."""
    words = plain(text)
    any_of_them, each = _of_kind(kind)
    if not any_of_them.search(words):
        return 0
    return sum(weight for weight, cue in each if cue.search(words))


def kind_of(text: str) -> FactKind:
    """Return the kind that a line's words speak for most, `other` where nothing does."""
    best = max(_cues().kinds, key=lambda kind: score(text, kind))
    return best if score(text, best) > 0 else "other"


def is_private(text: str, where: Privacy = "line") -> bool:
    """Tell whether a line (a heading, the opening of a private stretch) is for our eyes only.

    `line` is for our own words, `anywhere` for those of anybody.
    """
    return holds(text, f"internal.{where}")


def holds(text: str, words: str) -> bool:
    """Tell whether a text holds one of the words of a list, named as `table.list`."""
    return bool(_words(words).search(plain(text)))


def begins(text: str, words: str) -> bool:
    """Tell whether a text begins with one of the words of a list."""
    return bool(_words(words).match(plain(text)))


def is_one_of(text: str, words: str) -> bool:
    """Tell whether a text is one of the words of a list and nothing else, its marks aside."""
    return bool(_words(words).fullmatch(plain(text).strip(" .,:;!?-#*\"'")))


def count(text: str, words: str) -> int:
    """Return how many different words of a list a text holds."""
    view = plain(text)
    return sum(bool(word.search(view)) for word in _each(words))


def without(text: str, words: str) -> str:
    """Return the text with the words of a list taken out."""
    return _words(words).sub(" ", plain(text))


def pattern(words: str, *, otherwise: str) -> str:
    """Return a list as the source of a regular expression, `otherwise` where there is no list."""
    return _words(words).pattern if words in _cues().lists else otherwise


def is_negated(text: str, position: int) -> bool:
    """Tell whether the word at `position` is denied by one of the three words before it."""
    return bool(_NEGATION.search(plain(text)[:position]))
