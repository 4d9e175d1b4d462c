"""From a prospect's words to approved cards, best first, with the reasons why."""

from assistant.retrieval.dossier import Retrieval, retrieve
from assistant.retrieval.fit import Prospect
from assistant.retrieval.search import Hit, search

__all__ = ["Hit", "Prospect", "Retrieval", "retrieve", "search"]
