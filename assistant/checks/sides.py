"""Who stands on which side, as a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.checks.wording import one_line
from assistant.dossier import Participant
from assistant.evidence import Evidence

# The customer without a name. "They" and "them" are the customer in a seller's brief.
_ANY_CUSTOMER = (
    *("customer", "client", "buyer", "prospect", "they", "them", "you"),
    *("their team", "his team", "her team"),
)
_ANY_SELLER = (
    "we",
    "us",
    "our",
    "ours",
    "i",
    "my",
    "me",
    "the seller",
    "seller",
    "account executive",
)
_NOBODY = re.compile(
    r"(?:t\.?b\.?[cda]\.?|to be \w+|someone|somebody|anyone|anybody|everyone|everybody|all|both"
    r"|they|them|(?:the |both |all |whole |key |relevant |right |other )*(?:teams?|parties|sides"
    r"|groups?|participants|attendees|stakeholders?|people|persons?|decision makers?)"
    r"|unknown|none|nobody|n/?a|[?\-. ]*)",
    re.IGNORECASE,
)
_COMPANY_FORMS = re.compile(
    r"[,.]?\s+(?:inc|llc|ltd|limited|plc|corp|co|gmbh|ag|kg|se|bv|nv|sa|sas|oy|ab)\.?$",
    re.IGNORECASE,
)
_SHORTEST_NAME = 3  # letters; shorter parts of a name are initials or particles


def customer_names(evidence: Evidence) -> tuple[str, ...]:
    """Return every way a text may name the customer's side: people, roles, company, "they"."""
    people = [p for p in evidence.dossier.meeting.people if p.side != "seller"]
    account = evidence.dossier.account
    speakers = [fact.speaker for fact in evidence.facts.values() if fact.voice == "customer"]
    named = [part for name in (*_names(people), *speakers) for part in _parts(name)]
    roles = [*(p.role for p in people), *_ladder_roles(evidence)]
    company = [account, _without_form(account), *_first_word(account)]
    return _distinct([*named, *roles, *company, *_ANY_CUSTOMER])


def seller_names(evidence: Evidence) -> tuple[str, ...]:
    """Return every way a text may name our side: people, company, "we"."""
    people = [p for p in evidence.dossier.meeting.people if p.side == "seller"]
    named = [part for name in _names(people) for part in _parts(name)]
    return _distinct([*named, evidence.profile.company, *_ANY_SELLER])


def is_nobody(name: str) -> bool:
    """Tell whether a name stands for no one in particular: TBD, the team, both."""
    return bool(_NOBODY.fullmatch(one_line(name)))


def is_seller(name: str, evidence: Evidence) -> bool:
    """Tell whether a name, by itself, is one of ours."""
    return _is_one_of(name, seller_names(evidence)) and not is_customer(name, evidence)


def is_customer(name: str, evidence: Evidence) -> bool:
    """Tell whether a name, by itself, is known to be one of theirs."""
    return _is_one_of(name, customer_names(evidence))


def mention(text: str, names: Iterable[str]) -> re.Match[str] | None:
    """Return the first place in a plain text where one of the names stands."""
    return _any_of(names).search(text)


def comes_first(text: str, names: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether one of the names stands in a plain text before all the others."""
    found, rival = mention(text, names), mention(text, others)
    return found is not None and (rival is None or found.start() < rival.start())


def _is_one_of(name: str, names: Iterable[str]) -> bool:
    """Match the whole, or the name before a role: "Dana Whitfield, COO", "Dana (COO)"."""
    bare = re.split(r"[,(]| - ", one_line(name), maxsplit=1)[0].strip()
    return bool(_any_of(names).fullmatch(bare.removeprefix("the ").removeprefix("The ")))


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?:s|'s)?(?!\w)", re.IGNORECASE
    )


def _names(people: Iterable[Participant]) -> Iterator[str]:
    return (person.name for person in people)


def _parts(name: str) -> Iterator[str]:
    name = one_line(name)
    yield name
    yield from (part for part in name.split() if len(part) >= _SHORTEST_NAME and part[0].isupper())


def _ladder_roles(evidence: Evidence) -> Iterator[str]:
    for stage in evidence.profile.next_steps:
        for step in (*stage.advances, stage.fallback):
            yield from step.customer_roles


def _without_form(company: str) -> str:
    return _COMPANY_FORMS.sub("", one_line(company))


def _first_word(company: str) -> tuple[str, ...]:
    """Return the word a company is called by, where it is long enough to be its own."""
    first = one_line(company).split(" ")[0]
    return (first,) if len(first) > _SHORTEST_NAME else ()


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one_line(name) for name in names if name.strip()))
