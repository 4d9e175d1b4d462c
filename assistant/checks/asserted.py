"""Whether a sentence states something, or asks, wishes or supposes it."""

from __future__ import annotations

import re

from assistant.text import sentences

_WISH = re.compile(
    r"\b(?:if|would|could|should|may|might|wants?|wanted|goals?|aims?|targets?|worth)\b",
    re.IGNORECASE,
)


def asks(text: str, position: int) -> bool:
    """Tell whether the sentence of a text in which a position stands is a question."""
    return any(
        span.start <= position < span.end
        and text[span.start : span.end].rstrip(" \"'”’)").endswith("?")
        for span in sentences(text)
    )


def is_wish(sentence: str) -> bool:
    """Tell whether a sentence wishes, plans or supposes: "you want", "if it were"."""
    return _WISH.search(sentence) is not None
