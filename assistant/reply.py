"""The reply to an objection: the approved response to each doubt, or none. Types only.

Its JSON is the contract; Markdown and the terminal are views of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.brief import Anticipated, Claim, Finding, Gap, Usage, Writer, WrittenBy
from assistant.dossier import Fact, SourceNote

SCHEMA_VERSION: Literal[1] = 1


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Match(_Frozen):
    """An approved response that was found, and why.

    `score` is 0..1 and comparable within one doubt only; `reasons` hold what speaks for it first.
    """

    card: str
    title: str
    they_say: str  # as its author has it
    reasons: tuple[str, ...]
    score: float


class Answer(_Frozen):
    """What to say to one doubt.

    Where no approved response fits, `match` is None, `response.card` is "", and its clarifying
    question is all there is to say.
    """

    said: str  # their words
    read_as: str  # as it was looked up: `said` where nothing was misspelt
    response: Anticipated
    match: Match | None
    alternatives: tuple[Match, ...] = ()  # two at most, best first
    bears_on: tuple[Claim, ...] = ()  # what this account has told us that the response speaks to
    writer: Writer  # "composed": word for word as it was approved


class Reply(_Frozen):
    """The checked reply. `facts` and `cards` (titles by id) hold what its texts cite."""

    schema_version: Literal[1] = SCHEMA_VERSION
    created_at: datetime
    seller: str  # our company
    account: str  # "" where no source was given
    people: tuple[str, ...]  # who takes part, by the sources
    asked: str
    answers: tuple[Answer, ...]
    gaps: tuple[Gap, ...]
    findings: tuple[Finding, ...]
    written_by: WrittenBy
    usage: Usage
    sources: tuple[SourceNote, ...]  # the last is what was typed
    facts: tuple[Fact, ...]
    cards: dict[str, str]
