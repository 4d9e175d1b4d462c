"""The ladder: a model drafts, checks read, it mends once, else the composer's part stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from time import perf_counter
from typing import Any, Generic, get_args

from pydantic import BaseModel

from assistant.brief import Finding, PartName, Writer
from assistant.errors import AnswerError, ModelError, PromptTooLongError, RefusalError
from assistant.models import Writer as Model
from assistant.parts.phrases import listed
from assistant.parts.reasons import reason
from assistant.parts.recipe import NO_WORDING, PLANS_AT_HAND, P, Recipe, Wording
from assistant.parts.rules import errors
from assistant.parts.shown import show_evidence
from assistant.plan import Plan, narrowed
from assistant.prompts import Message, Prompt, render


@dataclass(frozen=True)
class Made(Generic[P]):
    """A part, who wrote it, what its checks still say, and what it took."""

    name: PartName
    part: P
    writer: Writer
    findings: tuple[Finding, ...]
    seconds: float
    prompts: Mapping[str, str]  # fingerprints of the prompts asked, by name
    unused: str = ""  # why a model that was asked has no words in it


def compose(recipe: Recipe[P], plan: Plan, wording: Wording = NO_WORDING) -> Made[P]:
    """Compose a part; clauses that make it fail its checks are left out again."""
    started = perf_counter()
    if wording.serves(recipe.name):
        worded = recipe.compose(plan, wording)
        findings = check(recipe, worded, plan)
        if worded != recipe.compose(plan, NO_WORDING) and not errors(findings):
            return Made(recipe.name, worded, "model", findings, perf_counter() - started, {})
    part = recipe.compose(plan, NO_WORDING)
    findings = check(recipe, part, plan)
    return Made(recipe.name, part, "composed", findings, perf_counter() - started, {})


def draft(recipe: Recipe[P], plan: Plan, model: Model) -> Made[P]:
    """Have a capable model write a part: once, once more with the findings, else composed.

    A draft is kept when no check finds an error in it. What the endpoint itself could not do is
    told in `unused`, never an exception: the composer's part is always there. Where the model's
    context is too short, the facts that the plan does not stand on are left out, the least first.
    """
    if not recipe.asks(plan):
        return compose(recipe, plan)
    shown: Plan | None = plan
    while shown is not None:
        try:
            return _noting_left_out(_draft(recipe, shown, model), plan, shown)
        except PromptTooLongError as error:
            why = str(error)
            shown = narrowed(shown)
    return replace(compose(recipe, plan), unused=why)


def _noting_left_out(made: Made[P], plan: Plan, shown: Plan) -> Made[P]:
    left_out = len(plan.dossier.facts) - len(shown.dossier.facts)
    if not left_out:
        return made
    note = Finding(
        check="context",
        severity="note",
        where=made.name,
        message=f"{left_out} facts were not shown to the model: its context is too short",
    )
    return with_findings(made, (note,))


def _draft(recipe: Recipe[P], plan: Plan, model: Model) -> Made[P]:
    started = perf_counter()
    prompt = prompt_of(recipe, plan)
    asked = {prompt.name: prompt.fingerprint}
    try:
        attempt = _ask(recipe, plan, model, prompt)
        if not attempt.complaint:
            return _made(recipe, attempt, "model", started, asked)
        attempt = _ask(recipe, plan, model, _with_complaint(prompt, attempt))
        if not attempt.complaint:
            return _made(recipe, attempt, "mended", started, asked)
        why = _failed(attempt)
    except PromptTooLongError:
        raise
    except ModelError as error:
        why = reason(error)
    floor = compose(recipe, plan)
    return replace(floor, seconds=perf_counter() - started, prompts=asked, unused=why)


def _failed(attempt: _Attempt[P]) -> str:
    """Say which checks a draft failed twice, and none of its words."""
    checks = listed(sorted({finding.check for finding in errors(attempt.findings)}))
    if not checks:
        return reason(AnswerError(attempt.complaint))
    return f"its words did not pass the checks, not even when asked again ({checks})"


def prompt_of(recipe: Recipe[P], plan: Plan) -> Prompt:
    """Return what a capable model is asked for a part."""
    if recipe.prompt:
        return recipe.prompt(plan)
    return render(f"draft_{recipe.name}", evidence=show_evidence(plan))


def with_findings(made: Made[P], findings: tuple[Finding, ...]) -> Made[P]:
    """Return a part with more findings."""
    return replace(made, findings=(*made.findings, *findings))


def check(recipe: Recipe[P], part: P, plan: Plan) -> tuple[Finding, ...]:
    """Run a part's checks in order; each finding's place begins with the part's name."""
    found = (finding for rule in recipe.checks for finding in rule(part, plan))
    return tuple(dict.fromkeys(_placed(finding, recipe.name) for finding in found))


def _placed(finding: Finding, name: str) -> Finding:
    if finding.where == name or finding.where.startswith(f"{name}."):
        return finding
    return finding.model_copy(update={"where": f"{name}.{finding.where}".rstrip(".")})


@dataclass(frozen=True)
class _Attempt(Generic[P]):
    part: P | None
    findings: tuple[Finding, ...]
    answer: str  # what the model said, as it may be shown to it again
    complaint: str  # what it must mend, "" where nothing


@lru_cache(maxsize=PLANS_AT_HAND * len(get_args(PartName)))
def _answer_type(recipe: Recipe[Any], plan: Plan) -> type[BaseModel]:
    """Make the type once, for what is asked at first and for what is mended."""
    return recipe.answer(plan)


def _ask(recipe: Recipe[P], plan: Plan, model: Model, prompt: Prompt) -> _Attempt[P]:
    try:
        answer = model.answer(prompt, _answer_type(recipe, plan), max_tokens=recipe.max_tokens)
    except RefusalError:
        raise
    except AnswerError as error:
        return _Attempt(None, (), "", str(error))
    part = recipe.read(answer, plan)
    findings = check(recipe, part, plan)
    complaint = "\n".join(f"- {f.where}: {f.message}" for f in errors(findings))
    return _Attempt(part, findings, answer.model_dump_json(), complaint)


def _with_complaint(prompt: Prompt, attempt: _Attempt[P]) -> Prompt:
    """Hand the findings back in the same conversation, after the prefix all parts share."""
    said = (Message("assistant", attempt.answer),) if attempt.answer else ()
    told = render("mend", findings=attempt.complaint)
    return replace(prompt, messages=(*prompt.messages, *said, told.messages[-1]))


def _made(
    recipe: Recipe[P],
    attempt: _Attempt[P],
    writer: Writer,
    started: float,
    asked: Mapping[str, str],
) -> Made[P]:
    assert attempt.part is not None  # an attempt without complaint has a part
    seconds = perf_counter() - started
    return Made(recipe.name, attempt.part, writer, attempt.findings, seconds, asked)
