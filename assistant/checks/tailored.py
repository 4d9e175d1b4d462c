"""Tailoring: each sentence of a response keeps to its card, and there is none beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from assistant.brief import Anticipate, Anticipated, Finding
from assistant.checks.anticipate import STEPS
from assistant.checks.sides import customer_names
from assistant.checks.wording import share, stems, without_quotations
from assistant.evidence import Evidence
from assistant.knowledge.card import Objection, card_text
from assistant.text import sentences, words

_QUOTED_END = re.compile(r"([.!?])([”\"])")
_FROM_CARD = 0.75  # of a sentence's words: from the card, or from what of theirs is cited
_RESTATED = 3  # words that carry meaning; with fewer a sentence restates nothing
# What leads over from their words to ours, and says nothing itself.
_LEADS = stems("say tell told hear understand know see think ask let beside point mean look put")

_error = partial(Finding, check="tailored", severity="error")


def check_tailored(part: Anticipate, evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for each sentence of an answer that is not the card's own, tailored.

    Their words may stand in quotation marks, and what a cited fact says may be said; a concern
    without a card is another check's.
    """
    return tuple(
        finding
        for i, concern in enumerate(part.concerns)
        for finding in _added(concern, f"concerns[{i}]", evidence)
    )


def _added(concern: Anticipated, where: str, evidence: Evidence) -> Iterator[Finding]:
    card = evidence.cards.get(concern.card)
    if not isinstance(card, Objection):
        return
    theirs = stems(*(evidence.text(e) for e in concern.evidence if e in evidence.facts))
    known = theirs | stems(card_text(card), *customer_names(evidence)) | _LEADS
    for step in STEPS:
        ours = [s for s in _sentences(getattr(concern, step)) if not _is_theirs(s, theirs)]
        for sentence in ours:
            if not _is_in(sentence, known):
                message = f"“{sentence}” is not of “{card.title}”: leave it out"
                yield _error(where=f"{where}.{step}", message=message)
        approved = _sentences(getattr(card, step))
        if len(ours) > len(approved):
            message = f"has more sentences than “{card.title}”, which has {len(approved)}"
            yield _error(where=f"{where}.{step}", message=message)


def _sentences(text: str) -> list[str]:
    """Return the sentences of a text without what it quotes; a sentence may end in a quotation."""
    said = without_quotations(_QUOTED_END.sub(r"\2\1 ", text))
    return [part for start, end in sentences(said) if words(part := said[start:end])]


def _is_theirs(sentence: str, facts: frozenset[str]) -> bool:
    """Tell whether a sentence leads to their words, or says what a cited fact says."""
    leads = sentence.rstrip(" .?!").endswith(":") and _is_in(sentence, facts | _LEADS)
    return leads or (len(stems(sentence)) >= _RESTATED and _is_in(sentence, facts))


def _is_in(sentence: str, known: frozenset[str]) -> bool:
    """Tell whether nearly all that a sentence says is known; one that says nothing is not."""
    said = stems(sentence)
    return bool(said) and share(said, known) >= _FROM_CARD
