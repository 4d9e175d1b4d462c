"""Give and get: each side brings something and takes something, in fair measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from assistant.brief import Claim, Finding, GiveGet
from assistant.checks.wording import numbers, one_line, share, stems
from assistant.evidence import Evidence

_LEAST = 2  # lines on each of the four lists
_MOST_TIMES = 2  # how much more than the other one side may get
# Share of the shorter line's words that the longer holds where both say the same.
_SAME = 0.8
_NOTHING = re.compile(
    r"\W*(?:nothing|none|n/?a|t\.?b\.?[cd]\.?|unknown|nil|not applicable|to be \w+)?\W*",
    re.IGNORECASE,
)
_LISTS = {
    "seller_gives": "what we give",
    "seller_gets": "what we get",
    "customer_gives": "what the customer gives",
    "customer_gets": "what the customer gets",
}

_error = partial(Finding, check="balance", severity="error")


def check_balance(part: GiveGet, evidence: Evidence) -> tuple[Finding, ...]:  # noqa: ARG001 one shape for all checks
    """Find a side that gives or gets too little; two lines that say the same count once."""
    counted = {name: _different(getattr(part, name)) for name in _LISTS}
    repeated = (finding for name in _LISTS for finding in _repeated(getattr(part, name), name))
    return tuple(chain(repeated, _both_ways(part), _enough(counted), _fair(counted)))


def _repeated(claims: Sequence[Claim], name: str) -> Iterator[Finding]:
    for i, claim in enumerate(claims):
        where = f"give_get.{name}[{i}]"
        if _NOTHING.fullmatch(one_line(claim.text)):
            yield _error(where=where, message="this line is empty: name a thing, or leave it out")
        elif twin := _twin(claim, claims[:i]):
            yield _error(
                where=where, message=f"“{claim.text}” is the same as “{twin.text}”: name another"
            )


def _both_ways(part: GiveGet) -> Iterator[Finding]:
    """Find what a side gives away and gets at once: it does not change hands."""
    for side, whom in (("seller", "we"), ("customer", "the customer")):
        gives: tuple[Claim, ...] = getattr(part, f"{side}_gives")
        gets: tuple[Claim, ...] = getattr(part, f"{side}_gets")
        for i, claim in enumerate(gets):
            if stems(claim.text) and _twin(claim, gives):
                verbs = "give and get" if side == "seller" else "gives and gets"
                yield _error(
                    where=f"give_get.{side}_gets[{i}]",
                    message=f"{whom} {verbs} “{claim.text}”: it is one or the other",
                )


def _enough(counted: dict[str, int]) -> Iterator[Finding]:
    for name, label in _LISTS.items():
        if counted[name] < _LEAST:
            yield _error(
                where=f"give_get.{name}",
                message=f"{label} has {counted[name]} of at least {_LEAST} different lines",
            )


def _fair(counted: dict[str, int]) -> Iterator[Finding]:
    ours, theirs = counted["seller_gets"], counted["customer_gets"]
    if ours > _MOST_TIMES * theirs:
        yield _error(
            where="give_get.seller_gets",
            message=f"we get {ours} things and the customer {theirs}: more than twice as many",
        )
    if theirs > _MOST_TIMES * ours:
        yield _error(
            where="give_get.customer_gets",
            message=f"the customer gets {theirs} things and we {ours}: more than twice as many",
        )


def _different(claims: Sequence[Claim]) -> int:
    return sum(
        not _NOTHING.fullmatch(one_line(claim.text)) and _twin(claim, claims[:i]) is None
        for i, claim in enumerate(claims)
    )


def _twin(claim: Claim, others: Sequence[Claim]) -> Claim | None:
    return next((other for other in others if _says_the_same(claim.text, other.text)), None)


def _says_the_same(one: str, other: str) -> bool:
    shorter, longer = sorted((stems(one), stems(other)), key=len)
    if not shorter:
        return one_line(one).casefold() == one_line(other).casefold()
    return numbers(one) == numbers(other) and share(shorter, longer) >= _same_from(
        len(shorter), len(longer)
    )


def _same_from(shorter: int, longer: int) -> float:
    """Ask for every word where one line is much longer: it may add what makes it another."""
    return _SAME if longer <= shorter + 1 else 1.0
