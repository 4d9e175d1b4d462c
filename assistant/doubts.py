"""What somebody says, parted into its doubts, each with the approved responses that answer it.

No model is asked, and nothing is composed: the cards are found, or they are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from assistant.index.vectors import ApprovedCards, Card
from assistant.knowledge.card import Objection
from assistant.research import cues
from assistant.retrieval import Hit, Prospect
from assistant.retrieval.search import AskedIndex, Shelf, open_shelf, words_of
from assistant.text import STOPWORDS, content, is_listed, words
from assistant.text.spelling import in_full, is_foreign, mended

_MOST_PARTS = 64  # looked up one by one; what comes after them is one more
_MOST_CARDS = 3  # for one doubt: the response, and two others
# Both from evals/objection. Relevance from which a part of a text is a doubt of its own: "it works
# fine" only leads into one, and reaches 0.35.
_ALONE = 0.45
# Likeness of meaning under which one word that a card shares is chance: "what's the weather".
_CHANCE = 0.4
_CLOSE = 0.6  # of the best one's score: what is further off is no alternative to it
_PARTING = re.compile(
    r"(?<=[.!?;\n])\s+|\s*[;\n]\s*|,?\s+(?:and|but|also|plus|besides|und|aber|außerdem)\s+|,\s+",
    re.IGNORECASE,
)
# "My boss thinks", "Dana says:": no card is about them.
_REPORT = re.compile(
    r"^\s*(?:[^\W\d_]+\s+){1,3}?(?:thinks|says|said|feels|believes|reckons|told me|tells me|asks"
    r"|asked|meint|sagt)\b(?:\s+(?:that|if|whether|dass|ob)\b)?\s*[:,]?\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Doubt:
    """One doubt: their words for it, as they were looked up, and the cards that answer, best first.

    `read_as` differs from `said` where it was mended. There are no hits where no approved response
    fits; `is_foreign` says that most of its words are neither English nor a card's.
    """

    said: str
    read_as: str
    hits: tuple[Hit, ...]
    is_foreign: bool


def find_doubts(
    text: str,
    *,
    index: AskedIndex,
    pack: ApprovedCards,
    prospect: Prospect | None = None,
    today: date,
) -> tuple[Doubt, ...]:
    """Return the doubts of a text in the order in which they are said, each card once.

    A text in one piece is one doubt. One of several parts is as many doubts as parts are answered
    by cards of their own, and those that sound like a doubt and are not answered; where the whole
    answers better than its parts, it is one.

    Raises:
        StoreError: the index does not hold all approved cards as they are; says how to mend it.
        ModelError: the embedder fails.
    """
    shelf = open_shelf(pack, index, today)
    parts = _parts(text)
    asked = [text] if len(parts) == 1 else [text, *parts]
    whole, *found = _look_up(asked, shelf, prospect or Prospect())
    if len(parts) == 1:
        return (whole,)
    alone = tuple(_each_card_once(filter(_stands_alone, found)))
    kept = [part for part in found if part in alone or _is_open(part)]
    if len(kept) > 1 and alone and _score(whole) <= max(map(_score, alone)):
        return tuple(kept)
    better = alone and _score(alone[0]) > _score(whole)
    return (replace(whole, hits=alone[0].hits) if better else whole,)


def _parts(text: str) -> tuple[str, ...]:
    """Return the parts that say something of their own, each once, one at least."""
    parts = [part.strip(" \t,") for part in _PARTING.split(text)]
    telling = list({part.casefold(): part for part in parts if content(part)}.values())
    single, rest = telling[:_MOST_PARTS], telling[_MOST_PARTS:]
    return (*single, *filter(None, [", ".join(rest)])) if len(telling) > 1 else (text,)


def _look_up(texts: Sequence[str], shelf: Shelf, prospect: Prospect) -> list[Doubt]:
    read = [_read(text, shelf) for text in texts]
    answers = shelf.answers(read, prospect=prospect, wanted=is_response, most=_MOST_CARDS)
    return [
        _doubt(said, read_as, hits, shelf)
        for said, read_as, hits in zip(texts, read, answers, strict=True)
    ]


def _doubt(said: str, read_as: str, hits: tuple[Hit, ...], shelf: Shelf) -> Doubt:
    answers = _by_more_than_chance(hits, read_as, shelf)
    close = tuple(hit for hit in answers if hit.score >= _CLOSE * answers[0].score)
    return Doubt(said, read_as, close, not hits and is_foreign(read_as, _vocabulary(shelf)))


def is_response(card: Card) -> bool:
    """Tell whether a card is a response that may be said to a customer."""
    return isinstance(card, Objection) and card.audience == "customer"


def _read(text: str, shelf: Shelf) -> str:
    """Return a text as it is looked up: without who says it, in full, and without slips."""
    said = in_full(_REPORT.sub("", text, count=1) or text)
    everyday = all(is_listed(word) for word in words(said))
    return said if everyday else mended(said, _vocabulary(shelf))


@lru_cache(maxsize=2)
def _vocabulary(shelf: Shelf) -> frozenset[str]:
    cards = filter(is_response, shelf.cards)
    said = frozenset(word for card in cards for word in words(words_of(card)))
    return said - STOPWORDS


def _by_more_than_chance(hits: tuple[Hit, ...], read_as: str, shelf: Shelf) -> tuple[Hit, ...]:
    """Return the hits, none where the text is one word and no card is like it in meaning."""
    if not hits or len(content(read_as.replace("'s", ""))) > 1:
        return hits
    (signals,) = shelf.signals([read_as])
    alike = {
        card.id for card, near in zip(shelf.cards, signals.likeness, strict=True) if near >= _CHANCE
    }
    return tuple(hit for hit in hits if hit.card.id in alike)


def _score(doubt: Doubt) -> float:
    return doubt.hits[0].score if doubt.hits else 0.0


def _card(doubt: Doubt) -> str:
    return doubt.hits[0].card.id if doubt.hits else ""


def _each_card_once(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    seen = set[str]()
    for doubt in doubts:
        if _card(doubt) not in seen:
            seen.add(_card(doubt))
            yield doubt


def _stands_alone(part: Doubt) -> bool:
    """Tell whether a part is a doubt of its own that a card answers."""
    return bool(part.hits) and (_score(part) >= _ALONE or _sounds_like_one(part))


def _is_open(part: Doubt) -> bool:
    """Tell whether a part is a doubt that no card answers."""
    return not part.hits and _sounds_like_one(part)


def _sounds_like_one(part: Doubt) -> bool:
    return part.said.rstrip().endswith("?") or cues.score(part.said, "concern") > 0
