"""The small phrases that composers share: quoting, naming, dating."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.knowledge.profile import Step

_MARKS = '"“”„«»'
_ABBREVIATED = re.compile(r"\b(?:c[efiot]o|vp|it|hr)\b")
_MOST_QUOTED = 34  # words; more cannot be taken in when it is said aloud


def quotation(words: str) -> str:
    """Return words between quotation marks, cut at a sentence's end where too long to say."""
    bare = words.strip().strip(_MARKS)
    return f"“{_cut(bare).rstrip(' .,;:')}”"


def _cut(words: str) -> str:
    if len(words.split()) <= _MOST_QUOTED:
        return words
    kept = ""
    for sentence in re.findall(r".+?(?:[.!?](?=\s|$)|$)\s*", words):
        if kept and len((kept + sentence).split()) > _MOST_QUOTED:
            break
        kept += sentence
    return kept.strip() if len(kept.split()) <= _MOST_QUOTED else _cut_words(words)


def _cut_words(words: str) -> str:
    return " ".join(words.split()[:_MOST_QUOTED]) + " …"


def day(when: date) -> str:
    """Return a day so that nobody can mistake it: Thursday 10 December 2026."""
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def an(words: str) -> str:
    """Put an indefinite article before a phrase that has no article of its own."""
    return words if re.match(r"(?:an?|the|one|two|three)\b", words) else f"a {words}"


def the(words: str) -> str:
    """Return a phrase as one speaks of it the second time: the workshop, no longer a workshop."""
    return re.sub(r"^an?\b", "the", words)


def spelled_role(role: str) -> str:
    """Return a role as it is written in a sentence: COO, VP operations, plant manager."""
    return _ABBREVIATED.sub(lambda match: match.group().upper(), role)


def begun(sentence: str) -> str:
    """Return a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def meeting_of(step: Step) -> str:
    """Return a step with its length: a dock-mapping workshop on site (90 minutes)."""
    return f"{step.action} ({step.minutes} minutes)"
