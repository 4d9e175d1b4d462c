"""What to do before the call, each with a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assistant.brief import Logistic
from assistant.parts.phrases import day
from assistant.parts.recall import noted
from assistant.plan import Plan, ready_day

_MOST_PROMISES = 3


def brief_logistics(plan: Plan) -> tuple[Logistic, ...]:
    """Return our open promises, the confirmation, and what the card owner must know; by day."""
    return tuple(sorted(_tasks(plan), key=lambda task: task.due))


def _tasks(plan: Plan) -> Iterator[Logistic]:
    before = max(plan.evidence.today, plan.meeting_day - timedelta(days=1))
    for fact in [f for f in plan.dossier.facts if f.kind == "promise"][:_MOST_PROMISES]:
        yield Logistic(task=f"Check that this is done: {noted(fact)} ({fact.id})", due=before)
    if plan.fit.verdict != "no":
        yield Logistic(
            task="Send the agenda and the proposed next step, and ask for their goals", due=before
        )
        yield Logistic(
            task=f"Ask whether {day(plan.step_day)} would suit them for {plan.step.action}",
            due=before,
        )
    else:
        yield Logistic(
            task="Ask in one line whether the point that speaks against the fit holds; "
            "if it does, offer to cancel",
            due=max(plan.evidence.today, ready_day(plan.meeting_day)),
        )
