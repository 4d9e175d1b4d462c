"""From a dossier to the cards of a brief, and the gaps: one question for each need of theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.brief import Gap
from assistant.calendar import unsigned_in
from assistant.dossier import Dossier, Fact, FactKind, Participant
from assistant.index.vectors import ApprovedCards, Card
from assistant.knowledge.card import Audience, CardKind
from assistant.knowledge.profile import SellerProfile
from assistant.research.facts import salience
from assistant.research.fit import figures, wholes
from assistant.retrieval.doubts import is_called, is_doubt, leans, parts_of, weight
from assistant.retrieval.fit import Prospect, fits, same_industry, shared_role
from assistant.retrieval.reserved import Reserved, remark_on, reserved
from assistant.retrieval.search import FITS, AskedIndex, Hit, Shelf, best_first, open_shelf
from assistant.text.words import is_common, sentences

MOST_OBJECTIONS = 6  # of the design's three to six
_MOST_NEEDS = 24  # asked for; the weightiest
_MOST_GAPS = 4  # told, for each kind of card
_MOST_COACHING = 4  # cards for the seller's eyes
_STEERS: frozenset[FactKind] = frozenset({"challenge", "priority", "trigger"})
_LONG = 12  # words; a longer fact is also asked for sentence by sentence
_SENTENCE = 4  # words, at least
_REPORTED = re.compile(
    r"\s*(?P<who>[^\W\d_]\S*(?: [^\W\d_]\S*)?) (?:asked|asks|said|says|will ask|wants? to know"
    r"|wanted to know|would like to know)(?: (?:if|whether|that))?\s+",
    re.IGNORECASE,
)

# Small, as fit is: they order cards that answer.
_ANOTHER_NEED = 0.02  # for each further need that a card answers, three at most
_SAME_NEED = 0.04  # against each card already taken for the same need
_OUR_REMARK = -0.05  # a need that only we have noted counts less than one they voiced
_NOTED_BY_US = "from our own remark, not to be mentioned"


@dataclass(frozen=True)
class Retrieval:
    """The cards for one brief, each once, best first; `coaching` is for the seller's eyes only."""

    insights: tuple[Hit, ...]
    stories: tuple[Hit, ...]
    objections: tuple[Hit, ...]  # those for concerns they voiced first
    coaching: tuple[Hit, ...]  # internal cards of any kind
    gaps: tuple[Gap, ...]
    # by card, our own remark that says not to speak of what they have voiced and the card answers
    cautions: Mapping[str, Fact] = field(default_factory=dict)


def retrieve(
    dossier: Dossier,
    *,
    profile: SellerProfile,
    index: AskedIndex,
    pack: ApprovedCards,
    today: date,
    k: int = 8,
) -> Retrieval:
    """Return the approved cards that answer a prospect's needs, and the needs that none answers.

    Challenges, priorities and triggers ask for insights and stories, `k` of each at most; concerns
    ask for responses, and what people in these roles usually ask fills up to six. Our own remarks
    steer too, and the reasons say so, but they make no gap. Cards not approved, or whose review was
    due before `today`, are left out even where the index still holds them. What our remarks say not
    to speak of is answered where they have voiced a doubt of it, with a caution, and not brought
    otherwise; nor is it taught.

    Raises:
        StoreError: the index does not hold all approved cards as they are.
        ModelError: the embedder fails.
    """
    shelf = open_shelf(pack, index, today)
    prospect = prospect_of(dossier, profile, shelf.cards)
    needs = _weightiest(fact for fact in dossier.facts if fact.kind in _STEERS)
    said = _doubts(dossier, today)
    parts = [part for fact in said for part in parts_of(fact)]
    people = dossier.meeting.participants
    told = dict.fromkeys(needs, prospect)
    told |= {fact: said_by(fact, prospect, people) for fact in (*said, *parts)}
    answers = _Answers(shelf, told)
    concerns = tuple(doubt for fact in said for doubt in answers.apart(fact))
    kept = reserved(dossier.facts, shelf)
    silent = frozenset(card for one in kept for card in one.cards)
    voiced = _voiced(answers, concerns, kept)
    usual = _usual(shelf, prospect, without=voiced, kept=kept)
    stories = _stories(shelf, prospect, needs, (*said, *on_agenda(dossier)), k=k)
    remarks = {hit.card.id: remark_on(hit.card, kept) for hit in voiced}
    return Retrieval(
        insights=answers.taken(needs, "insight", k=k, without=silent),
        stories=stories,
        objections=(*voiced, *usual)[:MOST_OBJECTIONS],
        coaching=answers.taken((*needs, *concerns), k=_MOST_COACHING, audience="internal"),
        gaps=tuple(_gaps(answers, needs, concerns, stories)),
        cautions={card: remark for card, remark in remarks.items() if remark},
    )


