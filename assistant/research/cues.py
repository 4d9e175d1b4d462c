"""The vocabulary of cues.toml: what kind of statement a line is, and whether it is for us only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
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
    rf"(?:{_MONTH}\b\.?\s+\w|\d{{1,2}}\.?\s*{_MONTH}\b|(?:the )?end of|[qQ][1-4]\b"
    r"|\d{1,2}/\d{1,2}|(?:mon|tue|wed|thu|fri|mo|di|mi|do|fr)\w{0,6}\.? \d)"
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


_GROUP = re.compile(r"\([^()]*\)")
_NO_LETTER = re.compile(r"\[[^]]*\]|.?\{[^}]*\}|.[*?]|[.^$+\0]")


@dataclass(frozen=True)
class _Word:
    """One regular expression, compiled only where its plain letters stand in a text."""

    spelled: str
    weight: float

    @cached_property
    def _letters(self) -> str:
        """The longest run of small letters that every match holds."""
        outside = re.sub(r"\\.", "\0", self.spelled)
        while _GROUP.search(outside):
            outside = _GROUP.sub("\0", outside)
        runs = [] if "|" in outside else _NO_LETTER.sub("\n", outside).lower().split("\n")
        return max(runs, key=len, default="")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        flags = re.NOFLAG if _is_small(self.spelled) else re.IGNORECASE
        return re.compile(_any_of((self.spelled,)), flags)

    def stands_in(self, view: str, small: str) -> bool:
        """Tell whether a text holds the word, given with plain marks and in small letters."""
        if self._letters not in small:
            return False
        return bool(self._pattern.search(small if _is_small(self.spelled) else view))


@dataclass(frozen=True)
class _Sought:
    """Words that are looked for all at once, and only where one of them stands one by one."""

    words: tuple[tuple[str, float], ...]  # regular expressions and what each weighs

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Each of the words, in any case."""
        return re.compile(_any_of(word for word, _ in self.words), re.IGNORECASE)

    @cached_property
    def _small(self) -> re.Pattern[str] | None:
        """The words that are spelled without capitals: in small text they are found faster."""
        return _compiled(word for word, _ in self.words if _is_small(word))

    @cached_property
    def _mixed(self) -> re.Pattern[str] | None:
        return _compiled((w for w, _ in self.words if not _is_small(w)), re.IGNORECASE)

    @cached_property
    def _each(self) -> tuple[_Word, ...]:
        return tuple(_Word(word, weight) for word, weight in self.words)

    def stands_in(self, text: str) -> bool:
        """Tell whether a text holds one of the words."""
        view, small = _views(text)
        return bool(self._small and self._small.search(small)) or bool(
            self._mixed and self._mixed.search(view)
        )

    def weigh(self, text: str) -> float:
        """Return the weight of the words that a text holds, each counted once."""
        if not self.stands_in(text):
            return 0.0
        views = _views(text)
        return sum(word.weight for word in self._each if word.stands_in(*views))


def _compiled(words: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    listed = tuple(words)
    return re.compile(_any_of(listed), flags) if listed else None


def _any_of(words: Iterable[str]) -> str:
    spelled = "|".join(words)
    for slot, meaning in _SLOTS.items():
        spelled = spelled.replace(slot, meaning)
    return rf"(?<![\w'])(?:{spelled})"


def _is_small(word: str) -> bool:
    bare = re.sub(r"\\.", "", word)
    return bare == bare.lower()


@lru_cache(maxsize=64)
def _views(text: str) -> tuple[str, str]:
    """Return a text with plain marks, and the same in small letters."""
    view = plain(text)
    return view, view.lower()


@dataclass(frozen=True)
class _Cues:
    kinds: Mapping[FactKind, _Sought]  # in the file's order
    lists: Mapping[str, _Sought]  # by "table.name"


@cache
def _cues() -> _Cues:
    text = files("assistant.research").joinpath("cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    known: tuple[FactKind, ...] = get_args(FactKind)
    order = list(tables)
    kinds = {
        kind: _Sought(
            tuple(
                (word, weight) for name, weight in _WEIGHTS.items() for word in tables[kind][name]
            )
        )
        for kind in sorted(set(known) & set(order), key=order.index)
    }
    lists = {
        f"{table}.{name}": _Sought(tuple((word, 1.0) for word in words))
        for table, names in tables.items()
        if table not in kinds
        for name, words in names.items()
    }
    return _Cues(kinds, lists)


@lru_cache(maxsize=16384)
def score(text: str, kind: FactKind) -> float:
    """Return how strongly a line's words speak for a kind; 0 where nothing does."""
    sought = _cues().kinds.get(kind)
    return sought.weigh(text) if sought else 0.0


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
    return _cues().lists[words].stands_in(text)


def begins(text: str, words: str) -> bool:
    """Tell whether a text begins with one of the words of a list."""
    return bool(_cues().lists[words].pattern.match(plain(text)))


def is_one_of(text: str, words: str) -> bool:
    """Tell whether a text is one of the words of a list and nothing else, its marks aside."""
    return bool(_cues().lists[words].pattern.fullmatch(plain(text).strip(" .,:;!?-#*\"'")))


def count(text: str, words: str) -> int:
    """Return how many different words of a list a text holds."""
    return int(_cues().lists[words].weigh(text))


def without(text: str, words: str) -> str:
    """Return the text with the words of a list taken out."""
    return _cues().lists[words].pattern.sub(" ", plain(text))


def pattern(words: str, *, otherwise: str) -> str:
    """Return a list as the source of a regular expression, `otherwise` where there is no list."""
    known = _cues().lists.get(words)
    return known.pattern.pattern if known else otherwise


def is_negated(text: str, position: int) -> bool:
    """Tell whether the word at `position` is denied by one of the three words before it."""
    return bool(_NEGATION.search(plain(text)[:position]))
