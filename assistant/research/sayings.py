"""Who says what in a source: each statement with its speaker, and how it came to us."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from assistant.sources.source import Passage, Person, Source
from assistant.text.names import names
from assistant.text.words import is_common, plain

Manner = Literal[
    "quoted",  # between quotation marks, or dictated as "quote ... unquote"
    "turned",  # a speaker's turn, or a mail: their words, though nobody marked them
    "reported",  # "Walt said overtime is ..."
    "plain",  # nobody is named
]

_LEAST_QUOTED = 4  # words; fewer are a term, not a quotation
_LEAST_PLAIN = 2
_NEAR = 3  # passages back, in which "he" and "she" are plain
_GAP = 2  # lines from an introduction to its quotation
_WORD = r"[^\W\d_][\w.'-]*"
_NAME = r"[A-ZÄÖÜÀ-Ý][\w.'-]*(?: (?:(?:van|von|de|der|den) )?[A-ZÄÖÜÀ-Ý][\w.'-]+){0,2}"
_SIDE = r"(?:me|us|we|i|ich|wir|them|they|customer|client|prospect|kunde|kundin|he|she|er|sie)"
_SAY = (
    r"(?:said|says|saying|told|tells|asked|asks|wants|wanted|wrote|writes|replied|answered|mentioned"
    r"|added|complained|admitted|confirmed|reckons|thinks|expects|hates|needs|sagt|sagte|meint|meinte"
    r"|fragt|fragte|schreibt|schrieb|will|wollte|worries|worried|fears|feared|doubts|hopes|complains"
    r"|reports|reported|claims|claimed|explains|explained|warns|warned|insists|prefers|argues)"
)
_THEN = r"(?:(?:who|also|then|just|again|and|both|has|had|have|is|was) )*"
_SAYS = re.compile(rf"(?P<who>{_WORD}(?: {_WORD})??) {_THEN}{_SAY}\b", re.IGNORECASE)
_WISHES = re.compile(r"\b(?:wants|wanted|needs|expects|hates|thinks|will|wollte)$", re.IGNORECASE)
_ACCORDING = re.compile(
    rf"\b(?:acc\. to|according to|says|laut|per)\s+(?P<who>{_NAME}|{_WORD})\W*$", re.IGNORECASE
)
_ACCORDING_FIRST = re.compile(rf"(?:according to|laut) (?P<who>{_NAME}),", re.IGNORECASE)
_MARKED = re.compile(
    rf"^(?:(?P<side>{_SIDE})\s*:\s*)?(?P<who>{_NAME}|(?i:{_SIDE})\b)"
    r"(?:\s*\([^)]*\)|,? (?:by|per|via|on|am|in|at|from)\b[^:\"]{1,32})*\s*:\s*(?P<words>\S.*)$",
    re.DOTALL,
)
_OPENS_WITH = re.compile(rf"^(?:{_SIDE}\s*:\s*)?(?P<who>{_NAME})", re.IGNORECASE)
_AFTERWARDS = re.compile(
    rf"^\s*\(?\s*(?:-|,|so|said|says|(?:(?:was|is) (?:how|what)|as))?\s*(?P<who>{_NAME})"
    rf"(?:\s*[,)?.]|\s*$|\s+(?:put|said|says|called))"
)
_DICTATED = re.compile(
    rf"\b(?:{_SAY}|was|is) (?:that )?(?P<quote>quote (?P<words>.+?)(?: (?:unquote|end quote)\b|$))",
    re.IGNORECASE,
)
_MARKS = re.compile(
    r'"(?P<double>[^"]+)"|(?<![\w\'])\'(?=\w)(?P<single>(?:[^\']|(?<=\w)\'(?=\w)){12,}?)\'(?!\w)'
)
_STUTTER = re.compile(
    r"^(?:(?:okay|ok|so|um|uh|well|and|oh|also|alright|right|anyway|but|then)\b[ ,]*)+",
    re.IGNORECASE,
)
_PRONOUNS = frozenset({"he", "she", "they", "er", "sie"})
_ASKED = (
    r"(?:questions?|concerns?|worry|worries|points?|objections?|doubts?|fragen?|einwand|bedenken)"
)
_UP_TO_COLON = r"(?:\s[^.:?!\"]{0,40})?:\s*$"
_INTRODUCES = (  # who is quoted on the next line: "Dr. Ahlers has one question after the demo."
    re.compile(
        rf"(?P<who>{_NAME}|{_WORD}) (?i:{_THEN}(?:has|had|hat|hatte|raised|sent|left) "
        rf"[^.:?!\"]{{0,30}}?\b{_ASKED}\b[^.:?!\"]{{0,40}}[.:]\s*$)"
    ),
    re.compile(
        rf"(?P<who>{_NAME}|{_WORD}) "
        rf"(?i:{_THEN}(?:{_SAY}|would like|möchte|puts? it)\b{_UP_TO_COLON})"
    ),
    re.compile(rf"(?i:\b{_ASKED} (?:from|of|by|von)) (?P<who>{_NAME})(?i:{_UP_TO_COLON})"),
)
_OF_THEM = re.compile(r"\b(?:he|him|his|she|her|ihm|ihn|ihr)\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:questions|concerns|worries|points|objections|doubts|fragen|bedenken)\b", re.IGNORECASE
)
_FIELD = re.compile(r"^\s*[A-Za-zÄÖÜäöü][\w .'/-]{1,24}?\s?[:=]\s*\S")


@dataclass(frozen=True)
class Saying:
    """A statement of a passage, in the passage's own words, and whose it is."""

    passage: Passage
    words: str
    speaker: str  # as the source spells them, a known person's name as that person's; "" unknown
    manner: Manner
    lead: str = ""  # what stands before a quotation: "Walt wants"


