"""Which side a speaker is on: by name where that is known, else by how they speak."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.dossier import Side
from assistant.outcome import phrases
from assistant.outcome.words import patterns, word_set
from assistant.text.words import plain

_OURS = word_set("sides.ours")
_THEIRS = word_set("sides.theirs")
_WEIGHTS = {"clear": 1.0, "fair": 0.7, "weak": 0.5, "faint": 0.3}
_SELLS = {patterns(f"sides.sells_{name}"): weight for name, weight in _WEIGHTS.items()}
_BUYS = {patterns(f"sides.buys_{name}"): _WEIGHTS[name] for name in ("clear", "faint")}
_SURE = 1.5  # lead from which a second speaker is taken for ours as well


@dataclass(frozen=True)
class Sides:
    """The side of each speaker; `guessed` are those who were placed by how they speak."""

    by_speaker: Mapping[str, Side]
    guessed: tuple[str, ...] = ()

    def of(self, speaker: str) -> Side:
        """Return a speaker's side, unknown for nobody."""
        return self.by_speaker.get(speaker, "unknown")

    def names(self, side: Side) -> tuple[str, ...]:
        """Return the speakers of a side in the order they spoke."""
        return tuple(name for name, of in self.by_speaker.items() if of == side and name)


def sides_of(
    said: Sequence[tuple[str, str]],
    *,
    company: str,
    ours: frozenset[str],
    theirs: frozenset[str],
) -> Sides:
    """Place each speaker of (speaker, sentence) pairs.

    One who is known by name, or marked as a side (*me*, *customer*), is on that side, and where one
    of ours is known everybody else is theirs. Where nobody is known, whoever most plainly speaks as
    a seller does is ours and the others are theirs; where nobody does, all stay unknown.
    """
    speakers = [name for name in dict.fromkeys(name for name, _ in said) if name]
    known = {name: side for name in speakers if (side := _known(name, company, ours, theirs))}
    rest = [name for name in speakers if name not in known]
    if "seller" in known.values():
        return Sides(known | dict.fromkeys(rest, "customer"))
    if not rest:
        return Sides(known)
    lead = {name: _lead([text for who, text in said if who == name]) for name in rest}
    placed = _placed(lead, alone=not known)
    return Sides(known | placed, tuple(name for name in placed if placed[name] != "unknown"))


def is_same_person(name: str, other: str) -> bool:
    """Tell whether a name, or a part of it, is another's: `dana` and `Dana Whitfield`."""
    one, two = name.lower().split(), other.lower().split()
    return one == two or (min(len(one), len(two)) == 1 and bool(set(one) & set(two)))


def _known(name: str, company: str, ours: Iterable[str], theirs: Iterable[str]) -> Side | None:
    low = name.lower()
    if low in _OURS or (company and company.lower() in low):
        return "seller"
    if low in _THEIRS:
        return "customer"
    if any(is_same_person(name, one) for one in ours):
        return "seller"
    return "customer" if any(is_same_person(name, one) for one in theirs) else None


def _lead(texts: Sequence[str]) -> float:
    """Return how much more like a seller than like a customer somebody speaks."""
    views = [plain(text).lower() for text in texts]
    judging = sum(bool(phrases.refuses(text) or phrases.praises(text)) for text in texts)
    return sum(_weight(view, _SELLS) - _weight(view, _BUYS) for view in views) - judging


def _weight(view: str, cues: Mapping[tuple[re.Pattern[str], ...], float]) -> float:
    return sum(
        weight * sum(bool(one.search(view)) for one in some) for some, weight in cues.items()
    )


def _placed(lead: Mapping[str, float], *, alone: bool) -> dict[str, Side]:
    most = max(lead, key=lambda name: lead[name])
    others = [value for name, value in lead.items() if name != most]
    if len(lead) == 1:
        side: Side = "seller" if lead[most] > 0 else "customer" if lead[most] < 0 else "unknown"
        return {most: side if alone or side == "seller" else "customer"}
    if lead[most] <= max(others):
        return dict.fromkeys(lead, "unknown")
    return {
        name: "seller" if name == most or value >= max(_SURE, lead[most] / 2) else "customer"
        for name, value in lead.items()
    }
