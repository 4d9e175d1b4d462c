"""What each side learned in a call: what is new in their words, and the figures that we gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.brief import Brief
from assistant.debrief import Learned
from assistant.dossier import Fact
from assistant.outcome.call import Call, Sentence
from assistant.outcome.step import Step
from assistant.outcome.words import pattern
from assistant.research import cues
from assistant.research.facts import Ours, extract_facts, verified
from assistant.sources.source import Source
from assistant.text.dates import days_named
from assistant.text.names import names
from assistant.text.quantities import quantities
from assistant.text.words import plain, words

_NEWS = frozenset({"company", "trigger", "priority", "challenge", "concern", "technology"})
_MOST = 8  # of what a side learned
_LEAST_COUNT = 7  # "all three" is talk, 350 trucks are a figure
_TALKS = 50  # a smaller figure is news where its sentence speaks of them as a fact does
_NEAR = 2  # sentences behind our question, in which it is answered
_RETELLS = pattern("learning.retells")
_ASKS_WHICH = pattern("learning.asks_which")


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


@dataclass(frozen=True)
class _News:
    """The figures, days and names of a text."""

    figures: frozenset[float]
    days: frozenset[date]
    names: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str], held_on: date) -> _News:
        every = tuple(texts)
        found = [q for text in every for q in quantities(text) if q.kind != "duration"]
        return cls(
            frozenset(
                float(q.value) for q in found if q.kind != "count" or q.value >= _LEAST_COUNT
            ),
            frozenset(day for text in every for day in days_named(text, held_on)),
            frozenset(part for text in every for name in names(text) for part in name.parts[-1:]),
        )

    def beside(self, known: _News) -> bool:
        """Tell whether something is in it that was not known."""
        return bool(
            self.figures - known.figures or self.days - known.days or self.names - known.names
        )

    def with_(self, other: _News) -> _News:
        return _News(self.figures | other.figures, self.days | other.days, self.names | other.names)


def learned_of(call: Call, steps: Sequence[Step], brief: Brief | None) -> Learned:
    """Return what was new to us in their words, and the figures that we gave them, in order.

    New is a figure, a day or a name that neither the brief nor the call had before, and whichever
    of two readings of ours they say is right. What was undertaken stands in the actions.
    """
    known = _known(call, brief)
    undertaken = {place for step in steps for place in (step.said.place, step.named_by.place)}
    by_us: list[tuple[int, Sentence]] = []
    by_them: list[str] = []
    for sentence in call.sentences:
        news = _News.of([sentence.text], call.held_on)
        is_talk = sentence.place in undertaken or sentence.text.rstrip().endswith("?")
        if sentence.side == "seller":
            retells = is_talk or _RETELLS.search(plain(sentence.text))
            if news.figures - known.figures and not retells:
                by_them.append(sentence.text)
        elif sentence.speaker and not is_talk and (weight := _weight(sentence, news, known, call)):
            by_us.append((weight, sentence))
        known = known.with_(news)
    return Learned(by_us=_weightiest(by_us), by_them=tuple(by_them[:_MOST]))


def _weightiest(found: Sequence[tuple[int, Sentence]]) -> tuple[str, ...]:
    """Return the weightiest sentences in the order of the call."""
    best = sorted(found, key=lambda one: -one[0])[:_MOST]
    return tuple(s.text for _, s in sorted(best, key=lambda one: one[1].place))


def _weight(sentence: Sentence, news: _News, known: _News, call: Call) -> int:
    """Return how much is new in a sentence, 0 where nothing is."""
    if _settles(call, sentence):
        return 4
    figures = news.figures - known.figures
    telling = [figure for figure in figures if figure >= _TALKS]
    fresh = news.names - known.names
    is_whole = any(len(n.parts) > 1 and n.parts[-1] in fresh for n in names(sentence.text))
    weight = 2 * bool(fresh) + is_whole + 2 * bool(telling)
    weight += 3 * bool(news.days - known.days)
    weight += cues.kind_of(sentence.text) in _NEWS and news.beside(known)
    return weight


def _known(call: Call, brief: Brief | None) -> _News:
    """Return what is no news: what the brief's facts hold, and who takes part."""
    people = (
        [*call.sides.by_speaker, *(p.name for p in brief.meeting.participants)] if brief else []
    )
    facts = [f"{fact.quote} {fact.speaker}" for fact in brief.dossier.facts] if brief else []
    known = _News.of(facts, call.held_on)
    spelled = {word.lower() for text in (*facts, *people) for word in words(text)}
    return _News(known.figures, known.days, known.names | spelled)


def _settles(call: Call, sentence: Sentence) -> bool:
    """Tell whether a sentence answers which of two readings is right."""
    near = call.sentences[max(0, sentence.place - _NEAR) : sentence.place]
    return any(s.side == "seller" and _ASKS_WHICH.search(plain(s.text)) for s in near)