@dataclass(frozen=True)
class Known:
    """The people whom the sources name in structured places."""

    people: tuple[Person, ...]

    def spelled(self, called: str) -> str:
        """Return how a known person's name is spelled, "" for somebody unknown.

        A first or last name stays one ("walt" is "Walt"); initials become the full name.
        """
        wanted = called.strip(" .,:").lower()
        found = [self._spellings.get(wanted)]
        if called.isupper():
            found.append(self._by_initials.get(wanted))
        return min(filter(None, found), default=(0, ""))[1]

    @cached_property
    def _spellings(self) -> Mapping[str, tuple[int, str]]:
        """What people are called, in lower case: whose place in the order, and the spelling."""
        spelled: dict[str, tuple[int, str]] = {}
        for place, person in enumerate(self.people):
            spelled.setdefault(person.name.lower(), (place, person.name))
            for part in person.name.split():
                if not part.endswith("."):
                    spelled.setdefault(part.lower(), (place, part))
        return spelled

    @cached_property
    def _by_initials(self) -> Mapping[str, tuple[int, str]]:
        initials: dict[str, tuple[int, str]] = {}
        for place, person in enumerate(self.people):
            parts = person.name.split()
            if len(parts) > 1:
                initials.setdefault(_initials(parts), (place, person.name))
        return initials


def known_people(sources: Iterable[Source]) -> Known:
    """Return whom headers, invitations, signatures and full speakers' names give, each once."""
    people: dict[str, Person] = {}
    for source in sources:
        invite = source.invite
        organizer = [invite.organizer] if invite and invite.organizer else []
        speaking = [Person(p.speaker) for p in source.passages if " " in p.speaker]
        attending = invite.attendees if invite else ()
        for person in [*source.people, *attending, *organizer, *speaking]:
            if person.name and "@" not in person.name:
                people.setdefault(person.name.lower(), person)
    return Known(tuple(people.values()))


def with_speakers(known: Known, sources: Iterable[Source]) -> Known:
    """Add those whom the sources only quote or report by a name."""
    heard = {
        s.speaker for source in sources for s in sayings(source, known) if s.speaker[:1].isupper()
    }
    more = sorted(name for name in heard if not known.spelled(name))
    return Known((*known.people, *map(Person, more)))


def _initials(parts: Sequence[str]) -> str:
    return "".join(part[0] for part in parts).lower()


@dataclass(frozen=True)
class _Heard:
    """What of the passages before bears on the next one."""

    speaker: str = ""  # the last one named
    ago: int = _NEAR + 1  # passages since
    quoting: str | None = None  # who speaks in a quotation that was not closed yet
    introduced: str = ""  # whose words the passage before announced, "" where it announced none
    several: bool = False  # whether it announced more than one question


