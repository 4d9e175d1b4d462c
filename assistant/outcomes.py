"""What the calls came to, counted: outcomes, next steps, objections. Types only."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, computed_field


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mix(_Frozen):
    """The outcomes of some calls."""

    of: str  # the week, the seller or the stage; "" where the calls do not say
    advance: int = 0
    continuation: int = 0
    halt: int = 0
    disqualification: int = 0

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated property
    @property
    def calls(self) -> int:
        """Return how many calls there were."""
        return self.advance + self.continuation + self.halt + self.disqualification

    @property
    def share_of_advances(self) -> float | None:
        """Return the part of the calls that ended in an advance, 0..1; None without any."""
        return self.advance / self.calls if self.calls else None


class ObjectionCount(_Frozen):
    """An objection, how often it was raised, and how it was answered."""

    said: str  # in the words of the first time
    card: str  # the approved response; "" is a gap
    raised: int
    approved: int
    improvised: int
    unanswered: int


class Outcomes(_Frozen):
    """All calls that are kept, counted."""

    total: Mix
    by_week: tuple[Mix, ...]  # "2026-W48", the first week first
    by_seller: tuple[Mix, ...]  # by name
    by_stage: tuple[Mix, ...]  # by name
    proposed_early: int  # calls in which the next step was proposed at the start
    reconfirmed: int  # calls in which it was confirmed at the end
    objections: tuple[ObjectionCount, ...]  # the most frequent first
