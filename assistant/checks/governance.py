"""Governance: whatever is cited as a card is approved, in date, and fit for where it appears."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from assistant.brief import Finding, Part, Statement
from assistant.checks.cited import error
from assistant.evidence import Evidence

_CHECK = "governance"
_FACT = re.compile(r"F\d+")


def check_governance(statements: Sequence[Statement], evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for each cited card that is not approved, or not for a customer's ears."""
    return tuple(
        error(_CHECK, statement, message)
        for statement in statements
        for evidence_id in dict.fromkeys(statement.evidence)
        if (message := _objection(evidence_id, evidence, spoken=statement.spoken))
    )


def check_cards(part: Part, evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for each card that a part names as its own and that may not be used."""
    return tuple(
        error(_CHECK, Statement(where, card, (card,), spoken=True), message)
        for where, card in _named_cards(part)
        if (message := _objection(card, evidence, spoken=True))
    )


def _named_cards(model: BaseModel, where: str = "") -> Iterator[tuple[str, str]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name == "card" and value:
            yield f"{where}card", value
        for i, one in enumerate(value if isinstance(value, tuple) else ()):
            if isinstance(one, BaseModel):
                yield from _named_cards(one, f"{where}{name}[{i}].")


def _objection(evidence_id: str, evidence: Evidence, *, spoken: bool) -> str:
    card = evidence.cards.get(evidence_id)
    if card is None:
        known = evidence.knows(evidence_id) or _FACT.fullmatch(evidence_id)
        return "" if known else f"{evidence_id} is not an approved card in date"
    if spoken and card.audience == "internal":
        return f"{evidence_id} is an internal card: it coaches the seller and is never said"
    return ""
