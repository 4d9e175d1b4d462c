"""From a prospect's words to approved cards, best first, with the reasons why."""

from typing import TYPE_CHECKING

from assistant.retrieval.fit import Prospect
from assistant.retrieval.search import Hit, search

if TYPE_CHECKING:
    from assistant.retrieval.dossier import Retrieval, retrieve

__all__ = ["Hit", "Prospect", "Retrieval", "retrieve", "search"]


def __getattr__(name: str) -> object:
    """Import what a brief is made of when it is asked for: 0.14 s that a lookup does without."""
    if name in {"Retrieval", "retrieve"}:
        from assistant.retrieval import dossier

        return getattr(dossier, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
