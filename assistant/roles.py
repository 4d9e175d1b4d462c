"""Roles as people write them, brought to the words that cards and the ladder use."""

from __future__ import annotations

import re
from functools import lru_cache

_SHORT = (
    (r"mgr|mngr|mgmt", "manager"),
    (r"ops", "operations"),
    (r"supv|supvr", "supervisor"),
    (r"dir", "director"),
    (r"term(?= manager)", "terminal"),
    (r"whse|wh(?= manager)", "warehouse"),
    (r"sr", "senior"),
    (r"(?:senior |executive )?vice[ -]president|svp|evp|v\.p", "vp"),
    (r"&|\+", "and"),
    (r"dc(?= manager)|distribution (?:centre|center)", "warehouse"),
    (r"transportation", "transport"),
    (r"leitende[rn]?", "leiter"),
)
_OF = r"(?:,| of| for| -)?"
_HEAD = r"(?:director|head|vp|leiter)"


def _over(field: str) -> str:
    """Return a pattern for who leads a field: `head of logistics`, `logistics director`."""
    before = rf"{_HEAD}{_OF} (?:the )?(?:{field})(?: department)?"
    return rf"(?:{before}|(?:{field})[ -]?(?:director|head|leiter))"


_SPELLED = {  # in this order: what an earlier one spelled, a later one may read
    "coo": (r"chief operat\w+ officer", "operations director", "managing director operations"),
    "ceo": (
        "chief executive officer",
        r"geschäftsführer(?:in)?",
        "managing director",
        r"inhaber(?:in)?",
    ),
    "cfo": ("chief financial officer", _over("finance|finanzen"), "kaufmännischer? leiter"),
    "it director": (
        "chief information officer",
        "cio",
        _over("it|information technology|ict"),
        "it (?:manager|lead)",
        "^it$",
    ),
    "vp": ("vp of",),
    "vp supply chain": ("vp logistics", "chief supply chain officer", _over("supply chain")),
    "vp operations": ("(?:head|director)(?: of|,)? (?:site )?operations",),
    "plant manager": (
        "werks?-?leiter",
        "betriebsleiter",
        _over("produktion|fertigung"),
        "produktionsleiter",
        "(?:factory|works|site) manager",
        "plant (?:director|head)",
    ),
    "logistics manager": (
        _over("logistik|logistics"),
        "logistikleiter",
        "site logistics",
        "logistics lead",
    ),
    "warehouse manager": (
        "lagerleiter",
        _over("lager|warehouse|warehousing|distribution"),
        "warehouse lead",
        "distribution manager",
    ),
    "transport manager": (
        _over("transport|fleet|fuhrpark"),
        "fuhrparkleiter",
        "fleet manager",
        "dispositionsleiter",
    ),
    "quality manager": (
        _over("quality|qualität|qa|qm"),
        "qualitätsleiter",
        "qa manager",
        "quality lead",
    ),
    "procurement": (
        _over("einkauf|beschaffung"),
        "einkaufsleiter",
        r"einkäufer(?:in)?",
        "einkauf",
        "buyer",
        "purchasing",
        "strategic sourcing",
    ),
}
_SENIORITY = (
    r"\b(?:ceo|owner|founder|president|managing director|geschäftsführer\w*|inhaber\w*)\b",
    r"\b(?:coo|cfo|cio|cto|chief)\b",
    r"\bvp\b",
    r"\b(?:director|head)\b|(?<!werk)(?<!werks)(?<!betriebs)leiter\b",
    r"\b(?:plant|site|terminal|general|factory) manager\b|\b(?:werk|betrieb)s?-?leiter",
    r"\b(?:manager|lead|supervisor)\b",
)
_FILLER = frozenset(
    {"of", "the", "for", "and", "at", "a", "all", "four", "nights", "senior", "regional"}
)
_LEVELS = frozenset({"vp", "director", "head", "manager", "supervisor", "senior", "lead", "leiter"})


@lru_cache(maxsize=1024)
def plain_role(role: str) -> str:
    """Return a role in lower case, abbreviations and German titles spelled as cards spell them.

    What stands behind a comma is where they work (`terminal manager, Pelican Point`), and left
    out, unless the words before it are a bare level (`Director, Supply Chain`).
    """
    plain = _whole(role)
    for spelled, written in _SPELLED.items():
        plain = re.sub(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)", spelled, plain)
    return " ".join(plain.split())


def _whole(role: str) -> str:
    """Return a role with its abbreviations spelled out and its place left out."""
    plain = re.sub(r"\([^)]*\)|\?+|\b(?:dr|prof|ing)\.", " ", role.lower())
    plain = re.sub(r"leit(?:erin|ung)\b", "leiter", plain)
    for written, spelled in _SHORT:
        plain = re.sub(rf"(?<!\w)(?:{written})(?!\w)\.?", spelled, plain)
    first, *others = (piece.strip(" .") for piece in plain.split(","))
    bare = set(first.split()) <= _LEVELS
    return " ".join([*first.split(), *(others[0].split() if bare and others else [])])


def same_role(role: str, wanted: str) -> bool:
    """Tell whether somebody's role is the one a card or a step names.

    All words of the wanted role must be in the person's, or the other way round where the person's
    has two words or more: `VP Operations, all plants` is a `vp operations`; `manager` alone is no
    `terminal manager`.
    """
    has, needs = _words(role), _words(wanted)
    if not has or not needs:
        return False
    return needs <= has or (len(has) > 1 and has <= needs)


def seniority(role: str) -> int:
    """Return 6 for those who own the company down to 1 for a manager, 0 where nothing tells."""
    plain = _whole(role)
    if re.search(r"\bvp\b", plain):  # "vice president" is none who owns the company
        return 4
    ranks = (len(_SENIORITY) - i for i, rank in enumerate(_SENIORITY) if re.search(rank, plain))
    return next(ranks, 0)


def _words(role: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", plain_role(role))) - _FILLER
