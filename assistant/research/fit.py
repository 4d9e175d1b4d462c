"""How well a prospect fits the ideal customer profile, by plain rules on the facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.brief import CriterionMet, Fit
from assistant.dossier import Fact
from assistant.knowledge.profile import Criterion, SellerProfile
from assistant.research import cues

State = Literal["met", "missed"]

_NUMBER = r"(?P<number>\d{1,3}(?:[.,  ]\d{3})+|\d+)(?P<kilo>\s?k\b)?"
_FIELD_WORDS = {
    "employees": r"(?:empl(?:oyees)?|employees|people|ppl|staff|fte|headcount|company size"
    r"|mitarbeiter\w*|mitarbeitende|colleagues)",
    "docks": r"(?:own docks|docks?|doors|dock doors|tore|rampen)",
    "sites": r"(?:sites?|plants|locations|terminals|distribution cent(?:er|re)s|dcs|standorte\w*)",
}
_DENIAL = re.compile(
    r"(?:no|not|none|nothing|never|without|do|don't|doesn't|does)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Figure:
    """A number that a fact gives for a field of the profile."""

    value: float
    fact: Fact


def assess_fit(profile: SellerProfile, facts: Sequence[Fact]) -> Fit:
    """Judge each criterion and the whole; what no fact speaks of is unknown, never guessed."""
    criteria = tuple(_judge(criterion, facts) for criterion in profile.icp)
    required = [c for c in criteria if c.need == "required"]
    excluded = [c for c in criteria if c.need == "disqualifier" and c.state == "met"]
    if excluded or any(c.state == "missed" for c in required):
        return Fit(verdict="no", criteria=criteria)
    if required and all(c.state == "unknown" for c in required):
        return Fit(verdict="unknown", criteria=criteria)
    wished = [c for c in criteria if c.need != "disqualifier"]
    whole = all(c.state == "met" for c in required) and not any(c.state == "missed" for c in wished)
    return Fit(verdict="fits" if whole else "partial", criteria=criteria)


def _judge(criterion: Criterion, facts: Sequence[Fact]) -> CriterionMet:
    bounded = criterion.min is not None or criterion.max is not None
    for state, evidence in _by_number(criterion, facts) if bounded else _by_words(criterion, facts):
        return CriterionMet(
            name=criterion.name,
            need=criterion.need,
            state=state,
            evidence=evidence,
            ask=criterion.ask,
        )
    return CriterionMet(
        name=criterion.name, need=criterion.need, state="unknown", ask=criterion.ask
    )


def _by_number(
    criterion: Criterion, facts: Sequence[Fact]
) -> Iterator[tuple[State, tuple[str, ...]]]:
    found = figures(criterion.field, facts)
    inside = [f for f in found if _within(criterion, f.value)]
    if inside and len(inside) == len(found):
        yield "met", tuple(dict.fromkeys(f.fact.id for f in inside))
    elif found and not inside:
        yield "missed", tuple(dict.fromkeys(f.fact.id for f in found))


def _within(criterion: Criterion, value: float) -> bool:
    low = criterion.min if criterion.min is not None else float("-inf")
    high = criterion.max if criterion.max is not None else float("inf")
    return low <= value <= high


def _by_words(
    criterion: Criterion, facts: Sequence[Fact]
) -> Iterator[tuple[State, tuple[str, ...]]]:
    said, denied = [], []
    for fact in facts:
        for value in criterion.values:
            if match := re.search(rf"(?<!\w){_loose(value)}(?!\w)", fact.quote, re.IGNORECASE):
                is_no = _is_denied(fact.quote, match.start()) and not _DENIAL.match(value)
                (denied if is_no else said).append(fact.id)
    if denied and (criterion.need == "required" or not said):
        yield "missed", tuple(dict.fromkeys(denied))
    elif said:
        yield "met", tuple(dict.fromkeys(said))[:3]


def _loose(value: str) -> str:
    """Let white space be any, hyphens be spaces, and a last s come or go."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", value.strip())]
    return r"[\s-]+".join(words).removesuffix("s") + "s?"


def _is_denied(text: str, position: int) -> bool:
    field = re.match(r"[^:]{2,24}:\s*(?:no|none|0|n/?a|kein\w*)\b", text, re.IGNORECASE)
    return bool(field) or cues.is_negated(text, position)


def figures(field: str, facts: Iterable[Fact]) -> tuple[Figure, ...]:
    """Return every number that the facts give for a field, in reading order.

    Only a number right beside the field's words counts: `Empl: 1,850`, `about 2,400 people`.
    A part of the whole (`410 of them at Millbrook`, `40 remote`) is not read as the whole.
    """
    words = _FIELD_WORDS.get(field, rf"(?:{re.escape(field.rstrip('s'))}s?)")
    finder = re.compile(
        rf"{_NUMBER}\s+{words}\b|\b{words}\s*[:=]?\s*(?:~|ca\.?|approx\.?|about|rund)?\s*"
        rf"{_NUMBER.replace('number', 'after').replace('kilo', 'thousands')}",
        re.IGNORECASE,
    )
    found = []
    for fact in facts:
        if fact.voice == "internal" or fact.kind not in {"company", "person", "other", "trigger"}:
            continue
        for match in finder.finditer(fact.quote):
            digits = match["number"] or match["after"]
            kilo = match["kilo"] or match["thousands"]
            value = float(re.sub(r"[^\d]", "", digits)) * (1000 if kilo else 1)
            found.append(Figure(value, fact))
    return tuple(found)