def _doubts(dossier: Dossier, today: date) -> tuple[Fact, ...]:
    """Return the sayings that are doubts, weightiest first; days without a signature are none."""
    concerns = [fact for fact in dossier.facts if fact.kind == "concern"]
    doubts = [fact for fact in concerns if unsigned_in(fact.quote, today) is None]
    doubts.sort(key=lambda fact: weight(fact, dossier.meeting.participants), reverse=True)
    return tuple(doubts[:_MOST_NEEDS])


def _weightiest(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=salience, reverse=True)[:_MOST_NEEDS])


# --- the prospect


def prospect_of(dossier: Dossier, profile: SellerProfile, cards: Sequence[Card]) -> Prospect:
    """Return what the facts say of the other side, in the words that the cards use."""
    told = [fact for fact in dossier.facts if fact.voice != "internal"]
    sizes = {figure.value for figure in wholes(figures("employees", told))}
    theirs = [person for person in dossier.meeting.participants if person.side != "seller"]
    return Prospect(
        # One that no card is for stays unknown: it would speak against all of them.
        industry=_industry(dossier.account, told, _industries(profile, cards)),
        employees=int(sizes.pop()) if len(sizes) == 1 else None,
        roles=tuple(dict.fromkeys(person.role for person in theirs if person.role)),
        challenges=tuple(fact.text for fact in told if fact.kind in _STEERS),
    )


def said_by(doubt: Fact, prospect: Prospect, people: Sequence[Participant]) -> Prospect:
    """Return the prospect as the one who voiced a doubt stands for it.

    What others there are, and what else the company has to solve, do not tell what was meant.
    """
    roles = tuple(p.role for p in people if p.role and is_called(p, doubt.speaker))
    return replace(prospect, roles=roles, challenges=())


def _industries(profile: SellerProfile, cards: Sequence[Card]) -> tuple[str, ...]:
    """Return the names of the industries that the cards are for, the profile's names included."""
    carded = [industry for card in cards for industry in card.industries]
    named = [
        v for criterion in profile.icp if criterion.field == "industry" for v in criterion.values
    ]
    named = [name for name in named if any(same_industry(name, industry) for industry in carded)]
    return tuple(dict.fromkeys([*carded, *named]))


def _industry(account: str, facts: Sequence[Fact], known: Sequence[str]) -> str:
    """Return the industry that the account's name or most facts about the company name, else ""."""
    votes: dict[str, float] = {}
    for industry in known:
        votes[industry] = 2.0 * same_industry(account, industry)
        finder = re.compile(rf"(?<!\w){re.escape(industry)}(?!\w)", re.IGNORECASE)
        votes[industry] += sum(
            bool(finder.search(fact.quote)) for fact in facts if fact.kind == "company"
        )
    best = max(votes, key=lambda industry: votes[industry], default="")
    return best if votes.get(best) else ""


# --- needs


