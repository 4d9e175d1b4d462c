"""Show what was chosen and what else there is, and let a key choose otherwise."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli import options

if TYPE_CHECKING:
    from assistant.dossier import Fact
    from assistant.pipeline import Known
    from assistant.plan import Choices, Plan
    from assistant.retrieval import Hit

_MOST_SHOWN = 5


@dataclass(frozen=True)
class Candidate:
    """Something that can be chosen."""

    id: str
    text: str


def review(known: Known, plan: Plan, *, ask: Callable[[str], str] = input) -> Choices:
    """Ask for each heading; Enter keeps what is marked, numbers choose, in the order typed."""
    from assistant.evidence import sayable
    from assistant.plan import MAX_PROBLEMS, MAX_SHARE, MAX_TEACH, MOST_CONCERNS, Choices
    from assistant.plan import candidate_problems as problems

    spoken = sayable(known.dossier)
    goals = [fact for fact in spoken if fact.kind == "priority"]

    def choose(
        heading: str, shown: Sequence[Candidate], kept: Sequence[str], most: int
    ) -> tuple[str, ...]:
        return _choose(heading, shown[:_MOST_SHOWN], kept, most, ask)

    return Choices(
        stage=plan.stage,
        next_step=plan.asked_step,
        problems=choose(
            "Problems", _facts(problems(spoken)), [p.fact.id for p in plan.problems], MAX_PROBLEMS
        ),
        goal="".join(choose("Goal", _facts(goals), [plan.goal.id] if plan.goal else [], 1)),
        insights=choose("Insights", _cards(known.found.insights), _ids(plan.teach), MAX_TEACH),
        stories=choose("Story", _cards(known.found.stories), _ids(plan.share), MAX_SHARE),
        objections=choose(
            "Objections", _cards(known.found.objections), _ids(plan.anticipate), MOST_CONCERNS
        ),
    )


def is_possible() -> bool:
    """Tell whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _facts(facts: Sequence[Fact]) -> tuple[Candidate, ...]:
    return tuple(Candidate(f.id, f"{f.text}  [{f.source}:{f.line}]") for f in facts)


def _cards(hits: Sequence[Hit]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(hit.card.id, f"{hit.card.title}  ({'; '.join(hit.reasons[:2])})") for hit in hits
    )


def _ids(hits: Sequence[Hit]) -> tuple[str, ...]:
    return tuple(hit.card.id for hit in hits)


def _choose(
    heading: str,
    shown: Sequence[Candidate],
    kept: Sequence[str],
    most: int,
    ask: Callable[[str], str],
) -> tuple[str, ...]:
    if len(shown) < 2:
        return tuple(kept)
    options.tell(f"\n{heading} (at most {most}; Enter keeps what is marked)")
    for number, candidate in enumerate(shown, start=1):
        options.tell(f" {'*' if candidate.id in kept else ' '} {number}  {candidate.text}")
    while True:
        typed = ask("> ").replace(",", " ").split()
        if not typed:
            return tuple(kept)
        numbers = [int(word) for word in typed if word.isdigit() and 1 <= int(word) <= len(shown)]
        if len(numbers) == len(typed) and len(numbers) <= most:
            return tuple(dict.fromkeys(shown[number - 1].id for number in numbers))
        options.tell(f"Type up to {most} numbers from 1 to {len(shown)}, or Enter.")
