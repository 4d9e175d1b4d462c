"""Actions: a task, one owner, a day that is still to come, and no way out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import chain

from assistant.brief import Action, Closing, Finding
from assistant.checks.sides import is_customer, is_nobody, is_seller
from assistant.checks.wording import hedges, one_line, relative_days, stems, vague_times
from assistant.evidence import Evidence

# Tasks that are over without a trace. Something else must be in the task beside them.
_IDLE = re.compile(
    r"\b(?:follow(?:ing)?[- ]?up|touch base|stay in (?:touch|contact)|keep (?:in touch|us posted"
    r"|me posted|you posted)|check in|catch up|circle back|get back(?: to (?:us|me|you|them))?"
    r"|think (?:it |this |about it |things )?over|think about (?:it|this)|look into (?:it|this)"
    r"|consider (?:it|this|the (?:offer|proposal|options))|have a think|reconnect"
    r"|(?:discuss|review|align|evaluate|reflect|talk)(?: (?:it|this|things))? "
    r"(?:internally|with the team|as a team)|next steps?|action items?|tbd|tbc|n/?a|none)\b",
    re.IGNORECASE,
)
_IDLE_REST = stems("customer seller team call meeting email e-mail mail phone next steps week")
_SEVERAL = re.compile(r"\s(?:and|&|/|or)\s|\w/\w|\w\s*[,;]\s*[A-Z]\w+ [A-Z]")

_error = partial(Finding, check="commitment", severity="error")
_warning = partial(Finding, check="commitment", severity="warning")


def check_commitment(part: Closing, evidence: Evidence) -> tuple[Finding, ...]:
    """Find actions that commit nobody: no owner, no day, a hedge, or nothing for the customer."""
    each = (
        finding
        for i, action in enumerate(part.actions)
        for finding in _one(action, f"closing.actions[{i}]", evidence)
    )
    return tuple(chain(_sides(part), each, _reconfirmed(part)))


def _sides(part: Closing) -> Iterator[Finding]:
    if not any(action.side == "customer" for action in part.actions):
        yield _error(
            where="closing.actions",
            message="no action is the customer's: name at least one thing that they will do",
        )


def _one(action: Action, where: str, evidence: Evidence) -> Iterator[Finding]:
    yield from _task(action, f"{where}.task")
    yield from _owner(action, f"{where}.owner", evidence)
    yield from _due(action, f"{where}.due", evidence)


def _task(action: Action, where: str) -> Iterator[Finding]:
    task = one_line(action.task)
    rest = stems(_IDLE.sub(" ", task)) - _IDLE_REST
    if not rest:
        message = f"“{action.task}” is no task" if task else "the task is empty"
        yield _error(where=where, message=f"{message}: say what will be done or handed over")
    yield from _open_doors(task, where)
    for words in relative_days(task)[:1]:
        yield _warning(
            where=where, message=f"“{words}” depends on the day it is read: write the date"
        )


def _open_doors(text: str, where: str) -> Iterator[Finding]:
    for words in hedges(text):
        yield _error(where=where, message=f"“{words}” leaves a way out: write what will be done")
    for words in vague_times(text):
        yield _error(where=where, message=f"“{words}” is no time: write the date")


def _owner(action: Action, where: str, evidence: Evidence) -> Iterator[Finding]:
    owner = action.owner.strip()
    if is_nobody(owner):
        message = f"“{owner}” is nobody in particular" if owner else "the action has no owner"
        yield _error(where=where, message=f"{message}: name one person")
    elif action.side == "customer" and is_seller(owner, evidence):
        yield _error(
            where=where, message=f"{owner} is one of ours, but the action is the customer's"
        )
    elif action.side == "seller" and _is_clearly_theirs(owner, evidence):
        yield _error(where=where, message=f"{owner} is the customer's, but the action is ours")
    elif _SEVERAL.search(owner):
        yield _warning(where=where, message=f"“{owner}” are several: name the one who answers")


def _is_clearly_theirs(owner: str, evidence: Evidence) -> bool:
    """Tell whether a name is theirs; a role may stand on both sides, a person does not."""
    people = evidence.dossier.meeting.people
    theirs = {p.name.casefold() for p in people if p.side == "customer"}
    return is_customer(owner, evidence) and any(
        one_line(owner).casefold() in (name, *name.split()) for name in theirs
    )


def _due(action: Action, where: str, evidence: Evidence) -> Iterator[Finding]:
    meeting = evidence.dossier.meeting.held_on
    if action.due < evidence.today:
        yield _error(where=where, message=f"{action.due.isoformat()} is past: give a day to come")
    elif meeting and action.due < meeting:
        yield _error(
            where=where,
            message=f"{action.due.isoformat()} is before the meeting in which it is agreed",
        )


def _reconfirmed(part: Closing) -> Iterator[Finding]:
    where = "closing.reconfirm_wording"
    if not part.reconfirm_wording.strip():
        yield _error(where=where, message="nothing reconfirms the next step: word the question")
    yield from _open_doors(part.reconfirm_wording, where)
