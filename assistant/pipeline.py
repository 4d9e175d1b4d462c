"""The flows on one page: what happens between the seller's notes and the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from assistant.brief import Brief, Finding, Fit, PartName, Usage
from assistant.dossier import Dossier, SourceNote
from assistant.knowledge.profile import SellerProfile
from assistant.models import Writer as Model
from assistant.parts import ladder
from assistant.parts.all import RECIPES
from assistant.parts.anticipate import cautions
from assistant.parts.ladder import Made
from assistant.parts.whole import assemble
from assistant.parts.wording import MAX_CLAUSE_TOKENS, Clauses, planned_lines, word_lines
from assistant.plan import Choices, Plan, make_plan
from assistant.research.facts import Ours, extract_facts, verified
from assistant.research.fit import assess_fit
from assistant.research.meeting import Wish, find_account, find_meeting
from assistant.research.people import seller_names
from assistant.research.sorting import Sorted, sort_facts
from assistant.research.unknowns import find_conflicts, find_past, find_unknowns
from assistant.retrieval import Retrieval, retrieve
from assistant.retrieval.ahead import AskedAhead
from assistant.sources.source import Source
from assistant.text import count_tokens
from assistant.tools import Tools

_CARDS_TO_CHOOSE_FROM = 8  # of each kind

Review = Callable[["Known", Plan], Choices]
"""Somebody looks at what code chose, with what else there is, and chooses otherwise or not."""


@dataclass(frozen=True)
class Known:
    """What the sources and the approved cards hold for one account."""

    dossier: Dossier
    fit: Fit
    found: Retrieval
    findings: tuple[Finding, ...]  # of the sources: where they disagree, what was not sorted
    prompts: Mapping[str, str]  # asked so far, with their fingerprints


def prepare(
    sources: Sequence[Source],
    tools: Tools,
    *,
    wish: Wish | None = None,
    choices: Choices | None = None,
    review: Review | None = None,
) -> Brief:
    """Turn sources into a checked brief.

    The dossier and the plan are code's; a model, where there is one, words the parts. What it
    fails at comes from the composers, so there is always a whole brief. `review` sees the plan
    before anything is worded, and may choose otherwise.
    """
    known = research(sources, tools, wish or Wish())
    plan = _plan(known, tools, choices)
    if review is not None:
        plan = _plan(known, tools, review(known, plan))
    ready = {one.name: one for one in _make_parts(plan, tools)}
    made = {recipe.name: ready[recipe.name] for recipe in RECIPES}  # whichever was ready first
    return assemble(
        plan,
        made,
        findings=(*known.findings, *cautions(plan)),
        prompts=known.prompts,
        model=tools.model.name if tools.model else "none",
        usage=tools.model.usage() if tools.model else Usage(),
        cards={id_: entry.fingerprint for id_, entry in tools.pack.entries.items()},
        created_at=tools.now,
    )


def research(sources: Sequence[Source], tools: Tools, wish: Wish) -> Known:
    """Read the sources, judge the fit, and find the cards. No part is worded yet.

    A capable model is asked, in a first round, what kind of statement each fact is that may be
    said.
    """
    company = tools.profile.company
    meeting = find_meeting(sources, company=company, wish=wish)
    read = extract_facts(sources, Ours(company, seller_names(sources, meeting, company)))
    in_source = verified(read, sources)
    capable = tools.model if tools.model and tools.model.capability == "full" else None
    index = AskedAhead(tools.index)
    unsorted = Dossier(
        account=find_account(sources, meeting, company=company, wish=wish),
        sources=tuple(
            SourceNote(id=s.id, name=s.name, kind=s.kind, warnings=s.warnings) for s in sources
        ),
        facts=in_source,
        meeting=meeting,
        dropped=len(read) - len(in_source),
        emails=tuple(sorted({p.email for s in sources for p in s.people if p.email})),
    )
    in_kind = _sorted(unsorted, capable, index) if capable else Sorted(unsorted.facts)
    facts = in_kind.facts
    fit = assess_fit(tools.profile, facts, account=unsorted.account)
    unknowns = find_unknowns(facts, meeting, fit)
    dossier = unsorted.model_copy(update={"facts": facts, "unknowns": unknowns})
    found = retrieve(
        dossier,
        profile=tools.profile,
        index=index,
        pack=tools.pack,
        today=tools.now.date(),
        k=_CARDS_TO_CHOOSE_FROM,
    )
    past = find_past(meeting, tools.now.date())
    findings = (*past, *find_conflicts(facts, meeting), *in_kind.findings)
    return Known(dossier, fit, found, findings, in_kind.prompts)


def _sorted(dossier: Dossier, model: Model, index: AskedAhead) -> Sorted:
    """Have the facts sorted, and the index asked for them meanwhile."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(index.ask_about, dossier)  # what fails there fails again where it is needed
        return sort_facts(dossier, model)