class _Answers:
    """What the shelf answers to each of some facts."""

    def __init__(self, shelf: Shelf, told: Mapping[Fact, Prospect]) -> None:
        """Ask for each fact as for the prospect that it was told of."""
        self._by_fact: dict[Fact, list[Hit]] = {fact: [] for fact in told}
        for prospect in dict.fromkeys(told.values()):
            of_them = (fact for fact, whom in told.items() if whom == prospect)
            asked = [(fact, text) for fact in of_them for text in questions(fact)]
            answers = shelf.answers([text for _, text in asked], prospect=prospect)
            for (fact, _), hits in zip(asked, answers, strict=True):
                self._by_fact[fact] += [_needed(hit, fact) for hit in hits]

    def answering(
        self, fact: Fact, kind: CardKind | None = None, *, audience: Audience = "customer"
    ) -> tuple[Hit, ...]:
        """Return the cards that answer a fact, each once, best first."""
        best: dict[str, Hit] = {}
        for hit in best_first(self._by_fact[fact]):
            if kind in {None, hit.card.kind} and hit.card.audience == audience:
                best.setdefault(hit.card.id, hit)
        return tuple(best.values())

    def taken(
        self,
        facts: Sequence[Fact],
        kind: CardKind | None = None,
        *,
        k: int,
        audience: Audience = "customer",
        without: Collection[str] = (),
    ) -> tuple[Hit, ...]:
        """Return at most `k` cards for all facts together, best first, no need with all of them.

        Those whose ids are in `without` are left out.
        """
        by_card: dict[str, list[Hit]] = {}
        for fact in facts:
            for hit in self.answering(fact, kind, audience=audience):
                if hit.card.id not in without:
                    by_card.setdefault(hit.card.id, []).append(hit)
        left = list(best_first([_merged(hits) for hits in by_card.values()]))
        chosen: list[Hit] = []
        while left and len(chosen) < k:
            needs = [hit.need for hit in chosen]
            chosen.append(max(left, key=lambda hit: hit.score - _SAME_NEED * needs.count(hit.need)))
            left.remove(chosen[-1])
        return tuple(chosen)

    def apart(self, said: Fact) -> tuple[Fact, ...]:
        """Return the parts of a saying where each is a doubt of its own, else the saying.

        That is so where the best responses to its parts differ, the best to the whole among them;
        a part without one counts where its words are those of a doubt.
        """
        parts = parts_of(said)
        best = [self._best(part) for part in parts]
        doubts = all(card or is_doubt(part) for part, card in zip(parts, best, strict=True))
        differ = len(set(best)) > 1 and self._best(said) in {*best, ""}
        return parts if differ and doubts else (said,)

    def _best(self, doubt: Fact) -> str:
        """Return the id of the best response to a doubt, "" where there is none."""
        return next((hit.card.id for hit in self.answering(doubt, "objection")), "")

    def best_of_each(self, facts: Sequence[Fact], kind: CardKind) -> tuple[Hit, ...]:
        """Return the best card for each fact, in the order of the facts, each card once.

        Of a fact that stands in parts, a card keeps which of them it answers.
        """
        count = Counter(fact.id for fact in facts)
        by_card: dict[str, list[Hit]] = {}
        for fact in facts:
            for hit in self.answering(fact, kind)[:1]:
                words = {fact.id: (fact.quote,)} if count[fact.id] > 1 else {}
                by_card.setdefault(hit.card.id, []).append(replace(hit, words=words))
        return tuple(_merged(hits) for hits in by_card.values())


def questions(fact: Fact) -> tuple[str, ...]:
    """Return what is asked for a fact: its text, and where that is long each of its sentences.

    Who it was that asked ("Shirley asked who ...") is left out: no card is about them.
    """
    text = _told(fact.text)
    if len(text.split()) <= _LONG:
        return (text,)
    parts = (text[span.start : span.end] for span in sentences(text))
    alone = (p for p in parts if len(p.split()) >= _SENTENCE and not leans(p))
    return tuple(dict.fromkeys((text, *alone)))


def _told(text: str) -> str:
    """Return a text without who it was that said it; a team of theirs is a part of the matter."""
    report = _REPORTED.match(text)
    if report is None or any(map(is_common, report["who"].split())):
        return text
    words = text[report.end() :]
    return words if len(words.split()) >= _SENTENCE else text


def _needed(hit: Hit, fact: Fact) -> Hit:
    ours = fact.voice == "internal"
    score = max(0.0, hit.score + _OUR_REMARK) if ours else hit.score
    return replace(
        hit,
        score=score,
        need=fact.text,
        evidence=(fact.id,),
        reasons=(*hit.reasons, _NOTED_BY_US) if ours else hit.reasons,
        scores={fact.id: score},
    )


def _merged(hits: Sequence[Hit]) -> Hit:
    """Return one card's best hit, with the facts of all of them."""
    first, *others = best_first(hits)
    words: dict[str, tuple[str, ...]] = {}
    scores: dict[str, float] = {}
    for hit in reversed(best_first(hits)):
        scores |= hit.scores  # of one fact's parts the best
    for hit in hits:
        words |= {fact_id: (*words.get(fact_id, ()), *said) for fact_id, said in hit.words.items()}
    score = min(1.0, first.score + _ANOTHER_NEED * min(3, len(others)))
    evidence = tuple(dict.fromkeys(e for hit in (first, *others) for e in hit.evidence))
    return replace(first, score=score, evidence=evidence, words=words, scores=scores)


