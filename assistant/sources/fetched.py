"""What fetching a web page gives; types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.sources.limits import Limits


@dataclass(frozen=True)
class Fetched:
    """A page as it came. Where it could not be read, `not_read` says why and `content` is empty."""

    url: str  # where it came from, after redirects
    content: bytes = b""
    media_type: str = ""
    charset: str = ""  # as the server declares it
    not_read: str = ""


class Fetch(Protocol):
    """How pages are fetched."""

    def __call__(self, url: str, *, limits: Limits) -> Fetched:
        """Return the page at an address that the seller typed.

        Raises:
            SourceError: the address may not be asked.
        """
        ...