def _plan(known: Known, tools: Tools, choices: Choices | None) -> Plan:
    return make_plan(
        known.dossier,
        profile=_with_wish(tools.profile, choices),
        fit=known.fit,
        found=known.found,
        today=tools.now.date(),
        choices=choices,
    )


def _with_wish(profile: SellerProfile, choices: Choices | None) -> SellerProfile:
    """Return the profile with the next step that the seller wants as one more on its ladder."""
    if choices is None or not choices.next_step:
        return profile
    first, *others = profile.next_steps
    wish = first.fallback.model_copy(update={"action": choices.next_step})
    stage = first.model_copy(update={"advances": (*first.advances, wish)})
    return profile.model_copy(update={"next_steps": (stage, *others)})


# --- the parts


def _make_parts(plan: Plan, tools: Tools) -> Iterator[Made[Any]]:
    if tools.model is None:
        parts: Iterable[Made[Any]] = (ladder.compose(recipe, plan) for recipe in RECIPES)
    elif tools.model.capability == "full":
        parts = _drafted(plan, tools.model)
    else:
        parts = _worded(plan, tools.model)
    for made in parts:
        tools.on_part(made)
        yield made


@contextmanager
def pool_of_calls(model: Model, *, most: int) -> Iterator[ThreadPoolExecutor]:
    """Open the pool that calls run in; an interruption gives up what is running, at once."""
    with ThreadPoolExecutor(max_workers=max(1, most)) as pool:
        try:
            yield pool
        except BaseException:
            model.close()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _drafted(plan: Plan, model: Model) -> Iterator[Made[Any]]:
    """Have every part written at the same time; each mends its own as soon as it is read."""
    with pool_of_calls(model, most=min(model.parallel, len(RECIPES))) as pool:
        waiting = [pool.submit(ladder.draft, recipe, plan, model) for recipe in RECIPES]
        for done in as_completed(waiting):
            yield done.result()


_TAKES_CLAUSES: frozenset[PartName] = frozenset({"learn"})


def _worded(plan: Plan, model: Model) -> Iterator[Made[Any]]:
    """Compose what needs no model while it words its lines, then the parts that take clauses."""
    with pool_of_calls(model, most=1) as pool:
        asked = pool.submit(word_lines, plan, model)
        for recipe in RECIPES:
            if recipe.name not in _TAKES_CLAUSES:
                yield ladder.compose(recipe, plan)
        clauses = asked.result()
    for recipe in RECIPES:
        if recipe.name in _TAKES_CLAUSES:
            yield _with_origin(ladder.compose(recipe, plan, clauses.wording), clauses)


def _with_origin(made: Made[Any], clauses: Clauses) -> Made[Any]:
    """Record which prompts a part's clauses came from, or why there are none."""
    if made.writer == "model":
        return replace(made, prompts=clauses.prompts)
    return replace(made, unused=clauses.error)


# --- what it would take


@dataclass(frozen=True)
class Call:
    """A call that a brief would make."""

    prompt: str
    prompt_tokens: int
    most_written: int  # tokens


def plan_calls(
    sources: Sequence[Source],
    tools: Tools,
    *,
    wish: Wish | None = None,
    choices: Choices | None = None,
) -> tuple[Call, ...]:
    """Return the calls that `prepare` would make, and make none; mending can repeat each once."""
    if tools.model is None:
        return ()
    unasked = replace(tools, model=None)
    plan = _plan(research(sources, unasked, wish or Wish()), unasked, choices)
    if tools.model.capability == "full":
        asked = [
            (ladder.prompt_of(recipe, plan), recipe.max_tokens)
            for recipe in RECIPES
            if recipe.asks(plan)
        ]
    else:
        asked = [(prompt, MAX_CLAUSE_TOKENS) for prompt in planned_lines(plan)]
    return tuple(
        Call(prompt.name, sum(count_tokens(message.text) for message in prompt.messages), room)
        for prompt, room in asked
    )
