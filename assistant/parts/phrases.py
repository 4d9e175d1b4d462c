"""The small phrases that composers share: quoting, naming, dating."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from assistant.text import content, is_common, quantities
from assistant.text.dates import dates

_MARKS = re.compile("[“”„«»]")
_ABBREVIATED = re.compile(r"\b(?:c[efiot]o|vp|it|hr)\b")
_MARKUP = re.compile(r"!?\[[^\[\]]{0,200}\]\s?[(\[:]\S{0,200}|<\s*[/!?a-z][^<>]*>?", re.IGNORECASE)
_LEADS_ELSEWHERE = re.compile(
    r"://|//\w|www\.|@|&#?\w+;|%[0-9a-f]{2}|^\W*[a-z]+:[\w/+%]|localhost|\\\\"
    r"|\b[\w-]+\.(?-i:[a-z]{2,})|(?:\d+\.){3}\d",
    re.IGNORECASE,
)
_MOST_QUOTED = 34  # words; more cannot be taken in when it is said aloud
_MOST_LETTERS = 400
_LONGEST_WORD = 60
_ENOUGH_TO_KNOW = 6  # words by which a line that was quoted before is known again
_NO_LETTERS = frozenset({"Cc", "Cf", "Co", "Cs"})  # controls, invisible and private signs
_JOINERS = "\u200c\u200d"  # parts of words and emoji


def quotation(words: str) -> str:
    """Return words between quotation marks, cut at a sentence's end where too long to say.

    What cannot be said, such as a link or markup, is left out; three dots stand where it was.
    """
    plain = _MARKUP.sub(" … ", _MARKS.sub('"', words.strip().strip('"“”„«»')))
    said = " ".join(word if _is_sayable(word) else "…" for word in plain.split())
    return f"“{_cut(re.sub('… (?=…)', '', said).strip(' …')).rstrip(' .,;:') or '…'}”"


def beginning(words: str) -> str:
    """Return the first words of what was quoted before, between quotation marks.

    No figure or day is cut in two. A line that is hardly longer is returned whole.
    """
    said = quotation(words).strip("“”")
    first = said.split()[:_ENOUGH_TO_KNOW]
    end = len(" ".join(first))
    held = [(q.start, q.end) for q in quantities(said)] + [(d.start, d.end) for d in dates(said)]
    end = max([end, *(last for start, last in held if start < end < last)])
    if len(said[end:].split()) < 2:
        return f"“{said}”"
    kept = said[:end].split()
    while len(kept) > 2 and not content(kept[-1]):
        kept.pop()
    return f"“{' '.join(kept).rstrip(' .,;:')} …”"


def _is_sayable(word: str) -> bool:
    if len(word) > _LONGEST_WORD or _LEADS_ELSEWHERE.search(word):
        return False
    return all(c in _JOINERS or unicodedata.category(c) not in _NO_LETTERS for c in word)


def leads_elsewhere(text: str) -> bool:
    """Tell whether a text holds a link, an address or markup."""
    return bool(_MARKUP.search(text)) or any(map(_LEADS_ELSEWHERE.search, text.split()))


def _cut(words: str) -> str:
    if _fits(words):
        return words
    kept = ""
    for sentence in re.findall(r".+?(?:[.!?](?=\s|$)|$)\s*", words):
        if kept and not _fits(kept + sentence):
            break
        kept += sentence
    return kept.strip() if _fits(kept) else _cut_words(words)


def _fits(words: str) -> bool:
    return len(words.split()) <= _MOST_QUOTED and len(words) <= _MOST_LETTERS


def _cut_words(words: str) -> str:
    kept = " ".join(words.split()[:_MOST_QUOTED])
    while len(kept) > _MOST_LETTERS:
        kept = kept.rpartition(" ")[0]
    return f"{kept} …"


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


def uncapped(sentence: str) -> str:
    """Return a sentence as it goes on after a colon; a name at its beginning stays one."""
    first = sentence.split(" ", maxsplit=1)[0]
    return sentence[:1].lower() + sentence[1:] if is_common(first.lower()) else sentence


def begun(sentence: str) -> str:
    """Return a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]
