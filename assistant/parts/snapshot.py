"""What matters about this organisation now: trigger, priorities, challenges."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from assistant.brief import Claim, Finding, Snapshot
from assistant.checks.cited import error
from assistant.checks.wording import stems
from assistant.dossier import Fact
from assistant.parts.figures import telling_figures
from assistant.parts.people import decides
from assistant.parts.recall import restated
from assistant.parts.recipe import Recipe, Wording, citable, one_of, several, shape, text
from assistant.parts.rules import every_statement
from assistant.plan import Plan, candidate_problems
from assistant.research.facts import salience
from assistant.text import quantities
from assistant.text.dates import dates

_MOST_COMPANY_FACTS = 3
_MOST_DECIDING = 2
_MOST_LINES = 5  # as the brief has it
_OF_A_RECORD, _OF_AN_ESTIMATE = 3.0, 3.0  # of a salience: about what a figure is worth
_ESTIMATED = re.compile(r"\best\b|\bestimate[ds]?\b|\bguess\w*|\bgeschätzt\w*", re.IGNORECASE)
_MOST_LISTED = 3
_FISCAL = re.compile(r"\b(?:fiscal|financial year|FY ?\d+|Geschäftsjahr\w*)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:ends?|ended|begins?|starts?|runs|endet|beginnt)\b", re.IGNORECASE)


def compose_snapshot(plan: Plan, wording: Wording) -> Snapshot:
    """Restate the weightiest facts in their own words, each with where it stands."""
    del wording  # the seller reads these lines; their own words serve best
    facts = [fact for fact in plan.dossier.facts if fact.voice != "internal"]
    challenges = [p.fact for p in plan.problems]
    challenges += [f for f in candidate_problems(facts) if f not in challenges]
    priorities = sorted((f for f in facts if f.kind == "priority"), key=salience, reverse=True)
    return Snapshot(
        snapshot=tuple(map(restated, _who_they_are(facts, plan))),
        trigger=restated(plan.trigger, *_year_of(plan.trigger, facts)) if plan.trigger else None,
        priorities=tuple(restated(fact) for fact in priorities[:_MOST_LISTED]),
        challenges=tuple(restated(fact) for fact in challenges[:_MOST_LISTED]),
    )


def _who_they_are(facts: Iterable[Fact], plan: Plan) -> list[Fact]:
    """Return what says who they are, weightiest first, then who of them decides.

    What they said or published goes before what our records hold, and an estimate is last. A line
    that holds no other figure than those before it is left out.
    """
    known = sorted(facts, key=salience, reverse=True)
    deciding = [fact for fact in known if fact.kind == "person" and decides(fact.quote)]
    company = [fact for fact in known if fact.kind == "company"]
    told: list[Fact] = []
    for fact in sorted(company, key=lambda f: salience(f) - _doubt(f, plan), reverse=True):
        shown = {figure for other in told for figure in telling_figures(other.quote)}
        figures = telling_figures(fact.quote)
        if not figures or not figures <= shown:
            told.append(fact)
    return [*told[:_MOST_COMPANY_FACTS], *deciding[:_MOST_DECIDING]]


def _doubt(fact: Fact, plan: Plan) -> float:
    """Return what a line loses that stands in a record of ours, the more so for an estimate."""
    kinds = {source.id: source.kind for source in plan.dossier.sources}
    if kinds.get(fact.source, "notes") != "notes":
        return 0.0
    return _OF_A_RECORD * (fact.voice == "public") + _OF_AN_ESTIMATE * _is_estimate(fact.quote)


def _is_estimate(quote: str) -> bool:
    """Tell whether a line is called an estimate, or has no figure that is not rough."""
    figures = quantities(quote)
    rough = [q for q in figures if "~" in quote[max(0, q.start - 2) : q.end]]
    return bool(_ESTIMATED.search(quote)) or (bool(figures) and len(rough) == len(figures))


def _ours(plan: Plan) -> list[Fact]:
    """Return what our notes hold on who they are that no model is shown, weightiest first."""
    shown = citable(plan)
    ours = (f for f in plan.dossier.facts if f.voice != "internal" and f.id not in shown)
    return _who_they_are(ours, plan)


def _year_of(told: Fact, facts: Iterable[Fact]) -> list[Fact]:
    """Return what says when their fiscal year ends, where a fact counts in one: "Q2 of FY27"."""
    if not _FISCAL.search(told.quote):
        return []
    others = (fact for fact in facts if fact is not told and _FISCAL.search(fact.quote))
    says_when = (fact for fact in others if _ENDS.search(fact.quote) and _names_day(fact.quote))
    return list(says_when)[:1]


def _names_day(quote: str) -> bool:
    return any(moment.day for mention in dates(quote) for moment in mention.readings)


def _answer(plan: Plan) -> type[BaseModel]:
    fact = one_of(citable(plan))
    line = shape("Line", text=text(220), facts=several(fact, 1, 3))
    return shape(
        "SnapshotAnswer",
        snapshot=several(line, 0, 4),
        trigger=several(line, 0, 1),
        priorities=several(line, 0, 3),
        challenges=several(line, 0, 3),
    )


def _read(answer: Any, plan: Plan) -> Snapshot:  # noqa: ANN401 - made by `_answer`
    """Take the model's lines, and add from our own notes what it was not shown.

    Only the seller reads the snapshot, so who they are may be told with lines that nobody is named
    for; code restates them, in their own words.
    """

    def claims(lines: list[Any]) -> tuple[Claim, ...]:
        return tuple(Claim(text=x.text, origin="notes", evidence=tuple(x.facts)) for x in lines)

    return Snapshot(
        snapshot=(*claims(answer.snapshot), *map(restated, _ours(plan)))[:_MOST_LINES],
        trigger=next(iter(claims(answer.trigger)), None),
        priorities=claims(answer.priorities),
        challenges=claims(answer.challenges),
    )


def _restates(part: Snapshot, plan: Plan) -> tuple[Finding, ...]:
    """Find a line that has not a word or figure of the facts it is said to restate."""
    return tuple(
        error("grounding", told, "says nothing of what its facts say")
        for told in part.statements()
        if not stems(told.text) & stems(*map(plan.evidence.text, told.evidence))
    )


SNAPSHOT = Recipe(
    name="snapshot",
    compose=compose_snapshot,
    answer=_answer,
    read=_read,
    checks=(every_statement, _restates),
)
