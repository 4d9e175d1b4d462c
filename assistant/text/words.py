"""Words, sentences and stems of a text, and the form in which two texts are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import NamedTuple, Protocol

_SINGLE = dict.fromkeys("’‘‚‛`´′", "'")
_DOUBLE = dict.fromkeys("“”„‟«»″", '"')
_DASH = dict.fromkeys("‐‑‒–—―−", "-")
_SPACE = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    " ",
)
_PLAIN = str.maketrans(_SINGLE | _DOUBLE | _DASH | _SPACE)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDS = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-ZÀ-Þ0-9])|\n\s*")
_SHORT = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|Nr|Inc|Ltd|Co|Corp|approx|vs|ca|Mio|Mrd|e\.g|i\.e|z\.B"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\b\d{1,2}\.\d{1,2}|(?<!\S)\d{1,2})\.$"
)

_LONGEST_SHORT = 8  # characters of an abbreviation with its dot


def word_list(text: str) -> tuple[str, ...]:
    """Return the words of a table that is written as running text."""
    return tuple(text.split())


_EMPTY = """
    a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each few for from further get gets
    got had has have having he her here hers him his how i if in into is it its itself just like
    made make makes me mine more most my no nor not now of off on once only or other our ours out
    over own per same she should since so some such than that the their theirs them then there
    these they this those through to today too under until up us very was we were what when where
    which while who whom whose why will with would you your yours i'm i'll i'd i've we're we'll
    we'd we've you're you'll you'd you've it's that's there's they're they'll let's don't doesn't
    didn't isn't aren't wasn't weren't can't cannot couldn't won't wouldn't shouldn't haven't
    hasn't hadn't may might must shall
"""
STOPWORDS = frozenset(word_list(_EMPTY))

# Forms that a stemmer does not bring together.
_FORMS = """
    rise:rose/risen fall:fell/fallen grow:grew/grown pay:paid lose:lost build:built tell:told
    say:said send:sent keep:kept leave:left hold:held meet:met buy:bought sell:sold find:found
    give:gave/given take:took/taken win:won see:saw/seen come:came go:went/gone run:ran
    spend:spent bring:brought think:thought know:knew/known write:wrote/written
    choose:chose/chosen begin:began/begun stand:stood drive:drove/driven show:shown person:people
    man:men woman:women speak:spoke/spoken
"""
_IRREGULAR = {
    form: word
    for word, _, forms in (entry.partition(":") for entry in word_list(_FORMS))
    for form in forms.split("/")
}


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


class _Stems(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802  # PyStemmer's name


def plain(text: str) -> str:
    """Return the text with typographic quotes, dashes and spaces made plain; no length changes."""
    return text if text.isascii() and "`" not in text else text.translate(_PLAIN)


def blotted(text: str, spans: Iterable[tuple[int, int]], mark: str) -> str:
    """Return the text with stretches overwritten by a mark of one character, as long as it was."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = mark * (end - start)
    return "".join(characters)


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """Return the form in which texts are compared.

    Plain quotes, dashes and spaces, no invisible characters, one space between words, no case.
    """
    return " ".join(_UNSEEN.sub("", plain(text)).casefold().split())


def word_spans(text: str) -> tuple[Span, ...]:
    """Return where each word stands. A hyphen parts words, an apostrophe inside one does not."""
    return tuple(Span(*match.span()) for match in _WORD.finditer(text))


def words(text: str) -> tuple[str, ...]:
    """Return the words in reading order, without case; numbers count as words."""
    return tuple(_WORD.findall(plain(text).casefold()))


@lru_cache(maxsize=8192)
def sentences(text: str) -> tuple[Span, ...]:
    """Return where each sentence stands; a line break ends one, an abbreviation's dot does not."""
    spans, start = [], 0
    for match in _ENDS.finditer(text):
        near = max(start, match.start() - _LONGEST_SHORT)
        if "\n" not in match.group() and _SHORT.search(text, near, match.start()):
            continue
        spans.append(Span(start, match.start()))
        start = match.end()
    spans.append(Span(start, len(text)))
    return tuple(_trimmed(text, span) for span in spans if text[span.start : span.end].strip())


def _trimmed(text: str, span: Span) -> Span:
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip()))


def is_common(word: str) -> bool:
    """Tell whether a word is an everyday English one, in any of its forms."""
    if is_listed(word):
        return True
    bare = word.casefold().removesuffix("'s")
    rest = _PREFIX.sub("", bare, count=1)
    return bare.endswith(_ABSTRACT) or (rest != bare and stem(rest) in _common())


def is_listed(word: str) -> bool:
    """Tell whether a word, in any of its forms, stands on the list of everyday English ones."""
    bare = word.casefold().removesuffix("'s")
    return bare in STOPWORDS or bare in _common() or stem(bare) in _common()


_PREFIX = re.compile(r"^(?:un|re|dis|mis|pre|non)(?=\w{4})")
_ABSTRACT = ("tion", "tions", "ness", "ment", "ments", "ability")  # no name ends so


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    lines = (files(__package__) / "common_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


_STEMMING = Lock()  # a PyStemmer object serves one thread at a time


@lru_cache(maxsize=1)
def _stemmer() -> _Stems:
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # a C extension without types

    stemmer: _Stems = Stemmer("english")
    return stemmer


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """Return the form that a word shares with its inflections; "fell" and "falls" are one."""
    bare = word.casefold().removesuffix("'s").removesuffix("'")
    with _STEMMING:
        return _stemmer().stemWord(_IRREGULAR.get(bare, bare))


@lru_cache(maxsize=8192)
def content(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in reading order."""
    return tuple(stem(word) for word in words(text) if word not in STOPWORDS)
