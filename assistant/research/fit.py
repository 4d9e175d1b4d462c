"""How well a prospect fits the ideal customer profile, by plain rules on the facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Literal

from assistant.brief import CriterionMet, Fit
from assistant.dossier import Fact
from assistant.knowledge.profile import Criterion, SellerProfile
from assistant.research import cues
from assistant.sources.companies import registered_in
from assistant.text.dates import dates
from assistant.text.quantities import Quantity, quantities
from assistant.text.words import is_common, plain, words

State = Literal["met", "missed"]
Judgement = tuple[State, tuple[str, ...]]  # and the ids of the facts it rests on

_DENIAL = re.compile(
    r"(?:no|not|none|nothing|never|without|do|don't|doesn't|does|has|kein\w*|ohne)\b", re.IGNORECASE
)
_DENIED_FIELD = re.compile(r"[^:]{2,24}:\s*(?:no|none|0|n/?a|kein\w*)\b", re.IGNORECASE)
_NO_STATE = frozenset({"priority", "promise", "concern"})  # what is wished or feared
_RATE = re.compile(r"(?P<field>.+?) (?:a|an|per) (?P<per>\w+)")
_BETWEEN = (  # a number and what is counted: "three Gulf Coast terminals"
    r"(?:(?!(?:and|or|for|with|in|at|on|to|from|by|the|is|are|und|für|mit|more|new|extra|additional"
    r"|other|weitere|neue)\b)[\w'/-]+\s+){0,3}?"
)
_OWN = r"(?:of (?:our|its|their|my) own\s+)?"
_ADDED = re.compile(
    r"\s+(?:more|additional|extra|new|other|weitere|neue|mehr|zusätzliche)\b", re.IGNORECASE
)
_ADDED_AFTER = re.compile(r"[\s,]+(?:more|extra|mehr|on top)\b", re.IGNORECASE)
_LABELLED = r"\s*[:=\s]\s*(?:~|ca\.?|approx\.?|about|rund|over)?\s*$"
_GERMAN = {
    "zwei": "2", "drei": "3", "vier": "4", "fünf": "5", "sechs": "6", "sieben": "7", "acht": "8",
    "neun": "9", "zehn": "10", "elf": "11", "zwölf": "12",
}  # fmt: skip
_GERMAN_NUMBER = re.compile(rf"\b(?:{'|'.join(_GERMAN)})\b", re.IGNORECASE)


_SITE = (
    r"(?i:plants?|sites?|terminals?|warehouses?|distribution cent(?:er|re)s?|DCs?|depots?|mill"
    r"|factory|factories|brewery|dairy|headquarters|HQ|office|\w*werke?n?|standorte?n?|\w*lager)"
)
_PLACE = r"(?P<place>[A-ZÄÖÜ][\w'-]{2,})"
_SITES_NAMED = (
    re.compile(rf"\b{_PLACE} {_SITE}\b"),  # "our Ogden distribution center"
    re.compile(  # "at two sites, in Soest and in Zwickau"; "3 plants: Macon, Dothan"
        rf"\b{_SITE}(?:\s*:|\b[^.:;]{{0,24}}?(?:\s*[:(]|\s(?i:in|at|near|bei)))\s+{_PLACE}"
    ),
    re.compile(rf"\b(?:[Ww]erk|[Ss]tandort|[Ll]ager) {_PLACE}"),
)


@dataclass(frozen=True)
class Figure:
    """A number that a fact gives for a field of the profile."""

    value: float
    fact: Fact


def assess_fit(profile: SellerProfile, facts: Sequence[Fact], *, account: str = "") -> Fit:
    """Judge each criterion and the whole; what no fact speaks of is unknown, never guessed.

    `account` is how the prospect is called, "" where unknown. The region of a company is also met
    by the form it is registered in, where each country that has the form is one of the profile's.

    A disqualifier is missed as well where a criterion that the profile calls its opposite is met.
    Where the region is unknown and facts name the sites, nobody asks where they are: `ask` is
    empty, and those facts are the evidence that leaves it unknown.
    """
    judged = [_judge(criterion, facts, account) for criterion in profile.icp]
    criteria = _with_opposites(profile, judged)
    required = [c for c in criteria if c.need == "required"]
    excluded = [c for c in criteria if c.need == "disqualifier" and c.state == "met"]
    if excluded or any(c.state == "missed" for c in required):
        return Fit(verdict="no", criteria=criteria)
    if required and all(c.state == "unknown" for c in required):
        return Fit(verdict="unknown", criteria=criteria)
    wished = [c for c in criteria if c.need != "disqualifier"]
    whole = all(c.state == "met" for c in required) and not any(c.state == "missed" for c in wished)
    return Fit(verdict="fits" if whole else "partial", criteria=criteria)


def _with_opposites(
    profile: SellerProfile, judged: Sequence[CriterionMet]
) -> tuple[CriterionMet, ...]:
    """Rule out the disqualifiers whose opposite is proven, by the facts that prove it."""
    proven = {
        c.id: j.evidence for c, j in zip(profile.icp, judged, strict=True) if j.state == "met"
    }

    def ruled(criterion: Criterion, judgement: CriterionMet) -> CriterionMet:
        proofs = [proven[o] for o in criterion.ruled_out_by if o in proven]
        if judgement.state != "unknown" or not proofs:
            return judgement
        return judgement.model_copy(update={"state": "missed", "evidence": proofs[0]})

    return tuple(ruled(c, j) for c, j in zip(profile.icp, judged, strict=True))


def _judge(criterion: Criterion, facts: Sequence[Fact], account: str) -> CriterionMet:
    bounded = criterion.min is not None or criterion.max is not None
    judgements = _by_number(criterion, facts) if bounded else _by_words(criterion, facts)
    for state, evidence in chain(judgements, _by_form(criterion, facts, account)):
        return CriterionMet(
            name=criterion.name,
            need=criterion.need,
            state=state,
            evidence=evidence,
            ask=criterion.ask,
        )
    sites = sites_named(facts) if criterion.field == "region" else ()
    return CriterionMet(
        name=criterion.name,
        need=criterion.need,
        state="unknown",
        evidence=sites[:3],
        ask="" if sites else criterion.ask,
    )


def sites_named(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the ids of the facts that name where a site of theirs is: `the Millbrook plant`.

    Only what tells of the company: a new customer's brewery in a town is no site of theirs.
    """
    of_them = [fact for fact in facts if fact.voice != "internal" and fact.kind == "company"]
    return tuple(fact.id for fact in of_them if _names_site(plain(fact.quote)))


