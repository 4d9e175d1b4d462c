"""Links: nothing in a brief leads out but the cited cards' sources; nothing in it is active."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from assistant.brief import Finding, Statement
from assistant.checks.cited import error
from assistant.evidence import Evidence
from assistant.knowledge.card import Insight

_CHECK = "links"
_IMAGE = re.compile(r"!\[[^\]]*\]|<(?:img|picture|svg|image)\b", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:/?[a-z][\w:-]*(?:[\s/][^<>]*)?>|[a-z][\w:-]*[\s/]+[^<>]*=|[!?][\w-])", re.IGNORECASE
)
_SCHEME = re.compile(
    r"\b(?:(?:java|vb|live)script\s*:\s*\S|data\s*:\s*(?:[\w.+-]+/[\w.+-]+|[;,])|(?:tel|sms|callto):[+\d]"
    r"|(?:about|blob|view-source|intent|filesystem|ms-[\w-]+|mailto):[\w/])",
    re.IGNORECASE,
)
_URL = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}://|(?<![\w:/])//(?=[\w-]+\.)|\bwww\.)[^\s<>\"'`|]+", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"\]\(\s*<?([^)>\s]*)|^\s{0,3}\[[^\]]+\]:\s*<?(\S+)|\]\[[^\]]*\]", re.MULTILINE
)
_LOCAL = r"[\w.!#$%&*+/=?^`{|}~-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}+@[\w-]+(?:\.[\w-]+)+")
_TOP = (
    "com|net|org|io|ai|co|app|dev|info|biz|xyz|top|site|online|shop|cloud|link|click|live|news|"
    "store|tech|page|ly|ru|cn|de|uk|fr|es|nl|eu|ca|au|ch|pl|se|dk|jp|br|gov|edu|mil|int|example|test|local|localhost|"
    "onion|zip|mov|gg|tv|cc|ws|su|ir|tk|ml|ga|cf|gq"
)
_DOMAIN = re.compile(
    rf"(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.)+(?:{_TOP}|xn--[a-z0-9-]+)(?![\w-])(?:[:/?#][^\s<>\"']*)?"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.)+[a-z]{2,6}/[^\s<>\"']*"
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|\blocalhost\b(?::\d+)?|\\\\[\w.-]{1,80}\\\S*"
)
_ACTIVE = {
    "Cc": "a control code",
    "Cf": "an invisible character",
    "Co": "a private character",
    "Cs": "half a character",
}
_ALLOWED_CONTROLS = "\n\t"
_JOINERS = "\u200c\u200d"  # parts of words and emoji
_TRAILING = ".,;:!?)]}'\"*_"


def check_links(statements: Sequence[Statement], evidence: Evidence) -> tuple[Finding, ...]:
    """Return an error for whatever in a statement leads elsewhere or could do something.

    That is an image, an HTML tag, a link other than a cited card's source, a bare domain or
    address, an e-mail address the sources do not hold, and control or invisible characters.
    """
    return tuple(
        error(_CHECK, statement, message)
        for statement in statements
        for message in dict.fromkeys(_messages(statement, evidence))
    )


def _messages(statement: Statement, evidence: Evidence) -> Iterator[str]:
    yield from _hidden(statement.text)
    text = _decoded(statement.text)
    if _IMAGE.search(text):
        yield "holds an image"
    if match := _TAG.search(text):
        yield f"holds an HTML tag: {_shown(match.group())}"
    if match := _SCHEME.search(text):
        yield f"holds an active link: {_shown(match.group())}"
    yield from _addresses(text, statement, evidence)


def _hidden(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if category in _ACTIVE and character not in _ALLOWED_CONTROLS + _JOINERS:
            yield f"holds {_ACTIVE[category]} (U+{ord(character):04X})"


def _decoded(text: str) -> str:
    """Undo what hides an address: entities, percent signs, wide letters, invisible characters."""
    seen = unicodedata.normalize("NFKC", unquote(html.unescape(html.unescape(text))))
    kept = (c for c in seen if c in _ALLOWED_CONTROLS or unicodedata.category(c) not in _ACTIVE)
    return re.sub(r"\[\.\]|\(dot\)|\s\[dot\]\s|。", ".", "".join(kept), flags=re.IGNORECASE)


def _addresses(text: str, statement: Statement, evidence: Evidence) -> Iterator[str]:
    allowed = {_bare(url) for e in statement.evidence for url in _sources(e, evidence)}
    known = {email.casefold() for email in evidence.dossier.emails}
    for match in _EMAIL.finditer(text):
        if match.group().strip(_TRAILING).casefold() not in known:
            yield f"{_shown(match.group())} is an e-mail address that no source holds"
    rest = _EMAIL.sub(" ", text)
    for target in (m[1] or m[2] or "" for m in _MARKDOWN.finditer(rest)):
        if _bare(target) not in allowed:
            yield f"holds a link to {_shown(target) or 'somewhere'}"
    rest = _MARKDOWN.sub(" ", rest)
    bare = [m.group() for m in _DOMAIN.finditer(_URL.sub(" ", rest).casefold())]
    for found in [*(m.group() for m in _URL.finditer(rest)), *bare]:
        if _bare(found) not in allowed:
            yield f"{_shown(found)} is not a source of a cited card"


def _sources(evidence_id: str, evidence: Evidence) -> Iterator[str]:
    card = evidence.cards.get(evidence_id)
    if isinstance(card, Insight):
        yield from (source.url for source in card.sources if source.url)


def _bare(url: str) -> str:
    return re.sub(r"^https?://", "", url.casefold()).strip(_TRAILING).rstrip("/")


def _shown(found: str) -> str:
    return " ".join(found.split()).strip("<>")[:80]
