"""What they may ask or doubt, each with the approved response or shown as a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel

from assistant.brief import Anticipate, Anticipated, Finding
from assistant.checks.anticipate import check_anticipate
from assistant.checks.wording import stem_list, stems
from assistant.dossier import Fact
from assistant.evidence import MEETING, PROFILE
from assistant.knowledge.card import Objection
from assistant.parts.phrases import quotation, uncapped
from assistant.parts.recall import noted
from assistant.parts.recipe import (
    NO_WORDING,
    Recipe,
    Wording,
    citable,
    one_of,
    several,
    shape,
    text,
)
from assistant.parts.response import MOST_ASKED_BACK, approved_response, asked_back
from assistant.parts.rules import errors, every_statement
from assistant.plan import MOST_CONCERNS, Plan
from assistant.retrieval import Hit
from assistant.retrieval.doubts import answers
from assistant.text import plain

_MOST_WORDS = 45
_ENOUGH = 3  # voiced doubts, from which on nobody is given one that they do not have
_DO_YOU = re.compile(  # "So you don't do desk booking then?", "Can you offer bike leasing?"
    r"\byou(?: guys| people| also| really| even| only)*(?: don't| do not| can't| cannot| can)?"
    r" (?:do|offer|sell|make|provide) (?P<what>[^?.!;]+)\?",
    re.IGNORECASE,
)
_WANTED = frozenset({"priority", "challenge"})
_NO = "No, that is not something we do."
_NO_EITHER = "No, we do not do that either."
_OF_USE = "Which part of that, if any, would be of use to you?"
_FIRST_OF_ALL = "Let us first see whether what we do is of use to you. What hangs on this for you?"


def compose_anticipate(plan: Plan, wording: Wording) -> Anticipate:
    """Answer with the cards' own four steps, what they have voiced first.

    What is usual in their roles is brought where they have voiced little.
    A prospect who does not fit is asked back where they asked: no response of ours is for them.
    """
    del wording  # a response is approved word for word
    concerns = [*_voiced(plan)]
    if plan.fit.verdict != "no" and len(concerns) < _ENOUGH:
        concerns += _usual(plan, {concern.proof for concern in concerns})
    return Anticipate(concerns=tuple(concerns[:MOST_CONCERNS]))


def cautions(plan: Plan) -> tuple[Finding, ...]:
    """Return what the seller should mind where they voiced what our notes say not to speak of.

    It is for the seller alone: no part and no model is given it.
    """
    return tuple(
        Finding(
            check="anticipate",
            severity="warning",
            where="anticipate.concerns",
            message=f"they voiced {quotation(doubt.quote)} themselves: answer it and go no "
            f"further, your notes say {quotation(remark.quote)} ({remark.source}:{remark.line})",
        )
        for hit in plan.anticipate
        if (remark := plan.cautions.get(hit.card.id)) and plan.fit.verdict != "no"
        for doubt in [doubt for doubt in plan.concerns if answers(hit, doubt)][:1]
    )


def answers_at_hand(plan: Plan) -> tuple[Hit, ...]:
    """Return the responses to prepare: to what they voiced, and to what is usual in their roles.

    Where no role is known nothing is usual, and nobody is given doubts they do not have. A
    prospect who does not fit is not argued with. No proof is given twice.
    """
    if plan.fit.verdict == "no":
        return ()
    shown = {fact.id for fact in plan.concerns} & set(citable(plan))
    voiced = [hit for hit in plan.anticipate if shown & set(hit.evidence)]
    by_proof = {_card(hit).proof: hit for hit in reversed(voiced)}
    first = [hit for hit in voiced if by_proof[_card(hit).proof] is hit]
    usual = _usual_hits(plan, set(by_proof)) if len(first) < _ENOUGH else ()
    return (*first, *usual)[:MOST_CONCERNS]


def _by_role(hit: Hit) -> bool:
    return any(reason.startswith("role:") for reason in hit.reasons)


def _voiced(plan: Plan) -> Iterator[Anticipated]:
    """Yield what they have voiced, answered doubts first, those that one proof answers together."""
    if plan.fit.verdict == "no":
        yield from _told_what_we_do(plan)
        return
    together: dict[str, list[Fact]] = {}
    first: dict[str, Hit] = {}
    unanswered = []
    for doubt in plan.concerns:
        if hit := next((hit for hit in plan.anticipate if answers(hit, doubt)), None):
            together.setdefault(_card(hit).proof, []).append(doubt)
            first.setdefault(_card(hit).proof, hit)
        else:
            unanswered.append(doubt)
    for proof, doubts in together.items():
        yield _response(first[proof], doubts)
    for place, doubt in enumerate(unanswered[:MOST_ASKED_BACK]):
        yield _unanswered(doubt, place)


def _usual(plan: Plan, proofs: set[str]) -> Iterator[Anticipated]:
    """Yield what people in these roles usually ask, beyond what was voiced."""
    return (_response(hit, ()) for hit in _usual_hits(plan, proofs))


def _usual_hits(plan: Plan, proofs: set[str]) -> Iterator[Hit]:
    """Yield the responses to what was not voiced; a proof that is given already is not repeated."""
    voiced = {fact.id for fact in plan.concerns}
    for hit in plan.anticipate:
        if _by_role(hit) and not voiced & set(hit.evidence) and _card(hit).proof not in proofs:
            proofs = proofs | {_card(hit).proof}
            yield hit


def _card(hit: Hit) -> Objection:
    assert isinstance(hit.card, Objection)  # retrieval keeps kinds apart
    return hit.card


def _response(hit: Hit, facts: Sequence[Fact]) -> Anticipated:
    return approved_response(
        _card(hit),
        they_say=_in_their_words(facts),
        evidence=list(dict.fromkeys(fact.id for fact in facts)),
    )


def _in_their_words(facts: Sequence[Fact]) -> str:
    """Return as many of the doubts as can be read at a glance, the first in any case."""
    shown = ""
    for fact in facts:
        longer = "; ".join(filter(None, (shown, noted(fact))))
        if not shown or len(longer.split()) <= _MOST_WORDS:
            shown = longer
    return shown


def _unanswered(fact: Fact, place: int) -> Anticipated:
    asks = fact.quote.rstrip().endswith("?")
    return asked_back(noted(fact), asks=asks, place=place, evidence=[fact.id])


def _told_what_we_do(plan: Plan) -> Iterator[Anticipated]:
    """Say once what we offer, with a plain no first where they ask for what is not in it.

    Who voiced nothing may still ask what it is that we do.
    """
    offer = f"We offer {uncapped(plan.evidence.profile.offer.rstrip('.').split(': ')[0])}."
    if not plan.concerns:
        yield Anticipated(
            they_say="What is it that you do?",
            kind="question",
            card="",
            clarify=f"{offer} {_OF_USE}",
            evidence=(PROFILE,),
        )
    beyond = {fact.id: _beyond_us(fact, plan) for fact in plan.concerns}
    first_noes = sorted(plan.concerns, key=lambda fact: not beyond[fact.id])
    for place, fact in enumerate(first_noes[:MOST_ASKED_BACK]):
        wanted = beyond[fact.id]
        clarify = f"{_NO} {offer} {_OF_USE}" if wanted else f"{offer} {_OF_USE}"
        if place:
            clarify = _NO_EITHER if wanted else _FIRST_OF_ALL
        evidence = dict.fromkeys((fact.id, *wanted, PROFILE))
        told = {"clarify": clarify, "evidence": tuple(evidence)}
        yield _unanswered(fact, 0).model_copy(update=told)


def _beyond_us(fact: Fact, plan: Plan) -> tuple[str, ...]:
    """Return the ids of what they want where they ask whether we do it and we do not, else none.

    A no is plain only where a word of the question stands in what they want or are troubled by
    and nowhere in what our profile says we do, for whom, and against what; nor does it know the
    first word: trailer tracking may be ours, desk booking is not. "Do you do discounts?" asks for
    nothing that they have named as their aim.
    """
    asked = _DO_YOU.search(plain(fact.quote))
    if asked is None:
        return ()
    named, ours = stem_list(asked["what"]), _ours(plan)
    if ours.intersection(named[:1]):
        return ()
    foreign = frozenset(named) - ours
    wants = [f for f in plan.dossier.facts if f.kind in _WANTED and f.id in citable(plan)]
    return tuple(f.id for f in wants if foreign & stems(f.quote))[:1]


def _ours(plan: Plan) -> frozenset[str]:
    """Return the words in which our profile says what we do, for whom, and against what."""
    profile = plan.evidence.profile
    does = [f"{c.name} {c.does} {' '.join(c.challenges)}" for c in profile.capabilities]
    known = [f"{c.name} {' '.join(c.values)}" for c in profile.icp]
    signs = [f"{q.challenge} {' '.join(q.signs)}" for q in profile.questions]
    return stems(profile.offer, *does, *profile.product_names, *known, *signs)


def _answer(plan: Plan) -> type[BaseModel]:
    concern = shape(
        "ConcernAnswer",
        card=one_of(hit.card.id for hit in answers_at_hand(plan)),
        they_say=text(240),
        facts=several(one_of(citable(plan)), 0, 2),
        clarify=text(240),
        respond=text(480),
        proof=text(320),
        check=text(200),
    )
    most = len(answers_at_hand(plan))
    return shape("AnticipateAnswer", concerns=several(concern, min(1, most), most))


def _read(answer: Any, plan: Plan) -> Anticipate:  # noqa: ANN401 - made by `_answer`
    """Take the model's tailoring; code adds what it was not shown or no card answers, and order."""
    cards = plan.evidence.cards
    told = [
        Anticipated(
            they_say=concern.they_say,
            kind=_kind(cards[concern.card]),
            card=concern.card,
            clarify=concern.clarify,
            respond=concern.respond,
            proof=concern.proof,
            check=concern.check,
            evidence=(concern.card, *concern.facts, MEETING),
        )
        for concern in answer.concerns
    ]
    facts = plan.evidence.facts
    voiced = [concern for concern in told if any(e in facts for e in concern.evidence)]
    answered = {concern.card for concern in voiced}
    untold = [concern for concern in _voiced(plan) if concern.card not in answered]
    cards_left = {concern.card for concern in untold}
    usual = [c for c in told if c not in voiced and c.card not in cards_left]
    return Anticipate(concerns=tuple([*voiced, *untold, *usual][:MOST_CONCERNS]))


def _kind(card: object) -> Any:  # noqa: ANN401 - one of the card's three concerns
    return card.concern if isinstance(card, Objection) else "concern"


def _answers(part: Anticipate, plan: Plan) -> tuple[Finding, ...]:
    """Hold the answers to their cards, and ask for enough of them where they will be needed."""
    at_hand = len(compose_anticipate(plan, NO_WORDING).concerns)
    found = check_anticipate(part, plan.evidence, at_hand=at_hand, room=MOST_CONCERNS)
    return errors(found) if plan.fit.verdict == "no" else found


ANTICIPATE = Recipe(
    name="anticipate",
    compose=compose_anticipate,
    answer=_answer,
    read=_read,
    checks=(every_statement, _answers),
    max_tokens=1600,
    asks=lambda plan: bool(answers_at_hand(plan)),
)
