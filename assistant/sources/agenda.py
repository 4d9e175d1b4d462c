"""The agenda that an invitation or a mail sends: its points, in its words, with their minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise, takewhile
from typing import NamedTuple

from assistant.sources.lines import Line
from assistant.sources.source import Agenda, AgendaPoint

_MOST_POINTS = 20
_LONGEST = 120  # characters of a point; what is longer is no point but a text
_LONGEST_UNMARKED = 90  # of a point without a number or a dash
_LONGEST_TEXT = 2_000  # characters of a line in which an agenda is looked for
_MOST_LINES = 5_000  # of a source; a thread that goes on longer has its agenda above
_REACH = 100  # lines below its heading
_A_DAY = 24 * 60
_WORD = (
    r"agenda(?: (?:items|points)|punkte)?|tagesordnung(?:spunkte)?|besprechungspunkte|ablauf"
    r"|discussion (?:items|points|topics)|topics?|themen|ordre du jour"
)
_TITLE = re.compile(
    r"[\W_]*(?:(?:proposed|suggested|draft|planned|meeting|our|today'?s|the|my|vorgeschlagene|geplante"
    r"|vorläufige|unsere|die|meine|mögliche)\s+){0,2}"
    rf"(?:{_WORD})(?:\s+(?:(?:for|of|on|für|zum|am|vom)\s[^:]{{1,50}}|to (?:discuss|cover)))?"
    r"\s*(?:\([^()]{1,30}\)|[-–—]\s*\d{1,3}\s*min\w*)?[*_ ]*(?P<colon>:?)[*_ ]*(?P<inline>.*)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    rf"\b(?:{_WORD}|discuss(?:ed|ing)?|talk (?:about|through)|cover|go (?:through|over)"
    r"|walk through|look at|align on|besprechen|durchgehen|klären|sprechen)\b",
    re.IGNORECASE,
)
_NAMES_IT = re.compile(r"\b(?:agenda|tagesordnung|ordre du jour)\w*\b", re.IGNORECASE)
_OTHERWISE = re.compile(
    r"\b(?:bring|prepare|attach(?:ed|ments?)|was|were|last|yesterday|previous|minutes of|protokoll"
    r"|mitbringen|vorbereiten|anbei|letzten?|gestern|before (?:the|our|we) \w+|participants"
    r"|teilnehmer\w*)\b",
    re.IGNORECASE,
)
_MARKER = re.compile(
    r"(?P<indent>\s*)(?:(?:(?:TOP|item|punkt)\s*)?#?(?P<number>\d{1,2})[.):/](?:\s+|(?=[^\W\d]))"
    r"|TOP\s*\d{1,2}\s+|\((?:\d{1,2}|[a-h])\)\s*|(?P<letter>[a-h])[.)]\s+"
    r"|(?P<dash>[-*•‣◦▪■●○►▸➢→–—·]|o(?=\s{2}))\s+)(?=\S)",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:tb[acd]|to (?:follow|come|be)|folgt|see|siehe|attached|anbei|later|später)\b",
    re.IGNORECASE,
)
_ENUMERATES = re.compile(r":\s*(?=\(?(?:1|a)[.)]\s+\S)", re.IGNORECASE)
_FEWEST_IN_A_ROW = 3
_ROW_OF_WORDS = re.compile(
    r"(?!.*(?:@|://|\b(?:bring|attend\w*|participants?|guests?|teilnehmer\w*|present|room|raum"
    r"|place|ort|where|wo|dial|phone|pin|tel|join|host|cc|from|to|required|optional|mitbringen)\b))"
    r"[^:\n]{3,40}:\s+(?P<row>[^\W\d_][^:.!?\d]{8,90})\.?",
    re.IGNORECASE,
)
_WORDS_OF_A_POINT = 4
_JOINED = re.compile(r"^(?:and|und|&)\s+", re.IGNORECASE)
_JOINED_BEHIND = re.compile(r"[\s,;]+(?:and|und|&)?$", re.IGNORECASE)
_INLINE_MARKER = re.compile(r"(?:^|(?<=[\s:;,]))(?:\(?\d{1,2}[.)]|\([a-h]\)|[a-h]\))\s+(?=\S)")
_CLOCK = r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*(?:uhr|[ap]\.?m\.?)(?!\w))?"
_TO = r"\s*(?:-|–|—|to|until|bis)\s*"
_FROM_TO = re.compile(rf"[\s(\[|]*({_CLOCK}){_TO}({_CLOCK})[\s)\]:|,–—-]*", re.IGNORECASE)
_FROM = re.compile(rf"[\s(\[|]*({_CLOCK})(?:[\s)\]:|,–—-]+)", re.IGNORECASE)
_LENGTH = (
    r"(?:ca\.?\s*|about\s+|~\s*)?(?:\d{1,3}\s*[-–]\s*)?(?:(?P<minutes>\d{1,3})\s*"
    r"(?:min(?:ute[ns]?|s)?\b\.?|['′’])|(?P<hours>\d)\s*(?:h|hrs?|hours?|std|stunden?)\b\.?)"
)
_BEFORE = re.compile(rf"[\s(\[]*{_LENGTH}[\s)\]:|,–—-]+", re.IGNORECASE)
_FROM_TO_BEHIND = re.compile(rf"[\s(\[|:,–—-]+({_CLOCK}){_TO}({_CLOCK})[\s)\]]*$", re.IGNORECASE)
_BEHIND = re.compile(rf"[\s(\[|:,–—-]+{_LENGTH}[\s)\].;]*$", re.IGNORECASE)
_MEASURES = re.compile(
    r"\b(?:to|by|from|of|under|below|over|within|than|every|auf|um|von|unter|über|in|als|alle)$",
    re.IGNORECASE,
)


def find_agenda(lines: Sequence[Line], *, invitation: bool) -> Agenda | None:
    """Return the first agenda that lines hold, None where they hold none.

    It stands under a heading of its own ("Agenda:", "Tagesordnung", "Topics"), or behind a
    sentence that announces one; that sentence names the agenda, or in an invitation says what is
    to be talked about. An invitation may also begin with its subject and a row of words:
    "Proposal: questions, value, terms". What stands in a quoted letter without an author is
    nobody's.
    """
    for place, line in enumerate(lines[:_MOST_LINES]):
        if line.quoted and not line.speaker:
            continue
        if points := _at(lines, place, invitation=invitation):
            return Agenda(points[:_MOST_POINTS], line.speaker)
    first = next((line for line in lines if line.text.strip()), None)
    if invitation and first and (points := _points(_words_in_a_row(first))):
        return Agenda(points, first.speaker)
    return None


class _Written(NamedTuple):
    """A point as it is written, its time included."""

    text: str
    line: int


def _at(lines: Sequence[Line], place: int, *, invitation: bool) -> tuple[AgendaPoint, ...]:
    """Return the points of the agenda that a line heads or begins."""
    line = lines[place]._replace(text=lines[place].text[:_LONGEST_TEXT])
    below = lines[place + 1 : place + 1 + _REACH]
    title = _TITLE.fullmatch(line.text.strip())
    if title and not title["inline"]:
        return _points(max(_listed(below), _unmarked(below), key=len))
    if title and title["colon"] and not _INLINE_MARKER.search(title["inline"]):
        return _points(_in_a_row(line, title["inline"]))
    word = _ANNOUNCES if invitation else _NAMES_IT
    says = _sentence_before(lines, place)
    inline = _ENUMERATES.search(line.text)
    said = f"{says} {line.text[: inline.start()] if inline else line.text}"
    if not word.search(said) or _OTHERWISE.search(said):
        return ()
    if inline:
        rest = " ".join([line.text[inline.end() :], *_to_the_blank(below)])
        found = _numbered(line, rest)
    else:
        found = _listed(below) if line.text.rstrip().endswith(":") else []
    return _points(found) if len(found) > 1 else ()


def _sentence_before(lines: Sequence[Line], place: int) -> str:
    """Return what a sentence that goes on in this line said in the lines before."""
    before = [line.text for line in lines[max(0, place - 3) : place]]
    near = list(takewhile(str.strip, reversed(before)))
    return re.split(r"[.!?:]\s", f"{' '.join(reversed(near))} ")[-1]


def _to_the_blank(lines: Sequence[Line]) -> Iterator[str]:
    return takewhile(str.strip, (line.text for line in lines))


# --- lists


def _listed(lines: Sequence[Line]) -> list[_Written]:
    """Return the items of the list that these lines begin with; nested ones are left out."""
    found: list[_Written] = []
    outer = current = None
    after_blank = False
    for line in lines:
        marker = _marker(line.text)
        if marker is None:
            if not line.text.strip():
                after_blank = True
            elif found and not after_blank and _goes_on(line.text):
                if current == outer:
                    found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.text.strip()}")
            else:
                break
            continue
        current = marker.style
        outer = outer or current
        if current == outer:
            found.append(_Written(marker.text, line.number))
        elif after_blank and current.indent <= outer.indent:
            break
        after_blank = False
    return found


class _Style(NamedTuple):
    kind: str
    indent: int


class _Marked(NamedTuple):
    style: _Style
    text: str  # behind the marker; with its time, where it is the time that marks it


def _marker(text: str) -> _Marked | None:
    if match := _MARKER.match(text):
        kind = "dash" if match["dash"] else "letter" if match["letter"] else "number"
        return _Marked(_Style(kind, len(match["indent"].expandtabs(4))), text[match.end() :])
    timed = any(finder.match(text) for finder in (_FROM_TO, _FROM, _BEFORE))
    return _Marked(_Style("time", 0), text.strip()) if timed else None


def _goes_on(text: str) -> bool:
    return text[:1].isspace() or text[:1].islower()


def _unmarked(lines: Sequence[Line]) -> list[_Written]:
    """Return the short lines right below a heading, each a point; the first has no mark."""
    found: list[_Written] = []
    for line in dropwhile(lambda line: not line.text.strip(), lines):
        text = line.text.strip()
        if not text or len(text) > _LONGEST_UNMARKED or text.endswith((".", "!", ":", ",")):
            break
        marker = _MARKER.match(text)
        if marker and not found:
            break
        found.append(_Written(text[marker.end() if marker else 0 :], line.number))
    return found if len(found) > 1 else []


def _in_a_row(line: Line, inline: str) -> list[_Written]:
    """Return the points of a heading's own line: `Agenda: status, figures, next steps`."""
    if _TO_COME.search(inline) or re.search(r"[.!?]\s", inline):
        return []
    separator = next((s for s in (";", "|", "•", ",") if s in inline), None)
    pieces = [_JOINED.sub("", piece.strip()) for piece in inline.split(separator)]
    found = [_Written(piece, line.number) for piece in pieces if piece]
    return found if separator and len(found) > 1 else []


