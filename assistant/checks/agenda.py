"""The agenda: it fills the meeting, opens, closes with time to spare, and serves the objectives."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import partial
from itertools import chain

from assistant.brief import AgendaItem, Finding, Opening
from assistant.checks.wording import one_line
from assistant.evidence import Evidence

_LEAST_ITEMS = 3  # an opening, something between, a closing
_CLOSING_SHARE = 10  # closing gets at least one part in ten
_OPENS = re.compile(
    r"\b(?:open\w*|welcom\w*|introduc\w*|purpose|goals?|objectives?|agenda|expect\w*|start\w*"
    r"|begin\w*|kick[- ]?off|why we|what (?:you|we|each|everyone|both) \w+|worth\w*|hello|greet\w*"
    r"|check[- ]in|round of|set(?:ting)? the|frame|outcomes?|success|today)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"\b(?:clos\w+|summar\w+|sum up|wrap\w*|recap\w*|next steps?|actions?|agree\w*|confirm\w*"
    r"|reconfirm\w*|decid\w+|decisions?|commit\w*|who does what|conclu\w+|end)\b",
    re.IGNORECASE,
)

_error = partial(Finding, check="agenda", severity="error")
_warning = partial(Finding, check="agenda", severity="warning")


def check_agenda(
    part: Opening, evidence: Evidence, *, objective_ids: Collection[str]
) -> tuple[Finding, ...]:
    """Find an agenda that does not fit the meeting, its layers or its objectives.

    `objective_ids` are those of this brief's objectives (`O1`, `O2` …).
    """
    return tuple(
        chain(
            _minutes(part.agenda, evidence.dossier.meeting.minutes),
            _ends(part.agenda),
            _closing_minutes(part.agenda),
            _served(part.agenda, objective_ids),
            _as_sent(part.agenda, evidence),
        )
    )


def _minutes(agenda: tuple[AgendaItem, ...], meeting: int) -> Iterator[Finding]:
    planned = sum(item.minutes for item in agenda)
    if planned != meeting:
        yield _error(
            where="opening.agenda",
            message=f"the items take {planned} minutes, the meeting has {meeting}: make them equal",
        )


def _ends(agenda: tuple[AgendaItem, ...]) -> Iterator[Finding]:
    if len(agenda) < _LEAST_ITEMS:
        yield _error(
            where="opening.agenda",
            message="the agenda needs at least an opening, one item between, and a closing",
        )
        return
    if not _OPENS.search(one_line(agenda[0].item)):
        yield _error(
            where="opening.agenda[0]",
            message=f"“{agenda[0].item}” is no opening: begin with the purpose and their goals",
        )
    last = len(agenda) - 1
    if not _CLOSES.search(one_line(agenda[last].item)):
        yield _error(
            where=f"opening.agenda[{last}]",
            message=f"“{agenda[last].item}” is no closing: end with summary and next step",
        )


def _closing_minutes(agenda: tuple[AgendaItem, ...]) -> Iterator[Finding]:
    """Count every item from the end that closes: summary, then actions, may be two."""
    if len(agenda) < _LEAST_ITEMS or not _CLOSES.search(one_line(agenda[-1].item)):
        return
    total, closing = sum(item.minutes for item in agenda), 0
    for item in reversed(agenda[1:]):
        if not _CLOSES.search(one_line(item.item)):
            break
        closing += item.minutes
    if closing * _CLOSING_SHARE < total:
        least = -(-total // _CLOSING_SHARE)
        yield _error(
            where=f"opening.agenda[{len(agenda) - 1}].minutes",
            message=f"the closing has {closing} of {total} minutes: give it at least {least}",
        )


def _served(agenda: tuple[AgendaItem, ...], objective_ids: Collection[str]) -> Iterator[Finding]:
    for i, item in enumerate(agenda):
        where = f"opening.agenda[{i}].serves"
        unknown = [name for name in item.serves if name not in objective_ids]
        if unknown:
            yield _error(where=where, message=f"there is no objective {', '.join(unknown)}")
        elif not item.serves:
            yield _error(
                where=where,
                message=f"“{item.item}” serves no objective: say which, or leave it out",
            )
    served = {name for item in agenda for name in item.serves}
    for name in sorted(objective_ids):
        if agenda and name not in served:
            yield _warning(where="opening.agenda", message=f"no item serves {name}")


def _as_sent(agenda: tuple[AgendaItem, ...], evidence: Evidence) -> Iterator[Finding]:
    """Warn where the points of an agenda that was sent get less time than it gives them."""
    sent, own = evidence.dossier.meeting.agenda, [a for a in agenda if a.origin == "notes"]
    if sent is None or not own:
        return
    given = sum(item.minutes for item in own)
    wanted = sum(p.minutes or 0 for p in sent.points if any(p.text in a.item for a in own))
    if wanted > given:
        yield _warning(
            where="opening.agenda",
            message=f"the agenda that was sent gives its points {wanted} minutes, and {given} are "
            "left between opening and closing: agree at the start what comes first",
        )
    elif any("”; “" in item.item for item in own):
        yield _warning(
            where="opening.agenda",
            message="the agenda that was sent has more points than there are minutes: agree at "
            "the start which come first",
        )
