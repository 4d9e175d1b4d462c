"""Bare numbers in a text, in digits and in words, before their units are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from assistant.text.dates import dates
from assistant.text.words import Span, blotted, plain, word_list


@dataclass(frozen=True)
class Number:
    """A number as it stands; two values where a lone separator is ambiguous, the likelier first."""

    values: tuple[Decimal, ...]
    start: int
    end: int
    ordinal: bool = False
    kind: Literal["", "percent", "multiple"] = ""  # where the number's own form says it


# --- what holds digits and is no quantity

_PLACE = (
    r"line|linie|gate|door|dock|tor|\w*room|\w*raum|building|hall|halle|phase|step|stage|level|tier|option|"
    "site|plant|unit|ramp|rampe|bay|zone|terminal|route|highway|exit|version|release|section|"
    "chapter|page|slide|appendix|item|objective|question|floor|lot|seq|table|figure|priority|class|"
    "category|type|no|nr|number"
)
_STANDARD = (
    "ISO|IEC|DIN|EN|ANSI|IEEE|RFC|SOC|PCI|NIST|VDA|IFRS|ISAE|SSAE|UN|CFR|GS1|TLS|SAP|Windows|Office|"
    "Dynamics|Article|Annex|Regulation|Directive|Euro(?= [1-7]\\b)"
)
_COUNTED = (
    r"[\d%]|[.,]\d|\s*%|[ -](?:percent|seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?|"
    r"times|more|people|trucks?|loads?|doors?|docks?|trailers?|drivers?|carriers?|sites?|plants?|per)\b"
)
_LABEL = re.compile(
    rf"\b(?:(?i:{_PLACE})\.?(?:\s+|\s*#|-)#?|(?:{_STANDARD})[ /-])"
    rf"\d+(?:[.:/-]\d+)*[A-Za-z]?(?!{_COUNTED})|(?<!\w)#\s?\d+\b"
)
_NEVER = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@\S+\.\S+"
    r"|(?<!\d)24\s?/\s?7(?!\d)"
    r"|(?P<code>\+\d[\d ()/-]{6,}\d|(?<!\w)\(?0\d{2,5}\)?[ /-]\d[\d /-]{4,}\d"  # telephone numbers
    r"|\b[^\W\d]+\d[\w-]*\b)"  # B2B, F3, v2
    r"|(?m:^[ \t]*(?:\(?\d{1,2}[.)])[ \t]+(?=\D))"  # list numbers
)
_OWN_ID = re.compile(r"[FO]\d+")  # a fact or an objective of the brief itself
_IDIOM = re.compile(
    r"""
    \b(?:(?:one\ or\ two|two\ or\ three)(?!\s+(?:minute|hour|day|week|month|year)s)
      |which\ of\ the\ (?:two|three)|two-way|one-way|one-pagers?
      |one-to-one|one-on-one|number\ one|step\ (?:one|two|three)|phase\ (?:one|two|three)
      |in\ two\ minds|second\ to\ none|(?:two|three|four)\ of\ (?:you|us|them)
      |(?:the|first|last|next|these|those|other)\ two
        (?!\s+\w+s\b|\s+(?!are\b|have\b)\w+\s+\w{3,}s\b))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)

# --- forms

