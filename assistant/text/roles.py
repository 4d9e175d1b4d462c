"""Roles that people hold, as a text names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.words import STOPWORDS, is_common, plain, stem, word_list


@dataclass(frozen=True)
class Role:
    """What somebody is: the level ("manager", "coo") and the stems of what they are it of."""

    level: str
    field: tuple[str, ...]
    start: int
    end: int
    text: str


_CHIEFS = {
    "executive": "ceo", "operating": "coo", "financial": "cfo", "information": "cio",
    "technology": "cto", "technical": "cto", "procurement": "cpo", "revenue": "cro",
    "marketing": "cmo", "security": "ciso",
}  # fmt: skip
# The word as written, and the level; a second word is what the title says it is over.
_LEVELS = {
    "vp": "vp", "svp": "vp", "evp": "vp", "vice president": "vp", "director": "director",
    "directors": "director", "dir": "director", "head": "head", "leiter": "head",
    "leiterin": "head", "leitung": "head", "manager": "manager", "managers": "manager",
    "mgr": "manager", "supervisor": "supervisor", "supervisors": "supervisor",
    "supv": "supervisor", "managing director": "md", "geschäftsführer": "md",
    "geschäftsführerin": "md", "werkleiter": "manager plant", "werkleiterin": "manager plant",
    "schichtleiter": "lead shift", "schichtleiterin": "lead shift", "lead": "lead",
    "leader": "lead",
}  # fmt: skip
_WORD = r"[^\W\d_]+"
_ROLE = re.compile(
    rf"""
    (?P<acronym>\b(?:CEO|COO|CFO|CIO|CTO|CSO|CPO|CRO|CMO|CISO|CHRO)s?\b|\b(?:c(?:e|o|f|i|t)o)\b)
    | \b(?i:chief\s+(?P<chief>[a-z]+)\s+officer)\b
    | (?P<before>(?:(?<!\w){_WORD}[ -]){{0,2}})
      (?P<level>\b(?i:managing\ director|vice\ president|[se]?vp|directors?|dir|head(?=\s+of\b)
        |leiter(?:in)?|leitung|managers?|mgr|supervisors?|supv|geschäftsführer(?:in)?
        |(?:werk|schicht)leiter(?:in)?|lead(?=\s*(?:[,.;)|]|$))|leader)\b)\.?
      (?:\s+(?:of|for)\s+(?:the\s+)?(?P<of>{_WORD}(?:\s(?:chain|and\s{_WORD}))?)
        |\s+(?P<next>[A-ZÄÖÜ]{_WORD}(?:\s[A-ZÄÖÜ]{_WORD})?))?
    """,
    re.VERBOSE,
)
_NO_FIELDS = """
    senior junior deputy executive general regional assistant global group ask with meet help agree
    agrees call tell says said wants named new former acting interim every each
"""
_NO_FIELD = STOPWORDS | frozenset(word_list(_NO_FIELDS))
_GERMAN_FIELD = {
    "logistik": "logist",
    "einkauf": "procur",
    "vertrieb": "sale",
    "betrieb": "oper",
    "werk": "plant",
}
_SHORT_FIELD = {"op": "oper", "sc": "suppli"}


@lru_cache(maxsize=8192)
def roles(text: str) -> tuple[Role, ...]:
    """Return the roles that a text names, in order: "COO", "VP of Operations", "plant manager"."""
    return tuple(_role(match, text) for match in _ROLE.finditer(plain(text)))


def _role(match: re.Match[str], text: str) -> Role:
    if match["acronym"]:
        return _plain_role(match["acronym"].casefold().removesuffix("s"), match, text)
    if match["chief"]:
        chief = match["chief"].casefold()
        return _plain_role(_CHIEFS.get(chief, f"c{chief[0]}o"), match, text)
    return _held_role(match, text)


def _held_role(match: re.Match[str], text: str) -> Role:
    level, _, own = _LEVELS[" ".join(match["level"].casefold().split())].partition(" ")
    before = _last_words(match["before"])
    after = _after(match).split()
    start = match.start("level")
    if before:
        start = match.start("before") + match["before"].rfind(before[0])
    end = match.start() + len(match.group().rstrip()) if after else match.end("level")
    return Role(
        level, tuple(map(_field, [*before, *after, *own.split()])), start, end, text[start:end]
    )


def _after(match: re.Match[str]) -> str:
    """Return what a title is of: "VP Supply Chain", but not "VP Dana Whitfield"."""
    named = match["next"] or ""
    held = all(is_common(w) or w.casefold() in _GERMAN_FIELD for w in named.split())
    return match["of"] or (named if held and not match["level"].casefold().startswith("m") else "")


def _plain_role(level: str, match: re.Match[str], text: str) -> Role:
    return Role(level, (), *match.span(), text[slice(*match.span())])


def _last_words(before: str) -> list[str]:
    """Return the words right before the level that say what it is over."""
    found: list[str] = []
    for word in reversed(re.findall(_WORD, before)):
        if (word.casefold() in _NO_FIELD and word != "IT") or (
            found and word[0].isupper() != found[0][0].isupper()
        ):
            break
        found.insert(0, word)
    return found


def _field(word: str) -> str:
    low = word.casefold()
    return _GERMAN_FIELD.get(low) or _SHORT_FIELD.get(stem(low), stem(low))
