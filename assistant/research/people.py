"""Who will be in the conversation: names, roles and sides, from invites, headers and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.dossier import Meeting, Participant, Side
from assistant.research import cues
from assistant.research.genre import genre_of
from assistant.research.sayings import known_people, sayings
from assistant.sources.source import Invite, Passage, Person, Source
from assistant.text.words import is_common, plain

_ROLE_WORD = (
    r"(?:COO|CEO|CFO|CIO|CTO|CPO|CSO|[SE]?VP|AE|SDR|chief|president|vice|director|dir|head|manager"
    r"|mgr|leads?|supervisor|supv|officer|owner|founder|partner|engineer|analyst|procurement"
    r"|logistics|operations|ops|transport(?:ation)?|warehouse|(?-i:IT)|quality|IT-\w+|\w*leit(?:er|erin|ung)"
    r"|buyer|purchasing|planner|planning|controller|coordinator|superintendent|foreman|secretary"
    r"|assistant|executive|dispatcher|scheduling|finance|geschäftsführer(?:in)?|einkauf\w*|disponent\w*"
    r"|disposition|customer service|sales|legal|safety|HSE|EHS|production|maintenance|accounting"
    r"|compliance|after-?sales|leitung)"
)
_ROLE = re.compile(rf"\b{_ROLE_WORD}\b", re.IGNORECASE)
_NO_ROLE = re.compile(
    r"\b(?:said|says|asked|told|wants?|will|would|was|were|are|has|have|had|is|i|we|he|she|they"
    r"|not|did|does|called|wrote|sent|sends|joins?|needs?|hates?|thinks?|runs|owns|her|his|their|my)\b",
    re.IGNORECASE,
)
_BEHIND = (
    r"\s*(?:\|\s*|\(\s*|,\s*|[-–—=]\s+|\s(?:from|in|of)\s+)"
    r"(?P<role>[^|()\n;?]{2,60})(?P<doubt>\s*\?)?"
)
_IS_THE = (
    r"(?:,?\s+(?:is|he's|she's|who is|who's|he is|she is|ist)\b)+\s+(?:the |a |an |der |die )?"
    r"(?P<role>[\w ]{2,50})(?P<doubt>\s*\?)?"
)
_RIGHT_BEHIND = rf"\s+(?P<role>(?:[a-z]+ )?{_ROLE_WORD}\b)(?P<doubt>\s*\?)?"
_NO_FIELD = r"(?!(?:the|our|their|a|an|new|is|with|to|and|by|from|of|met|der|die|den)\b)"
_IN_FRONT = rf"(?P<role>(?:{_NO_FIELD}[\w-]+ ){{0,2}}{_ROLE_WORD}(?: of [\w]+)?),? "
_ROLE_END = re.compile(
    r"\s+(?:at|bei|for all|for the|and|who|since|seit|with|in the room|in)\b.*$|\s*[|;].*$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|a|an|our|their|der|die|das|unser\w*)\s+", re.IGNORECASE)
_FORM = re.compile(
    r"^(?P<field>first name|last name|job title|vorname|nachname|position)\s*:\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:dr|prof|mr|ms|mrs|herr|frau)\.?\s+", re.IGNORECASE)
_LEGAL = re.compile(
    r"\b(?:inc|llc|ltd|gmbh|ag|corp|co|plc|se|kg|sa|bv|limited)\b\.?", re.IGNORECASE
)
_OF_ANYBODY = frozenset(
    {"gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "gmx", "web", "icloud", "aol"}
    | {"proton", "protonmail"}
)
_MOST_WORDS = 7  # of a role
_WORD = re.compile(r"\w+")


def find_participants(
    sources: Sequence[Source], *, company: str, named: Sequence[Participant] = ()
) -> tuple[Participant, ...]:
    """Return who is expected: those the seller named, then the invite's, roles filled from notes.

    A side is known from the address (ours is of our company's domain, others are the customer's) or
    from the seller's own word. Without an invite and without names, people whom notes, mails and
    transcripts quote are taken, since they are who we are talking to. Nobody is invented: addresses
    without a name are left out (`find_nameless`), and a role that its source doubts is unknown.
    """
    expected = [*named, *_invited(sources, company)] or [*_heard(sources, company)]
    roles = _Roles(sources)
    return tuple(_with_role(person, roles) for person in _each_once(expected))


def find_nameless(
    sources: Sequence[Source], people: Iterable[Participant], *, company: str
) -> tuple[str, ...]:
    """Return the addresses of guests whom no source names, in the invite's order.

    Ours are left out, and those who said no.
    """
    named = {person.email.lower() for person in people}
    named |= {p.email.lower() for source in sources for p in source.people if _has_name(p)}
    invites = [source.invite for source in sources if source.invite]
    asked = [person for invite in invites for person in _guests(invite)]
    guests = [person.email for person in asked if person.attendance != "declined"]
    unnamed = [email for email in guests if email and email.lower() not in named]
    return tuple(dict.fromkeys(e for e in unnamed if side_of(e, company) != "seller"))


def _guests(invite: Invite) -> tuple[Person, ...]:
    return (*invite.attendees, *([invite.organizer] if invite.organizer else []))


def _has_name(person: Person) -> bool:
    return bool(person.name) and "@" not in person.name


def _each_once(people: Iterable[Participant]) -> tuple[Participant, ...]:
    merged: list[Participant] = []
    names = _Names()
    for person in people:
        place = next(names.same_as(person.name), len(merged))
        known = merged[place : place + 1]
        merged[place : place + 1] = [_completed(known[0], person) if known else person]
        names.add(place, merged[place].name)
    return tuple(merged)


def _is_remark(passage: Passage) -> bool:
    """Tell whether a line is our own view of somebody, which is no role: `Joe is the blocker`."""
    return cues.is_private(passage.text) or cues.is_private(passage.heading, "heading")


def side_of(email: str, company: str) -> Side:
    """Tell the side of an address: ours where its domain is named as our company is.

    Addresses that anybody can have are of an unknown side.
    """
    if "@" not in email:
        return "unknown"
    labels = email.rsplit("@", 1)[1].lower().replace("-", "").split(".")
    slug = re.sub(r"\W", "", _LEGAL.sub("", company.lower()))
    if slug and slug in labels:
        return "seller"
    return "unknown" if labels[0] in _OF_ANYBODY else "customer"


def seller_names(sources: Sequence[Source], meeting: Meeting, company: str) -> frozenset[str]:
    """Return the full and first names, in lower case, by which the sources call our people."""
    ours = [p.name for p in meeting.people if p.side == "seller"]
    ours += [p.name for s in sources for p in s.people if side_of(p.email, company) == "seller"]
    names = (name.lower() for name in ours if name)
    return frozenset(called for name in names for called in (name, name.split()[0]))


# --- who is expected


def _invited(sources: Sequence[Source], company: str) -> Iterator[Participant]:
    for source in sources:
        if source.invite is None:
            continue
        for person in _guests(source.invite):
            if _has_name(person):
                yield Participant(
                    name=person.name,
                    role=person.role,
                    side=side_of(person.email, company),
                    email=person.email,
                    attendance=person.attendance,
                )


def _heard(sources: Sequence[Source], company: str) -> Iterator[Participant]:
    """Return who speaks in notes, mails and transcripts, by full names where these are known.

    In a transcript that names nobody of ours, whoever asks the most is.
    """
    known = known_people(sources)
    names = _Names(person.name for person in known.people)
    lines = _Lines(p.text for source in sources for p in source.passages)
    for source in sources:
        if genre_of(source) not in {"notes", "email", "transcript", "form"}:
            continue
        yield from _of_ours(source, company)
        asking = _who_asks(source)
        for called in dict.fromkeys(
            s.speaker for s in sayings(source, known) if s.manner != "plain"
        ):
            if not called[:1].isupper():
                continue
            place = next(names.same_as(called), None)
            person = Person(called) if place is None else known.people[place]
            side = side_of(person.email, company) if person.email else "customer"
            yield Participant(
                name=_in_full(person.name, lines),
                side="seller" if called == asking else side,
                email=person.email,
            )


def _of_ours(source: Source, company: str) -> Iterator[Participant]:
    for person in source.people:
        if person.name and side_of(person.email, company) == "seller":
            yield Participant(name=person.name, role=person.role, side="seller", email=person.email)


def _who_asks(source: Source) -> str:
    """Return who leads a conversation with questions, "" where nobody plainly does."""
    turns = [p for p in source.passages if p.speaker and not p.quoted]
    asked = Counter(p.speaker for p in turns if p.text.rstrip().endswith("?"))
    most = asked.most_common(2)
    if source.kind == "email" or not most or most[0][1] < 2:
        return ""
    name, count = most[0]
    plainly = len(most) == 1 or count > most[1][1]
    return name if plainly and 4 * count >= sum(p.speaker == name for p in turns) else ""


def _in_full(name: str, lines: _Lines) -> str:
    """Return the full name of somebody called by one name, where the sources give just one."""
    if len(name.split()) > 1:
        return name
    word = r"[A-ZÄÖÜ][a-zäöüß][\w'’-]+"
    finder = re.compile(
        rf"\b{re.escape(name)} (?P<last>{word})|\b(?P<first>{word}) {re.escape(name)}\b"
    )
    near = lines.holding(name)
    full = {match[0] for line in near for match in finder.finditer(line) if _is_part(match)}
    return full.pop() if len(full) == 1 else name


def _is_part(match: re.Match[str]) -> bool:
    """Tell a part of a name from a word before it: `Thanks Dana`, `Frau Kreft`."""
    first = match["first"]
    return first is None or not (is_common(first) or _TITLE.match(f"{first} "))


def is_same(one: str, other: str) -> bool:
    """Tell whether two names are one person's: the same, or a first or last name of the other."""
    first, second = (_TITLE.sub("", name.strip().lower()).split() for name in (one, other))
    if len(first) > 1 and len(second) > 1:
        return first == second
    return bool(first and second) and (first[0] in second or second[0] in first)