_DIGITS = re.compile(
    r"(?<![\w.,])"
    r"(?:(?:\d{1,3}(?:[ ']\d{3}){2,}|\d{1,3}(?:'\d{3})+"
    r"|\d{1,3} \d{3}(?=\s?(?:€|EUR\b|Euro|USD|\$|£|GBP|CHF)))(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
    r"(?P<half>\s?[½¼¾])?(?!\d)(?P<ord>(?:st|nd|rd|th)\b)?|(?<![\w.,])[½¼¾]"
)
_GLYPH = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_GROUP = 3
_FRACTION = re.compile(
    r"(?<!-)\b(?:(?P<n>an?|one|two|three|four|[1-4])[ -])?"
    r"(?:(?P<half>half)(?!-|\s+past)|(?P<halved>halv(?:e|es|ed|ing))|(?P<third>thirds?)"
    r"|(?P<part>quarters?|fifths?|tenths?)(?=\s+of\b))\b(?P<rest>\s+of\b|\s*[.,;!?]|\s*$|\s+an?\b)?",
    re.IGNORECASE,
)
_BEFORE_HALF = re.compile(r"(?:\b(?:first|second|other|better)|\band)\s$", re.IGNORECASE)
_BIG = re.compile(
    r"[ -](?:hundred|thousand|million|billion|hour|day|year|week|month)\b", re.IGNORECASE
)
_MAGNITUDE = re.compile(r"[ -](?:hundred|thousand|million|billion)", re.IGNORECASE)
_NEAR = 16  # characters before a number in which "half a" or "first" is looked for
_PARTS = {"q": 4, "f": 5, "t": 10}
_NUMERATOR = {"two": 2, "three": 3, "four": 4, "2": 2, "3": 3, "4": 4}
_MULTIPLE = re.compile(
    r"\b(?:(?P<v>(?:doubl|tripl|quadrupl)(?:e|ed|es|ing)|twice|thrice)\b"
    r"(?!-|\s+(?:book|check|entr|hand))"
    r"|(?P<f>two|three|four|five|six|seven|eight|nine|ten|\d+)[ -]?fold\b)",
    re.IGNORECASE,
)
_MULTIPLE_OF = {"doub": 2, "twic": 2, "trip": 3, "thri": 3, "quad": 4}
_FOLD = word_list("zero one two three four five six seven eight nine ten")
_DOZEN = re.compile(
    r"\b(?P<half>half )?(?:a |one )?(?P<n>two |three |four )?dozen\b", re.IGNORECASE
)
_AND_A_HALF = re.compile(r"\s+and\s+a\s+(?:half|quarter)\b", re.IGNORECASE)
_HALF_A = re.compile(r"\bhalf\s+a\s+$", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)\b",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"\b(?:der|die|das|und|nicht|wir|ist|ein|eine|einen|für|pro|uns|mit|auf|von)\b"
)
# Digits take the word that scales them along: "$1.2 million" is one number.
_ATOM = re.compile(
    r"\d[\d.,]*(?:\s?(?i:hundred|thousand|million|billion)\b)?|[^\W\d_]+|[^\w\s-]|\n"
)
_OUT_OF = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?")
_FOLLOWED_BY_UNIT = re.compile(r"\s?(?:%|percent|-?(?:min|sec|hour|day|week|month|year|quarter)s?)")
_HUNDRED = Decimal(100)


def masked(text: str) -> str:
    """Return the text, as long as it was, with everything blotted out that holds no quantity."""
    view = _undated(text)
    forms = (_NEVER, _LABEL, _IDIOM) if any(c.isdigit() for c in view) else (_IDIOM,)
    return blotted(view, [m.span() for form in forms for m in form.finditer(view)], "_")


def _undated(text: str) -> str:
    return blotted(plain(text), [(d.start, d.end) for d in dates(text)], "_")


@lru_cache(maxsize=4096)  # every statement is held against the same few texts
def label_spans(text: str) -> tuple[Span, ...]:
    """Return where numbered places and standards stand in a text: "Line 3", "ISO 9001"."""
    if not any(map(str.isdigit, text)):
        return ()
    return tuple(Span(*match.span()) for match in _LABEL.finditer(plain(text)))


def labels(text: str) -> tuple[str, ...]:
    """Return the numbered places and standards of a text."""
    return tuple(text[start:end] for start, end in label_spans(text))


def codes(text: str) -> tuple[str, ...]:
    """Return telephone numbers and words with digits: "B2B", "v2"; no addresses."""
    view = _undated(text)
    found = (match["code"] for match in _NEVER.finditer(view))
    return tuple(code for code in found if code and not _OWN_ID.fullmatch(code))


def numbers(view: str) -> list[Number]:
    """Return the numbers of a masked text, in order."""
    special = [*_fractions(view), *_multiples(view), *_dozens(view)]
    rest = blotted(view, [(n.start, n.end) for n in special], "_")
    digits = (_digits(match) for match in _DIGITS.finditer(rest))
    found = sorted([*special, *digits, *_spelled(rest)], key=lambda n: n.start)
    return list(_out_of(view, [_and_a_half(view, n) for n in found]))


def _digits(match: re.Match[str]) -> Number:
    raw = match.group()
    glyph = next((value for sign, value in _GLYPH.items() if sign in raw), Decimal(0))
    bare = re.sub(r"[½¼¾]|(?:st|nd|rd|th)$", "", raw).strip()
    values = tuple(value + glyph for value in readings(bare)) if bare else (glyph,)
    return Number(values, *match.span(), ordinal=bool(match["ord"]))


