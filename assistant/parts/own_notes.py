"""What the seller noted beside what was said: who decides there, and what we have sent."""

from __future__ import annotations

import re

from assistant.brief import Claim
from assistant.parts.recall import restated
from assistant.plan import Plan
from assistant.research.facts import salience

_MOST = 3
_DECIDES = re.compile(
    r"\b(?:owns the budget|budget (?:up to|bis)|signs?\b(?! of)|approves?"
    r"|has the (?:last|final) (?:say|word)|decision (?:planned|due|by|in)"
    r"|(?:runs|leads|owns) the (?:evaluation|project|selection|tender)"
    r"|entscheide[tn]|unterschreib|genehmigt|entscheidung|freigabe)",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"\b(?:prop(?:osal)?|quote|offer|contract|nda|angebot|vertrag|draft|plan)\b.{0,24}"
    r"\b(?:went out|sent|is out|submitted|delivered|raus|verschickt|geschickt|liegt vor)\b"
    r"|\b(?:sent|submitted|delivered)\b.{0,24}\b(?:prop(?:osal)?|quote|offer|contract|nda|draft)\b",
    re.IGNORECASE,
)


def own_notes(plan: Plan) -> tuple[Claim, ...]:
    """Return what our notes hold of who decides and what we sent, in the seller's own words.

    The seller alone reads them: they may not be said, and no model is shown them. What the notes
    mark as for us alone stays in the notes, for a page lies on tables.
    """
    ours = [f for f in plan.dossier.facts if f.voice == "internal" and not f.marked]
    sent = [fact for fact in ours if _SENT.search(fact.quote)]
    deciding = [fact for fact in ours if _DECIDES.search(fact.quote) and fact not in sent]
    deciding.sort(key=salience, reverse=True)
    told = [restated(fact, lead="Already with them: ") for fact in sent[-1:]]
    return tuple([*told, *map(restated, deciding)][:_MOST])
