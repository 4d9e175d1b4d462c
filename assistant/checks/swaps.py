"""Swaps: a figure stands beside the words that it stands beside in the evidence.

Two figures of one kind are found exchanged only where the words around both speak for it, and a
single one only where nothing around it speaks for it: a free paraphrase passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from assistant.checks.cited import Cited
from assistant.evidence import Evidence
from assistant.text import Quantity, content, quantities
from assistant.text.words import blotted, plain

# Where one thing said ends and the next begins; a comma inside a number is followed by a digit.
_CUT = re.compile(
    r"[,;:.!?)](?=\s|$)|[(\n]|\s-\s|\b(?:and|but|while|whereas|though|although|against|than|versus|vs"
    r"|when|where|or|compared|instead|then|though)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r"[,;:(\n]|\b(?:and|or|but|while)\b", re.IGNORECASE)
_LEAST_OTHER = 2  # words that speak for another figure before a lone one is taken to be misplaced
_FROM_TO = re.compile(
    r"\bfrom\s+(?:[^\W\d_]+\s+){0,2}[$€£]?$|\b(?P<to>to|towards)\s+(?:[^\W\d_]+\s+){0,2}[$€£]?$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:today|now|currently|at present|was|were|used to|still|last|so far)\b", re.IGNORECASE
)
_LETTER = re.compile(r"(?<=\w )[A-Z]\b")  # "gate A" and "gate B" differ in this alone
_AIM = re.compile(r"\b(?:goals?|targets?|aims?|wants?|wanted|must|should|plan)\b", re.IGNORECASE)
_NEAR = 24  # characters before a figure in which "from" is looked for


@dataclass(frozen=True)
class _Placed:
    """A figure, the stems of the words in its clause, and which end of a change it is."""

    quantity: Quantity
    text: str
    about: frozenset[str]  # and the figures of other kinds
    alone: bool  # whether its own clause says too little to place it
    starts: bool  # a change goes out from it
    ends: bool  # or arrives at it


def swapped_figures(text: str, known: Cited, _: Evidence) -> Iterator[str]:
    """Yield each pair of figures that changed places, and each figure said of another's matter."""
    said = [p for p in _placed(text) if p.quantity.ends is None]
    held = [p for cited in known.texts for p in _placed(cited)]
    paired: set[int] = set()
    for one, two in combinations(said, 2):
        if _may_swap(one, two) and _are_swapped(one, two, held):
            paired |= {one.quantity.start, two.quantity.start}
            yield f"{one.quantity.text} and {two.quantity.text} change places in {known.shown}"
    for one in said:
        if one.quantity.start not in paired and (other := _misplaced(one, held, said)):
            yield f"{one.quantity.text}: {known.shown} says {other.quantity.text} of this"


def _may_swap(one: _Placed, two: _Placed) -> bool:
    return _alike(one, two) and one.quantity.value != two.quantity.value


def _alike(one: _Placed, two: _Placed) -> bool:
    """Tell whether two figures are of one kind; a bare one behind another has its unit."""
    first, second = one.quantity, two.quantity
    bare = second.kind == "count" and not second.nouns
    return bare or (first.kind, first.unit) == (second.kind, second.unit)


def _are_swapped(one: _Placed, two: _Placed, held: Sequence[_Placed]) -> bool:
    """Tell whether every pair of the evidence with these figures has them the other way round.

    Where a figure stands several times, the places with too few words to tell do not count.
    """
    pairs = [
        (mine, other)
        for mine, other in product(_same(one, held), _same(two, held))
        if mine is not other
    ]
    telling = [(mine, other) for mine, other in pairs if not (mine.alone or other.alone)]
    return bool(pairs) and all(
        _crossed(one, two, mine, other)
        or _reversed(one, two, mine, other)
        or _reversed(two, one, other, mine)
        or _turned(one, two, mine, other)
        for mine, other in telling or pairs
    )


def _same(said: _Placed, held: Sequence[_Placed]) -> list[_Placed]:
    return [h for h in held if _is_figure(said.quantity, h.quantity)]


def _is_figure(said: Quantity, known: Quantity) -> bool:
    bare = any(q.kind == "count" and not q.nouns for q in (said, known))
    if bare and known.number == said.number:
        return True
    same = bool(set(said.values) & set(known.values))
    return same and (said.kind, said.unit) == (known.kind, known.unit)


