"""What kind of statement a line is, how much it weighs, and whether it is for our eyes only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from assistant.dossier import FactKind

_WEIGHTS = {"strong": 2.5, "clear": 2.0, "weak": 1.0}
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?"
    r"|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_DAY = rf"(?:{_MONTH}\.?\s+\w|\d{{1,2}}\.?\s*{_MONTH}|(?:the )?end of|Q[1-4]\b|\d{{1,2}}/\d{{1,2}})"
_NEGATION = re.compile(
    r"\b(?:no|not|without|never|none|zero|kein\w*|ohne|don'?t|doesn'?t)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)

Kinds = Mapping[FactKind, tuple[tuple[float, re.Pattern[str]], ...]]
Privacy = Literal["line", "heading", "opens", "closes"]


@dataclass(frozen=True)
class _Cues:
    kinds: Kinds
    internal: Mapping[Privacy, re.Pattern[str]]


@cache
def _cues() -> _Cues:
    text = files("assistant.research").joinpath("cues.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    internal = {name: _any_of(words) for name, words in tables.pop("internal").items()}
    kinds = {
        kind: tuple((_WEIGHTS[name], _any_of([word])) for name in _WEIGHTS for word in table[name])
        for kind, table in tables.items()
    }
    return _Cues(kinds=kinds, internal=internal)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    spelled = "|".join(w.replace("{month}", _MONTH).replace("{day}", _DAY) for w in words)
    return re.compile(rf"(?<!\w)(?:{spelled})", re.IGNORECASE)


def score(text: str, kind: FactKind) -> float:
    """Return how strongly a line's words speak for a kind; 0 where nothing does."""
    return sum(weight for weight, cue in _cues().kinds.get(kind, ()) if cue.search(text))


def kind_of(text: str) -> FactKind:
    """Return the kind that a line's words speak for most, `other` where nothing does."""
    scores = {kind: score(text, kind) for kind in _cues().kinds}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] > 0 else "other"


def is_private(text: str, where: Privacy = "line") -> bool:
    """Tell whether a line (a heading, the opening of a private stretch) is for our eyes only."""
    return bool(_cues().internal[where].search(text))


def is_negated(text: str, position: int) -> bool:
    """Tell whether the word at `position` is denied by one of the three words before it."""
    return bool(_NEGATION.search(text[:position]))
