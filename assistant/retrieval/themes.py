"""What kind of problem a fact is, and which kind most of what they said is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.dossier import Fact
from assistant.knowledge.profile import SellerProfile
from assistant.research.facts import salience
from assistant.retrieval.dossier import Retrieval
from assistant.text.words import STOPWORDS

# Beside a salience of up to 12: two lines on one matter outweigh a lone figure.
_ANOTHER_LINE = 3.0
_MOST_LINES = 3
_AS_GOAL = 1.0  # one of the lines says what they want
_AS_CALLED = 3.0  # the meeting's name or agenda says it
_LONG = 5  # letters of a word of a name that can tell


def challenge_of(fact: Fact, found: Retrieval, signs: Mapping[str, Sequence[str]]) -> str:
    """Name the kind of a problem: by its own words, else by the cards found for it.

    Of the signs that a line holds the first decides, since cause is told before consequence.
    """
    seen = {challenge: _place_of(its, fact.quote) for challenge, its in signs.items()}
    if any(place is not None for place in seen.values()):
        return min((place, challenge) for challenge, place in seen.items() if place is not None)[1]
    votes: dict[str, float] = {}
    for hit in (*found.insights, *found.stories, *found.objections):
        if fact.id in hit.evidence:
            for challenge in hit.card.challenges[:2]:
                votes[challenge] = votes.get(challenge, 0.0) + hit.score
    fitting = {challenge: vote for challenge, vote in votes.items() if challenge in signs}
    return max(fitting, key=lambda c: fitting[c], default="")


def _place_of(signs: Sequence[str], line: str) -> int | None:
    """Return where the first of these phrases begins in a line, None where none stands in it."""
    text = " ".join(line.lower().split())
    found = (re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", text) for sign in signs)
    return min((match.start() for match in found if match), default=None)


def signs_of(profile: SellerProfile) -> dict[str, tuple[str, ...]]:
    """Return the phrases that each kind of problem is known by, its name first."""
    known = (name for capability in profile.capabilities for name in capability.challenges)
    signs: dict[str, tuple[str, ...]] = {name: (name,) for name in known}
    return signs | {q.challenge: (q.challenge, *q.signs) for q in profile.questions}


def theme_weights(
    kinds: Mapping[Fact, str], called: Sequence[str], signs: Mapping[str, Sequence[str]]
) -> dict[Fact, float]:
    """Return how much each fact matters, its own weight and that of its kind in all they said.

    `kinds` holds the kind of each problem and aim, "" for none; `called` what the meeting is
    called and its agenda holds.
    """
    lines = Counter(kind for kind in kinds.values() if kind)
    goals = {kind for fact, kind in kinds.items() if fact.kind == "priority"}
    told = _kinds_called(called, signs)

    def of_kind(kind: str) -> float:
        others = min(lines[kind] - 1, _MOST_LINES)
        return _ANOTHER_LINE * others + _AS_GOAL * (kind in goals) + _AS_CALLED * (kind in told)

    return {fact: salience(fact) + (of_kind(kind) if kind else 0.0) for fact, kind in kinds.items()}


def _kinds_called(called: Sequence[str], signs: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the kinds that what a meeting is called holds a word of, and of no other kind."""
    words = {kind: _telling(" ".join(its)) for kind, its in signs.items()}
    spread = Counter(word for its in words.values() for word in its)
    heard = _telling(" ".join(called))
    return frozenset(
        kind for kind, its in words.items() if any(spread[word] == 1 for word in its & heard)
    )


def _telling(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return frozenset(word for word in words if len(word) >= _LONG and word not in STOPWORDS)
