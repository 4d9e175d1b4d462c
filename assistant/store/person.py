"""Find one person in a text, however they are named there, and take them out.

Whole names count in any case, order and spelling of the gaps ("Whitfield, Dana", "dana-whitfield",
"D. Whitfield"). A part of the name alone counts where it means that person: not where somebody
else who is known shares it, not within another name or a company's, and a part that is a word too
("Price", "Will") only where it stands as a name. Initials ("DW") do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from assistant.text.words import STOPWORDS, is_common, word_list

MARK = "[erased]"
_ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\(?\d(?:[ ()/.-]{0,2}\d){8,}")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*")  # "O'Neill" is one
_BEFORE = r"(?<![^\W\d_])"
_AFTER = r"(?:['’]?s)?(?![^\W\d_])"  # with the s of a genitive: "Dana's", "Danas"
_GAP = r"(?:\.|(?:[^\w.:;!?()|]|_){0,3})"  # "dana.whitfield"; a sentence may end in a part
_ABBREVIATED = r"(?:[^\w:;!?()|]|_){0,3}"  # "J.-L. Moreau"
_TITLES = frozenset(
    word_list(
        """
        mr mrs ms miss mx dr prof herr frau hr fr m mme mlle monsieur madame sr sra srta señor
        señora don doña sig signor signora
        """
    )
)
_PREVIOUS = re.compile(r"(?P<amid>\w,?[ \t]+)?(?P<word>[^\W\d_][\w'’-]*)(?P<dot>\.?)[ \t]+$")
_NEXT = re.compile(
    r"^(?:[ \t]+|-)(?:&[ \t]+)?(?P<word>[^\W\d_][\w'’-]*)(?P<more>[ \t]+[^\W\d_a-z])?"
)
_DAYS = frozenset(  # capitalised beside a name, and no part of it: "called Dana Mon 23 Nov"
    word_list(
        """
        mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec
        mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag
        """
    )
)
_ADDED = re.compile(r"\s*(?:$|[(,|/;–-])")  # to a name: "Dana Whitfield (COO)"
_UMLAUTS = frozenset("äöüøÄÖÜØ")
_STROKES = str.maketrans("øØłŁđĐ", "oOlLdD")  # letters that Unicode does not take apart
_ACCENTS = re.compile("[\u0300-\u036f'’]+")
_DOES = frozenset(  # what people do, and things hardly: "Mark said", "rose likes it"
    word_list(
        """
        agreed agrees asked asks believes blocks called calls confirmed decides doubts explained
        feels hates insists joins knows leads likes mentioned needs offered owns prefers promised
        promises reports runs said says sees sent signs sponsors suggested thinks thought told
        wanted wants worries writes wrote
        """
    )
)
_MAY_DO = frozenset(word_list("can could had has is may might must should was will would"))
_PARTS = (":", ",", "(", "/", "|", "+", "&", "- ", "– ")  # signs beside names: "with Ann, Will"
_STARTS = re.compile(r"(?:^|\n|[\w)][.;!?]\s)[ \t*•>–-]*$")  # of a sentence or an entry
_NEAR = 20  # characters of the line that are shown on either side
_SHORT = 2  # letters; a part as short is a word or a syllable in most languages


def tokens(name: str) -> tuple[str, ...]:
    """Return the parts of a name, titles left out."""
    plain = unicodedata.normalize("NFC", name)
    return tuple(part for part in _TOKEN.findall(plain) if part.casefold() not in _TITLES)


def bare(text: str) -> str:
    """Return a text without case, accents and apostrophes; fast for a long one."""
    apart = unicodedata.normalize("NFD", text)
    for letter, plain in zip("øØłŁđĐ", "oOlLdD", strict=True):
        apart = apart.replace(letter, plain)
    return _ACCENTS.sub("", apart).casefold()


def key_of(part: str) -> str:
    """Return the form in which parts of names are compared."""
    return _plain(part).casefold()


def _plain(text: str) -> str:
    """Return the text without accents, each letter in its place."""
    if text.isascii():
        return text
    return "".join(unicodedata.normalize("NFD", c)[0] for c in text).translate(_STROKES)


@dataclass(frozen=True)
class Person:
    """Somebody to be found, among the others who are known beside them."""

    name: str
    addresses: frozenset[str] = frozenset()  # casefolded; known to be theirs
    others: frozenset[str] = frozenset()  # casefolded parts of other people's and companies' names

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Return the parts that can stand for the person: particles ("van") and letters cannot."""
        found = tokens(self.name)
        named = tuple(part for part in found if len(part) > 1 and not part[0].islower())
        return named or found

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Return the parts that nobody else shares."""
        return tuple(part for part in self.parts if key_of(part) not in self.others)

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile("|".join(_whole_names(tokens(self.name))), re.IGNORECASE)

    @cached_property
    def _part(self) -> re.Pattern[str] | None:
        return _any_of(self.own, tokens(self.name)) if self.own else None

    @cached_property
    def _hint(self) -> re.Pattern[str]:
        first, last = ("|".join(_spellings(part)) for part in (self.parts[0], self.parts[-1]))
        initials = "".join(bare(part)[0] for part in tokens(self.name))
        return re.compile(rf"{_BEFORE}(?:{first}|[{initials}]{{0,4}}(?:{last}))")

    def may_be_in(self, bared: str) -> bool:
        """Tell, quickly and for a long text, whether `is_named_in` may hold for a piece of it.

        The text is one that `bare` returned. Every form of the whole name has its first part, or
        its last with at most initials before it; addresses are not looked for.
        """
        return self._hint.search(bared) is not None

    def is_named_in(self, text: str) -> bool:
        """Tell whether the whole name or an address of the person is in the text."""
        plain = unicodedata.normalize("NFC", text)
        return self._whole.search(_plain(plain)) is not None or any(
            address in self.addresses for address in map(str.casefold, _ADDRESS.findall(plain))
        )

    def is_called(self, name: str) -> bool:
        """Tell whether a name, as a list or a speaker has it, is this person's."""
        found = tokens(name)
        if len(found) < 2:
            return bool(found) and self._is_part(found[0])
        plain = _plain(unicodedata.normalize("NFC", name))
        before, rest = (*self._whole.split(plain, maxsplit=1), None)[:2]
        return rest is not None and not tokens(before or "") and _ADDED.match(rest) is not None

    def owns(self, address: str) -> bool:
        """Tell whether an e-mail address is known to be theirs, or made of their name."""
        plain = unicodedata.normalize("NFC", address).casefold()
        local = _plain(plain.partition("@")[0])
        return (
            plain in self.addresses
            or self._whole.fullmatch(local) is not None
            or self._is_part(local)
        )

    def erase(self, text: str) -> str:
        """Return the text without the person; as it was where they are not in it."""
        plain = unicodedata.normalize("NFC", text)
        changed = self._without_addresses(plain)
        return text if changed == plain else changed

    def remains(self, text: str) -> tuple[str, ...]:
        """Return where a part of the name stands that seems to mean somebody else, with its line.

        Not where the somebody else is known.
        """
        found = []
        for match in _any_of(self.parts, ()).finditer(_plain(text)):
            if _is_wary(match["part"]) and match["part"].islower():
                continue
            near = tokens(text[max(0, match.start() - _NEAR) : match.end() + _NEAR])
            beside = {key_of(token) for token in near} & self.others
            if beside <= {key_of(match["part"])}:
                found.append(text[max(0, match.start() - _NEAR) : match.end() + _NEAR].strip())
        return tuple(found)

    def _is_part(self, word: str) -> bool:
        return self._part is not None and self._part.fullmatch(_plain(word)) is not None

    def _without_addresses(self, text: str) -> str:
        """Erase their addresses, keep others' whole, and look for the name between them."""
        pieces, end, found = [], 0, False
        for match in _ADDRESS.finditer(text):
            pieces.append(self._without_name(text[end : match.start()]))
            theirs = self.owns(match.group())
            found = found or theirs
            pieces.append(MARK if theirs else match.group())
            end = match.end()
        pieces.append(self._without_name(text[end:]))
        erased = "".join(pieces)
        return _PHONE.sub(MARK, erased) if found else erased

    def _without_name(self, text: str) -> str:
        text = _cut(text, self._whole.finditer(_plain(text)))
        if self._part is None:
            return text
        return _cut(text, (m for m in self._part.finditer(_plain(text)) if self._means(m, text)))

    def _means(self, match: re.Match[str], text: str) -> bool:
        """Tell whether a part of the name means the person where it stands."""
        before, part, after = text[: match.start()], match["part"], text[match.end() :]
        if len(tokens(match.group())) > 1:
            return True
        begins = key_of(part) == key_of(self.parts[0])
        if _is_wary(part):
            genitive = match.group()[-2:-1] in {"'", "’"} and part[0].isupper()
            return genitive or _stands_as_name(before, part, after, begins=begins)
        if part.islower() or match.group() != part:
            return True
        return not (_is_followed(after) or (not begins and _is_preceded(before, part)))


