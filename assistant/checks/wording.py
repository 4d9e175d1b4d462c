"""Words as several checks compare them: stems, numbers, hedges, vague times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from assistant.text import STOPWORDS, plain, stem

# More words that say nothing about a subject.
_EMPTY = STOPWORDS | frozenset(
    ("many", "much", "per", "upon", "via", "within", "yet", "ish", "etc")
)
_SMALL_NUMBERS = "two three four five six seven eight nine ten eleven twelve"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {
    **{word: str(value) for value, word in enumerate(_SMALL_NUMBERS.split(), start=2)},
    **{word: str(value * 10) for value, word in enumerate(_TENS.split(), start=2)},
    "fifteen": "15",
    "hundred": "100",
    "thousand": "1000",
}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")

_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|\"[^\"]*\"|(?<!\w)['‘][^'‘’]{2,}['’](?!\w)")

# Words that leave the door open; "may" in lower case only, for the month has a capital.
_HEDGES = re.compile(
    r"""
    \b(?i:hope|hopes|hoping|hopefully|maybe|perhaps|possibly|probably|ideally|eventually
        |try|tries|trying|attempts?\ to|endeavou?rs?
        |might|should\ be\ able|ought\ to
        |(?:aim|intend|expect)(?:s|ing)?\ to|planning\ to|would\ like\ to
        |(?:we|i|you|they|will)\ plan\ to|(?:he|she)\ plans\ to
        |see\ (?:if|whether)\ (?:we|i|you|they)\ can|(?:do|does)\ (?:my|our|your|their)\ best
        |best\ efforts?|if\ (?:at\ all\ )?possible|where\ possible|if\ time\ (?:permits|allows)
        |all\ being\ well|tentatively|more\ or\ less)\b
    | \bmay\b(?=\ (?:be|have|not|want|need|also|then|still|possibly)\b)
    """,
    re.VERBOSE,
)
_VAGUE_TIMES = re.compile(
    r"""
    \b(?:at\ some\ (?:point|stage|time)|some\ ?time\ (?:next|this|in|soon|later|around|over)
    |some\ ?time(?=\s*[.?!,;]|\s*$)|some\ day|one\ of\ these\ days
    |as\ soon\ as\ (?:possible|practicable|(?:you|we|they)\ can)|asap|a\.s\.a\.p
    |soon(?!\ as\b|er\b)|shortly|before\ long|in\ due\ (?:course|time)|down\ the\ (?:line|road)
    |in\ the\ (?:near|coming|foreseeable|not\ too\ distant)\ (?:future|days|weeks|months)
    |in\ (?:the\ next|a)\ (?:few|couple\ of)\ (?:days|weeks|months)
    |(?:at\ (?:your|their|our)\ (?:earliest\ )?convenience|when(?:ever)?\ (?:it\ is\ )?convenient)
    |when(?:ever)?\ (?:you|they|we|he|she)\ (?:have|has|get|gets|find|finds)\ (?:a\ )?
        (?:time|chance|moment|minute)
    |when\ the\ time\ (?:is\ right|comes)|going\ forward|tbd|tbc|to\ be\ (?:decided|determined))\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


_RELATIVE = re.compile(
    r"\b(?:tomorrow|(?:by|until|before) (?:the )?(?:weekend|end of (?:the |this |next )?\w+)"
    r"|(?:this|next|the coming) (?:week|month|quarter|monday|tuesday|wednesday|thursday"
    r"|friday)|in (?:a|one|two|three|\d+) (?:days?|weeks?|months?)|eod|eow|eom|eoq)\b",
    re.IGNORECASE,
)


def one_line(text: str) -> str:
    """Return the text on one line, with plain quotes, dashes and spaces."""
    return " ".join(plain(unicodedata.normalize("NFKC", text)).split())


def tokens(text: str) -> tuple[str, ...]:
    """Return words in lower case without possessives, and numbers in digits, in reading order."""
    found = _TOKEN.findall(one_line(text).casefold())
    return tuple(_digits(word.removesuffix("'s")) for word in found)


def _digits(token: str) -> str:
    if _GROUPED.match(token):
        return re.sub("[.,]", "", token)
    return _NUMBER_WORDS.get(token, token.replace(",", ".") if token[0].isdigit() else token)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text, in digits without grouping: `1,850` and `four` as 1850, 4."""
    return frozenset(token for token in tokens(text) if token[0].isdigit())


@lru_cache(maxsize=4096)
def stem_list(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, and the numbers, in reading order."""
    return tuple(stem(word) for word in tokens(text) if word not in _EMPTY)


def stems(*texts: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning, and the numbers, of all texts."""
    return frozenset(stem for text in texts for stem in stem_list(text))


def share(part: Iterable[str], whole: Iterable[str]) -> float:
    """Return how much of `part` is in `whole`, 0 to 1; nothing is in everything."""
    sought = frozenset(part)
    return len(sought & frozenset(whole)) / len(sought) if sought else 1.0


def without_quotations(text: str) -> str:
    """Return the text with what stands in quotation marks taken out."""
    return _QUOTED.sub(" ", text)


def hedges(text: str) -> tuple[str, ...]:
    """Return the words that take a commitment back: hope, try, maybe, should be able to."""
    return _found(_HEDGES, text)


def vague_times(text: str) -> tuple[str, ...]:
    """Return the words that stand where a date should: soon, ASAP, at some point."""
    return _found(_VAGUE_TIMES, text)


def relative_days(text: str) -> tuple[str, ...]:
    """Return the words for a day that count from an unknown one: tomorrow, next week."""
    return _found(_RELATIVE, text)


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    unquoted = one_line(without_quotations(text))
    return tuple(
        dict.fromkeys(match.group().strip().lower() for match in pattern.finditer(unquoted))
    )
