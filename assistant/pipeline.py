"""The flows on one page: what happens between the seller's notes and the brief."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from assistant.brief import (
    Brief,
    Core,
    Finding,
    PartName,
    Preparation,
    Usage,
    WrittenBy,
)
from assistant.dossier import Dossier, SourceNote
from assistant.index import Index
from assistant.knowledge.pack import Pack
from assistant.knowledge.profile import SellerProfile
from assistant.models import Writer as Model
from assistant.parts import ladder
from assistant.parts.all import RECIPES
from assistant.parts.ladder import Made
from assistant.parts.logistics import brief_logistics
from assistant.parts.people import brief_people
from assistant.parts.wording import MAX_CLAUSE_TOKENS, planned_lines, word_lines
from assistant.plan import Choices, Plan, make_plan
from assistant.research.facts import Ours, extract_facts
from assistant.research.fit import assess_fit
from assistant.research.meeting import Wish, find_account, find_meeting
from assistant.research.people import seller_names
from assistant.research.unknowns import find_conflicts, find_unknowns
from assistant.retrieval import retrieve
from assistant.sources.source import Source
from assistant.text.tokens import count_tokens

State = Literal["working", "ready"]


@dataclass(frozen=True)
class Progress:
    """Something the person who waits may want to see."""

    part: str
    state: State
    made: Made[Any] | None = None


@dataclass(frozen=True)
class Tools:
    """What the flows need, handed in: no flow reads a clock, a file or the environment."""

    profile: SellerProfile
    pack: Pack
    index: Index
    model: Model | None
    now: datetime
    on_progress: Callable[[Progress], None] = field(default=lambda _: None)


def prepare(
    sources: Sequence[Source],
    tools: Tools,
    *,
    wish: Wish | None = None,
    choices: Choices | None = None,
) -> Brief:
    """Turn sources into a checked brief.

    The dossier and the plan are code's; a model, where there is one, words the parts. What it
    fails at comes from the composers, so there is always a whole brief.
    """
    plan, conflicts = make_ready(sources, tools, wish=wish or Wish(), choices=choices)
    made = {one.name: one for one in _make_parts(plan, tools)}
    return _assemble(plan, made, tools, conflicts)


@dataclass(frozen=True)
class Call:
    """A call that a brief would make."""

    prompt: str
    prompt_tokens: int
    most_written: int  # tokens


@dataclass(frozen=True)
class DryRun:
    """The calls of a brief before any is made; mending can repeat each of them once."""

    model: str
    calls: tuple[Call, ...]

    def as_table(self) -> str:
        """Return the calls a line each, with their sums."""
        lines = [f"{c.prompt:<18} {c.prompt_tokens:>7} {c.most_written:>9}" for c in self.calls]
        read, written = (sum(getattr(c, n) for c in self.calls) for n in _TOKENS)
        head = f"{'call':<18} {'tokens':>7} {'room':>9}"
        return "\n".join(
            [f"model: {self.model}", head, *lines, f"{'all':<18} {read:>7} {written:>9}"]
        )


_TOKENS = ("prompt_tokens", "most_written")


def dry_run(
    sources: Sequence[Source],
    tools: Tools,
    *,
    wish: Wish | None = None,
    choices: Choices | None = None,
) -> DryRun:
    """Return the calls that `prepare` would make, and ask nothing."""
    if tools.model is None:
        return DryRun("none", ())
    plan, _ = make_ready(sources, tools, wish=wish or Wish(), choices=choices)
    if tools.model.capability == "full":
        prompts = [(ladder.prompt_of(recipe, plan), recipe.max_tokens) for recipe in RECIPES]
    else:
        prompts = [(prompt, MAX_CLAUSE_TOKENS) for prompt in planned_lines(plan)]
    calls = (
        Call(prompt.name, sum(count_tokens(m.text) for m in prompt.messages), room)
        for prompt, room in prompts
    )
    return DryRun(tools.model.name, tuple(calls))


def make_ready(
    sources: Sequence[Source], tools: Tools, *, wish: Wish, choices: Choices | None
) -> tuple[Plan, tuple[Finding, ...]]:
    """Return the plan of a brief, and where the sources contradict each other."""
    today = tools.now.date()
    company = tools.profile.company
    meeting = find_meeting(sources, company=company, wish=wish)
    facts = extract_facts(sources, Ours(company, seller_names(sources, meeting, company)))
    fit = assess_fit(tools.profile, facts)
    dossier = Dossier(
        account=find_account(sources, meeting, company=company, wish=wish),
        sources=tuple(
            SourceNote(id=s.id, name=s.name, kind=s.kind, warnings=s.warnings) for s in sources
        ),
        facts=facts,
        meeting=meeting,
        unknowns=find_unknowns(facts, meeting, fit),
        emails=tuple(sorted({p.email for s in sources for p in s.people if p.email})),
    )
    found = retrieve(
        dossier, profile=tools.profile, index=tools.index, pack=tools.pack, today=today
    )
    plan = make_plan(
        dossier, profile=tools.profile, fit=fit, found=found, today=today, choices=choices
    )
    return plan, find_conflicts(facts, meeting)


def _make_parts(plan: Plan, tools: Tools) -> Iterator[Made[Any]]:
    if tools.model is None:
        parts: Iterable[Made[Any]] = (ladder.compose(recipe, plan) for recipe in RECIPES)
    elif tools.model.capability == "full":
        parts = _drafted(plan, tools.model)
    else:
        parts = _worded(plan, tools.model)
    for made in parts:
        tools.on_progress(Progress(made.name, "ready", made))
        yield made


def _drafted(plan: Plan, model: Model) -> Iterator[Made[Any]]:
    """Have every part written at the same time; each mends its own as soon as it is read."""
    with ThreadPoolExecutor(max_workers=max(1, min(model.parallel, len(RECIPES)))) as pool:
        waiting = [pool.submit(ladder.draft, recipe, plan, model) for recipe in RECIPES]
        for done in as_completed(waiting):
            yield done.result()


def _worded(plan: Plan, model: Model) -> Iterator[Made[Any]]:
    """Compose what needs no model while it words its lines, then the parts that take clauses."""
    waits = [recipe for recipe in RECIPES if recipe.name in _TAKES_CLAUSES]
    with ThreadPoolExecutor(max_workers=1) as pool:
        asked = pool.submit(word_lines, plan, model)
        for recipe in RECIPES:
            if recipe not in waits:
                yield ladder.compose(recipe, plan)
        clauses = asked.result()
    for recipe in waits:
        made = ladder.compose(recipe, plan, clauses.wording)
        yield _noted(made, clauses.error, clauses.prompts)


_TAKES_CLAUSES: frozenset[PartName] = frozenset({"teach", "learn"})


def _noted(made: Made[Any], error: str, prompts: Mapping[str, str]) -> Made[Any]:
    if not error:
        return ladder.with_prompts(made, prompts)
    note = Finding(
        check="ladder", severity="note", where=made.name, message=f"the model was not used: {error}"
    )
    return ladder.with_findings(made, (note,))


def _assemble(
    plan: Plan,
    made: Mapping[PartName, Made[Any]],
    tools: Tools,
    conflicts: tuple[Finding, ...],
) -> Brief:
    part = {name: one.part for name, one in made.items()}
    snapshot, opening = part["snapshot"], part["opening"]
    cards = plan.evidence.cards
    cited = {e for one in part.values() for s in one.statements() for e in s.evidence} & set(cards)
    return Brief(
        created_at=tools.now,
        seller=tools.profile.company,
        meeting=plan.dossier.meeting,
        written_by=WrittenBy(
            model=tools.model.name if tools.model else "none",
            prompts={name: p for one in made.values() for name, p in one.prompts.items()},
            cards={id_: tools.pack.fingerprint(id_) for id_ in sorted(cited)},
        ),
        usage=tools.model.usage() if tools.model else Usage(),
        parts={name: one.writer for name, one in made.items()},
        dossier=plan.dossier,
        preparation=Preparation(
            snapshot=snapshot.snapshot,
            fit=plan.fit,
            trigger=snapshot.trigger,
            priorities=snapshot.priorities,
            challenges=snapshot.challenges,
            participants=brief_people(plan),
            objectives=part["objectives"].objectives,
            logistics=brief_logistics(plan),
            unknowns=plan.dossier.unknowns,
        ),
        opening=opening,
        core=Core(
            teach=part["teach"].points,
            learn=part["learn"].questions,
            share=part["share"].stories,
            anticipate=part["anticipate"].concerns,
            give_get=part["give_get"],
        ),
        closing=part["closing"],
        after=part["after"],
        findings=_findings(made, conflicts),
        gaps=plan.gaps,
        cards={id_: cards[id_].title for id_ in sorted(cited)},
    )


def _findings(
    made: Mapping[PartName, Made[Any]], conflicts: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Gather where the sources disagree and what the checks said of each part, each once."""
    of_parts = [finding for one in made.values() for finding in one.findings]
    return tuple(dict.fromkeys([*conflicts, *of_parts]))
