"""The agenda: ours, or the one that was sent, between our opening and our closing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.brief import AgendaItem
from assistant.evidence import AGENDA, sayable
from assistant.parts.objectives import slots
from assistant.parts.phrases import begun, quotation
from assistant.parts.recipe import serving
from assistant.parts.teach import tied
from assistant.plan import Plan
from assistant.sources.source import AgendaPoint

_OPENING = "Your goals for today, and what our next step could be"
_QUESTIONS = "Your questions and doubts"
_CLOSING = "Summary, next step, who does what by when"
_OPENING_SHARE, _CLOSING_SHARE = 0.1, 0.16
_LEAST_MINUTES = 3  # one to open, one to close, one between
_SPARE = 5  # minutes that are left over and worth a stretch of their own
_WITH = r"(?:\s*[,&+/]\s*|\s+(?:and|und|&)\s+|\s+)"
_OPENS = (
    r"(?:welcome|introductions?|intros?|round of introductions|(?:kurze )?vorstellung(?:srunde)?"
    r"|begrüßung|opening|einleitung|check-?in|greetings?|agenda|who is who)"
)
_CLOSES = (
    r"(?:(?:the |our |agree(?:d)? (?:on )?(?:the )?)?next steps?|(?:die )?nächste[rn]? schritte?"
    r"|wrap[- ]?up|summary|recap|zusammenfassung|closing|close|abschluss|fazit|conclusions?"
    r"|weiteres vorgehen|to-?dos?|action items|actions|who does what(?: by when)?|verabschiedung)"
)
_ONLY_OPENS = re.compile(rf"{_OPENS}(?:{_WITH}{_OPENS})*", re.IGNORECASE)
_ONLY_CLOSES = re.compile(rf"{_CLOSES}(?:{_WITH}{_CLOSES})*", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:q ?& ?a|questions?|doubts?|concerns?|fragen|bedenken)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^()]*\)\s*")


def agenda(plan: Plan) -> tuple[AgendaItem, ...]:
    """Share out the minutes of the meeting.

    An agenda that was sent stands between our opening and our closing: its points in their words,
    order and minutes, as far as the meeting has them. Points that only open or close the meeting
    are in ours. Without one, a tenth is to open, a sixth to close, most of the rest to learn.
    """
    return _announced(plan, _frame(plan)) if is_sent(plan) else _own(plan)


def is_sent(plan: Plan) -> bool:
    """Tell whether there is an agenda to follow; a misfit's minutes are for being sure of that."""
    long_enough = plan.dossier.meeting.minutes >= _LEAST_MINUTES
    return plan.fit.verdict != "no" and long_enough and bool(_frame(plan).points)


def _own(plan: Plan) -> tuple[AgendaItem, ...]:
    total = plan.dossier.meeting.minutes
    ids = slots(plan)
    seller, customer = serving(ids, "seller"), serving(ids, "customer")
    opening, closing = max(1, round(total * _OPENING_SHARE)), max(1, round(total * _CLOSING_SHARE))
    rest = max(1, total - opening - closing)
    items = [(_OPENING, opening, customer)]
    if plan.fit.verdict == "no" or rest < 8:
        items.append(("What you do today, and whether we can be of use", rest, seller[:1]))
    else:
        shared = round(rest * 0.35) if tied(plan) or plan.share else 0
        doubts = round(rest * 0.2)
        learned = rest - shared - doubts
        items.append((_where_things_stand(plan), learned, seller))
        if shared:
            items.append(("What others in your position have found", shared, customer))
        items.append((_QUESTIONS, doubts, customer))
    everything = tuple(objective.id for objective in ids)
    items.append((_CLOSING, closing, everything))
    return tuple(
        AgendaItem(minutes=minutes, item=item, serves=serves)
        for item, minutes, serves in items
        if minutes > 0
    )


def _where_things_stand(plan: Plan) -> str:
    if plan.settling:
        return begun(plan.settling.stands)
    if plan.is_first_stage:
        return "How it works at your place today, and what it costs you"
    return "Where things stand at your place since we last spoke"


# --- an agenda that was sent


@dataclass(frozen=True)
class _Frame:
    """The points of an agenda that was sent, and the minutes it gives to open and to close."""

    points: tuple[AgendaPoint, ...] = ()
    opening: int = 0
    closing: int = 0


def _frame(plan: Plan) -> _Frame:
    """Take the points that only open or close the meeting off both ends."""
    sent = plan.dossier.meeting.agenda
    points = [point for point in sent.points if _is_worded(point)] if sent else []
    opening = closing = 0
    while points and _ONLY_OPENS.fullmatch(_bare(points[0])):
        opening += points.pop(0).minutes or 0
    while points and _ONLY_CLOSES.fullmatch(_bare(points[-1])):
        closing += points.pop().minutes or 0
    return _Frame(tuple(points), opening, closing)


