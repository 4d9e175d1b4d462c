"""The two sample calls as tests use them: each judged once, against its brief."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from accounts import ROOT, pack, profile, sources, tools

from assistant.brief import Brief
from assistant.correspondence import follow_up
from assistant.debrief import Debrief
from assistant.debriefing import debrief
from assistant.email import Email
from assistant.pipeline import prepare
from assistant.plan import Choices
from assistant.sources import read_sources

CALLS = {
    "tidewater": ("2026-12-03-call.vtt", datetime(2026, 12, 3, 17, 0, tzinfo=UTC)),
    "northpeak-grocers": ("2026-12-10-call.txt", datetime(2026, 12, 10, 19, 0, tzinfo=UTC)),
}
STAGES = {"northpeak-grocers": "proposal"}


@cache
def brief_of(account: str) -> Brief:
    """Return the brief that the seller took into the call, at its stage."""
    return prepare(sources(account), tools(), choices=Choices(stage=STAGES.get(account, "")))


@cache
def call_text(account: str) -> str:
    """Return the transcript as it is on disk."""
    name, _ = CALLS[account]
    return (ROOT / "examples" / account / "call" / name).read_text("utf-8")


@cache
def debrief_of(account: str) -> Debrief:
    """Return the debrief of a sample call."""
    name, now = CALLS[account]
    path = ROOT / "examples" / account / "call" / name
    return debrief(
        [*read_sources([str(path)])], profile=profile(), now=now, brief=brief_of(account)
    )


def follow_up_of(account: str) -> Email:
    """Return the e-mail after a sample call."""
    return written(debrief_of(account), brief_of(account), day_of(account))


def day_of(account: str) -> date:
    """Return the day of a sample call."""
    return CALLS[account][1].date()


def written(made: Debrief, brief: Brief | None, today: date) -> Email:
    """Write the e-mail after a debrief on a day."""
    now = datetime(today.year, today.month, today.day, 17, 0, tzinfo=UTC)
    return follow_up(made, profile=profile(), pack=pack(), now=now, brief=brief)
