"""What the calls came to, as a picture (only importer of matplotlib)."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.errors import UsageError
from assistant.outcomes import Mix, ObjectionCount, Outcomes
from assistant.render.outcomes import UNSAID, share
from assistant.render.printable import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FORMATS = ("svg", "png", "pdf")
# Okabe and Ito, "Color universal design", 2008: told apart with any colour vision, and in grey.
_COLOURS = {
    "advance": "#009e73",
    "continuation": "#f0e442",
    "halt": "#d55e00",
    "disqualification": "#56b4e9",
}
_GAP = "#cc79a7"
_CARD = "#bbbbbb"
_MOST = 12  # bars of a panel: the last weeks, the most frequent objections
_WRAP = 34  # characters of a label


def plot_outcomes(outcomes: Outcomes, *, kind: str) -> bytes:
    """Return a picture in one of `FORMATS`: outcomes by week, seller and stage, and objections.

    Raises:
        UsageError: matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError("--plot needs matplotlib: pip install 'groundwork[plot]'") from error

    # Text stays text in SVG, and the same numbers make the same file.
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "groundwork", "font.size": 9}):
        figure = Figure(figsize=(11, 8), layout="constrained")
        (weeks, objections), (sellers, stages) = figure.subplots(2, 2)
        _stack(weeks, "Outcomes by week", outcomes.by_week[-_MOST:])
        _stack(sellers, "By seller", outcomes.by_seller[:_MOST])
        _stack(stages, "By stage", outcomes.by_stage[:_MOST])
        _bars(objections, outcomes.objections[:_MOST])
        figure.suptitle(_title(outcomes))
        figure.legend(*weeks.get_legend_handles_labels(), loc="outside lower center", ncols=4)
        picture = BytesIO()
        metadata = {"Date": None} if kind == "svg" else {}
        figure.savefig(picture, format=kind, dpi=150, metadata=metadata)
    return picture.getvalue()


def _title(outcomes: Outcomes) -> str:
    calls = outcomes.total.calls
    return (
        f"Advances: {share(outcomes.total.advance, calls)}\n"
        f"Next step proposed early: {share(outcomes.proposed_early, calls)}, "
        f"confirmed: {share(outcomes.reconfirmed, calls)}"
    )


def _stack(axes: Axes, title: str, mixes: Sequence[Mix]) -> None:
    """Draw a bar for each mix, the first on top, with the numbers in it."""
    labels = [_label(mix.of) for mix in mixes]
    done = [0] * len(mixes)
    for outcome, colour in _COLOURS.items():
        counts = [int(getattr(mix, outcome)) for mix in mixes]
        bars = axes.barh(labels, counts, left=done, color=colour, edgecolor="white", label=outcome)
        axes.bar_label(bars, [str(count or "") for count in counts], label_type="center")
        done = [before + count for before, count in zip(done, counts, strict=True)]
    _finish(axes, title)


def _bars(axes: Axes, counts: Sequence[ObjectionCount]) -> None:
    labels = [_label(one.said) + ("" if one.card else " (gap)") for one in counts]
    colours = [_CARD if one.card else _GAP for one in counts]
    bars = axes.barh(range(len(counts)), [one.raised for one in counts], color=colours)
    axes.bar_label(bars, padding=2)
    axes.set_yticks(range(len(counts)), labels)
    _finish(axes, "Objections raised; a gap has no approved card")


def _finish(axes: Axes, title: str) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.set_title(title, loc="left")
    axes.invert_yaxis()
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)


def _label(text: str) -> str:
    """Return a text as it is, on lines that fit; a dollar sign begins no formula."""
    shown = textwrap.shorten(printable(text), 2 * _WRAP, placeholder=" …") or UNSAID
    return textwrap.fill(shown, _WRAP).replace("$", r"\$")
