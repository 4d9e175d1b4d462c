"""Who declined, on the page."""

from __future__ import annotations

from tidewater import tidewater_brief

from assistant.brief import Brief
from assistant.dossier import Participant
from assistant.render import to_markdown

GRACE = Participant(name="Grace Lin", role="CFO", side="customer")
OURS = Participant(name="Tom Wilk", side="seller")


def a_brief(*declined: Participant, alone: bool = False) -> Brief:
    brief = tidewater_brief()
    kept = {} if not alone else {"participants": ()}
    meeting = brief.meeting.model_copy(update={"declined": declined, **kept})
    preparation = brief.preparation.model_copy(update=kept)
    return brief.model_copy(update={"meeting": meeting, "preparation": preparation})


def line_of(text: str, lead: str) -> str:
    (line,) = [line for line in text.splitlines() if f"**{lead}:**" in line]
    return line


def test_who_declined_is_named_so_at_once() -> None:
    """In the minute before the call theirs, among the people both."""
    text = to_markdown(a_brief(GRACE, OURS))

    assert line_of(text, "Whom").endswith("of Tidewater Gulf Terminals; declined: Grace Lin (CFO)")
    assert "Grace Lin (CFO), Tom Wilk: not in the room." in line_of(text, "Declined")


def test_where_all_declined_nobody_is_expected() -> None:
    """That nobody is named would be wrong."""
    text = to_markdown(a_brief(GRACE, alone=True))

    assert line_of(text, "Whom").endswith(
        "Nobody is expected, at Tidewater Gulf Terminals; declined: Grace Lin (CFO)."
    )


def test_where_nobody_declined_nothing_is_said_of_it() -> None:
    """It is the usual case."""
    assert "eclined" not in to_markdown(a_brief())
