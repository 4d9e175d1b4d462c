"""Find an organisation's name in a text however it is spelt, and put an alias in its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.text.words import is_common

# Words that end a name and are often left out; spelt without dots. Legal forms of the markets the
# product is made for, and the two words that behave like them.
_SUFFIXES = frozenset(
    {
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bhd",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "doo",
        "ev",
        "gmbh",
        "group",
        "holding",
        "holdings",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kgaa",
        "kk",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "mbh",
        "nv",
        "ohg",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "sdn",
        "se",
        "sl",
        "slu",
        "spa",
        "srl",
        "sro",
        "ug",
        "vof",
        "zrt",
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}")  # S.A., B. V.
_WORD = re.compile(r"[^\W_]+")
_SEPARATORS = bytes(i for i in range(128) if not chr(i).isalnum())
_SQUEEZE = re.compile(r"[\W_]+")
_LOWER_CASE = {"gmbh", "inc", "llc", "ltd", "plc"}  # so written too; "as" and "co" are words
_ARTICLE = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
_STARTS_WITH_ARTICLE = re.compile(r"(?:the|an?|one)\s", re.IGNORECASE)
_SHORT = 5  # letters; a shorter name is found in one piece only ("IBM", never "I B M")
_WIDEST_GAP = 4  # characters between two words of a name: " & ", "** "
_BREAKS = frozenset("!?;:()[]|")  # part a name in two, wherever they stand
_LEAST = 2  # letters; "X" alone is not looked for


def _legal_form() -> re.Pattern[str]:
    forms: list[str] = []
    for form in sorted(_SUFFIXES, key=lambda form: (-len(form), form)):
        first = form[0] if form in _LOWER_CASE else ""
        dotted = [f"[{c.upper()}{c}]" for c in form[1:]]
        forms.append(r"\.?".join([f"[{form[0].upper()}{first}]", *dotted]))
    return re.compile(rf",?[ \t]+(?:{'|'.join(forms)})(?![-\w])\.?")


_SUFFIX_AHEAD = _legal_form()


def squeeze(text: str) -> str:
    """Return the letters and digits alone, without case, accents and separators."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text)
    # Bytes lose their separators some twenty times faster than text does.
    kept = plain.casefold().encode("utf-8", "surrogatepass").translate(None, _SEPARATORS)
    letters = kept.decode("utf-8", "surrogatepass")
    return letters if letters.isascii() else _SQUEEZE.sub("", letters)


def mentions(text: str, name: str) -> bool:
    """Tell whether `text` holds the organisation's name in any spelling that `replace_name` finds.

    Case, accents, hyphens, spaces, `&` or `and`, a possessive and the legal form do not matter.
    """
    return next(_spans(text, name), None) is not None


@lru_cache(maxsize=1024)
def cores(name: str) -> tuple[str, ...]:
    """Return squeezed spellings of a name; a text that mentions it holds one of them squeezed."""
    letters = [spelling.letters for spelling in _spellings(name)]
    return tuple(a for a in letters if a and not any(b in a and b != a for b in letters if b))


def replace_name(text: str, *, name: str, alias: str) -> str:
    """Return `text` with every mention of the organisation replaced by its alias.

    A legal form after the name goes with it; an article before it gives way to the alias's own;
    at the start of a sentence the alias takes a capital.
    """
    pieces: list[str] = []
    done = 0
    for start, end in _spans(text, name):
        before = text[done:start]
        if _STARTS_WITH_ARTICLE.match(alias):
            before = _ARTICLE.sub("", before)
        pieces.append(before)
        starts = _starts_sentence("".join(pieces))
        pieces.append(alias[0].upper() + alias[1:] if starts else alias)
        ahead = _SUFFIX_AHEAD.match(text, end)
        done = ahead.end() if ahead else end
        if _is_bare_possessive(text, start, done) and not alias.endswith("s"):
            pieces.append(f"{text[done]}s")
            done += 1
    return "".join([*pieces, text[done:]])


def _is_bare_possessive(text: str, start: int, end: int) -> bool:
    """Tell whether a name in -s stands before an apostrophe that is no closing quote."""
    quoted = start > 0 and text[start - 1] in "'‘"
    follows = text[end : end + 2]
    return not quoted and text[end - 1] in "sS" and follows[:1] in {"'", "’"} and follows[1:] == " "


def _starts_sentence(before: str) -> bool:
    before = before.rstrip(' \t"“„*-')
    return not before or before[-1] in ".!?\n"


def telling_word(name: str) -> str:
    """Return the first word of a name where it alone would give the organisation away, else ""."""
    found = [word for word in _words(name) if word.casefold() not in {"the", *_SUFFIXES}]
    first = found[0] if found else ""
    return "" if len(first) < _SHORT - 1 or is_common(first.casefold()) else first


