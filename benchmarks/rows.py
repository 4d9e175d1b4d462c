"""A measured figure, its budget, and the peer it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Literal

Unit = Literal["s", "ms", "%", ""]
MISSED = "NO"
_HEADS = ("what", "budget", "measured", "peer", "peer measured", "ratio", "holds", "note")


@dataclass(frozen=True)
class Figure:
    """What n repetitions came to."""

    values: tuple[float, ...]
    unit: Unit = "s"

    @property
    def median(self) -> float:
        """Return the median."""
        return median(self.values)

    def __str__(self) -> str:
        """Show the median, and the range where there was more than one repetition."""
        middle = _shown(self.median, self.unit)
        if len(self.values) == 1:
            return middle
        ends = f"{_number(min(self.values))}–{_number(max(self.values))}"
        return f"{middle} ({ends}, n {len(self.values)})"


@dataclass(frozen=True)
class Row:
    """One line of the table. A row with neither `most` nor `most_ratio` is shown to compare with.

    `most` is in the unit of what was measured, `most_ratio` is a multiple of the peer's figure.
    """

    what: str
    measured: Figure
    most: float | None = None
    peer: str = ""
    beside: Figure | None = None
    most_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Return our figure over the peer's."""
        if self.beside is None or not self.beside.median:
            return None
        return self.measured.median / self.beside.median

    @property
    def holds(self) -> bool | None:
        """Tell whether the budget holds; None where there is none."""
        tests = []
        if self.most is not None:
            tests.append(self.measured.median <= self.most)
        if self.most_ratio is not None and self.ratio is not None:
            tests.append(self.ratio <= self.most_ratio)
        return all(tests) if tests else None


@dataclass(frozen=True)
class Taken:
    """The rows of one benchmark, and how many cores others kept busy beside it.

    Of one that `failed`, the rows that came before.
    """

    name: str
    rows: tuple[Row, ...]
    others: float
    quiet: bool
    failed: bool = False

    def verdict(self, row: Row) -> str:
        """Say whether a row's budget holds; of a time taken among others, that it is noise."""
        if row.holds is None:
            return ""
        if not self.quiet and row.measured.unit in {"s", "ms"}:
            return f"? {self.others:.1f} cores taken"
        return "yes" if row.holds else MISSED


def as_table(taken: Sequence[Taken]) -> str:
    """Return the rows as a Markdown table whose columns also line up on a screen."""
    cells = [_HEADS, *(_cells(row, one.verdict(row)) for one in taken for row in one.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in cells
    ]
    rule = "|" + "|".join("-" * (w + 2) for w in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def as_json(taken: Sequence[Taken]) -> list[dict[str, Any]]:
    """Return the rows with all their values."""
    return [
        {
            "benchmark": one.name,
            **asdict(row),
            "ratio": row.ratio,
            "verdict": one.verdict(row),
            "others_cores": one.others,
            "quiet": one.quiet,
        }
        for one in taken
        for row in one.rows
    ]


def _cells(row: Row, verdict: str) -> tuple[str, ...]:
    ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
    beside = str(row.beside) if row.beside else ""
    return row.what, _budget(row), str(row.measured), row.peer, beside, ratio, verdict, row.note


def _budget(row: Row) -> str:
    most = [] if row.most is None else [_shown(row.most, row.measured.unit)]
    ratio = [] if row.most_ratio is None else [f"{row.most_ratio:g} × the peer"]
    return ", ".join([*most, *ratio])


def _shown(value: float, unit: Unit) -> str:
    return f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() or value >= 100 else f"{value:.3g}"
