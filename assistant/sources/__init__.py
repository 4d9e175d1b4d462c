"""What the seller hands in, read into numbered passages."""

from assistant.sources.fetched import Fetch, Fetched
from assistant.sources.limits import Limits
from assistant.sources.quotes import find_quote
from assistant.sources.reading import read_sources
from assistant.sources.source import Agenda, Invite, Passage, Person, Source, SourceKind

__all__ = [
    "Agenda",
    "Fetch",
    "Fetched",
    "Invite",
    "Limits",
    "Passage",
    "Person",
    "Source",
    "SourceKind",
    "find_quote",
    "read_sources",
]
