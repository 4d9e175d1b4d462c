"""What sort of text a source is, since that tells whose voice its lines have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from assistant.research import cues
from assistant.sources.source import Source

Genre = Literal[
    "notes",  # our own, of what we heard and think
    "record",  # a customer record: fields about them, and a log of what we did
    "form",  # what they wrote about themselves into a form of ours
    "minutes",  # their own record of a meeting
    "published",  # what they say to everybody
    "email",
    "transcript",
    "invite",
]

_READ: tuple[Genre, ...] = ("notes", "form", "record", "minutes", "published")
_LEAST = {"notes": 1, "form": 3, "record": 3, "minutes": 2, "published": 2}
_SENTENCE = re.compile(r"[A-ZÄÖÜ0-9\"“„].*[.!?][\"”“)]*$", re.DOTALL)
_OF_THEMSELVES = re.compile(r"\b(?:we|our|wir|unser\w*)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"\b(?:i|i'm|i'd|me|my|he|she|his|her|they|their|(?<!of )them|ich|mir|mein\w*|er|ihm|ihnen)\b",
    re.IGNORECASE,
)
_IS_MARKUP = re.compile(r"^https?:|\.x?html?$", re.IGNORECASE)  # else a page that was pasted
_MOSTLY = 0.6


@lru_cache(maxsize=64)
def genre_of(source: Source) -> Genre:
    """Tell what sort of text a source is, from its kind, its name and its words.

    Text that looks like a copied page may still be notes with a page in them. What nothing tells
    apart counts as published where it has pages, else as our own notes, since a remark of ours
    that is taken for published would be read aloud.
    """
    if source.kind in {"email", "transcript", "invite"}:
        return source.kind
    if source.kind == "page" and _IS_MARKUP.search(source.name):
        return "published"
    weight = _weights(source)
    fitting = [genre for genre in _READ if weight[genre] >= _LEAST[genre]]
    if fitting:
        return max(fitting, key=lambda genre: weight[genre])
    return "published" if any(passage.page for passage in source.passages) else "notes"


def _weights(source: Source) -> dict[Genre, int]:
    name = re.sub(r"[\W_]+", " ", source.name)
    headings = dict.fromkeys(passage.heading for passage in source.passages)
    text = "\n".join([name, *headings, *(passage.text for passage in source.passages)])
    weights = {
        genre: cues.count(text, f"genre.{genre}")
        + (1 if genre == "published" else 2) * cues.count(name, f"name.{genre}")
        for genre in _READ
    }
    weights["published"] += 2 * _is_prose_about_themselves(source) + 3 * (source.kind == "page")
    return weights


def _is_prose_about_themselves(source: Source) -> bool:
    """Tell a page of whole sentences in which a company says "we" from anybody's notes."""
    texts = [passage.text for passage in source.passages]
    whole = sum(bool(_SENTENCE.match(text)) for text in texts)
    text = " ".join(texts)
    about = _OF_THEMSELVES.search(text) and not _OF_OTHERS.search(text)
    private = any(cues.is_private(passage_text) for passage_text in texts)
    return bool(about) and not private and whole >= _MOSTLY * len(texts)
