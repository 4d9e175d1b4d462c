"""What is typed in a hurry, or written down from speech, in the spelling that cards have."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.text.words import is_listed, plain, stem, words

_SHORTEST, _LONG = 4, 8  # letters of a word that is mended; from the second on, two slips may be
_STRANGE = 0.5  # of the words; with more of them a text is in another language, not misspelt
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")

# Never a verb after "to", so that it can only be "too".
_MUCH = (
    r"(?:expensive|dear|much|many|long|high|hi|low|small|big|late|early|soon|busy|hard|complex|"
    r"complicated|risky|costly|pricey|steep|far|few|old|young|difficult|heavy|strict|rigid)"
)
_ENDS = r"(?=\W*$|[.,;:!?]|\s+(?:4|for|2|to|and|but|at|in|this|right|rn|now|already|then|when)\b)"

# Most of them are everybody's in messages; the order matters: what is long comes first.
_SAID_IN_FULL: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"(?<!\w)(?:u+[hm]+|e+r+m*|h+m+|lol|haha+|you know|i mean)(?!\w)[,.]?\s*", ""),
        (rf"(?<!from )(?<!from low )\b(?:to|2)\s+(?={_MUCH}\b{_ENDS})", "too "),
        (r"\btoo\s+hi\b", "too high"),
        (r"\btoo\s+dear\b", "too expensive"),
        (r"\b4\s+(?=(?:us|me|you|u|them|our|your|this|that|the|now)\b)", "for "),
        (r"\bits\s+(?=(?:too|so|not|a|the|just|very|way|only|all)\b)", "it's "),
        (r"\bu\s+(?:r|are)\b", "you are"),
        (r"\bur\s+(?=(?:too|so|not|just|very|way|only|all)\b)", "you are "),
        (r"\bur\b", "your"),
        (r"\bu\b", "you"),
        (r"\br\b(?=\s+(?:u|you|ur|your|the|we|they|not|too|so)\b)", "are"),
        (r"\bb4\b", "before"),
        (r"\bx-?mas\b", "christmas"),
        (r"\brn\b", "right now"),
        (r"\b(?:smth|sth|smthg)\b", "something"),
        (r"\bteh\b", "the"),
        (r"\b(?:pls|plz)\b", "please"),
        (r"\bsnd\b", "send"),
        (r"\b(?:cuz|coz|bcs|bc)\b", "because"),
        (r"\bbout\b", "about"),
        (r"\bw[aou]t\b", "what"),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"\bgotta\b", "have to"),
        (r"\bgimme\b", "give me"),
        (r"\bdunno\b", "do not know"),
        (r"\bidk\b", "i do not know"),
        (r"\bppl\b", "people"),
        (r"\b(\d+)\s?yrs?\b", r"\1 years"),
        (r"\byrs?\b", "year"),
        (r"\bmths?\b", "months"),
        (r"\bw/o\b", "without"),
        (r"\bw/(?=\s?\w)", "with "),
        (r"\b(?:aint|ain't)\b", "is not"),
        (r"\b(can|do|wo|does|did|is|are|was|has|have|would|could|should)nt\b", r"\1n't"),
        (r"\bwont\b", "won't"),
        (r"\b(you|they|we)re\b(?=\s+(?:too|so|not|just|all)\b)", r"\1're"),
        (r"\b(that|what|where|there|who|how)s\b", r"\1's"),
    )
)


# In small letters it is a word that says nothing.
_IT = re.compile(r"\bIT\b(?! (?:department|team|people|director|manager|side|project)\b)(?!-)")


def in_full(text: str) -> str:
    """Return a text with short forms said in full, and without the sounds of hesitation."""
    said = plain(text)
    said = said.casefold() if said.isupper() else _IT.sub("IT department", said)
    for pattern, full in _SAID_IN_FULL:
        said = pattern.sub(full, said)
    return said.strip()


def mended(text: str, known: Collection[str]) -> str:
    """Return a text with slips mended; the same where there are none.

    `known` are the words of the cards, in small letters. A word of four letters or more that is
    neither among them nor common English is read as the one of them that is one slip away, or two
    where it is long; where several are, it stays. Names, and a text of another language, stay.
    """
    unknown = [match for match in _TOKEN.finditer(text) if not _is_known(match.group(), known)]
    meant = {
        match: _nearest(match.group().casefold(), known) for match in unknown if _is_small(match)
    }
    pieces, done = list[str](), 0
    for match in unknown:
        pieces += [text[done : match.start()], meant.get(match) or match.group()]
        done = match.end()
    read = "".join([*pieces, text[done:]])
    return text if is_foreign(read, known) else read


def is_foreign(text: str, known: Collection[str] = ()) -> bool:
    """Tell whether most words of a text are neither English nor a card's."""
    said = [word for word in words(text) if not word.isdigit()]
    strange = [word for word in said if word not in known and not is_listed(word)]
    return len(strange) > _STRANGE * len(said)


def _is_known(word: str, known: Collection[str]) -> bool:
    low = word.casefold()
    return len(low) < _SHORTEST or low in known or is_listed(low)


def _is_small(match: re.Match[str]) -> bool:
    """Tell whether a word is written small, or begins the text: else it may be a name."""
    return match.start() == 0 or match.group().islower()


def _nearest(word: str, known: Collection[str]) -> str:
    """Return the one known word that `word` is a slip of, "" where there is none or several."""
    from rapidfuzz.distance import OSA  # a vendor, not at import time

    most = 1 + (len(word) >= _LONG)
    sound = _sound(word)
    near = {
        other: OSA.distance(sound, _sound(other), score_cutoff=most)
        for other in known
        if len(other) >= _SHORTEST and _sound(other)[0] == sound[0]
    }
    best = min(near.values(), default=most + 1)
    found = [other for other, slips in near.items() if slips == best <= most]
    return found[0] if len({stem(other) for other in found}) == 1 else ""


def _sound(word: str) -> str:
    """Return a word as it is heard, roughly: fone and phone are one, and so are all and al."""
    heard = word.replace("ph", "f").replace("ck", "k").replace("c", "k")
    return re.sub(r"(.)\1", r"\1", heard)