@dataclass(frozen=True)
class _Spelling:
    letters: str  # squeezed
    breaks: frozenset[int]  # before which letters a word of the name begins


@lru_cache(maxsize=1024)
def _spellings(name: str) -> tuple[_Spelling, ...]:
    """Return the ways to spell a name, longest first."""
    forms = {name, name.translate(_UMLAUTS), name.replace("&", " and ")}
    forms |= {re.sub(r"\band\b", " ", form, flags=re.IGNORECASE) for form in forms}
    found = {_spelling(words) for form in forms for words in _shortened(_words(form))}
    return tuple(sorted(found, key=lambda s: (-len(s.letters), s.letters, sorted(s.breaks))))


def _words(name: str) -> list[str]:
    joined = _DOTTED.sub(lambda m: re.sub(r"[.\s]", "", m[0]) + " ", name)
    return _WORD.findall(unicodedata.normalize("NFC", joined))


def can_be_found(name: str) -> bool:
    """Tell whether a name has letters enough to be looked for."""
    return len(squeeze(name)) >= _LEAST


def _shortened(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the name in full, without its legal form, and both without a leading `The`."""
    bare = list(words)
    while len(bare) > 1 and bare[-1].casefold() in _SUFFIXES | {"and"}:
        bare.pop()
    for form in (words, bare):
        if form and (form is words or form[0].casefold() != "the" or len(form) > 1):
            yield tuple(form)
        if len(form) > 1 and form[0].casefold() == "the":
            yield tuple(form[1:])


def _spelling(words: Iterable[str]) -> _Spelling:
    letters = ""
    breaks: set[int] = set()
    for word in words:
        for piece in re.split(r"(?<=[a-z])(?=[A-Z])", word):  # "BlueAnchor" reads as two words
            breaks.add(len(letters))
            letters += squeeze(piece)
    return _Spelling(letters, frozenset(breaks))


@dataclass(frozen=True)
class _Folded:
    letters: str
    at: tuple[int, ...]  # which character of the text each letter comes from


def _fold(text: str) -> _Folded:
    letters: list[str] = []
    at: list[int] = []
    for i, character in enumerate(text):
        for letter in squeeze(character):
            letters.append(letter)
            at.append(i)
    return _Folded("".join(letters), tuple(at))


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where the name stands, from left to right, without overlaps."""
    squeezed = squeeze(text)
    if not any(core in squeezed for core in cores(name)):
        return
    folded = _fold(text)
    found = [
        span
        for spelling in _spellings(name)
        if len(spelling.letters) >= _LEAST
        for span in _spans_of(text, folded, spelling)
    ]
    done = 0
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= done:
            yield start, end
            done = end


def _spans_of(text: str, folded: _Folded, spelling: _Spelling) -> Iterator[tuple[int, int]]:
    length = len(spelling.letters)
    hit = folded.letters.find(spelling.letters)
    while hit >= 0:
        at = folded.at[hit : hit + length]
        end = _end_of_word(text, at[-1] + 1)
        if end and _starts_word(text, at[0]) and _holds_together(text, at, spelling):
            yield at[0], end
        hit = folded.letters.find(spelling.letters, hit + 1)


def _starts_word(text: str, start: int) -> bool:
    return start == 0 or not _is_letter(text[start - 1])


def _end_of_word(text: str, end: int) -> int:
    """Return where the word ends: here, after its accents, or after a plural `s`; 0 if further."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    if end < len(text) and text[end] in "sS":
        after = end + 1
        if after == len(text) or not _is_letter(text[after]):
            return after
    return 0 if end < len(text) and _is_letter(text[end]) else end


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.combining(character) > 0


def _holds_together(text: str, at: tuple[int, ...], spelling: _Spelling) -> bool:
    """Tell whether nothing stands between the letters that would part the name."""
    short = len(spelling.letters) < _SHORT
    for i in range(1, len(at)):
        gap = _visible(text[at[i - 1] + 1 : at[i]])
        if not gap:
            continue
        if i in spelling.breaks:
            if len(gap) > _WIDEST_GAP or not _BREAKS.isdisjoint(gap):
                return False
        elif gap != "." and (short or len(gap) > 1 or gap in _BREAKS | {","}):
            return False
    return True


def _visible(gap: str) -> str:
    """Return a gap without accents, joiners and soft hyphens, each run of white space as one."""
    shown = "".join(c for c in gap if unicodedata.category(c) not in {"Mn", "Cf"})
    return re.sub(r"\s+", " ", shown)
