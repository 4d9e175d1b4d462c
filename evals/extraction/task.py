"""Samples of accounts that a person has read, and the solution that code finds for one."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.brief import Finding, Fit
from assistant.dossier import Fact, FactKind, Meeting, Side, Voice
from assistant.knowledge.profile import SellerProfile
from assistant.research.facts import Ours, extract_facts
from assistant.research.fit import assess_fit
from assistant.research.meeting import Wish, find_account, find_meeting
from assistant.research.people import seller_names
from assistant.research.unknowns import find_conflicts
from assistant.sources.reading import read_sources
from assistant.sources.source import Source

ROOT = Path(__file__).parents[2]
State = Literal["met", "missed", "unknown"]


class _Expected(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Line(_Expected):
    """Words of a source."""

    source: str  # file name
    quote: str


class Expected(Line):
    """A fact that a careful person takes down; the first kind and voice are the best ones."""

    quote_ok: tuple[str, ...] = ()
    kinds: tuple[FactKind, ...] = Field(min_length=1)
    voices: tuple[Voice, ...] = Field(min_length=1)
    speaker: str = ""


class Somebody(_Expected):
    """A participant; any of `roles` is right, "" where it is unknown."""

    name: str
    roles: tuple[str, ...]
    side: Side


class Sample(_Expected):
    """One account as a person reads it."""

    id: str
    sources: str  # folder, from the root of the repository
    account: str
    participants: tuple[Somebody, ...]
    facts: tuple[Expected, ...]
    never_spoken: tuple[Line, ...]
    not_facts: tuple[Line, ...]
    conflicts: tuple[tuple[str, str], ...]
    top_problems: tuple[str, ...]
    also_problems: tuple[str, ...]
    top_concerns: tuple[str, ...]
    goal: str
    verdict: Literal["fits", "partial", "no", "unknown"]
    fit: dict[str, tuple[State, ...]]


class Solution(_Expected):
    """What code found."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    sources: tuple[Source, ...]
    account: str
    meeting: Meeting
    facts: tuple[Fact, ...]
    fit: Fit
    criteria: tuple[str, ...]  # the ids of the fit's criteria, in its order
    conflicts: tuple[Finding, ...]

    def source_name(self, fact: Fact) -> str:
        """Return the file that a fact comes from."""
        return next(source.name for source in self.sources if source.id == fact.source)


def load_samples(path: Path) -> tuple[Sample, ...]:
    """Return the samples of a file."""
    return tuple(Sample.model_validate(s) for s in yaml.safe_load(path.read_text("utf-8")))


def load_profile() -> SellerProfile:
    """Return the sample seller profile."""
    text = (ROOT / "knowledge" / "seller.yaml").read_text("utf-8")
    return SellerProfile.model_validate(yaml.safe_load(text))


def solve(sample: Sample, profile: SellerProfile) -> Solution:
    """Read an account as the product does, without a model."""
    folder = ROOT / sample.sources
    sources = read_sources([str(path) for path in sorted(folder.iterdir())])
    meeting = find_meeting(sources, company=profile.company, wish=Wish())
    ours = Ours(profile.company, seller_names(sources, meeting, profile.company))
    facts = extract_facts(sources, ours)
    account = find_account(sources, meeting, company=profile.company, wish=Wish())
    return Solution(
        sources=tuple(sources),
        account=account,
        meeting=meeting,
        facts=facts,
        fit=assess_fit(profile, facts, account=account),
        criteria=tuple(criterion.id for criterion in profile.icp),
        conflicts=find_conflicts(facts, meeting),
    )
