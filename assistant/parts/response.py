"""A doubt answered: the approved response word for word, or where there is none a question back."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.brief import Anticipated
from assistant.knowledge.card import Objection

_CLARIFY = (  # a third doubt without an answer is told as a gap alone
    "What lies behind that for you, and what would you need to see?",
    "What would have to be true for this to be settled for you?",
)
_CLARIFY_QUESTION = (
    "What would a good answer look like for you?",
    "What hangs on the answer for you?",
)
MOST_ASKED_BACK = len(_CLARIFY)  # ways there are to do it


def approved_response(
    card: Objection, *, they_say: str = "", evidence: Sequence[str] = ()
) -> Anticipated:
    """Return a card's own four steps; it is cited before `evidence`.

    `they_say` are their words, the card's first phrasing where they have not said it.
    """
    return Anticipated(
        they_say=they_say or card.they_say[0],
        kind=card.concern,
        card=card.id,
        clarify=card.clarify,
        respond=card.respond,
        proof=card.proof,
        check=card.check,
        evidence=(card.id, *evidence),
    )


def asked_back(they_say: str, *, asks: bool, place: int, evidence: Sequence[str]) -> Anticipated:
    """Return a doubt that no card answers with a question to clarify it, and nothing else.

    `asks` says whether it is a question; `place`, from 0, keeps two of one page from being asked
    back in the same words.
    """
    ways = _CLARIFY_QUESTION if asks else _CLARIFY
    return Anticipated(
        they_say=they_say,
        kind="question" if asks else "concern",
        card="",
        clarify=ways[place % len(ways)],
        evidence=tuple(evidence),
    )
