"""How well a card fits a prospect: role, industry, size and challenge, each said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.knowledge.card import Insight, Objection, Story
from assistant.roles import same_role

# What a fit adds to a relevance of 0..1. Small: it orders cards that answer, and makes none answer.
_INDUSTRY = 0.06
_CHALLENGE = 0.05
_ROLE = 0.04
_SIZE = 0.02
_OTHER_INDUSTRY = -0.08

# Words that industries share without being the same one.
_TOO_COMMON = frozenset(
    {"and", "the", "of", "for", "service", "services", "company", "companies", "group", "goods"}
    | {"industry", "industries", "product", "products", "supplier", "suppliers", "manufacturing"}
    | {"manufacturer", "distribution", "distributor", "retail", "wholesale"}
)
_GERMAN = {  # how a German name of an industry begins, and the word of ours for it
    "lebensmittel": "food",
    "nahrungsmittel": "food",
    "tiefkühl": "food",
    "getränke": "beverage",
    "brauerei": "beverage",
    "molkerei": "food",
    "chemie": "chemicals",
    "papier": "paper",
    "verpackung": "packaging",
    "baustoff": "building",
    "logistik": "logistics",
    "spedition": "logistics",
    "arzneimittel": "pharma",
    "hafen": "ports",
}
_LIKE = 5  # letters at the start of a word that make two words one: grocer, grocery


@dataclass(frozen=True)
class Prospect:
    """What is known of the other side; empty or None is unknown, and counts neither way."""

    industry: str = ""
    employees: int | None = None
    roles: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fit:
    """One thing that speaks for a card, or against it."""

    points: float
    reason: str


def fits(card: Insight | Story | Objection, prospect: Prospect) -> tuple[Fit, ...]:
    """Return what makes a card fit, weightiest first; the reasons hold no number."""
    return (
        *_industry(card, prospect),
        *_challenge(card, prospect),
        *_role(card, prospect),
        *_size(card, prospect),
    )


def _industry(card: Insight | Story | Objection, prospect: Prospect) -> Iterator[Fit]:
    if not prospect.industry or not card.industries:
        return
    for industry in card.industries:
        if same_industry(prospect.industry, industry):
            yield Fit(_INDUSTRY, f"industry: {industry}")
            return
    yield Fit(_OTHER_INDUSTRY, f"written for other industries: {', '.join(card.industries)}")


def same_industry(one: str, other: str) -> bool:
    """Tell whether two names of industries share a word that is not common to all of them."""
    return any(_alike(a, b) for a in _telling(one) for b in _telling(other))


def _telling(industry: str) -> set[str]:
    words = set(re.findall(r"\w+", industry.lower()))
    words |= {name for word in words for begin, name in _GERMAN.items() if word.startswith(begin)}
    return words - _TOO_COMMON


def _alike(one: str, other: str) -> bool:
    if len(one) < _LIKE or len(other) < _LIKE:
        return one.rstrip("s") == other.rstrip("s")
    return one[:_LIKE] == other[:_LIKE]


def _challenge(card: Insight | Story | Objection, prospect: Prospect) -> Iterator[Fit]:
    for challenge in card.challenges:
        if any(_names(text, challenge) for text in prospect.challenges):
            yield Fit(_CHALLENGE, f"challenge: {challenge}")
            return


@lru_cache(maxsize=4096)  # a few texts meet the same few challenges on hundreds of cards
def _names(text: str, challenge: str) -> bool:
    """Tell whether every word of a challenge stands in a text, in any form."""
    words = re.findall(r"\w+", text.lower())
    return all(
        any(_alike(word, wanted) for word in words) for wanted in re.findall(r"\w+", challenge)
    )


def _role(card: Insight | Story | Objection, prospect: Prospect) -> Iterator[Fit]:
    if role := shared_role(card, prospect):
        yield Fit(_ROLE, f"role: {role}")


def shared_role(card: Insight | Story | Objection, prospect: Prospect) -> str:
    """Return the first of the prospect's roles that a card is for, as they write it, else ""."""
    for role in prospect.roles:
        if any(_same_role(role, wanted) for wanted in card.roles):
            return role
    return ""


@lru_cache(maxsize=4096)  # a few roles meet the same few on hundreds of cards
def _same_role(role: str, wanted: str) -> bool:
    return same_role(role, wanted)


def _size(card: Insight | Story | Objection, prospect: Prospect) -> Iterator[Fit]:
    employees = prospect.employees
    if employees is not None and any(s.least <= employees <= s.most for s in card.sizes):
        yield Fit(_SIZE, "size: as many people as theirs")
