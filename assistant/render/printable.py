"""Text as it may be shown: nothing in it moves a cursor, hides, or breaks an encoder."""

from __future__ import annotations

import re
import unicodedata

# Marks that turn the direction of what stands beside them: a reader would see another text.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Code points that are no characters; XML, and so a Word document, refuses them.
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile(r"\s+")


def printable(text: str) -> str:
    """Return the text on one line, without control codes, direction overrides or half characters.

    Emoji sequences, combining marks and right-to-left letters stay as they are.
    """
    text = _NO_CHARACTER.sub("\ufffd", _TURNS.sub("", text))
    return _BREAKS.sub(" ", "".join(map(_shown, _BREAKS.sub(" ", text)))).strip()


def capital(text: str) -> str:
    """Return the text with its first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]


def _shown(char: str) -> str:
    match unicodedata.category(char):
        case "Cc":
            return ""
        case "Cs":
            return "\ufffd"
        case _:
            return char