# --- what they have voiced, and what they usually ask


def _voiced(
    answers: _Answers, concerns: Sequence[Fact], kept: Sequence[Reserved]
) -> tuple[Hit, ...]:
    """Return the response to each doubt; to a remark of ours none that we are not to speak of."""
    theirs = {fact.id for fact in concerns if fact.voice != "internal"}
    hits = answers.best_of_each(concerns, "objection")
    may = (hit for hit in hits if theirs & set(hit.evidence) or not remark_on(hit.card, kept))
    return tuple(may)[:MOST_OBJECTIONS]


def _usual(
    shelf: Shelf, prospect: Prospect, *, without: Sequence[Hit], kept: Sequence[Reserved]
) -> tuple[Hit, ...]:
    """Return the responses that suit the roles and challenges, best first; none, where none does.

    Where no role is known, every response may be needed. What our own remarks say not to speak of
    is left out.
    """
    voiced = {hit.card.id for hit in without}
    found = []
    for card in shelf.cards:
        spoken = card.kind == "objection" and card.audience == "customer"
        if spoken and not remark_on(card, kept) and card.id not in voiced:
            suits = sorted(fits(card, prospect), key=lambda fit: -fit.points)
            points = sum(fit.points for fit in suits)
            if points > 0 or not prospect.roles or not card.roles:
                reasons = tuple(fit.reason for fit in suits)
                found.append(Hit(card, max(0.0, points), reasons, _asker(card, prospect)))
    return best_first(found)


def _asker(card: Card, prospect: Prospect) -> str:
    role = shared_role(card, prospect)
    return f"often asked by: {role}" if role else "often asked"


# --- stories


def on_agenda(dossier: Dossier) -> tuple[Fact, ...]:
    """Return the points of the agenda that was sent."""
    sent = dossier.meeting.agenda
    points = {point.text for point in sent.points} if sent else set()
    return tuple(fact for fact in dossier.facts if fact.quote in points)


def _stories(
    shelf: Shelf, prospect: Prospect, needs: Sequence[Fact], others: Sequence[Fact], *, k: int
) -> tuple[Hit, ...]:
    """Return at most `k` stories, best first: for needs, doubts and points of the agenda.

    One of their own industry also answers a need where it is about what an insight for it is about.
    """
    answers = _Answers(shelf, dict.fromkeys((*needs, *others), prospect))
    found = list(answers.taken((*needs, *others), "story", k=k))
    known = {hit.card.id for hit in found}
    for card in shelf.cards:
        told = card.kind == "story" and card.audience == "customer" and card.id not in known
        theirs = any(same_industry(prospect.industry, name) for name in card.industries)
        need = _shared_need(answers, needs, card) if told and theirs else None
        if need:
            suits = fits(card, prospect)
            score = FITS + sum(fit.points for fit in suits)
            reasons = tuple(fit.reason for fit in suits)
            found.append(Hit(card, score, reasons, need.text, (need.id,), scores={need.id: score}))
    return best_first(found)[:k]


def _shared_need(answers: _Answers, needs: Sequence[Fact], story: Card) -> Fact | None:
    """Return the first need for which an insight stands that is about what a story is about."""
    return next(
        (
            fact
            for fact in needs
            for hit in answers.answering(fact, "insight")[:1]
            if hit.card.challenges and hit.card.challenges[0] in story.challenges
        ),
        None,
    )


# --- gaps


def _gaps(
    answers: _Answers,
    needs: Sequence[Fact],
    concerns: Sequence[Fact],
    stories: Sequence[Hit],
) -> Iterator[Gap]:
    """Yield what they told us and no card answers, the weightiest first."""
    challenges = [f for f in needs if f.kind == "challenge" and f.voice != "internal"]
    yield from _unanswered(answers, challenges, "insight")
    if challenges and not stories:
        yield Gap(kind="story", need=challenges[0].text, evidence=(challenges[0].id,))
    yield from _unanswered(answers, concerns, "objection")


def _unanswered(answers: _Answers, facts: Sequence[Fact], kind: CardKind) -> Iterator[Gap]:
    told = [fact for fact in facts if fact.voice != "internal"]
    lacking = [fact for fact in told if not answers.answering(fact, kind)]
    for fact in lacking[:_MOST_GAPS]:
        yield Gap(kind=kind, need=fact.text, evidence=(fact.id,))
