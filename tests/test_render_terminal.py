"""The terminal page: any width from 40 to 120, and no code that the data brought."""

from __future__ import annotations

import re

import pytest
from hostile import hostile_brief
from rich.cells import cell_len
from tidewater import tidewater_brief

from assistant.render import to_terminal

_SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [40, 57, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Also where words are long, wide or Chinese."""
    for brief in (tidewater_brief(), hostile_brief()):
        lines = to_terminal(brief, width=width).splitlines()

        assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize(("width", "used"), [(10, 40), (39, 40), (121, 120), (500, 120)])
def test_a_width_beyond_the_limits_is_brought_to_them(width: int, used: int) -> None:
    """Narrower cannot be read, wider is hard to."""
    brief = tidewater_brief()

    assert to_terminal(brief, width=width) == to_terminal(brief, width=used)


def test_without_color_there_is_no_escape_code() -> None:
    """For pipes and for NO_COLOR."""
    shown = to_terminal(hostile_brief(), width=80)

    assert [char for char in shown if ord(char) < 32 and char != "\n"] == []
    assert not re.search("[\x7f-\x9f]", shown)


def test_with_color_there_are_styles_and_nothing_else() -> None:
    """The data brings no cursor movement, title or bell into them."""
    shown = to_terminal(hostile_brief(), width=80, color=True)

    assert _SGR.search(shown)
    assert "\x1b" not in _SGR.sub("", shown)
    assert "\x07" not in shown


def test_color_changes_no_word() -> None:
    """The same page, styled."""
    brief = tidewater_brief()

    assert _SGR.sub("", to_terminal(brief, width=80, color=True)) == to_terminal(brief, width=80)


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is color is the caller's decision, made in one place."""
    before = to_terminal(tidewater_brief(), width=80)

    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert to_terminal(tidewater_brief(), width=80) == before


def test_what_runs_on_stands_further_in_and_no_line_ends_in_spaces() -> None:
    """A paragraph can be found by its first line."""
    lines = to_terminal(tidewater_brief(), width=60).splitlines()
    begins = next(i for i, line in enumerate(lines) if line.startswith("Why now:"))

    assert lines[begins + 1].startswith("  ")
    assert all(line == line.rstrip() for line in lines)


def test_markup_of_the_terminals_own_library_is_text() -> None:
    """`[bold]` and `:smile:` in a note stay what they are."""
    brief = tidewater_brief()
    closing = brief.closing.model_copy(update={"reconfirm_wording": "[bold]now[/bold] :smile:?"})

    assert "[bold]now[/bold] :smile:?" in to_terminal(
        brief.model_copy(update={"closing": closing}), width=80
    )
