"""The word lists of `words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

List = Literal["goes_on", "may_end", "measures", "starters", "sides", "labels", "roles", "sections"]


@cache
def words(name: List) -> frozenset[str]:
    """Return a list of words, all in lower case."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "words.toml").read_text("utf-8"))
