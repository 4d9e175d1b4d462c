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
    kinds: Mapping[FactKind, tuple[tuple[float, re.Pattern[str]], ...]]  # in the file's order
    words: Mapping[str, re.Pattern[str]]  # by "table.name"
    each: Mapping[str, tuple[re.Pattern[str], ...]]  # by "table.name"


@cache
def _cues() -> _Cues:
    text = files("assistant.research").joinpath("cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    known: tuple[FactKind, ...] = get_args(FactKind)
    order = list(tables)
    kinds = {
        kind: tuple(
            (weight, _any_of([word]))
            for name, weight in _WEIGHTS.items()
            for word in tables[kind][name]
        )
        for kind in sorted(set(known) & set(order), key=order.index)
    }
    rest = {
        f"{table}.{name}": words
        for table, names in tables.items()
        if table not in kinds
        for name, words in names.items()
    }
    return _Cues(
        kinds=kinds,
        words={name: _any_of(words) for name, words in rest.items()},
        each={name: tuple(_any_of([word]) for word in words) for name, words in rest.items()},
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    spelled = "|".join(words)
    for slot, meaning in _SLOTS.items():
        spelled = spelled.replace(slot, meaning)
    return re.compile(rf"(?<![\w'])(?:{spelled})", re.IGNORECASE)


@lru_cache(maxsize=16384)
def score(text: str, kind: FactKind) -> float:
    """Return how strongly a line's words speak for a kind; 0 where nothing does."""
    words = plain(text)
    return sum(weight for weight, cue in _cues().kinds.get(kind, ()) if cue.search(words))


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
    return bool(_cues().words[words].search(plain(text)))


def begins(text: str, words: str) -> bool:
    """Tell whether a text begins with one of the words of a list."""
    return bool(_cues().words[words].match(plain(text)))


def is_one_of(text: str, words: str) -> bool:
    """Tell whether a text is one of the words of a list and nothing else, its marks aside."""
    return bool(_cues().words[words].fullmatch(plain(text).strip(" .,:;!?-#*\"'")))


def count(text: str, words: str) -> int:
    """Return how many different words of a list a text holds."""
    view = plain(text)
    return sum(bool(word.search(view)) for word in _cues().each[words])


def without(text: str, words: str) -> str:
    """Return the text with the words of a list taken out."""
    return _cues().words[words].sub(" ", plain(text))


def pattern(words: str, *, otherwise: str) -> str:
    """Return a list as the source of a regular expression, `otherwise` where there is no list."""
    known = _cues().words.get(words)
    return known.pattern if known else otherwise


def is_negated(text: str, position: int) -> bool:
    """Tell whether the word at `position` is denied by one of the three words before it."""
    return bool(_NEGATION.search(plain(text)[:position]))
