"""What each side learned in a call: their facts, and the figures that we gave them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.debrief import Learned
from assistant.dossier import Fact
from assistant.outcome.call import Call
from assistant.research.facts import Ours, extract_facts, salience, verified
from assistant.sources.source import Source
from assistant.text.quantities import quantities

_NEWS = frozenset({"company", "trigger", "priority", "challenge", "concern", "technology"})
_MOST = 5  # of what a side learned


def facts_of(call: Call, sources: Sequence[Source], company: str) -> tuple[Fact, ...]:
    """Return what they said of themselves, in reading order; nothing of how the call was agreed."""
    ours = {part.lower() for n in call.sides.names("seller") for part in (n, n.split()[0])}
    found = verified(extract_facts(sources, Ours(company, frozenset(ours))), sources)
    places = {sentence.at for sentence in call.sentences if sentence.side != "seller"}
    return tuple(
        fact
        for fact in found
        if fact.voice == "customer"
        and fact.kind in _NEWS
        and f"{fact.source}:{fact.line}" in places
    )


def learned_of(call: Call, facts: Sequence[Fact]) -> Learned:
    """Return the weightiest of what they told us, and the figures that we told them."""
    weighty = sorted(facts, key=salience, reverse=True)[:_MOST]
    told = (s.text for s in call.sentences if s.side == "seller" and not s.text.endswith("?"))
    figures = [text for text in told if quantities(text)]
    return Learned(
        by_us=tuple(fact.text for fact in facts if fact in weighty),
        by_them=tuple(figures[:_MOST]),
    )
