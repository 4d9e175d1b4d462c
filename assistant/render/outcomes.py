"""What the calls came to, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from assistant.outcomes import Mix, ObjectionCount, Outcomes
from assistant.render.printable import printable

if TYPE_CHECKING:
    from rich.table import Table

UNSAID = "(not said)"


def outcomes_as_text(outcomes: Outcomes, *, width: int) -> str:
    """Return the tables: outcomes by week, seller and stage, next steps, objections."""
    from rich.console import Console

    page = StringIO()
    console = Console(file=page, width=width, color_system=None, highlight=False)
    total = outcomes.total.model_copy(update={"of": "all"})
    for name, mixes in (
        ("week", (*outcomes.by_week, total)),
        ("seller", outcomes.by_seller),
        ("stage", outcomes.by_stage),
    ):
        console.print(_mix_table(name, mixes))
    calls = outcomes.total.calls
    console.print(
        f"The next step was proposed early in {share(outcomes.proposed_early, calls)}, "
        f"and confirmed at the end in {share(outcomes.reconfirmed, calls)}.\n",
        markup=False,
    )
    if outcomes.objections:
        console.print(_objection_table(outcomes.objections))
    return "\n".join(line.rstrip() for line in page.getvalue().rstrip().splitlines())


def share(part: int, whole: int) -> str:
    """Return a share with what it is of: "3 of 4 (75 %)"."""
    percent = f" ({100 * part / whole:.0f} %)" if whole else ""
    return f"{part} of {whole}{percent}"


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(columns[0], overflow="fold")
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table


def _mix_table(name: str, mixes: Iterable[Mix]) -> Table:
    from rich.text import Text

    table = _table(name, "calls", "advance", "continuation", "halt", "disqualified", "advances")
    for mix in mixes:
        counts = (mix.calls, mix.advance, mix.continuation, mix.halt, mix.disqualification)
        part = mix.share_of_advances
        advances = "–" if part is None else f"{100 * part:.0f} %"
        table.add_row(Text(printable(mix.of) or UNSAID), *map(str, counts), advances)
    return table


def _objection_table(counts: Sequence[ObjectionCount]) -> Table:
    from rich.text import Text

    table = _table("objection", "raised", "approved", "improvised", "not answered")
    table.add_column("card", overflow="fold")
    for one in counts:
        answers = (one.raised, one.approved, one.improvised, one.unanswered)
        table.add_row(Text(printable(one.said)), *map(str, answers), Text(one.card or "GAP"))
    return table