def _bare(point: AgendaPoint) -> str:
    return _ASIDE.sub(" ", point.text).strip(" .:!")


def _is_worded(point: AgendaPoint) -> bool:
    """Tell whether a point has words left when links and the like are taken out."""
    return any(map(str.isalpha, quotation(point.text)))


def _words(point: AgendaPoint) -> str:
    """Quote a point; a cut one says so behind its quotation marks."""
    return quotation(point.text) + (" …" if point.text.endswith("…") else "")


@dataclass(frozen=True)
class _Stretch:
    """Points that stand in one item, with their minutes."""

    item: str
    minutes: int
    evidence: tuple[str, ...]
    asks: bool


def _announced(plan: Plan, frame: _Frame) -> tuple[AgendaItem, ...]:
    total = plan.dossier.meeting.minutes
    opening, closing = _ends(total, frame)
    stretches = _stretches(plan, frame.points, total - opening - closing)
    spare = total - opening - closing - sum(stretch.minutes for stretch in stretches)
    ids = slots(plan)
    everything, theirs = tuple(slot.id for slot in ids), serving(ids, "customer")
    items = [AgendaItem(minutes=opening, item=_OPENING, serves=theirs)]
    for place, stretch in enumerate(stretches):
        items.append(
            AgendaItem(
                minutes=stretch.minutes,
                item=stretch.item,
                serves=everything[1:] if place == 0 else theirs,
                origin="notes",
                evidence=stretch.evidence,
            )
        )
    if spare >= _SPARE and not any(stretch.asks for stretch in stretches):
        items.append(AgendaItem(minutes=spare, item=_QUESTIONS, serves=theirs))
        spare = 0
    return (*items, AgendaItem(minutes=closing + spare, item=_CLOSING, serves=everything))


def _ends(total: int, frame: _Frame) -> tuple[int, int]:
    """Return the minutes to open and to close: as they were sent or usual, less where short.

    A twentieth is left to open and a tenth to close, one minute each at the least.
    """
    opening = frame.opening or max(1, round(total * _OPENING_SHARE))
    least = -(-total // 10)
    closing = max(frame.closing or round(total * _CLOSING_SHARE), least)
    needed = sum(point.minutes or 1 for point in frame.points)
    short = max(0, needed - (total - opening - closing))
    from_closing = min(short, closing - least)
    still_short = short - from_closing
    return max(opening - still_short, min(opening, -(-total // 20))), closing - from_closing


def _stretches(plan: Plan, points: Sequence[AgendaPoint], minutes: int) -> list[_Stretch]:
    """Give each point its minutes; the last ones share what is left where there are too many."""
    alone = min(len(points), max(1, minutes)) - 1
    groups = [*([point] for point in points[:alone]), list(points[alone:])]
    stated = [sum(p.minutes or 0 for p in group) or None for group in groups]
    return [
        _Stretch(
            "; ".join(map(_words, group)),
            given,
            tuple(dict.fromkeys(_held_by(plan, point) for point in group)),
            any(_ASKS.search(point.text) for point in group),
        )
        for group, given in zip(groups, _shared_out(minutes, stated), strict=True)
    ]


def _shared_out(minutes: int, stated: Sequence[int | None]) -> list[int]:
    """Return the minutes of each point, at least one: as stated, else even, else in proportion."""
    known = [given for given in stated if given]
    left = minutes - sum(known)
    if len(known) == len(stated) and left >= 0:
        return known
    usual = sum(known) // len(known) if known else 1
    if left >= len(stated) - len(known):
        even = iter(_in_proportion(left, [1] * (len(stated) - len(known))))
        return [given or next(even) for given in stated]
    return _in_proportion(minutes, [given or usual for given in stated])


def _in_proportion(minutes: int, weights: Sequence[int]) -> list[int]:
    """Share out minutes by weight, one at least for each, the earlier ones first in a tie."""
    shares = [1] * len(weights)
    for _ in range(minutes - len(weights)):
        neediest = min(range(len(weights)), key=lambda i: (shares[i] / weights[i], i))
        shares[neediest] += 1
    return shares


def _held_by(plan: Plan, point: AgendaPoint) -> str:
    """Return the fact that holds a point's words, where one does."""
    sent = plan.dossier.meeting.agenda
    held = (f for f in sayable(plan.dossier) if sent and f.source == sent.source)
    return next((f.id for f in held if f.line == point.line and point.text in f.quote), AGENDA)
