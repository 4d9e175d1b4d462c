"""Count what the kept calls came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from assistant.outcomes import Mix, ObjectionCount, Outcomes
from assistant.store.database import Database
from assistant.store.documents import fold
from assistant.store.tables import Document, Objection


def count_outcomes(database: Database, *, since: date | None = None) -> Outcomes:
    """Return the calls held on `since` or later, counted; each call once, by its last debrief.

    Raises:
        StoreError: the database cannot be read.
    """
    calls = select(Document).where(Document.kind == "debrief", Document.superseded.is_(False))
    if since is not None:
        calls = calls.where(Document.held_on >= since)
    with database.reading() as session:
        whole = calls.options(selectinload(Document.objections))
        rows = session.scalars(whole.order_by(Document.held_on, Document.id)).all()
        return Outcomes(
            total=_mix("", rows),
            by_week=_by(rows, _week),
            by_seller=_by(rows, lambda row: row.seller),
            by_stage=_by(rows, lambda row: row.stage),
            proposed_early=sum(bool(row.proposed_early) for row in rows),
            reconfirmed=sum(bool(row.reconfirmed) for row in rows),
            objections=_objections(one for row in rows for one in row.objections),
        )


def _week(row: Document) -> str:
    year, week, _ = (row.held_on or row.made_at.date()).isocalendar()
    return f"{year}-W{week:02}"


def _by(rows: Sequence[Document], group: Callable[[Document], str]) -> tuple[Mix, ...]:
    groups: dict[str, list[Document]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    return tuple(_mix(name, groups[name]) for name in sorted(groups))


def _mix(name: str, rows: Iterable[Document]) -> Mix:
    return Mix.model_validate({"of": name, **Counter(row.outcome for row in rows)})


def _objections(rows: Iterable[Objection]) -> tuple[ObjectionCount, ...]:
    """Count by card where there is one, else by the words."""
    groups: dict[tuple[str, str], list[Objection]] = {}
    for row in rows:
        groups.setdefault((row.card, "" if row.card else fold(row.said)), []).append(row)
    counts = [_objection(rows) for rows in groups.values()]
    return tuple(sorted(counts, key=lambda one: (-one.raised, one.card, one.said)))


def _objection(rows: Sequence[Objection]) -> ObjectionCount:
    answers = Counter(row.answered for row in rows)
    return ObjectionCount(
        said=rows[0].said,
        card=rows[0].card,
        raised=len(rows),
        approved=answers["approved"],
        improvised=answers["improvised"],
        unanswered=answers["not"],
    )
