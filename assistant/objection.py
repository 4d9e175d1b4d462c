"""The flow from what a customer says to the approved reply.

Without sources and without a capable model it is a lookup, and has to be as fast as one: what only
tailoring needs is imported where it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.brief import (
    Anticipate,
    Claim,
    CriterionMet,
    Finding,
    Fit,
    Gap,
    Usage,
    WrittenBy,
)
from assistant.dossier import Dossier, Fact, Meeting, SourceNote
from assistant.doubts import Doubt, find_doubts
from assistant.errors import UsageError
from assistant.knowledge.card import Objection
from assistant.parts.response import approved_response, asked_back
from assistant.reply import Answer, Match, Reply
from assistant.retrieval import Hit, Prospect
from assistant.sources.decode import one_line
from assistant.text import content

if TYPE_CHECKING:
    from assistant.parts.ladder import Made
    from assistant.sources.source import Source
    from assistant.tools import Tools

LONGEST = 2_000  # characters: some three minutes of speech
_TYPED = "what they said"
_SPEAKER = "customer"  # whoever of theirs it was
_NOT_OURS = (
    "most of its words are neither English nor a card's: put it in the language of the cards"
)
_ASKS = re.compile(
    r"\?\s*$|^(?:who|what|where|when|why|how|which|do|does|is|are|can|could|will|would|wie|was|wer"
    r"|wo|wann|warum)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Account:
    """Whose objection it is, as far as the sources say."""

    dossier: Dossier
    fit: Fit
    prospect: Prospect


@dataclass(frozen=True)
class _Heard:
    """A doubt, and the fact that it is for whatever cites it."""

    doubt: Doubt
    fact: Fact

    @property
    def hit(self) -> Hit | None:
        """The card that answers best, found for this fact."""
        return replace(self.doubt.hits[0], evidence=(self.fact.id,)) if self.doubt.hits else None


def answer_objection(text: str, tools: Tools, *, sources: Sequence[Source] = ()) -> Reply:
    """Return the approved response to each doubt in what they say, or that there is none.

    Code finds the cards, and what the sources say of the account orders them. A capable model
    words the response for the account, and code checks its words; of what it fails at, and without
    one, the response is the approved one word for word. None is made where none is approved.

    Raises:
        UsageError: there are no words in the text, or too many for an objection.
        StoreError: the index does not hold all approved cards as they are; says how to mend it.
        ModelError: the embedder fails.
    """
    asked = _asked(text)
    account = _account(sources, tools)
    doubts = find_doubts(
        asked,
        index=tools.index,
        pack=tools.pack,
        prospect=account.prospect,
        today=tools.now.date(),
    )
    account, heard = _hearing(account, doubts)
    made = _worded(heard, account, tools)
    answers = tuple(_answers(heard, made, _bearing(heard, account, tools) if sources else {}))
    model = tools.model if made else None
    titles = {answer.match.card: answer.match.title for answer in answers if answer.match}
    return Reply(
        created_at=tools.now,
        seller=tools.profile.company,
        account=account.dossier.account,
        people=tuple(person.name for person in account.dossier.meeting.participants),
        asked=asked,
        answers=answers,
        gaps=tuple(_gaps(heard)),
        findings=tuple(_findings(heard, made, account.fit)),
        written_by=WrittenBy(
            model=model.name if model else "none",
            prompts=dict(prompt for one in made.values() for prompt in one.prompts.items()),
            cards={card: tools.pack.entry(card).fingerprint for card in titles},
        ),
        usage=model.usage() if model else Usage(),
        sources=account.dossier.sources,
        facts=_cited(answers, account.dossier),
        cards=titles,
    )


def _asked(text: str) -> str:
    """Return what they say, cleaned.

    Raises:
        UsageError: there is nothing to look up in it, or it is no objection but a conversation.
    """
    if len(text) > LONGEST:
        raise UsageError(
            f"{len(text):,} characters are a conversation, not an objection: give the doubt in "
            f"{LONGEST:,} at most, and the rest as a source with --for"
        )
    asked = "\n".join(filter(None, map(one_line, text.splitlines())))
    if not any(character.isalnum() for character in asked):
        raise UsageError("there are no words in it: type what they said, or - to read it")
    return asked


def _account(sources: Sequence[Source], tools: Tools) -> _Account:
    if not sources:
        nobody = Dossier(account="", sources=(), facts=(), meeting=Meeting(minutes=0))
        return _Account(nobody, Fit(verdict="unknown", criteria=()), Prospect())
    from assistant.tailoring import read_account

    return _Account(*read_account(sources, tools))


def _hearing(account: _Account, doubts: Sequence[Doubt]) -> tuple[_Account, tuple[_Heard, ...]]:
    """Add what was typed as the last source, in which each doubt has a line of its own."""
    known = account.dossier
    typed = SourceNote(id=f"S{len(known.sources) + 1}", name=_TYPED, kind="notes")
    last = max((int(fact.id[1:]) for fact in known.facts), default=0)
    facts = tuple(_fact(doubt, last + n, typed.id, n) for n, doubt in enumerate(doubts, 1))
    more = {"sources": (*known.sources, typed), "facts": (*known.facts, *facts)}
    heard = tuple(_Heard(doubt, fact) for doubt, fact in zip(doubts, facts, strict=True))
    return replace(account, dossier=known.model_copy(update=more)), heard


def _fact(doubt: Doubt, number: int, source: str, line: int) -> Fact:
    return Fact(
        id=f"F{number}",
        kind="concern",
        voice="customer",
        text=doubt.said,
        quote=doubt.said,
        source=source,
        line=line,
        speaker=_SPEAKER,
    )


# --- the answers


def _worded(
    heard: Sequence[_Heard], account: _Account, tools: Tools
) -> Mapping[str, Made[Anticipate]]:
    """Have a capable model word each response, by the doubt's fact; nothing without one."""
    hits = [one.hit for one in heard if one.hit]
    if not hits or tools.model is None or tools.model.capability != "full":
        return {}
    from assistant.tailoring import word_responses

    return word_responses(hits, account.dossier, account.fit, tools)


