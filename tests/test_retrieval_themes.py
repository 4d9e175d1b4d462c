"""What most of what they said is about comes before a lone figure."""

from __future__ import annotations

from assistant.dossier import Fact
from assistant.retrieval.themes import theme_weights
from assistant.testing import a_fact

SIGNS = {
    "overbooking": ("overbooking", "booked twice", "patients wait"),
    "lost keys": ("lost keys", "keys", "patients wait"),
}
FIGURE = a_fact("Lost keys cost us 9,000 euros last year.", id="F1", speaker="Dana")
TWICE = a_fact("Rooms are booked twice.", id="F2", speaker="Dana")
AGAIN = a_fact("On Mondays half the list is booked twice.", id="F3", speaker="Dana")
AIM = a_fact("No room is to be booked twice by May.", id="F4", kind="priority", speaker="Dana")


def first(kinds: dict[Fact, str], *called: str) -> Fact:
    weights = theme_weights(kinds, called, SIGNS)
    return max(weights, key=lambda fact: weights[fact])


def test_a_lone_figure_comes_first_where_nothing_else_speaks_for_another() -> None:
    """Money is what a problem costs."""
    assert first({FIGURE: "lost keys", TWICE: "overbooking"}) == FIGURE


def test_several_lines_on_one_matter_outweigh_a_figure() -> None:
    """The figure stands in one line; the other matter is what they talk about."""
    kinds = {
        FIGURE: "lost keys",
        TWICE: "overbooking",
        AGAIN: "overbooking",
        AIM: "overbooking",
    }

    assert first(kinds) in {TWICE, AGAIN, AIM}


def test_what_the_meeting_is_called_counts() -> None:
    """Whoever wrote the invitation said what it is about."""
    kinds = {TWICE: "overbooking", AGAIN: "lost keys"}
    weights = theme_weights(kinds, ("Questions on overbooking",), SIGNS)
    plain = theme_weights(kinds, (), SIGNS)

    assert weights[TWICE] > plain[TWICE]
    assert weights[AGAIN] == plain[AGAIN]


def test_a_word_of_two_kinds_names_neither() -> None:
    """“Patients” stands in the phrases of both."""
    kinds = {TWICE: "overbooking", AGAIN: "lost keys"}

    assert theme_weights(kinds, ("Patients",), SIGNS) == theme_weights(kinds, (), SIGNS)


def test_facts_of_no_kind_do_not_speak_for_each_other() -> None:
    """What is not known to be alike is not one matter."""
    kinds = {FIGURE: "lost keys", TWICE: "", AGAIN: "", AIM: ""}

    assert first(kinds) == FIGURE
