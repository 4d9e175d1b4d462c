"""Names of people, organisations, places and products in an English text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.dates import dates
from assistant.text.numbers import label_spans
from assistant.text.roles import roles
from assistant.text.words import STOPWORDS, blotted, is_common, plain, sentences, word_list


@dataclass(frozen=True)
class Name:
    """A name as it stands; `parts` are the words of it that must be known, as compared."""

    text: str
    start: int
    end: int
    parts: tuple[str, ...]


_TOKEN = re.compile(r"(?<!\w)[^\W\d_](?:[\w&]|['.-](?=\w))*")
_TITLES = frozenset(
    word_list("""
    mr mrs ms miss dr prof herr frau sir
    """)
)
_SUFFIXES = frozenset(
    word_list("""
    inc llc ltd gmbh ag corp co plc se kg sa bv nv oy ab spa srl limited corporation
    """)
)
# Mark Oyelaran at the start of a sentence is somebody; "Mark the date" is not.
_ALSO_NAMES = frozenset(
    word_list("""
    mark will grace rose bill frank art drew grant chase hope faith joy april may june jack pat
    sue rob gene miles dean christian max ray rich chip dale glen wade norm carol don ken victor
    earnest gill heath lance nick robin rusty sandy sky stew terry trip van warren young brook
    amber ruby ivy olive pearl daisy iris violet jade crystal joey neil walt beth gail
    """)
)
# Said of any organisation, so no name of one.
_GENERIC = frozenset(
    word_list("""
    finance procurement legal operations logistics hr it board security compliance sales marketing
    quality engineering purchasing transport transportation receiving english german french
    spanish polish dutch italian european american british excel internet erp tms wms yms crm edi
    api pdf csv roi kpi kpis sla slas eta etas faq q&a us uk eu usa ok am pm id gps sms qr ai hq
    fte ftes ebitda capex opex po rfp rfi nda poc qbr i i'm i'd i'll i've vs tbc tbd fyi asap pto
    ceo coo cfo cio cto cso cpo cro cmo ciso vp svp evp ph ltl ftl 3pl dc dcs o'clock smart spin
    qr-code e-mail tv usd eur gbp chf sek dkk nok pln cad aud jpy
    """)
)
_BETWEEN = re.compile(
    r" |\s&\s|\s(?:van|von|de|der|den|della|du|la)(?:\s(?:der|den|la))?\s", re.IGNORECASE
)
_STARTERS = re.compile(r"(?:[:;>|\"(\[{•*]|\s-|^-|\n|^\(?\d{1,2}[.)])\s*[\"'(\[]*$")
_HEADING_WORDS = 3
_LONG_WORD = 4


@lru_cache(maxsize=8192)
def names(text: str) -> tuple[Name, ...]:
    """Return the names of an English text, in order.

    A common word at the start of a sentence, headings in title case, dates, roles, departments,
    languages and everyday abbreviations are no names.
    """
    taken = [(d.start, d.end) for d in dates(text)] + [(r.start, r.end) for r in roles(text)]
    view = blotted(plain(text), [*taken, *label_spans(text)], "=")
    return tuple(name for run in _runs(view) if (name := _name(view, text, run)))


def _runs(view: str) -> Iterator[list[re.Match[str]]]:
    """Group the capitalised words that stand together."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(view):
        if not _is_capital(token.group()):
            continue
        if run and not _joined(view, run[-1], token):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _is_capital(word: str) -> bool:
    return any(part[:1].isupper() for part in word.split("-")) or any(c.isupper() for c in word[1:])


def _joined(view: str, one: re.Match[str], two: re.Match[str]) -> bool:
    if one.group().endswith("'s") or view[one.end() : one.end() + 1] == "'":
        return False
    between = view[one.end() : two.start()]
    initial = len(one.group()) == 1 or one.group().casefold() in _TITLES
    return _BETWEEN.fullmatch(between) is not None or (initial and between == ". ")


def _name(view: str, text: str, run: Sequence[re.Match[str]]) -> Name | None:
    heading = _in_heading(view, run[0].start())
    kept = list(run)
    while kept and _drops_first(view, kept, heading=heading):
        kept = kept[1:]
    while kept and _is_plain_word(kept[-1].group(), heading=heading):
        kept = kept[:-1]
    parts = tuple(part for token in kept for part in _parts(token.group()))
    if not parts:
        return None
    start, end = kept[0].start(), kept[-1].end()
    shown = re.sub(r"['’]s?$", "", text[start:end])
    return Name(shown, start, start + len(shown), parts)


def _drops_first(view: str, run: Sequence[re.Match[str]], *, heading: bool) -> bool:
    word = run[0].group().casefold()
    if word in _TITLES or _is_plain_word(run[0].group(), heading=heading):
        return True
    if not _starts_sentence(view, run[0].start()) or not is_common(word):
        return False
    named = word in _ALSO_NAMES and len(run) > 1 and not is_common(run[1].group())
    return not named


def _is_plain_word(word: str, *, heading: bool) -> bool:
    low = word.casefold().removesuffix("'s").removesuffix("'")
    shouted = len(word) >= _LONG_WORD and word.isupper()
    return low in _GENERIC or low in STOPWORDS or ((heading or shouted) and is_common(low))


def _parts(word: str) -> Iterator[str]:
    """Yield the capitalised parts of a word that are not a legal form."""
    bare = re.sub(r"'s?$", "", word)
    for part in bare.split("-") if not bare.isupper() else [bare]:
        low = part.casefold().strip(".")
        if len(low) > 1 and _is_capital(part) and low not in _SUFFIXES | _TITLES:
            yield low


@lru_cache(maxsize=8192)
def _sentence_starts(view: str) -> frozenset[int]:
    return frozenset(
        span.start
        + len(view[span.start : span.end])
        - len(view[span.start : span.end].lstrip(" \"'([*-•"))
        for span in sentences(view)
    )


def _starts_sentence(view: str, position: int) -> bool:
    return position in _sentence_starts(view) or _STARTERS.search(view[:position]) is not None


def _in_heading(view: str, position: int) -> bool:
    """Tell whether the sentence at `position` is written in title case."""
    span = next((s for s in sentences(view) if s.start <= position < s.end), None)
    if span is None:
        return False
    said = [w for w in _TOKEN.findall(view[span.start : span.end]) if len(w) >= _LONG_WORD]
    long_words = [w for w in said if w.casefold() not in STOPWORDS]
    return len(long_words) >= _HEADING_WORDS and all(w[0].isupper() for w in long_words)
