"""The checks every part runs, in one place and one order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.brief import Finding, Part, Statement
from assistant.checks.cited import error
from assistant.checks.governance import check_cards, check_governance
from assistant.checks.grounding import check_grounding, check_quotes
from assistant.checks.length import check_length
from assistant.checks.links import check_links
from assistant.checks.voice import check_voice
from assistant.evidence import Evidence
from assistant.parts.recipe import P
from assistant.plan import Plan
from assistant.research import cues
from assistant.text import unquoted

_ON_STATEMENTS = (check_links, check_governance, check_voice, check_grounding, check_length)
_ON_CLAIMS = (check_cards, check_quotes)


def every_statement(part: Part, plan: Plan) -> tuple[Finding, ...]:
    """Check each worded piece of a part of a brief, as `check_statements` does."""
    return check_statements(part, plan.evidence)


def check_statements(part: Part, evidence: Evidence) -> tuple[Finding, ...]:
    """Check each worded piece of a part: links, governance, voice, grounding, length."""
    statements = part.statements()
    worded = (check(statements, evidence) for check in _ON_STATEMENTS)
    cited = (check(part, evidence) for check in _ON_CLAIMS)
    commands = tuple(_commands(statements))
    return tuple(finding for found in (*worded, *cited, commands) for finding in found)


def _commands(statements: tuple[Statement, ...]) -> Iterator[Finding]:
    """Find what speaks to a machine: a model may repeat what the sources told it to."""
    for statement in statements:
        if cues.holds(unquoted(statement.text), "machine.line"):
            yield error("voice", statement, "speaks to a machine instead of a person")


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that keep a draft from being used."""
    return tuple(finding for finding in findings if finding.severity == "error")


def checked(
    check: Callable[[P, Evidence], tuple[Finding, ...]],
) -> Callable[[P, Plan], tuple[Finding, ...]]:
    """Let a check that needs the evidence alone be called with the plan."""

    def with_plan(part: P, plan: Plan) -> tuple[Finding, ...]:
        return check(part, plan.evidence)

    return with_plan