class _Names:
    """Names by their words, so that none has to be compared with all others."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._called: dict[int, str] = {}
        self._by_word: dict[str, set[int]] = {}
        for place, name in enumerate(names):
            self.add(place, name)

    def add(self, place: int, name: str) -> None:
        """Take in the name of whoever stands at a place; a later one replaces an earlier one."""
        self._called[place] = name
        for word in name.lower().split():
            self._by_word.setdefault(word, set()).add(place)

    def same_as(self, name: str) -> Iterator[int]:
        """Yield the places of those who may be the person of this name, in order."""
        near = {place for word in name.lower().split() for place in self._by_word.get(word, ())}
        return (place for place in sorted(near) if is_same(name, self._called[place]))


class _Lines:
    """Lines by their words, so that nobody has to be looked for in all of them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)
        self._by_word: dict[str, list[int]] = {}
        for place, line in enumerate(self._lines):
            for word in set(_WORD.findall(line.lower())):
                self._by_word.setdefault(word, []).append(place)

    def holding(self, *names: str) -> list[str]:
        """Return the lines, in order, that hold the last word of one of these names."""
        last = (word for name in names for word in _WORD.findall(name.lower())[-1:])
        places = {place for word in last for place in self._by_word.get(word, ())}
        return [self._lines[place] for place in sorted(places)]


