"""A call to its debrief: the outcome, the objectives, the next step, the actions, the lessons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.brief import Brief, CriterionMet, Finding, Fit, Severity, Usage
from assistant.debrief import Debrief, ObjectionRaised, QualificationChange, WrittenBy
from assistant.dossier import Fact
from assistant.knowledge.profile import SellerProfile
from assistant.outcome.actions import actions_of
from assistant.outcome.call import Call
from assistant.outcome.closing import next_step_of
from assistant.outcome.evidence import customer_facts, fit_of, gather
from assistant.outcome.learning import facts_of, learned_of
from assistant.outcome.lessons import lessons_of, objectives_to_come
from assistant.outcome.objections import Find, gaps_of, objections_of
from assistant.outcome.objectives import judge_objectives
from assistant.outcome.step import Step
from assistant.outcome.tasks import task_of
from assistant.outcome.verdict import Evidence, Judged, judge
from assistant.sources.source import Source


@dataclass(frozen=True)
class Given:
    """What is known of a call beside its words."""

    profile: SellerProfile
    now: datetime
    brief: Brief | None = None
    account: str = ""
    find: Find | None = None  # approved responses; None where the cards are not at hand
    day_is_assumed: bool = False  # nothing says when the call was: today is taken


def compose_debrief(call: Call, sources: Sequence[Source], given: Given) -> Debrief:
    """Return the debrief of a call, by code alone. Every quote stands in the call."""
    fit = fit_of(call, given.profile)
    evidence = gather(call, fit)
    judged = judge(evidence)
    steps = _standing(evidence, judged)
    agreed = judged.step if judged.outcome == "advance" else None
    planned = given.brief.opening.next_step.action if given.brief else ""
    actions = actions_of(steps, call.held_on, planned=planned)
    step = next_step_of(call, steps, agreed, planned=planned)
    wanted = given.brief.preparation.objectives if given.brief else ()
    foreseen = given.brief.core.anticipate if given.brief else ()
    objections = objections_of(call, foreseen, given.find)
    facts = facts_of(call, sources, given.profile.company)
    return Debrief(
        created_at=given.now,
        held_on=call.held_on,
        account=given.account or (given.brief.dossier.account if given.brief else ""),
        written_by=WrittenBy(model="none"),
        usage=Usage(),
        outcome=judged.outcome,
        rackham=judged.rackham,
        reasons=judged.reasons,
        objectives=judge_objectives(wanted, call, steps),
        next_step=step,
        actions=actions,
        learned=learned_of(call, steps, given.brief),
        facts=facts,
        qualification=tuple(_changes(call, fit, given.brief)),
        objections=objections,
        lessons=lessons_of(call, judged, step, actions, objections),
        next_objectives=objectives_to_come(
            judged,
            task_of(judged.step, call.held_on, planned=planned) if judged.step else "",
            planned=planned if step.proposed_early else "",
        ),
        gaps=gaps_of(objections) if given.brief or given.find else (),
        findings=tuple(_findings(call, sources, given, agreed, objections)),
    )


def _standing(evidence: Evidence, judged: Judged) -> tuple[Step, ...]:
    """Return the steps that a refusal or a misfit has not made void."""
    if judged.rackham != "no-sale":
        return evidence.steps
    ends = [said.place for said in (*evidence.refusals, *evidence.misfits, *evidence.ruled_out)]
    last = max(ends, default=-1)
    return tuple(step for step in evidence.steps if step.said.place > last)


def _changes(call: Call, fit: Fit, brief: Brief | None) -> Iterator[QualificationChange]:
    """Yield the criteria that the call settles, those left out that the brief knew so already."""
    facts = {fact.id: fact for fact in customer_facts(call)}
    known = {c.name: c.state for c in brief.preparation.fit.criteria} if brief else {}
    for criterion in fit.criteria:
        if criterion.state != "unknown" and known.get(criterion.name) != criterion.state:
            yield from _change(criterion, facts)


def _change(criterion: CriterionMet, facts: dict[str, Fact]) -> Iterator[QualificationChange]:
    for id_ in criterion.evidence[:1]:
        if criterion.state != "unknown":
            yield QualificationChange(
                name=criterion.name,
                need=criterion.need,
                state=criterion.state,
                quote=facts[id_].quote,
                at=f"{facts[id_].source}:{facts[id_].line}",
            )


# --- what the reader should know of how it was judged


def _findings(
    call: Call,
    sources: Sequence[Source],
    given: Given,
    agreed: Step | None,
    objections: Sequence[ObjectionRaised],
) -> Iterator[Finding]:
    for source in sources:
        for warning in source.warnings:
            yield _finding("reading", "warning", f"{source.name}: {warning}")
    yield from _about_sides(call)
    if call.others:
        message = "the text holds more than one call: only the last one was judged"
        yield _finding("reading", "warning", message)
    for command in call.commands[:3]:
        message = f"“{command.text}” ({command.at}) speaks to a machine: it was not listened to"
        yield _finding("command", "warning", message)
    if given.day_is_assumed:
        message = f"nothing says when the call was: days count from {call.held_on.isoformat()}"
        yield _finding("reading", "note", message)
    if given.brief is None and given.find is None and objections:
        message = "objections were compared with no approved response: hand in the brief"
        yield _finding("objections", "note", message)
    if agreed and agreed.is_coarse:
        message = "the next step has a week or longer, and no day: confirm the day in writing"
        yield _finding("commitment", "warning", message)


def _about_sides(call: Call) -> Iterator[Finding]:
    ours = call.sides.names("seller")
    if not any(sentence.speaker for sentence in call.sentences):
        told = any(sentence.told for sentence in call.sentences)
        if not told:
            message = "nobody is named in the transcript: whose words are whose cannot be told"
            yield _finding("sides", "warning", message)
    elif call.sides.guessed:
        who = f"{', '.join(ours)} taken for ours" if ours else "nobody taken for ours"
        message = f"the sides were told by how people speak: {who}; name ours with --us"
        yield _finding("sides", "note" if ours else "warning", message)


def _finding(check: str, severity: Severity, message: str) -> Finding:
    return Finding(check=check, severity=severity, where="call", message=message)


def day_of(brief: Brief | None, sources: Sequence[Source]) -> date | None:
    """Return the day of the call as the brief or a source gives it, None where neither does."""
    if brief and brief.meeting.held_on:
        return brief.meeting.held_on
    return next((source.written_on for source in sources if source.written_on), None)
