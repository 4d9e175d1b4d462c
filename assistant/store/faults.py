"""What a database complains of, as our errors: what, where, the cure, and what was kept."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from assistant.errors import LockedError, StoreError
from assistant.store.place import Place

_BUSY = "another process is writing to it; try again in a moment"
_DAMAGED = (
    "is damaged, or no database; move the file away to start a new one, or put back a copy "
    "(`sqlite3 FILE .recover` may save the rest)"
)
_SQLITE = {  # by the beginning of the name of the result code
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": "the disk is full; make room and try again",
    "SQLITE_IOERR": "the disk does not take it: is it full, or gone?",
    "SQLITE_READONLY": "may only be read; give yourself the right to write to it and its folder",
    "SQLITE_CANTOPEN": "cannot be opened: is its folder there, and yours to write to?",
    "SQLITE_PERM": "may not be opened",
    "SQLITE_AUTH": "may not be opened",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
}
_POSTGRES = {  # by SQLSTATE, or its class; a connection that fails has none, only its words
    "55P03": _BUSY,
    "40P01": _BUSY,
    "40001": _BUSY,
    "57014": _BUSY,
    "53100": "the server's disk is full",
    "53": "the server has no more room or connections",
    "25006": "the server may only be read",
    "42501": "this user lacks the right; grant it CREATE on the schema",
    "57P": "the server is shutting down",
}


def as_fault(error: DBAPIError, place: Place, *, kept: str) -> StoreError:
    """Return the error to raise; `kept` ends its message: what became of what was to be done."""
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    told = next(
        (text for table in (_SQLITE, _POSTGRES) for text in _by_length(table, code or "")),
        _without(place.secrets, str(error.orig)),
    )
    kind = LockedError if told is _BUSY else StoreError
    return kind(f"{place.shown}: {told}; {kept}")


def _by_length(table: dict[str, str], code: str) -> list[str]:
    known = sorted((key for key in table if code.startswith(key)), key=len, reverse=True)
    return [table[key] for key in known]


def _without(secrets: frozenset[str], text: str) -> str:
    line = " ".join(text.split())
    for secret in sorted(secrets, key=len, reverse=True):
        line = line.replace(secret, "…")
    return line
