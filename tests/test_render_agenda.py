"""The agenda on the page: whose points stand on it."""

from __future__ import annotations

import pytest
from tidewater import tidewater_brief

from assistant.brief import AgendaItem, Brief
from assistant.dossier import SentAgenda, Side
from assistant.evidence import AGENDA
from assistant.render import to_html, to_markdown
from assistant.sources.source import AgendaPoint

WITHIN = "What we ask and tell has its place within these points."


def a_brief(side: Side, by: str = "Dana Whitfield", *, follows: bool = True) -> Brief:
    brief = tidewater_brief()
    sent = SentAgenda(points=(AgendaPoint("The yard", 7),), by=by, side=side, source="S2")
    theirs = AgendaItem(minutes=30, item="“The yard”", origin="notes", evidence=(AGENDA,))
    opening = brief.opening.model_copy(
        update={"agenda": (theirs,) if follows else brief.opening.agenda}
    )
    meeting = brief.meeting.model_copy(update={"agenda": sent})
    return brief.model_copy(update={"opening": opening, "meeting": meeting})


@pytest.mark.parametrize(
    ("side", "by", "whose"),
    [
        ("customer", "Dana Whitfield", "as Dana Whitfield sent it"),
        ("customer", "", "as they sent it"),
        ("seller", "Sam Okafor", "as we announced it"),
        ("unknown", "", "as it was sent"),
    ],
)
def test_whose_agenda_it_is_stands_beside_it(side: Side, by: str, whose: str) -> None:
    """The seller knows what is theirs to change; each point leads to its line."""
    text = to_markdown(a_brief(side, by))

    assert f"In quotation marks: {whose}. {WITHIN}" in text
    assert "“The yard” [S2:7]" in text


def test_an_agenda_of_our_own_says_nothing_of_whose_it_is() -> None:
    """A misfit's is ours although one was sent."""
    assert WITHIN not in to_markdown(a_brief("customer", follows=False))


def test_the_html_page_shows_whose_agenda_it_is() -> None:
    """The place is told when the mark is pointed at."""
    page = to_html(a_brief("customer"))

    assert "In quotation marks: as Dana Whitfield sent it." in page
    assert "crm-dump.txt, line 7: as it was sent" in page
