"""What our own notes say not to speak of, and which responses and insights would speak of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.dossier import Fact
from assistant.index.vectors import Card
from assistant.knowledge.card import Insight
from assistant.retrieval.fit import Prospect
from assistant.retrieval.lexicon import stem_of, words_of
from assistant.retrieval.search import Shelf
from assistant.retrieval.search import words_of as words_of_card
from assistant.text.words import STOPWORDS, plain

_LONG = 5  # letters of a word that can tell what a title is about
_FEW = 0.34  # of the insights, at most, hold it
_CLOSE = 0.4  # relevance from which a card is about the very thing that a remark is about
_NOT_TO_SAY = re.compile(
    r"\b(?:don'?t|do not|never|nobody|not to|nicht|niemand|kein\w*)\b[^.;]{0,24}?\b(?:mention|say"
    r"|tell|bring|ask|quote|name|open|raise|touch|discuss|talk|speak|show|use"
    r"|(?:erwähn|ansprech|sag|nenn|frag)\w*|reden|sprechen|zeigen)\b"
    r"|\bkeep (?:that|this|it) (?:off|quiet|to)\b|\bnot for the call\b|\boff the record\b"
    r"|\b(?:avoid|careful with|stay away from|steer clear of|vorsicht|vermeid\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Topic:
    """A thing not to speak of: how a remark names it, and how the title of a card does."""

    remark: re.Pattern[str]
    title: re.Pattern[str]


def _topic(remark: str, title: str) -> _Topic:
    return _Topic(re.compile(remark, re.IGNORECASE), re.compile(title, re.IGNORECASE))


_TOPICS = (
    _topic(
        r"\b(?:pric(?:e|es|ing)|preis\w*|rabatt\w*|discounts?|too expensive|zu teuer"
        r"|(?:quote|name|give|say|nenn\w*) (?:\w+ ){0,2}(?:nbr|number|figure|rate|zahl\w*))\b",
        r"\b(?:pric(?:e|es|ing)|preis\w*|expensive|teuer|discounts?|rabatt\w*)\b",
    ),
    _topic(
        r"\b(?:competitors?(?! of (?:theirs|them|yours))|rivals?|(?:another|other) vendor"
        r"|wettbewerb\w*|konkurren\w*|(?:is|are) in too|(?:also|auch) (?:look|talk|speak)\w*"
        r"|schauen (?:sich )?auch|(?:another|other|anderer?) (?:anbieter|supplier|tool))\b",
        r"\b(?:another|other|anderes?|anderer) (?:\w+ )?(?:tool|vendor|supplier|anbieter|system)\b",
    ),
    _topic(
        r"\b(?:stopped|failed|abandoned|cancelled|gescheitert\w*|abgebrochen\w*) (?:\w+ ){0,2}"
        r"(?:pilot|project|trial|rollout|projekt|versuch)\b"
        r"|\b(?:pilot|project|trial|rollout|projekt) (?:\w+ ){0,5}(?:stopped|failed|died|abandoned"
        r"|gescheitert|abgebrochen)\b",
        r"\b(?:failed|tried (?:\w+ )?before|gescheitert|stopped)\b",
    ),
)


@dataclass(frozen=True)
class Reserved:
    """A remark that says not to speak of something, and the cards that do."""

    remark: Fact  # with all our words on its line
    cards: frozenset[str]


def reserved(facts: Sequence[Fact], shelf: Shelf) -> tuple[Reserved, ...]:
    """Return our own remarks that say not to speak of something, with the cards about it.

    A remark holds for what stands on its line: "they also look at Rampio. Keep that off the call."
    An insight is about what a telling word of its title names: a note that their spreadsheet is not
    to be brought up holds for "In a shared sheet two people can promise the same door".

    Raises:
        ModelError: the embedder fails.
    """
    ours = [fact for fact in facts if fact.voice == "internal"]
    remarks = [fact for fact in ours if _NOT_TO_SAY.search(plain(fact.quote))]
    lines = [_line_of(remark, ours) for remark in remarks]
    near = shelf.answers(lines, prospect=Prospect(), wanted=_is_response) if lines else []
    subjects = _subjects([card for card in shelf.cards if _is_insight(card)])
    found = []
    for remark, line, hits in zip(remarks, lines, near, strict=True):
        close = {hit.card.id for hit in hits[:1] if hit.score >= _CLOSE}
        named = {card.id for card in shelf.cards if _is_response(card) and _names(line, card)}
        named |= {card for card, about in subjects.items() if _is_about(about, _telling(line))}
        if close or named:
            whole = remark.model_copy(update={"text": line, "quote": line})
            found.append(Reserved(whole, frozenset(close | named)))
    return tuple(found)


def remark_on(card: Card, kept: Iterable[Reserved]) -> Fact | None:
    """Return the remark that says not to speak of what a card is about, None where none does."""
    return next((one.remark for one in kept if card.id in one.cards), None)


def _line_of(remark: Fact, ours: Iterable[Fact]) -> str:
    place = (remark.source, remark.page, remark.line)
    return " ".join(f.quote for f in ours if (f.source, f.page, f.line) == place)


def _is_response(card: Card) -> bool:
    return card.kind == "objection" and card.audience == "customer"


def _is_insight(card: Card) -> bool:
    return isinstance(card, Insight) and card.audience == "customer"


def _telling(text: str) -> frozenset[str]:
    """Return the longer words of a text, without those that bid silence, as they count."""
    said = _NOT_TO_SAY.sub(" ", plain(text))
    words = (w for w in words_of(said) if len(w) >= _LONG and w not in STOPWORDS)
    return frozenset(stem for word in words if (stem := stem_of(word)))


def _subjects(cards: Sequence[Card]) -> dict[str, frozenset[str]]:
    """Return by insight what its title says that it is about: words that few insights hold."""
    held = [_telling(words_of_card(card)) for card in cards]
    spread = Counter(word for words in held for word in words)
    rare = frozenset(word for word, count in spread.items() if count <= _FEW * len(cards))
    return {card.id: _telling(card.title) & rare for card in cards}


def _is_about(subject: Iterable[str], remark: Iterable[str]) -> bool:
    """Tell whether a remark holds a word of a subject, alone or at the end of a compound."""
    return any(word.endswith(about) for about in subject for word in remark)


def _names(line: str, card: Card) -> bool:
    view = plain(line)
    return any(topic.remark.search(view) and topic.title.search(card.title) for topic in _TOPICS)
