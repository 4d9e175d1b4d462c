"""What to ask because the sources do not say it, at the stage the conversation is at."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.knowledge.profile import Settling
from assistant.parts.people import deciding_facts
from assistant.parts.phrases import begun, listed
from assistant.parts.promised import spoken_of, still_needed
from assistant.plan import Plan


def brief_unknowns(plan: Plan) -> tuple[str, ...]:
    """Return the questions that the sources leave open, weightiest first.

    Where a later stage has something to settle, that is what it needs: who decides, and who has
    what the next step takes. What would only be good to know of the fit was for the first talk.
    """
    if plan.settling is None:
        return plan.dossier.unknowns
    wished = {c.ask or f"{c.name}: is it so?" for c in plan.fit.criteria if c.need == "preferred"}
    left = (unknown for unknown in plan.dossier.unknowns if unknown not in wished)
    return tuple(dict.fromkeys([*_to_settle(plan, plan.settling), *left]))


def _to_settle(plan: Plan, settling: Settling) -> Iterator[str]:
    if not deciding_facts(plan):
        yield f"{begun(settling.names)}?"
    needs = [need for need in still_needed(plan) if spoken_of(need, plan) is None]
    if needs:
        yield f"For the next step we need {listed(needs)}: who at your place has that?"
