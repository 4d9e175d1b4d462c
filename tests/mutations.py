"""Change exactly one thing in a sentence, the way a careless writer would.

It shares no code with the checks, so that it does not share their blind spots.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

MutantKind = Literal[
    "digit", "name", "date", "quote", "comparator", "unit", "swap", "speaker", "extreme", "pledge"
]

_MONTHS = [
    "January", "February", "March", "April", "June", "July", "August", "September", "October",
    "November", "December",
]  # fmt: skip
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_CALENDAR = re.compile(rf"\b(?:{'|'.join((*_MONTHS, *_DAYS))})\b")
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”')
_OTHER_WORDS = ("never", "seven", "fewer", "abroad", "gladly", "nowhere")
_STRANGERS = ("Quillon", "Brandt", "Ferreira", "Ostrander", "Zielinski", "Vantongeren", "Ashdown")


@dataclass(frozen=True)
class Mutant:
    """A sentence with one thing changed: `was` became `now` at `start`."""

    kind: MutantKind
    text: str
    was: str
    now: str
    start: int


def mutants(text: str, *, names: Sequence[str] = (), seed: int = 0) -> Iterator[Mutant]:
    """Yield the text with one digit, name, date or quoted word changed, each in turn.

    `names` are the ones to look for; a word of one becomes a stranger's. The same seed gives the
    same mutants.
    """
    chance = random.Random(f"{seed} {text}")  # noqa: S311  # repeatable, not secret
    yield from _digits(text, chance)
    yield from _names(text, names, chance)
    yield from _dates(text, chance)
    yield from _quotes(text, chance)


def _mutant(kind: MutantKind, text: str, start: int, was: str, now: str) -> Mutant:
    return Mutant(kind, text[:start] + now + text[start + len(was) :], was, now, start)


def _digits(text: str, chance: random.Random) -> Iterator[Mutant]:
    for match in re.finditer(r"\d", text):
        others = [d for d in "123456789" if d != match.group()]
        yield _mutant("digit", text, match.start(), match.group(), chance.choice(others))


def _names(text: str, names: Sequence[str], chance: random.Random) -> Iterator[Mutant]:
    for word in sorted({part for name in names for part in name.split()}):
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            yield _mutant("name", text, match.start(), word, chance.choice(_STRANGERS))


def _dates(text: str, chance: random.Random) -> Iterator[Mutant]:
    for match in _CALENDAR.finditer(text):
        alike = _MONTHS if match.group() in _MONTHS else _DAYS
        other = chance.choice([word for word in alike if word != match.group()])
        yield _mutant("date", text, match.start(), match.group(), other)


def _quotes(text: str, chance: random.Random) -> Iterator[Mutant]:
    for quote in _QUOTED.finditer(text):
        found = list(re.finditer(r"[^\W\d_]{3,}", quote.group()))
        for match in found if len(found) > 2 else []:
            now = chance.choice([word for word in _OTHER_WORDS if word != match.group()])
            yield _mutant("quote", text, quote.start() + match.start(), match.group(), now)


# --- relations: the same words and figures, and another meaning

_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?P<sign>[$€£])?(?P<digits>\d+(?:[.,]\d+)*)(?![\w:/-]|[.,]\d)"
    r"(?P<unit>\s?%| percent\b| (?:million|minutes|hours|days|weeks|months|years)\b"
    r"| (?!ends\b|costs\b|stands\b)(?:[a-z]+ )?(?!ends\b|costs\b|stands\b)[a-z]{2,}[a-rt-z]s\b)?"
)
_AFTER_NO_BOUND = re.compile(
    r"\b(?:within|between|to|from|or|by|than|least|most|over|under|below|above|about|around|nearly"
    r"|almost|roughly|some|up)\s(?:\w+\s)?$|[-–~]$",
    re.IGNORECASE,
)
_BOUNDS = {
    "more than": "less than", "less than": "more than", "at least": "at most",
    "at most": "at least", "up to": "at least", "over": "under", "under": "over",
    "below": "above", "above": "below", "nearly": "more than", "almost": "more than",
    "fewer than": "more than", "no more than": "no less than",
}  # fmt: skip
_BOUND = re.compile(
    rf"\b(?:{'|'.join(sorted(_BOUNDS, key=len, reverse=True))})(?=\s[$€£]?\d)", re.IGNORECASE
)
_ADDED = ("more than", "less than", "at least", "up to", "nearly", "about")
_LONGER = {
    "minutes": "hours", "hours": "days", "days": "weeks", "weeks": "months", "months": "years",
    "years": "months",
}  # fmt: skip
_OTHER_THINGS = ("forklifts", "printers", "invoices", "helmets", "brokers")
_SAID = re.compile(
    r"\b(?P<name>(?:Dr\. )?[A-Z]\w+(?: [A-Z]\w+)?)"
    r"(?=,? (?:you )?(?:said|told|says|warned|wrote)\b|: “)"
)
_PARTLY = re.compile(
    r"\b(?:some|many|most|several)(?= [a-z]+s\b)|\b(?:often|usually|sometimes)\b", re.IGNORECASE
)
_PLEDGES = ("at no extra cost", "and we guarantee it", "as you agreed", "with a discount")


def twisted(text: str, *, names: Sequence[str] = (), seed: int = 0) -> Iterator[Mutant]:
    """Yield the text with one relation changed, each in turn.

    A bound is added to a figure, dropped from it or turned round, a unit is changed, two figures of
    one kind change places, somebody else of `names` speaks, a part becomes all, or something is
    given away; never inside a quotation, whose words are held anyway. The same seed gives the same
    mutants.
    """
    chance = random.Random(f"{seed} {text}")  # noqa: S311  # repeatable, not secret
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for mutant in (*_bounds(text, chance), *_units(text, chance), *_swaps(text), *_extremes(text)):
        if not any(start <= mutant.start < end for start, end in quoted):
            yield mutant
    yield from _speakers(text, names, chance)
    yield from _pledges(text, chance)


def _bounds(text: str, chance: random.Random) -> Iterator[Mutant]:
    for match in _BOUND.finditer(text):
        yield _mutant(
            "comparator", text, match.start(), match.group(), _BOUNDS[match.group().lower()]
        )
        yield _mutant("comparator", text, match.start(), match.group() + " ", "")
    for match in _FIGURE.finditer(text):
        if (match["unit"] or match["sign"]) and not _AFTER_NO_BOUND.search(text[: match.start()]):
            now = f"{chance.choice(_ADDED)} {match.group()}"
            yield _mutant("comparator", text, match.start(), match.group(), now)


def _units(text: str, chance: random.Random) -> Iterator[Mutant]:
    for match in _FIGURE.finditer(text):
        unit = (match["unit"] or "").strip()
        if not unit or unit == "million":
            continue
        percent = unit in {"%", "percent"}
        now = " minutes" if percent else f" {_LONGER.get(unit) or chance.choice(_OTHER_THINGS)}"
        yield _mutant("unit", text, match.start("unit"), match["unit"], now)


def _swaps(text: str) -> Iterator[Mutant]:
    for sentence in re.finditer(r"[^.!?\n]+(?:\.\d[^.!?\n]*)*[.!?]?", text):
        found = list(_FIGURE.finditer(text, sentence.start(), sentence.end()))
        for i, one in enumerate(found):
            for two in found[i + 1 :]:
                if _same_kind(one, two) and one["digits"] != two["digits"]:
                    was = text[one.start("digits") : two.end("digits")]
                    between = text[one.end("digits") : two.start("digits")]
                    now = two["digits"] + between + one["digits"]
                    yield _mutant("swap", text, one.start("digits"), was, now)


def _same_kind(one: re.Match[str], two: re.Match[str]) -> bool:
    units = [(m["unit"] or "").strip() for m in (one, two)]
    known = [u if u in {"%", "percent", "million", *_LONGER} else bool(u) for u in units]
    return one["sign"] == two["sign"] and known[0] == known[1] and bool(known[0] or one["sign"])


def _speakers(text: str, names: Sequence[str], chance: random.Random) -> Iterator[Mutant]:
    people = [name for name in dict.fromkeys(names) if name[:1].isupper()]
    for match in _SAID.finditer(text):
        own = [name for name in people if match["name"].split()[-1] in name.split()]
        others = [
            name for name in people if not {*name.split()} & {p for o in own for p in o.split()}
        ]
        if own and others:
            yield _mutant("speaker", text, match.start(), match["name"], chance.choice(others))


def _extremes(text: str) -> Iterator[Mutant]:
    for match in _PARTLY.finditer(text):
        now = "always" if match.group().lower() in {"often", "usually", "sometimes"} else "all"
        yield _mutant("extreme", text, match.start(), match.group(), now)


def _pledges(text: str, chance: random.Random) -> Iterator[Mutant]:
    if text.endswith("."):
        yield _mutant("pledge", text, len(text) - 1, ".", f", {chance.choice(_PLEDGES)}.")
