"""The word lists of `words.toml`, as patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.text.words import stem


def pattern(name: str, *, whole: bool = False, cased: bool = False) -> re.Pattern[str]:
    """Return a list, named as `table.list`, as one pattern; `whole` matches whole words only."""
    joined = "|".join(_spelled(name))
    flags = re.NOFLAG if cased else re.IGNORECASE
    return re.compile(rf"\b(?:{joined})\b" if whole else joined, flags)


def patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Return a list as a pattern for each of its entries, in order."""
    return tuple(re.compile(spelled, re.IGNORECASE) for spelled in _spelled(name))


def word_set(name: str) -> frozenset[str]:
    """Return the words of a list, each by itself."""
    return frozenset(word for entry in _spelled(name) for word in entry.split())


def stem_set(name: str) -> frozenset[str]:
    """Return the stems of the words of a list."""
    return frozenset(stem(word) for word in word_set(name))


def _spelled(name: str) -> tuple[str, ...]:
    table, _, listed = name.partition(".")
    return tuple(_filled(entry) for entry in _lists()[table][listed])


def _filled(entry: str) -> str:
    """Return an entry with its slots filled; a slot may hold slots that stand above it."""
    for slot, meaning in reversed(list(_lists()["slots"].items())):
        entry = entry.replace(f"{{{slot}}}", str(meaning))
    return entry


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    content = files("assistant.outcome").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