def _words_in_a_row(line: Line) -> list[_Written]:
    """Return the words in a row behind a subject, three at least."""
    match = _ROW_OF_WORDS.fullmatch(line.text.strip())
    found = _in_a_row(line, match["row"]) if match else []
    short = all(len(one.text.split()) <= _WORDS_OF_A_POINT for one in found)
    return found if short and len(found) >= _FEWEST_IN_A_ROW else []


def _numbered(line: Line, rest: str) -> list[_Written]:
    pieces = [piece for piece in _INLINE_MARKER.split(rest) if piece.strip(" ,;")]
    if pieces:
        pieces[-1] = re.split(r"[.!?]\s+(?=[A-ZÀ-Þ])", pieces[-1])[0]
    return [_Written(_JOINED_BEHIND.sub("", piece.strip()), line.number) for piece in pieces]


# --- words and times


def _points(found: Sequence[_Written]) -> tuple[AgendaPoint, ...]:
    timed = [_timed(_Written(one.text[: 2 * _LONGEST], one.line)) for one in found]
    for place, (one, following) in enumerate(pairwise(timed)):
        if one.minutes is None and one.start is not None and following.start is not None:
            timed[place] = one._replace(minutes=(following.start - one.start) % _A_DAY or None)
    points = (AgendaPoint(_cut(t.text), t.line, t.minutes) for t in timed)
    return tuple(point for point in points if any(map(str.isalpha, point.text)))