def sayings(source: Source, known: Known) -> Iterator[Saying]:
    """Return the statements of a source in reading order.

    A quotation is a statement of its own, and what stands around it another. "He" and "she" are
    whoever was named last, where that was shortly before; else nobody. What the line before
    announces ("Dana asked:") is that person's, whoever wrote it down; the announcement is none.
    """
    heard = _Heard()
    for passage, following in zip_longest(source.passages, source.passages[1:]):
        announced = _announced(passage, following, known, heard)
        found = [] if announced.is_all else list(_of_passage(passage, known, heard))
        yield from found
        named = [saying.speaker for saying in found if saying.speaker and not passage.speaker]
        goes_on = heard.several and _may_be_announced(passage, following)
        heard = replace(
            heard,
            speaker=named[-1] if named else heard.speaker,
            ago=1 if named else heard.ago + 1,
            quoting=_still_quoting(passage, found, heard),
            introduced=announced.speaker or (heard.introduced if goes_on else ""),
            several=announced.several or goes_on,
        )


@dataclass(frozen=True)
class _Announced:
    """Whom a passage says to be quoted next, and whether it says nothing else."""

    speaker: str = ""
    several: bool = False
    is_all: bool = False


def _announced(
    passage: Passage, following: Passage | None, known: Known, heard: _Heard
) -> _Announced:
    """Find whose words the next passage holds: `Dr. Ahlers has one question after the demo:`."""
    view = plain(passage.text).rstrip()
    if heard.introduced or '"' in view or not _may_be_announced(passage, following):
        return _Announced()
    for introduces in _INTRODUCES:
        match = introduces.search(view)
        if match and (speaker := _resolved(match["who"], known, heard)):
            is_all = len(view[: match.start()].split()) < _LEAST_QUOTED
            return _Announced(speaker, bool(_SEVERAL.search(match[0])), is_all)
    return _Announced()


def _may_be_announced(passage: Passage, following: Passage | None) -> bool:
    """Tell a quotation or a question of the same text, on the next line or below a gap."""
    if following is None or following.speaker != passage.speaker:
        return False
    text = plain(following.text).strip()
    is_near = following.page == passage.page and 0 <= following.line - passage.line <= _GAP
    asks = text.endswith("?") and not _OF_THEM.search(text)  # "Could you call him?"
    return is_near and (text.startswith('"') or asks)


def _still_quoting(passage: Passage, found: Sequence[Saying], heard: _Heard) -> str | None:
    odd = plain(passage.text).count('"') % 2 == 1
    if (heard.quoting is not None) == odd:
        return None
    return heard.quoting if heard.quoting is not None else (found[-1].speaker if found else "")


def _of_passage(passage: Passage, known: Known, heard: _Heard) -> Iterator[Saying]:
    text = passage.text.strip()
    if fields := _fields(text):
        for field in fields:
            yield Saying(passage, field, passage.speaker, "plain")
        return
    quoted = _quotations(text, open_before=heard.quoting is not None)
    if not quoted:
        yield from _unquoted(passage, text, known, heard)
        return
    end = 0
    for start, stop, words in quoted:
        frame = text[end:start]
        speaker = _speaker(frame, text[stop:], known, heard) or heard.introduced or passage.speaker
        if start == 0 and heard.quoting:
            speaker = heard.quoting
        yield from _around(passage, frame, known, heard)
        yield Saying(passage, words, speaker, "quoted", lead=frame.strip())
        end = stop
    yield from _around(passage, text[end:], known, heard)


def _fields(text: str) -> list[str]:
    """Part a row of a record into its fields, where most of its cells are named."""
    cells = [cell.strip() for cell in re.split(r"\s+\|\s+|\t+", text)]
    named = [cell for cell in cells if _FIELD.match(cell)]
    return cells if len(cells) > 1 and len(named) * 2 > len(cells) else []


def _quotations(text: str, *, open_before: bool) -> list[tuple[int, int, str]]:
    """Return where the quotations stand, marks included, and their words."""
    view, first = plain(text), 0
    found = []
    if open_before:
        first = view.find('"') + 1 or len(view)
        found.append((0, first, text[: first - 1] if '"' in view else text))
    found += [
        (m.start(), m.end(), text[slice(*m.span(m.lastindex or 0))])
        for m in _MARKS.finditer(view, first)
    ]
    last = max((stop for _, stop, _ in found), default=first)
    if (opened := view.find('"', last)) >= 0:
        found.append((opened, len(text), text[opened + 1 :]))
    found += [(m.start("quote"), m.end(), m["words"]) for m in _DICTATED.finditer(text)]
    return [
        (start, stop, words.strip())
        for start, stop, words in sorted(found)
        if len(words.split()) >= _LEAST_QUOTED or stop - start == len(text)
    ]