def _any_of(parts: Iterable[str], more: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of a part of a name, with what `more` of the name follows: "Jean-Luc"."""
    part = "|".join(sorted(map(_spelt, parts), key=len, reverse=True))
    rest = "|".join(sorted(map(_spelt, more), key=len, reverse=True))
    run = rf"(?:{_GAP}(?:{rest}))*" if rest else ""
    return re.compile(rf"{_BEFORE}(?P<part>{part}){run}{_AFTER}", re.IGNORECASE)


def _spelt(part: str) -> str:
    """Return a pattern of a part of a name without accents; an umlaut may be two letters."""
    return "".join(map(_letter, part))


def _spellings(part: str) -> Iterator[str]:
    """Yield a part of a name, bare, with each umlaut as one letter or two."""
    choices = [(c, f"{c}e") if c in _UMLAUTS else (c,) for c in part]
    yield from (bare("".join(letters)) for letters in product(*choices))


def _letter(c: str) -> str:
    if c in "'’":
        return "['’]?"
    return f"{_plain(c)}e?" if c in _UMLAUTS else re.escape(_plain(c))


def _cut(text: str, matches: Iterable[re.Match[str]]) -> str:
    """Put the mark in the place of each match; they were found in a text of the same length."""
    pieces, end = [], 0
    for match in matches:
        pieces += [text[end : match.start()], MARK]
        end = match.end()
    return "".join([*pieces, text[end:]])


def other_parts(names: Iterable[str], person: Person) -> frozenset[str]:
    """Return the parts of the names that are not the person's own, casefolded."""
    parts: set[str] = set()
    for name in names:
        found = {key_of(token) for token in tokens(name)}
        if len(found) > 1 and not Person(person.name).is_called(name):
            parts |= found
    return frozenset(parts)


def _whole_names(parts: tuple[str, ...]) -> list[str]:
    """Return patterns of the name in full, turned round, and with one part as its initial."""
    if len(parts) < 2:
        return [_pattern(map(_spelt, parts))]
    first, last = _spelt(parts[0]), _spelt(parts[-1])
    initial = _spelt(parts[0][0])
    initials = [_spelt(part[0]) for part in parts[:-1]]
    middle = r"(?-i:[^\W\d_a-z][^\W\d_]{0,14})\.?"
    shortened = rf"(?-i:{_spelt(parts[-1][0].upper())})(?:\.|(?![^\W_]))"
    return [
        _pattern(map(_spelt, parts)),
        _pattern((first, last)),
        rf"{_BEFORE}{first}\s+{middle}\s+{last}{_AFTER}",
        _pattern((last, first)),
        _pattern((initial, last), gap=_ABBREVIATED),
        _pattern((last, initial), gap=_ABBREVIATED),
        _pattern((*initials, last), gap=_ABBREVIATED),
        rf"{_BEFORE}{first}\s+{shortened}",
    ]


def _pattern(parts: Iterable[str], *, gap: str = _GAP) -> str:
    return rf"{_BEFORE}{gap.join(parts)}{_AFTER}"


def _is_wary(part: str) -> bool:
    return len(part) <= _SHORT or is_common(part)


def _stands_as_name(before: str, part: str, after: str, *, begins: bool) -> bool:
    """Tell whether a word such as "Will" is a name here; `begins` where it is a first name.

    It is where it does what people do, stands alone, before a sign that parts names, after a
    title, or large amid a line.
    """
    following = _NEXT.match(after)
    verb = following["word"] if following else ""
    if not part[0].isupper():
        return begins and verb in _DOES
    if _is_followed(after):
        return False
    if _STARTS.search(before):
        does = verb in _DOES or (begins and verb in _MAY_DO)
        return does or not after.strip() or after.lstrip().startswith(_PARTS)
    previous = _PREVIOUS.search(before)
    if previous is None:
        return before.rstrip(" ").endswith(_PARTS)
    word = previous["word"]
    if word.casefold() in _TITLES:
        return True
    opens = previous["amid"] is None and is_common(word)  # "Called Will on Monday"
    return (word[0].islower() or opens) and not previous["dot"]


def _is_followed(after: str) -> bool:
    """Tell whether the next word makes it another name, or a company's: "Dana Price"."""
    following = _NEXT.match(after)
    return following is not None and _is_name(
        following["word"], heading=following["more"] is not None
    )


def _is_preceded(before: str, part: str) -> bool:
    """Tell whether the word before, amid a line, makes it another name: "saw Tom Whitfield"."""
    previous = _PREVIOUS.search(before)
    if previous is None or part.isupper() or previous["amid"] is None:
        return False
    ends_sentence = previous["dot"] and len(previous["word"]) > 1
    return not ends_sentence and _is_name(previous["word"], heading=True)


def _is_name(word: str, *, heading: bool) -> bool:
    """Tell whether a word is capitalised as a name; in a heading common words are so too."""
    low = word.casefold()
    if not word[0].isupper() or word.isupper() or low in STOPWORDS | _TITLES | _DAYS:
        return False
    return not (heading and is_common(low))
