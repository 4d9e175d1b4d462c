"""The flow after the call: from what was said to the debrief. A brief does without its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from assistant.brief import Brief
from assistant.debrief import Debrief
from assistant.index import Index
from assistant.knowledge.pack import Pack
from assistant.knowledge.profile import SellerProfile
from assistant.outcome.call import read_call
from assistant.outcome.compose import Given, compose_debrief, day_of
from assistant.outcome.objections import Find
from assistant.retrieval import Hit, search
from assistant.sources.source import Source


def debrief(
    sources: Sequence[Source],
    *,
    profile: SellerProfile,
    now: datetime,
    brief: Brief | None = None,
    held_on: date | None = None,
    ours: Sequence[str] = (),
    account: str = "",
    pack: Pack | None = None,
    index: Index | None = None,
) -> Debrief:
    """Judge a call by its transcript or by the seller's notes, with or without its brief.

    Code decides the outcome from what was said. Days count from `held_on`, else from the brief's
    meeting, else from the day that the text itself gives, else from `now`. `ours` are the names of
    our people; with a brief they are known. With `pack` and `index` what they objected to is held
    against every approved response, without them against those that the brief brought.
    """
    day = held_on or day_of(brief, sources)
    people = brief.meeting.participants if brief else ()
    call = read_call(
        sources,
        held_on=day or now.date(),
        company=profile.company,
        ours=frozenset(_called([*ours, *(p.name for p in people if p.side == "seller")])),
        theirs=frozenset(_called(p.name for p in people if p.side == "customer")),
    )
    find = _responses(pack, index, now.date()) if pack and index else None
    given = Given(profile, now, brief, account, find, day_is_assumed=day is None)
    return compose_debrief(call, sources, given)


def _responses(pack: Pack, index: Index, today: date) -> Find:
    def find(said: str) -> tuple[Hit, ...]:
        return search(said, index=index, pack=pack, kind="objection", today=today, k=1)

    return find


def _called(names: Iterable[str]) -> Iterator[str]:
    return (name.strip().lower() for name in names if name.strip())