class _Timed(NamedTuple):
    text: str
    line: int
    start: int | None = None  # minutes from midnight
    minutes: int | None = None


def _timed(written: _Written) -> _Timed:
    """Take a point's time from its beginning or its end."""
    text, line = written
    if match := _FROM_TO.match(text):
        return _spanned(text[match.end() :], line, match)
    if match := _FROM.match(text):
        inner = _timed(_Written(text[match.end() :], line))
        return inner._replace(start=_clock(match[1]))
    if match := _FROM_TO_BEHIND.search(text):
        return _spanned(text[: match.start()], line, match)
    if match := _BEFORE.match(text):
        return _Timed(text[match.end() :], line, None, _minutes(match))
    match = _BEHIND.search(text)
    if match and not _MEASURES.search(text[: match.start()]):
        return _Timed(text[: match.start()], line, None, _minutes(match))
    return _Timed(text, line)


def _spanned(text: str, line: int, match: re.Match[str]) -> _Timed:
    start = _clock(match[1])
    return _Timed(text, line, start, (_clock(match[2]) - start) % (_A_DAY // 2) or None)


def _clock(written: str) -> int:
    hour, minute = map(int, re.findall(r"\d+", written))
    late = bool(re.search(r"p\.?m", written, re.IGNORECASE)) and hour < 12
    return (hour + 12 * late) * 60 + minute


def _minutes(match: re.Match[str]) -> int | None:
    if match["hours"]:
        return int(match["hours"]) * 60 or None
    return int(match["minutes"]) or None


def _cut(text: str) -> str:
    """Return a point's words, cut between two of them where they are too many."""
    words = " ".join(text.split()).strip(" *_;,.:|–—-")
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"