def readings(raw: str) -> tuple[Decimal, ...]:
    """Return what a number in digits can mean, the likelier first: 1.250 is 1.25 or 1250."""
    joined = re.sub(r"[\s']", "", raw)
    marks = [c for c in joined if c in ".,"]
    if not marks:
        return (Decimal(joined),)
    if len(set(marks)) > 1:
        return (_decimal(joined, marks[-1]),)
    if len(marks) > 1:
        return (Decimal(joined.replace(marks[0], "")),)
    head, _, tail = joined.rpartition(marks[0])
    if len(tail) != _GROUP or len(head) > _GROUP or not head.strip("0"):
        return (_decimal(joined, marks[0]),)
    whole, part = Decimal(head + tail), _decimal(joined, marks[0])
    return (whole, part) if marks[0] == "," else (part, whole)


def _decimal(joined: str, mark: str) -> Decimal:
    head, _, tail = joined.rpartition(mark)
    return Decimal(f"{re.sub('[.,]', '', head) or '0'}.{tail}")


def _fractions(view: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(view):
        if match["half"] and _BEFORE_HALF.search(view, _near(match.start()), match.start()):
            continue
        whole = match["half"] and (
            _BIG.match(view, match.end()) or _BIG.match(view, match.end("half"))
        )
        if whole:
            if not _MAGNITUDE.match(view, match.end()):
                yield Number((Decimal("0.5"),), match.start(), match.end())
        elif share := _share(match):
            yield Number((share,), match.start(), _end(match), kind="percent")


def _near(position: int) -> int:
    return max(0, position - _NEAR)


def _end(match: re.Match[str]) -> int:
    return match.start("rest") if match["rest"] else match.end()


def _share(match: re.Match[str]) -> Decimal | None:
    over = Decimal(_NUMERATOR.get((match["n"] or "").lower(), 1))
    if match["half"] or match["halved"]:
        return _HUNDRED / 2
    if match["third"]:
        meant = match["n"] and (match["third"].lower() == "thirds" or match["rest"])
        return _HUNDRED * over / 3 if meant else None
    return _HUNDRED * over / _PARTS[match["part"][0].lower()] if match["n"] else None


def _multiples(view: str) -> Iterator[Number]:
    for match in _MULTIPLE.finditer(view):
        if verb := match["v"]:
            value = _MULTIPLE_OF[verb.lower()[:4]]
        else:
            fold = match["f"].lower()
            value = int(fold) if fold.isdigit() else _FOLD.index(fold)
        yield Number((Decimal(value),), *match.span(), kind="multiple")


def _dozens(view: str) -> Iterator[Number]:
    for match in _DOZEN.finditer(view):
        times = Decimal(_NUMERATOR.get((match["n"] or "").strip().lower(), 1))
        yield Number((12 * times / (2 if match["half"] else 1),), *match.span())


class _Token:
    """A token as text2num wants it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: _Token) -> bool:  # noqa: ARG002  # text2num's protocol
        return False

    def not_a_number_part(self) -> bool:
        return False


def _spelled(view: str) -> Iterator[Number]:
    """Find number words."""
    if _ENGLISH.search(view):
        yield from _number_words(view, "en")
    elif _GERMAN.search(view):
        yield from _number_words(view, "de")


def _number_words(view: str, language: str) -> Iterator[Number]:
    from text_to_num import find_numbers  # type: ignore[import-untyped]  # no stubs

    atoms = list(_ATOM.finditer(view))
    tokens = [_Token("," if m.group()[0].isdigit() else m.group()) for m in atoms]
    for found in find_numbers(tokens, language, 0.0):
        start, end = atoms[found.start].start(), atoms[found.end - 1].end()
        if found.is_ordinal:
            continue
        half = _HALF_A.search(view, _near(start), start)
        value = Decimal(found.text) / (2 if half else 1)
        yield Number((value,), half.start() if half else start, end)


def _and_a_half(view: str, number: Number) -> Number:
    match = _AND_A_HALF.match(view, number.end)
    if not match or number.kind:
        return number
    part = Decimal("0.5") if match.group().lower().endswith("half") else Decimal("0.25")
    return replace(number, values=tuple(v + part for v in number.values), end=match.end())


def _out_of(view: str, found: Sequence[Number]) -> Iterator[Number]:
    """Read "four in ten" as 40 percent."""
    skip = False
    for number, following in zip_longest(found, found[1:]):
        if skip:
            skip = False
        elif following and _is_share(view, number, following):
            value = _HUNDRED * number.values[0] / following.values[0]
            yield Number((value,), number.start, following.end, kind="percent")
            skip = True
        else:
            yield number


def _is_share(view: str, number: Number, following: Number) -> bool:
    between = view[number.end : following.start]
    return (
        _OUT_OF.fullmatch(between) is not None
        and 0 < number.values[0] < following.values[0] <= _HUNDRED
        and not (number.kind or following.kind)
        and not _FOLLOWED_BY_UNIT.match(view, following.end)
    )
