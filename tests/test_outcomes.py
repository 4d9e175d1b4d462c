"""What the calls came to: counted, shown and drawn."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from assistant.debrief import NextStepKept
from assistant.errors import UsageError
from assistant.outcomes import Mix, Outcomes
from assistant.render.outcomes import outcomes_as_text
from assistant.render.plot import plot_outcomes
from assistant.store.count import count_outcomes
from assistant.store.database import Database, open_database
from assistant.store.keep import keep_debrief
from assistant.store.place import find_place
from tests.debriefs import a_debrief, an_objection
from tests.test_cli_account import store_of
from tests.test_cli_brief import run

UNKEPT = NextStepKept(proposed_early=False, reconfirmed=False)
CARD = "our-carriers-will-not-use-it"


def keep_three_calls(store: Database) -> None:
    """Keep a call of each of two weeks, and one of a year's last days; one was debriefed twice."""
    keep_debrief(store, a_debrief(outcome="halt"), seller="Sam", stage="discovery")
    keep_debrief(
        store,
        a_debrief(objections=(an_objection("They won't use it", card=CARD),)),
        seller="Sam",
        stage="discovery",
    )
    keep_debrief(
        store,
        a_debrief(
            account="Rosenhof",
            held_on=date(2026, 12, 1),
            outcome="continuation",
            next_step=UNKEPT,
            objections=(
                an_objection("Our carriers refuse", card=CARD, answered="improvised"),
                an_objection("Is it in the EU?", card="", answered="not"),
            ),
        ),
        seller="Callum",
        stage="proposal",
    )
    keep_debrief(
        store,
        a_debrief(
            account="Kestrel",
            held_on=date(2027, 1, 1),
            outcome="disqualification",
            objections=(an_objection("is it in  the EU?", card="", answered="improvised"),),
        ),
    )


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Database:
    """A database of three calls, of each kind in turn."""
    store = open_database(find_place(database_url, workspace=tmp_path, default=tmp_path / "x"))
    keep_three_calls(store)
    return store


def test_outcomes_are_counted_by_week_seller_and_stage(database: Database) -> None:
    """A call that was debriefed twice counts once; a week is of the year that has most of it."""
    counted = count_outcomes(database)

    assert counted.total == Mix(of="", advance=1, continuation=1, disqualification=1)
    assert counted.by_week == (
        Mix(of="2026-W48", advance=1),
        Mix(of="2026-W49", continuation=1),
        Mix(of="2026-W53", disqualification=1),
    )
    assert [(mix.of, mix.calls) for mix in counted.by_seller] == [
        ("", 1),
        ("Callum", 1),
        ("Sam", 1),
    ]
    assert [mix.of for mix in counted.by_stage] == ["", "discovery", "proposal"]
    assert (counted.proposed_early, counted.reconfirmed) == (2, 2)


def test_objections_are_counted_by_card_and_gaps_by_words(database: Database) -> None:
    """Two wordings of one card are one, case and spaces make no other gap; gaps come first."""
    eu, carriers = count_outcomes(database).objections

    assert (carriers.card, carriers.raised, carriers.approved, carriers.improvised) == (
        CARD,
        2,
        1,
        1,
    )
    assert (eu.said, eu.card, eu.raised, eu.unanswered) == ("Is it in the EU?", "", 2, 1)


def test_only_calls_since_a_day_are_counted(database: Database) -> None:
    """The day itself is in."""
    assert count_outcomes(database, since=date(2026, 12, 1)).total.calls == 2
    assert count_outcomes(database, since=date(2027, 1, 2)).total.share_of_advances is None


def some_outcomes() -> Outcomes:
    """Build counts whose texts try to be more than text."""
    return Outcomes.model_validate(
        {
            "total": {"of": "", "advance": 3, "halt": 1},
            "by_week": [{"of": "2026-W48", "advance": 3, "halt": 1}],
            "by_seller": [{"of": "[red]Sam[/red] \x1b[2J"}],
            "by_stage": [],
            "proposed_early": 3,
            "reconfirmed": 1,
            "objections": [
                {
                    "said": "$1 <b>or</b> $2_{x} [/bold]",
                    "card": "",
                    "raised": 2,
                    "approved": 0,
                    "improvised": 0,
                    "unanswered": 2,
                }
            ],
        }
    )


def test_the_tables_show_shares_with_what_they_are_of() -> None:
    """Text is text: no markup, and no control code reaches the terminal."""
    shown = outcomes_as_text(some_outcomes(), width=120)

    assert "proposed early in 3 of 4 (75 %), and confirmed at the end in 1 of 4" in " ".join(
        shown.split()
    )
    assert "75 %" in next(line for line in shown.splitlines() if "2026-W48" in line)
    assert "[red]Sam[/red]" in shown
    assert "GAP" in next(line for line in shown.splitlines() if "$1 <b>or" in line)
    assert "\x1b" not in shown


@pytest.mark.parametrize("width", [40, 200])
def test_the_tables_fit_the_terminal(width: int) -> None:
    """No line is longer than it is wide."""
    lines = outcomes_as_text(some_outcomes(), width=width).splitlines()

    assert max(map(len, lines)) <= width


def test_the_picture_holds_the_counts_as_text() -> None:
    """An SVG whose words can be read and found; a dollar sign begins no formula."""
    pytest.importorskip("matplotlib")
    picture = plot_outcomes(some_outcomes(), kind="svg")

    words = " ".join(ET.fromstring(picture).itertext())  # noqa: S314 - our own file
    assert "Advances: 3 of 4 (75 %)" in words
    assert "2026-W48" in words
    assert "$1 <b>or</b> $2_{x} [/bold] (gap)" in words
    assert plot_outcomes(some_outcomes(), kind="svg") == picture


def test_a_picture_of_nothing_is_one(tmp_path: Path) -> None:
    """A fresh workspace draws empty panels and does not fail."""
    pytest.importorskip("matplotlib")
    store = open_database(find_place("", workspace=tmp_path, default=tmp_path / "a.db"))

    picture = plot_outcomes(count_outcomes(store), kind="png")

    assert picture.startswith(b"\x89PNG")


def test_without_matplotlib_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One line, not a traceback."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)

    with pytest.raises(UsageError, match=r"pip install 'groundwork\[plot\]'"):
        plot_outcomes(some_outcomes(), kind="svg")


def test_the_command_prints_counts_and_draws_them(tmp_path: Path) -> None:
    """Text or JSON to stdout, the picture to its file, a wrong name refused before anything."""
    pytest.importorskip("matplotlib")
    (tmp_path / "knowledge").mkdir()
    empty = run("outcomes", cwd=tmp_path)
    keep_three_calls(store_of(tmp_path))

    shown = run("outcomes", "--plot", "o.svg", cwd=tmp_path)
    as_json = run("outcomes", "--format", "json", "--since", "2026-12-01", cwd=tmp_path)
    refused = run("outcomes", "--plot", "o.txt", cwd=tmp_path)

    assert "no call is kept yet" in empty.stderr
    assert "2026-W53" in shown.stdout
    assert (tmp_path / "o.svg").read_bytes().startswith(b"<?xml")
    assert json.loads(as_json.stdout)["total"]["calls"] == 2
    assert (refused.returncode, refused.stdout) == (2, "")
