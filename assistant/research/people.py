"""Who will be in the conversation: names, roles and sides, from invites, headers and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.dossier import Participant, Side
from assistant.sources.source import Person, Source

_ROLE_WORD = (
    r"(?:COO|CEO|CFO|CIO|CTO|CPO|CSO|SVP|EVP|VP|AE|SDR|chief|president|vice|director|dir\b|head\b"
    r"|manager|mgr\b|lead\b|leads\b|supervisor|supv|officer|owner|founder|partner|engineer|analyst"
    r"|procurement|logistics|operations|transport|warehouse|IT\b|IT-\w+|\w*leiter(?:in)?\b|buyer"
    r"|planner|controller|coordinator|superintendent|foreman|secretary|assistant|executive"
    r"|geschäftsführer(?:in)?|einkauf\w*|disposition)"
)
_ROLE = re.compile(rf"\b{_ROLE_WORD}", re.IGNORECASE)
_WORD = r"[A-ZÄÖÜÀ-Ý][\w.'’-]+"
_AFTER_NAME = r"\s*(?:\|\s*|\(\s*|,\s*|–\s*|—\s*|\s-\s*)(?P<role>[^|()\n;]{2,60})"
_IS_THE = (
    r"(?:\s+(?:is|he's|she's|who is|who's|he is|she is))+\s+(?:the |a |an )?(?P<role>[\w ]{2,50})"
)
_ROLE_END = re.compile(
    r"\s+(?:at|for all|for the|and|who|since|with|in the room)\b.*$|\s*[|;].*$|\?+.*$",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"^(?P<field>first name|last name|job title)\s*:\s*(?P<value>.+)$", re.IGNORECASE
)


def find_participants(
    sources: Sequence[Source], *, company: str, named: Sequence[Participant] = ()
) -> tuple[Participant, ...]:
    """Return who is expected: those the seller named, then the invite's, roles filled from notes.

    A side is known from the address (ours holds our company's name, others are the customer's) or
    from the seller's own word. Without an invite and without names, people whom the sources quote
    are taken, since they are who we are talking to. Nobody is invented, addresses without a name
    are left out.
    """
    expected = [*named, *_invited(sources, company)] or [*_quoted(sources)]
    merged: dict[str, Participant] = {}
    for person in expected:
        key = person.name.lower()
        if key and key not in merged:
            merged[key] = person
    lines = _lines(sources)
    return tuple(_with_role(person, sources, lines) for person in merged.values())


def side_of(email: str, company: str) -> Side:
    """Tell the side of an address: ours where its domain holds our company's name."""
    if "@" not in email:
        return "unknown"
    slug = re.sub(r"\W", "", company.lower())
    return "seller" if slug and slug in email.rsplit("@", 1)[1].replace("-", "") else "customer"


def _invited(sources: Sequence[Source], company: str) -> Iterator[Participant]:
    for source in sources:
        if source.invite is None:
            continue
        organizer = [source.invite.organizer] if source.invite.organizer else []
        for person in [*source.invite.attendees, *organizer]:
            if person.name and "@" not in person.name:
                yield Participant(
                    name=person.name,
                    role=person.role,
                    side=side_of(person.email, company),
                    email=person.email,
                )


def _quoted(sources: Sequence[Source]) -> Iterator[Participant]:
    people = {person.name: person for source in sources for person in source.people if person.name}
    spoken = {p.speaker for source in sources for p in source.passages if p.quoted and p.speaker}
    for name in sorted(spoken & set(people)):
        yield Participant(name=name, role=people[name].role, side="customer")


def _lines(sources: Sequence[Source]) -> tuple[str, ...]:
    return tuple(p.text for source in sources for p in source.passages)


def _with_role(person: Participant, sources: Sequence[Source], lines: Sequence[str]) -> Participant:
    if person.role:
        return person
    known = _listed_role(person, sources) or _form_role(person.name, lines)
    role = known or _noted_role(person.name, lines)
    return person.model_copy(update={"role": role}) if role else person


def _listed_role(person: Participant, sources: Sequence[Source]) -> str:
    listed = [other for source in sources for other in source.people if other.role]
    same = [other.role for other in listed if _same(person, other)]
    return same[0] if same else ""


def _same(person: Participant, other: Person) -> bool:
    if person.email and person.email.lower() == other.email.lower():
        return True
    return _bare(person.name) == _bare(other.name)


def _bare(name: str) -> str:
    return re.sub(r"^(?:dr|prof|mr|ms|mrs|herr|frau)\.?\s+", "", name.strip().lower())


def _form_role(name: str, lines: Iterable[str]) -> str:
    """Read a web form, in which the name and the title are fields of their own."""
    form = {m["field"].lower(): m["value"].strip() for line in lines if (m := _FORM.match(line))}
    full = f"{form.get('first name', '')} {form.get('last name', '')}".strip().lower()
    return form.get("job title", "") if full == name.lower() else ""


def _noted_role(name: str, lines: Sequence[str]) -> str:
    """Find `Name (role)`, `Name | role`, `Name, role` or `name is the role`; full names first."""
    bare = re.sub(r"^(?:Dr|Prof)\.?\s+", "", name)
    first, last = bare.split()[0], bare.split()[-1]
    for called in dict.fromkeys((bare, last, first)):
        for pattern in (_AFTER_NAME, _IS_THE):
            finder = re.compile(rf"\b{re.escape(called)}{pattern}", re.IGNORECASE)
            for line in lines:
                for match in finder.finditer(line):
                    if role := _tidy_role(match["role"]):
                        return role
    return ""


def _tidy_role(words: str) -> str:
    role = _ROLE_END.sub("", words).strip(" .,:-–—")
    starts_as_role = _ROLE.search(role)
    if not starts_as_role or len(role.split()) > 7 or "@" in role:
        return ""
    return role
