"""Documents that the store keeps, as small as they can be."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.brief import Brief, Usage
from assistant.debrief import ActionTaken, Debrief, NextStepKept, ObjectionRaised, WrittenBy
from tests.tidewater import tidewater_brief

CALL = date(2026, 11, 24)


def an_action(task: str = "Send one week of gate logs", **given: object) -> ActionTaken:
    """Build a task that the customer undertook."""
    known: dict[str, object] = {
        "owner": "Dana Whitfield",
        "side": "customer",
        "due": date(2026, 11, 30),
        "quote": "I'll send you the gate logs by Monday",
        "at": "S1:40",
    }
    return ActionTaken.model_validate({"task": task, **known, **given})


def an_objection(said: str = "Our carriers will not use it", **given: object) -> ObjectionRaised:
    """Build an objection that an approved card answered."""
    known = {"at": "S1:22", "card": "carriers-will-not-use-it", "answered": "approved"}
    return ObjectionRaised.model_validate({"said": said, **known, **given})


def a_debrief(**given: object) -> Debrief:
    """Build a debrief of an advance."""
    known: dict[str, object] = {
        "created_at": datetime(2026, 11, 24, 17, tzinfo=UTC),
        "held_on": CALL,
        "account": "Tidewater Gulf Terminals",
        "written_by": WrittenBy(model="none"),
        "usage": Usage(),
        "outcome": "advance",
        "rackham": "advance",
        "reasons": (),
        "next_step": NextStepKept(proposed_early=True, reconfirmed=True),
    }
    return Debrief.model_validate({**known, **given})


def a_brief_of(account: str = "Tidewater Gulf Terminals", **meeting: object) -> Brief:
    """Build the sample brief for an account, its meeting changed."""
    brief = tidewater_brief()
    return brief.model_copy(
        update={
            "dossier": brief.dossier.model_copy(update={"account": account}),
            "meeting": brief.meeting.model_copy(update=meeting),
        }
    )
