"""An approved response for one account: what it bears on there, and a model's words for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.brief import Anticipate, Claim, Fit
from assistant.dossier import Dossier, Fact, FactKind
from assistant.doubts import is_response
from assistant.evidence import sayable
from assistant.index.vectors import Card
from assistant.parts import ladder
from assistant.parts.ladder import Made
from assistant.parts.recall import noted
from assistant.parts.reply import REPLY
from assistant.pipeline import pool_of_calls, research
from assistant.plan import Plan, make_plan
from assistant.research.facts import salience
from assistant.research.meeting import Wish
from assistant.retrieval import Hit, Prospect, Retrieval
from assistant.retrieval.dossier import prospect_of
from assistant.retrieval.fit import fits
from assistant.retrieval.search import open_shelf
from assistant.sources.source import Source
from assistant.tools import Tools

MOST_BEARING = 2
_NEEDS: frozenset[FactKind] = frozenset({"challenge", "priority", "trigger"})


def read_account(sources: Sequence[Source], tools: Tools) -> tuple[Dossier, Fit, Prospect]:
    """Return what the sources say of an account, how it fits, and what orders cards for it.

    No model is asked: what kind of statement a fact is decides nothing here.
    """
    known = research(sources, replace(tools, model=None), Wish())
    shelf = open_shelf(tools.pack, tools.index, tools.now.date())
    return known.dossier, known.fit, prospect_of(known.dossier, tools.profile, shelf.cards)


def bearing_on(card: Card, dossier: Dossier, tools: Tools) -> tuple[Claim, ...]:
    """Return what they have told us that a card speaks to: the same doubt, then its challenges.

    Only what may be brought up in front of them; two at most, and never the doubt just typed.
    """
    typed = dossier.sources[-1].id
    told = [fact for fact in sayable(dossier) if fact.source != typed]
    doubts = [fact for fact in told if fact.kind == "concern"]
    answers = open_shelf(tools.pack, tools.index, tools.now.date()).answers(
        [fact.text for fact in doubts], prospect=Prospect(), wanted=is_response, most=1
    )
    found = [(hits[0], fact) for fact, hits in zip(doubts, answers, strict=True) if hits]
    nearest = sorted(found, key=lambda pair: -pair[0].score)
    same = [fact for hit, fact in nearest if hit.card.id == card.id]
    needs = [fact for fact in told if fact.kind in _NEEDS and _is_about(fact, card)]
    bearing = (*same, *sorted(needs, key=salience, reverse=True))[:MOST_BEARING]
    return tuple(Claim(text=noted(f), origin="notes", evidence=(f.id,)) for f in bearing)


def _is_about(fact: Fact, card: Card) -> bool:
    """Tell whether a fact names a challenge that a card is for."""
    return any(fit.points > 0 for fit in fits(card, Prospect(challenges=(fact.text,))))


def word_responses(
    hits: Sequence[Hit], dossier: Dossier, fit: Fit, tools: Tools
) -> Mapping[str, Made[Anticipate]]:
    """Have the model word each card for the account, all at the same time, by the fact it answers.

    Each is shown one card, the one that code found, and what may be said of the account.
    """
    assert tools.model is not None  # who has none does not ask
    plans = {hit.evidence[0]: plan_reply(hit, dossier, fit, tools) for hit in hits}
    with pool_of_calls(tools.model, most=min(tools.model.parallel, len(plans))) as pool:
        asked = {
            fact_id: pool.submit(ladder.draft, REPLY, plan, tools.model)
            for fact_id, plan in plans.items()
        }
        return {fact_id: one.result() for fact_id, one in asked.items()}


def plan_reply(hit: Hit, dossier: Dossier, fit: Fit, tools: Tools) -> Plan:
    """Return what the reply to one doubt stands on: the account, and the card found for it."""
    found = Retrieval(insights=(), stories=(), objections=(hit,), coaching=(), gaps=())
    return make_plan(dossier, profile=tools.profile, fit=fit, found=found, today=tools.now.date())
