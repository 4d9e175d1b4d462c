"""The samples of outcomes, and what the product makes of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.debrief import Outcome, Rackham
from assistant.dossier import Side
from assistant.knowledge.profile import Capability, Criterion, SellerProfile, Stage
from assistant.knowledge.profile import Step as Rung
from assistant.outcome.call import read_call
from assistant.outcome.evidence import fit_of, gather
from assistant.outcome.step import Said, Step
from assistant.outcome.verdict import Evidence, Judged, judge
from assistant.sources import read_sources

HELD_ON = date(2026, 11, 24)
_HERE = Path(__file__).parent

Part = Literal["practice", "unseen", "later", "last", "fresh"]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExtractedStep(_Frozen):
    """A step as a reader takes it from the text."""

    side: Side = "customer"
    who: tuple[str, ...]
    what: str
    when: date | None = None
    place: int
    hedge: str = ""
    condition: str = ""
    withdrawn: bool = False
    provisional: bool = False


class Extracted(_Frozen):
    """What a reader takes from the text; places are in the order of what was said."""

    steps: tuple[ExtractedStep, ...] = ()
    refusals: tuple[int, ...] = ()
    misfits: tuple[int, ...] = ()
    ruled_out: tuple[int, ...] = ()


class Sample(_Frozen):
    """The end of a call with its outcome."""

    id: str
    part: Part
    sector: str
    ours: tuple[str, ...] = ()
    outcome: Outcome
    rackham: Rackham | None = None  # where it is not the outcome's usual one
    near_miss: Outcome | None = None  # what it could be taken for
    why: str
    icp: tuple[Criterion, ...] = ()
    text: str
    extracted: Extracted

    @property
    def expected_rackham(self) -> Rackham:
        """Return the outcome in Rackham's words."""
        usual: dict[Outcome, Rackham] = {
            "advance": "advance",
            "continuation": "continuation",
            "halt": "no-sale",
            "disqualification": "no-sale",
        }
        return self.rackham or usual[self.outcome]


@dataclass(frozen=True)
class Answer:
    """A sample and what was made of it."""

    sample: Sample
    judged: Judged

    @property
    def is_right(self) -> bool:
        """Whether the outcome and its name in Rackham's words are the expected ones."""
        return (
            self.judged.outcome == self.sample.outcome
            and self.judged.rackham == self.sample.expected_rackham
        )


def read_samples() -> tuple[Sample, ...]:
    """Return all samples in the file's order."""
    content = yaml.safe_load((_HERE / "samples.yaml").read_text(encoding="utf-8"))
    return tuple(Sample.model_validate(entry) for entry in content["samples"])


def answer_extracted(sample: Sample) -> Answer:
    """Judge what a reader took from the text."""
    found = sample.extracted
    steps = (
        Step(
            side=one.side,
            actors=one.who,
            action=one.what,
            when=one.when,
            said=Said(one.what, "", one.place),
            hedge=one.hedge,
            condition=one.condition,
            withdrawn=Said("", "", one.place + 1) if one.withdrawn else None,
            is_provisional=one.provisional,
        )
        for one in found.steps
    )
    evidence = Evidence(
        steps=tuple(steps),
        refusals=_said(found.refusals),
        misfits=_said(found.misfits),
        ruled_out=_said(found.ruled_out),
    )
    return Answer(sample, judge(evidence))


def answer_text(sample: Sample, *, told_sides: bool = True) -> Answer:
    """Judge the text itself; `told_sides` says whether the product is told who of them is ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "call.txt"
        path.write_text(sample.text, encoding="utf-8")
        sources = read_sources([str(path)])
    names = frozenset(name.lower() for name in sample.ours) if told_sides else frozenset()
    profile = _profile(sample.icp)
    call = read_call(sources, held_on=HELD_ON, ours=names)
    return Answer(sample, judge(gather(call, fit_of(call, profile) if profile else None)))


def _said(places: Sequence[int]) -> tuple[Said, ...]:
    return tuple(Said("", "", place) for place in places)


def _profile(icp: tuple[Criterion, ...]) -> SellerProfile | None:
    if not icp:
        return None
    rung = Rung(action="a visit", customer_roles=("manager",), minutes=30)
    return SellerProfile(
        company="Sample",
        offer="Sample data.",
        capabilities=(Capability(name="Sample", does="Nothing.", challenges=("none",)),),
        icp=icp,
        next_steps=(Stage(stage="any", advances=(rung,), fallback=rung),),
    )
