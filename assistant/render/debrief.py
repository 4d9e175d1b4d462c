"""A debrief as Markdown: the outcome and why, then what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.debrief import (
    ActionTaken,
    Debrief,
    NextStepKept,
    ObjectionRaised,
    ObjectiveJudged,
    Reason,
)
from assistant.render.markdown import escaped
from assistant.render.printable import capital, printable

_TESTS = {
    "who": "Who",
    "what": "What",
    "when": "When",
    "firm": "Firm",
    "condition": "Condition",
    "withdrawal": "Taken back",
    "refusal": "Refusal",
    "misfit": "Misfit",
    "praise": "Praise",
}
_ANSWERS = {
    "approved": "Answered as approved",
    "improvised": "Answered in other words",
    "not": "Not answered",
}
_SIGNS = {True: "yes", False: "no"}


def to_markdown(debrief: Debrief) -> str:
    """Return the debrief as Markdown without links, images or HTML."""
    blocks = [
        f"# {_text(debrief.account or 'The call')}, {debrief.held_on.isoformat()}",
        f"**{capital(debrief.outcome)}** (in Rackham’s words: {debrief.rackham})",
        *_section("Why", map(_reason, debrief.reasons)),
        *_section("Next step", _next_step(debrief.next_step)),
        *_section("Objectives", map(_objective, debrief.objectives)),
        *_section("Actions", (line for action in debrief.actions for line in _action(action))),
        *_section("Objections", map(_objection, debrief.objections)),
        *_section("We learned", (_learned(words, debrief) for words in debrief.learned.by_us)),
        *_section("They learned", map(_item, debrief.learned.by_them)),
        *_section("Qualification", _qualification(debrief)),
        *_section("Next time", map(_item, debrief.lessons)),
        *_section("The next conversation is for", map(_item, debrief.next_objectives)),
        *_section("How it was read", (_item(capital(f.message)) for f in debrief.findings)),
        "---",
        f"Judged by code from the words of the call; model: {_text(debrief.written_by.model)}.",
    ]
    return "\n\n".join(blocks) + "\n"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    body = "\n".join(lines)
    if body:
        yield f"## {title}"
        yield body


def _text(words: str) -> str:
    return escaped(printable(words))


def _item(words: str) -> str:
    return f"- {_text(words)}"


def _learned(words: str, debrief: Debrief) -> str:
    """Return what we learned with the kind of fact that it is, where it is one of the facts."""
    kind = next((fact.kind for fact in debrief.facts if words in fact.quote), "")
    return f"- {f'*({kind})* ' if kind else ''}{_text(words)}"


def _quoted(quote: str, at: str) -> str:
    return f" “{_text(quote)}” [{_text(at)}]" if quote else ""


def _reason(reason: Reason) -> str:
    quote = _quoted(reason.quote, reason.at)
    return f"- **{_TESTS[reason.test]}: {_SIGNS[reason.held]}.** {_text(reason.text)}{quote}"


def _next_step(step: NextStepKept) -> Iterator[str]:
    if agreed := step.agreed:
        when = f" by {agreed.when.isoformat()}" if agreed.when else ""
        who = _text(", ".join(agreed.customer_actors))
        yield f"- **{who}{when}:** {_text(agreed.action)}{_quoted(agreed.quote, agreed.at)}"
    else:
        yield "- None was agreed."
    early, again = _SIGNS[step.proposed_early], _SIGNS[step.reconfirmed]
    yield f"- Proposed early: {early}. Confirmed when the call ended: {again}."


def _objective(objective: ObjectiveJudged) -> str:
    quote = _quoted(objective.quote, objective.at)
    return f"- **{_text(objective.id)}: {objective.verdict}.**{quote}"


def _objection(objection: ObjectionRaised) -> str:
    card = f" (card {_text(objection.card)})" if objection.card else ""
    return f"- **{_ANSWERS[objection.answered]}**{card}:{_quoted(objection.said, objection.at)}"


def _action(action: ActionTaken) -> Iterator[str]:
    due = f" by {action.due.isoformat()}" if action.due else ", no day"
    who = _text(action.owner) or ("We" if action.side == "seller" else "Nobody named")
    aside = f" *({'ours' if action.side == 'seller' else 'theirs'})*" if action.owner else ""
    hedged = " *It was hedged.*" if action.hedged else ""
    yield (
        f"- **{who}{due}:** {_text(action.task)}{aside}{hedged}{_quoted(action.quote, action.at)}"
    )
    if action.firmer:
        yield f"  - Ask: “{_text(action.firmer)}”"


def _qualification(debrief: Debrief) -> Iterator[str]:
    for change in debrief.qualification:
        quote = _quoted(change.quote, change.at)
        yield f"- **{_text(change.name)}** ({change.need}): {change.state}.{quote}"