def _names_site(text: str) -> bool:
    found = (match["place"] for named in _SITES_NAMED for match in named.finditer(text))
    return any(not is_common(place) and not dates(place) for place in found)


def _by_number(criterion: Criterion, facts: Sequence[Fact]) -> Iterator[Judgement]:
    """Judge by the greatest number of each source: the others are parts of it.

    Where only a least number is asked for, one source that gives it is enough; else all must agree.
    """
    found = wholes(figures(criterion.field, facts))
    inside = [f for f in found if _within(criterion, f.value)]
    enough = bool(inside) and criterion.max is None
    if enough or (inside and len(inside) == len(found)):
        yield "met", tuple(dict.fromkeys(f.fact.id for f in inside))
    elif found and not inside:
        yield "missed", tuple(dict.fromkeys(f.fact.id for f in found))


def wholes(found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the greatest number of each source; one that another source calls a part is out."""
    greatest: dict[str, Figure] = {}
    for figure in found:
        known = greatest.get(figure.fact.source)
        if known is None or figure.value > known.value:
            greatest[figure.fact.source] = figure
    parts = {
        float(value)
        for whole in greatest.values()
        for quantity in quantities(whole.fact.quote)
        for value in quantity.values
        if value != whole.value
    }
    return tuple(f for f in greatest.values() if f.value not in parts)


def _by_form(criterion: Criterion, facts: Iterable[Fact], account: str) -> Iterator[Judgement]:
    """Judge the region by the form of the prospect's own company, never of another one."""
    own = words(account)
    if criterion.field != "region" or criterion.need == "disqualifier" or not own:
        return
    places = {value.casefold() for value in criterion.values}
    for fact in facts:
        countries = registered_in(fact.quote) if fact.voice != "internal" else ()
        is_theirs = words(fact.quote)[: len(own)] == own
        if countries and is_theirs and all(_is_among(country, places) for country in countries):
            yield "met", (fact.id,)
            return


def _is_among(country: Iterable[str], places: Collection[str]) -> bool:
    return "europe" in places or any(name.casefold() in places for name in country)


def _within(criterion: Criterion, value: float) -> bool:
    low = criterion.min if criterion.min is not None else float("-inf")
    high = criterion.max if criterion.max is not None else float("inf")
    return low <= value <= high


def _by_words(criterion: Criterion, facts: Sequence[Fact]) -> Iterator[Judgement]:
    said: list[str] = []
    denied: list[str] = []
    for fact in facts:
        if fact.voice == "internal":
            continue
        text = plain(fact.quote)
        small = text.lower()
        for value in criterion.values:
            if _first_letters(value) in small and (match := _loose(value).search(text)):
                is_no = not _DENIAL.match(value) and _is_denied(text, match.start())
                (denied if is_no else said).append(fact.id)
    if denied and (criterion.need == "required" or not said):
        yield "missed", tuple(dict.fromkeys(denied))
    elif said:
        yield "met", tuple(dict.fromkeys(said))[:3]


@lru_cache(maxsize=1024)
def _first_letters(value: str) -> str:
    """Return letters that every text with this value holds in small; quicker than its pattern."""
    return re.split(r"[\s-]", plain(value).strip().lower(), maxsplit=1)[0].removesuffix("s")


@lru_cache(maxsize=1024)
def _loose(value: str) -> re.Pattern[str]:
    """Let white space be any, hyphens be spaces, and a last s come or go."""
    words = [re.escape(word) for word in re.split(r"[\s-]+", plain(value).strip())]
    spelled = r"[\s-]+".join(words).removesuffix("s") + "s?"
    return re.compile(rf"(?<!\w){spelled}(?!\w)", re.IGNORECASE)


def _is_denied(text: str, position: int) -> bool:
    return bool(_DENIED_FIELD.match(text)) or cues.is_negated(text, position)


def figures(field: str, facts: Iterable[Fact]) -> tuple[Figure, ...]:
    """Return every number that the facts give for a field of the profile, in reading order.

    A number counts right before the field's words (`about 2,400 people`) or right behind them as
    a label (`Empl: 1,850`); of a rate (`trucks a day`) it must be one. What is to come on top
    (`60 more trucks a day`) and what our own remarks say is no figure of theirs.
    """
    rate = _RATE.fullmatch(field)
    words = cues.pattern(f"field.{rate['field'] if rate else field}", otherwise=re.escape(field))
    per = rate["per"] if rate else ""
    found = [
        Figure(value, fact)
        for fact in facts
        if fact.voice != "internal" and fact.kind not in _NO_STATE
        if per or fact.kind != "challenge"  # "40 people left us"
        for value in _values(plain(fact.quote), words, per)
    ]
    return tuple(found)


def _values(text: str, words: str, per: str) -> Iterator[float]:
    text = _GERMAN_NUMBER.sub(lambda match: _GERMAN[match[0].lower()], text)
    counted = re.compile(rf"[\s-]{_OWN}{_BETWEEN}{words}\b", re.IGNORECASE)
    label = re.compile(rf"(?:^|[|;(])\W*{words}\b(?: (?:a|per) \w+)?{_LABELLED}", re.IGNORECASE)
    found = quantities(text)
    for quantity, following in zip_longest(found, found[1:]):
        if quantity.kind != "count":
            continue
        behind = text[quantity.end : following.start if following else None]
        follows = None if _ADDED.match(behind) else counted.match(behind)
        if follows:
            is_theirs = quantity.per == per or not per
            is_theirs = is_theirs and not _ADDED_AFTER.match(behind, follows.end())
        else:
            labelled = label.search(text[: quantity.start])
            is_theirs = labelled is not None and per in labelled[0].lower()
        if is_theirs:
            yield _whole(quantity)


def _whole(quantity: Quantity) -> float:
    """Return the reading that counts things: 1.450 is 1450 people."""
    whole = [value for value in quantity.values if value == value.to_integral_value()]
    return float((whole or quantity.values)[0])