def _speaker(before: str, after: str, known: Known, heard: _Heard) -> str:
    """Find who is quoted: the subject of saying, the name in front, or the name behind."""
    frame = plain(before).strip(" :,-\"'")
    if says := list(_SAYS.finditer(frame)):
        who = says[-1]["who"]
        if speaker := _resolved(who, known, heard) or _dictated_name(frame, who):
            return speaker
    named = [known.spelled(word) for word in re.findall(_WORD, frame)]
    if found := list(filter(None, named)):
        return found[-1]
    if (opening := _OPENS_WITH.match(frame)) and before.rstrip().endswith(":"):
        return _resolved(opening["who"], known, heard)
    behind = _AFTERWARDS.match(plain(after))
    return _resolved(behind["who"], known, heard) if behind else ""


def _resolved(called: str, known: Known, heard: _Heard) -> str:
    """Return the name of whoever is called so; "" for a pronoun of nobody and a common word."""
    for word in (called, called.rsplit(maxsplit=1)[-1]):
        if spelled := known.spelled(word):
            return spelled
        if word.lower() in _PRONOUNS:
            return heard.speaker if heard.ago <= _NEAR else ""
    return called if called[:1].isupper() and _is_name(called) else ""


def _is_name(called: str) -> bool:
    """Tell a name from a common word with a capital, where only somebody can have spoken."""
    return not is_common(called.split(maxsplit=1)[0]) or bool(names(f"It was {called} who spoke."))


def _dictated_name(frame: str, called: str) -> str:
    """Return a name that was dictated, in small letters like all the rest."""
    name = called.rsplit(maxsplit=1)[-1]
    return "" if frame != frame.lower() or is_common(name) else name.title()


def _around(passage: Passage, words: str, known: Known, heard: _Heard) -> Iterator[Saying]:
    """Return what stands beside a quotation, unless it only says who speaks."""
    rest = _STUTTER.sub("", words.strip(" ,;:-–—.\"'“”„"))
    names_speaker = words.rstrip().endswith(":") or _SAYS.search(plain(rest)[-48:])
    if len(rest.split()) >= _LEAST_QUOTED and not names_speaker:
        yield from _unquoted(passage, rest, known, heard)


def _unquoted(passage: Passage, text: str, known: Known, heard: _Heard) -> Iterator[Saying]:
    if heard.introduced and text == passage.text.strip():
        yield Saying(passage, text, heard.introduced, "quoted" if passage.quoted else "turned")
        return
    if passage.speaker or passage.quoted:
        manner: Manner = "quoted" if passage.quoted else "turned"
        yield Saying(passage, text, passage.speaker, manner)
        return
    marked = _MARKED.match(plain(text))
    if marked and (speaker := _turn_of(marked, known)):
        yield Saying(passage, text[marked.start("words") :], speaker, "turned")
        return
    words = _STUTTER.sub("", text) if text[:1].islower() else text
    if len(words.split()) < _LEAST_PLAIN:
        return
    speaker = _reporter(words, known, heard)
    yield Saying(passage, words, speaker, "reported" if speaker else "plain")


def _turn_of(marked: re.Match[str], known: Known) -> str:
    """Return whose turn a marked line is, "" where what stands before the colon is a label."""
    who = marked["who"]
    if spelled := known.spelled(who):
        return spelled
    if re.fullmatch(_SIDE, who, re.IGNORECASE):
        return who.lower()
    return who if marked["side"] else ""


def _reporter(text: str, known: Known, heard: _Heard) -> str:
    """Return whose words are reported, "" where nobody's are."""
    view = plain(text)
    says, according = _SAYS.match(view), _ACCORDING.search(view) or _ACCORDING_FIRST.match(view)
    for found in filter(None, (says, according)):
        who = found["who"]
        is_wish = _WISHES.search(found[0]) and is_common(who.split(maxsplit=1)[0])
        speaker = _resolved(who, known, heard)
        if speaker and (not is_wish or known.spelled(who) or who.lower() in _PRONOUNS):
            return speaker
    return ""