def _crossed(one: _Placed, two: _Placed, mine: _Placed, other: _Placed) -> bool:
    own_one, cross_one = _votes(one, mine, other)
    own_two, cross_two = _votes(two, other, mine)
    if not (cross_one and cross_two):
        return False
    return cross_one + cross_two >= 2 * (own_one + own_two)


def _votes(said: _Placed, mine: _Placed, other: _Placed) -> tuple[int, int]:
    """Return how many words speak for the figure's own place, and how many for the other's."""
    return (
        len(said.about & (mine.about - other.about)),
        len(said.about & (other.about - mine.about)),
    )


def _reversed(one: _Placed, two: _Placed, mine: _Placed, other: _Placed) -> bool:
    return (
        one.starts and two.ends and mine.ends and other.starts and not (mine.starts or other.ends)
    )


def _turned(one: _Placed, two: _Placed, mine: _Placed, other: _Placed) -> bool:
    """Tell whether two figures stand round the same words in the other order: "19 of 48"."""
    here, there = _between(one, two), _between(other, mine)
    return bool(here) and here == there


def _between(one: _Placed, two: _Placed) -> str:
    """Return the words between two figures, "" where there are none or they join equals."""
    if one.text != two.text or one.quantity.end > two.quantity.start:
        return ""
    words_between = one.text[one.quantity.end : two.quantity.start]
    return "" if _JOINS.search(words_between) else " ".join(words_between.casefold().split())


def _misplaced(said: _Placed, held: Sequence[_Placed], beside: Sequence[_Placed]) -> _Placed | None:
    """Return the figure of the evidence of which all is said that is said of this one."""
    mine = _same(said, held)
    if not mine or any(own.alone for own in mine):
        return None
    others = (
        h
        for h in held
        if _same_kind(said, h) and not any(_is_figure(b.quantity, h.quantity) for b in beside)
    )
    return next((other for other in others if _belongs(said, mine, other)), None)


def _same_kind(one: _Placed, two: _Placed) -> bool:
    return (one.quantity.kind, one.quantity.unit) == (two.quantity.kind, two.quantity.unit)


def _belongs(said: _Placed, mine: Sequence[_Placed], other: _Placed) -> bool:
    votes = (_votes(said, own, other) for own in mine)
    return all(not own and cross >= _LEAST_OTHER for own, cross in votes)


@lru_cache(maxsize=8192)
def _placed(text: str) -> tuple[_Placed, ...]:
    view, read = plain(text), quantities(text)
    bare = blotted(view, [(q.start, q.end) for q in read], "_")
    bare = bare.replace("_", " ")
    cuts = (0, *(m.end() for m in _CUT.finditer(bare)), len(bare))
    return tuple(_place(q, view, bare, cuts, read) for q in read)


def _place(
    quantity: Quantity, view: str, bare: str, cuts: Sequence[int], read: Sequence[Quantity]
) -> _Placed:
    begin = max(i for i, cut in enumerate(cuts) if cut <= quantity.start)
    end = next(cut for cut in cuts if cut >= quantity.end)
    own = bare[cuts[begin] : end]
    clause = _wider(bare, cuts[: begin + 1], end)
    alone = len(content(own)) < _LEAST_OTHER
    others = (
        f"{q.value.normalize()} {q.kind}"
        for q in read
        if cuts[begin] <= q.start < end and q.kind != quantity.kind
    )
    about = frozenset((*content(clause), *_LETTER.findall(clause), *others))
    return _Placed(quantity, view, about, alone, *_change(own, view, quantity))


def _wider(bare: str, cuts: Sequence[int], end: int) -> str:
    """Return a clause, with those before it where it says nothing by itself."""
    begin = next((cut for cut in reversed(cuts) if content(bare[cut:end])), 0)
    return bare[begin:end]


def _change(clause: str, view: str, quantity: Quantity) -> tuple[bool, bool]:
    """Tell whether a figure is where a change goes out from, and whether it is where it ends."""
    before = _FROM_TO.search(view[max(0, quantity.start - _NEAR) : quantity.start])
    if before:
        return before["to"] is None, before["to"] is not None
    aimed = _AIM.search(clause) is not None or quantity.bound < 0
    return (not aimed and _NOW.search(clause) is not None), aimed