def _bearing(
    heard: Sequence[_Heard], account: _Account, tools: Tools
) -> Mapping[str, tuple[Claim, ...]]:
    from assistant.tailoring import bearing_on

    hits = [one.hit for one in heard if one.hit]
    return {hit.evidence[0]: bearing_on(hit.card, account.dossier, tools) for hit in hits}


def _answers(
    heard: Sequence[_Heard],
    made: Mapping[str, Made[Anticipate]],
    bearing: Mapping[str, tuple[Claim, ...]],
) -> Iterator[Answer]:
    asked_back_already = 0
    for one in heard:
        said, fact_id = one.doubt.said, one.fact.id
        if one.hit is None:
            asks = bool(_ASKS.search(one.doubt.read_as))
            response = asked_back(said, asks=asks, place=asked_back_already, evidence=[fact_id])
            asked_back_already += 1
        elif fact_id in made:
            (worded,) = made[fact_id].part.concerns
            cited = (*worded.evidence, fact_id)
            response = worded.model_copy(update={"they_say": said, "evidence": cited})
        else:
            response = approved_response(_card(one.hit), they_say=said, evidence=[fact_id])
        matches = [_match(hit) for hit in one.doubt.hits]
        yield Answer(
            said=said,
            read_as=one.doubt.read_as,
            response=response,
            match=matches[0] if matches else None,
            alternatives=tuple(matches[1:]),
            bears_on=bearing.get(fact_id, ()),
            writer=made[fact_id].writer if fact_id in made else "composed",
        )


def _card(hit: Hit) -> Objection:
    assert isinstance(hit.card, Objection)  # doubts are answered by nothing else
    return hit.card


def _match(hit: Hit) -> Match:
    card = _card(hit)
    return Match(
        card=card.id,
        title=card.title,
        they_say=card.they_say[0],
        reasons=hit.reasons,
        score=round(hit.score, 4),
    )


def _gaps(heard: Sequence[_Heard]) -> Iterator[Gap]:
    """Yield the needs of those who write the cards; "no" and "why" tell them nothing."""
    for one in heard:
        if one.hit is None and content(one.doubt.read_as):
            yield Gap(kind="objection", need=one.doubt.read_as, evidence=(one.fact.id,))


def _findings(
    heard: Sequence[_Heard], made: Mapping[str, Made[Anticipate]], fit: Fit
) -> Iterator[Finding]:
    """Yield what the checks found, its place told from the reply, and what the seller must know."""
    if fit.verdict == "no":
        against = ", ".join(c.name for c in fit.criteria if _speaks_against(c))
        message = f"by the sources they do not fit ({against}): ask that first, and sell nothing"
        yield Finding(check="fit", severity="warning", where="", message=message)
    for place, one in enumerate(heard):
        where = f"answers[{place}]"
        if one.doubt.is_foreign:
            yield Finding(check="lookup", severity="note", where=where, message=_NOT_OURS)
        if worded := made.get(one.fact.id):
            for found in worded.findings:
                at = found.where.replace("anticipate.concerns[0]", where)
                yield found.model_copy(update={"where": at})
            if worded.unused:
                message = f"the response is the approved one word for word: {worded.unused}"
                yield Finding(check="ladder", severity="note", where=where, message=message)


def _speaks_against(criterion: CriterionMet) -> bool:
    against = "met" if criterion.need == "disqualifier" else "missed"
    return criterion.need != "preferred" and criterion.state == against


def _cited(answers: Sequence[Answer], dossier: Dossier) -> tuple[Fact, ...]:
    claims = [claim.evidence for answer in answers for claim in answer.bears_on]
    ids = {e for cited in (*claims, *(a.response.evidence for a in answers)) for e in cited}
    return tuple(fact for fact in dossier.facts if fact.id in ids)