def _completed(person: Participant, other: Participant) -> Participant:
    """Fill what is unknown of a person from another mention of them."""
    return Participant(
        name=max(person.name, other.name, key=len),
        role=person.role or other.role,
        side=person.side if person.side != "unknown" else other.side,
        email=person.email or other.email,
        attendance=person.attendance or other.attendance,
    )


# --- what they are


class _Roles:
    """What the sources say of who is what, read once for everybody."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._listed = [p for source in sources for p in source.people if p.role]
        self._names = _Names(person.name for person in self._listed)
        self._emails: dict[str, list[int]] = {}
        for place, person in enumerate(self._listed):
            self._emails.setdefault(person.email.lower(), []).append(place)
        passages = [p for source in sources for p in source.passages if not _is_remark(p)]
        lines = [plain(passage.text) for passage in passages]
        self.form = {
            match["field"].lower(): match["value"].strip()
            for line in lines
            if (match := _FORM.match(line))
        }
        self.lines = _Lines(line for line in lines if names_role(line))

    def listed(self, person: Participant) -> str:
        """Return the role that a header, a signature or a list gives somebody."""
        same = set(self._names.same_as(person.name))
        same |= set(self._emails.get(person.email.lower(), ())) if person.email else set()
        roles = (self._listed[place].role for place in sorted(same))
        return next((role for role in roles if "?" not in role), "")


def _with_role(person: Participant, roles: _Roles) -> Participant:
    if person.role:
        return person
    known = roles.listed(person) or _form_role(person.name, roles.form)
    role = known or _noted_role(person.name, roles.lines)
    return person.model_copy(update={"role": role}) if role else person


def _form_role(name: str, form: Mapping[str, str]) -> str:
    """Read a web form, in which the name and the title are fields of their own."""
    first = form.get("first name", form.get("vorname", ""))
    last = form.get("last name", form.get("nachname", ""))
    title = form.get("job title", form.get("position", ""))
    return title if f"{first} {last}".strip().lower() == name.lower() else ""


def _noted_role(name: str, lines: _Lines) -> str:
    """Find `Name (role)`, `Name | role`, `Name, role`, `name is the role` and `role Name`.

    The full name is looked for first; a role with a question mark behind it is none.
    """
    words = _TITLE.sub("", name).split()
    initial = rf"{re.escape(words[0])} {re.escape(words[-1][0])}\.?(?!\w)"
    full = re.escape(" ".join(words))
    short = rf"{re.escape(words[0][0])}\. ?{re.escape(words[-1])}"
    called = dict.fromkeys((full, initial, short, re.escape(words[-1]), re.escape(words[0])))
    near = lines.holding(words[0], words[-1])
    if not near:
        return ""
    for who in called if len(words) > 1 else (full,):
        patterns = [rf"\b{who}{_BEHIND}", rf"\b{who}{_IS_THE}", rf"\b{_IN_FRONT}{who}\b"]
        for pattern in [*patterns, *([rf"\b{who}{_RIGHT_BEHIND}"] if who == full else [])]:
            if role := _first_role(pattern, near):
                return role
    return ""


def _first_role(pattern: str, lines: Iterable[str]) -> str:
    finder = re.compile(pattern, re.IGNORECASE)
    for line in lines:
        for match in finder.finditer(line):
            role = _tidy_role(match["role"])
            if role and not match.groupdict().get("doubt"):
                return role
    return ""


def names_role(text: str) -> bool:
    """Tell whether a text holds a word that roles are made of."""
    return bool(_ROLE.search(text))


def _tidy_role(words: str) -> str:
    """Return the words of a role, "" where they are none."""
    role = _ARTICLE.sub("", _ROLE_END.sub("", words).strip(" .,:-"))
    pieces = [piece.strip() for piece in role.split(",") if "@" not in piece]
    said = next((i for i, piece in enumerate(pieces) if _ROLE.search(piece)), None)
    if said is None or _NO_ROLE.search(pieces[said]) or len(pieces[said].split()) > _MOST_WORDS:
        return ""
    return ", ".join([pieces[said], *filter(_is_place, pieces[said + 1 : said + 2])])


def _is_place(piece: str) -> bool:
    """Tell a place behind a role from a remark: `terminal manager, Pelican Pt`, `..., 1st time`."""
    return bool(re.fullmatch(r"[A-ZÄÖÜ]\D*", piece)) and not _ROLE.search(piece)
