"""Teach: an approved insight, tied to this prospect, that says more than they already believe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from assistant.brief import Finding, Teach, TeachPoint
from assistant.checks.wording import one_line, stems, without_quotations
from assistant.evidence import Evidence
from assistant.knowledge.card import Insight

# Words of the card that the prospect's own words do not hold: fewer, and nothing new is said.
_NEW_WORDS = 3
# Words that our sentence about them shares with the fact it cites: fewer, and it fits anybody.
_SHARED_WORDS = 1
_PITCH = re.compile(
    r"\b(?:our|we offer (?:a|an|the)|we (?:provide|sell|have) (?:a|an|the))\s+(?:\w+\s+){0,2}?"
    r"(?:products?|platforms?|solutions?|software|tools?|apps?|suite|offerings?|technology"
    r"|services?|modules?)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\b(?:as you (?:\w+ )?(?:know|said|say|told us|mentioned|noted|pointed out)|like you said"
    r"|you (?:already know|are (?:absolutely |quite )?right|rightly \w+)|we (?:fully )?agree)\b",
    re.IGNORECASE,
)
_CONTRASTS = re.compile(
    r"\b(?:but|yet|however|not|never|instead|rather|although|though|while|whereas|only|actually"
    r"|except|despite|less|fewer|more|most|other|different\w*|hardly|rarely|behind|before)\b|n't\b",
    re.IGNORECASE,
)
# What an insight denies: "follows dock variance, not carrier rates".
_DENIED = re.compile(r"\bnot (?:only |just |because of |about |in |by |on )?([^,.;:?]{4,40})")

_error = partial(Finding, check="teach", severity="error")


def check_teach(part: Teach, evidence: Evidence) -> tuple[Finding, ...]:
    """Find teach points that no insight backs, that fit anybody, that agree, or that sell."""
    each = (
        finding
        for i, point in enumerate(part.points)
        for finding in _one(point, f"teach.points[{i}]", evidence)
    )
    return tuple(chain(each, _twice(part)))


def _twice(part: Teach) -> Iterator[Finding]:
    for i, point in enumerate(part.points):
        if point.card in {other.card for other in part.points[:i]}:
            yield _error(
                where=f"teach.points[{i}].card",
                message=f"{point.card} is taught twice: take another card, or leave it out",
            )


def _one(point: TeachPoint, where: str, evidence: Evidence) -> Iterator[Finding]:
    card = evidence.cards.get(point.card)
    if not isinstance(card, Insight):
        yield _error(
            where=f"{where}.card",
            message=f"“{point.card}” is no approved insight: teach from one, or leave it out",
        )
        return
    yield from _dated(card, where, evidence)
    yield from _challenge(point, card, where, evidence)
    yield from _tied(point, where, evidence)
    yield from _no_product(point, where, evidence)
    if not one_line(point.ask).rstrip("\"')”’ ").endswith("?"):
        yield _error(where=f"{where}.ask", message="the point does not end in a question: ask one")


def _dated(card: Insight, where: str, evidence: Evidence) -> Iterator[Finding]:
    if all(source.date > evidence.today for source in card.sources):
        yield _error(
            where=f"{where}.card", message=f"no source of {card.id} has been published by today"
        )


def _challenge(
    point: TeachPoint, card: Insight, where: str, evidence: Evidence
) -> Iterator[Finding]:
    """Find a point that its card does not carry, or that only repeats what they said."""
    if card.id not in point.point.evidence:
        yield _error(
            where=f"{where}.point", message=f"the point does not cite {card.id}, which it is from"
        )
    taught = stems(card.title, card.claim, card.why_it_matters, card.evidence)
    said = stems(point.point.text)
    heard = stems(*_facts_cited(point, evidence))
    new = (said & taught) - heard
    if len(new) < min(_NEW_WORDS, len(taught - heard)):
        yield _error(
            where=f"{where}.point",
            message="the point says nothing that they do not already believe: bring the claim of "
            f"“{card.title}”",
        )
    elif _only_agrees(point.point.text):
        yield _error(
            where=f"{where}.point",
            message="the point agrees with them and stops there: say what they may not expect",
        )
    elif denied := _affirms_what_it_denies(point.point.text, card):
        yield _error(
            where=f"{where}.point",
            message=f"“{card.title}” says that it is not “{denied}”: keep its claim as it stands",
        )


def _only_agrees(text: str) -> bool:
    unquoted = one_line(without_quotations(text))
    return bool(_AGREES.search(unquoted)) and not _CONTRASTS.search(unquoted)


def _affirms_what_it_denies(text: str, card: Insight) -> str:
    """Return what the card denies and the point affirms, or nothing."""
    if _CONTRASTS.search(one_line(text)):
        return ""
    denied = _DENIED.findall(one_line(f"{card.title}. {card.claim}"))
    return next((words for words in denied if stems(words) and stems(words) <= stems(text)), "")


def _tied(point: TeachPoint, where: str, evidence: Evidence) -> Iterator[Finding]:
    facts = [e for e in point.why_them.evidence if e in evidence.facts]
    if not facts:
        yield _error(
            where=f"{where}.why_them",
            message="nothing ties the point to this prospect: cite a fact of theirs",
        )
        return
    known = stems(*(evidence.text(fact) for fact in facts))
    said = stems(point.why_them.text) - stems(evidence.dossier.account)
    if len(said & known) < _SHARED_WORDS:
        yield _error(
            where=f"{where}.why_them",
            message=f"this would fit anybody: say it in the words of {', '.join(facts)}",
        )


def _facts_cited(point: TeachPoint, evidence: Evidence) -> list[str]:
    cited = dict.fromkeys((*point.point.evidence, *point.why_them.evidence))
    return [evidence.text(fact) for fact in cited if fact in evidence.facts]


def _no_product(point: TeachPoint, where: str, evidence: Evidence) -> Iterator[Finding]:
    texts = {"point": point.point.text, "why_them": point.why_them.text, "ask": point.ask}
    for name, text in texts.items():
        for words in _products(text, evidence):
            yield _error(
                where=f"{where}.{name}",
                message=f"“{words}” sells: teach about their world, and leave ours out",
            )


def _products(text: str, evidence: Evidence) -> Iterator[str]:
    """Find names with any space or hyphen in them, and talk of ours without a name."""
    unquoted = one_line(without_quotations(text))
    for product in evidence.profile.product_names:
        name = r"[\s-]*".join(map(re.escape, re.split(r"[\s-]+", one_line(product))))
        if re.search(rf"(?<!\w){name}(?!\w)", one_line(text), re.IGNORECASE):
            yield product
    if found := _PITCH.search(unquoted):
        yield found.group()
