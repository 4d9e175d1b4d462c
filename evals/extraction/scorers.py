"""Scorers: pure functions of a sample and its solution, each a share with what was missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.dossier import Fact
from assistant.research.facts import salience
from assistant.roles import plain_role
from assistant.text.quotes import stands_in
from assistant.text.words import words
from evals.extraction.task import Expected, Line, Sample, Solution

_ENOUGH = 0.8  # of a statement's words: what a cut at a sentence's end may cost
_SHINGLE = 5  # words in a row that betray where they come from
_TOP = 3


@dataclass(frozen=True)
class Score:
    """How many of how many were right; `wrong` names the others."""

    right: int
    of: int
    wrong: tuple[str, ...] = ()

    @property
    def share(self) -> float | None:
        """Return the share that was right, None where there was nothing to score."""
        return self.right / self.of if self.of else None


def _of(judged: Iterable[tuple[bool, str]]) -> Score:
    listed = list(judged)
    wrong = tuple(what for right, what in listed if not right)
    return Score(len(listed) - len(wrong), len(listed), wrong)


def matching(expected: Expected, solution: Solution) -> tuple[Fact, ...]:
    """Return the facts that hold an expected statement, whole or in pieces; none where they do not.

    A fact counts where its words stand in the statement or the other way round; together they must
    cover four fifths of the statement, and none may be more than twice as long.
    """
    for quote in (expected.quote, *expected.quote_ok):
        wanted = words(quote)
        pieces = [
            fact
            for fact in solution.facts
            if solution.source_name(fact) == expected.source
            and _shared(words(fact.quote), wanted)
            and len(words(fact.quote)) <= 2 * len(wanted) + 2
        ]
        covered = sum(min(len(words(fact.quote)), len(wanted)) for fact in pieces)
        if covered >= _ENOUGH * len(wanted):
            return tuple(pieces)
    return ()


def _shared(one: Sequence[str], other: Sequence[str]) -> bool:
    short, long = sorted((list(one), list(other)), key=len)
    size = len(short)
    return size > 1 and any(long[i : i + size] == short for i in range(len(long) - size + 1))


def _found(sample: Sample, solution: Solution) -> Iterator[tuple[Expected, tuple[Fact, ...]]]:
    for expected in sample.facts:
        if facts := matching(expected, solution):
            yield expected, facts


def recall(sample: Sample, solution: Solution) -> Score:
    """Score which of the expected facts were found."""
    return _of((bool(matching(fact, solution)), fact.quote) for fact in sample.facts)


def precision(sample: Sample, solution: Solution) -> Score:
    """Score how many of the spoken facts are none that must not become one."""
    spoken = [fact for fact in solution.facts if fact.voice != "internal"]
    barred = sample.not_facts
    return _of((not any(_betrays(fact, line) for line in barred), fact.quote) for fact in spoken)


def kept_private(sample: Sample, solution: Solution) -> Score:
    """Score which of the lines that nobody may hear stay internal."""
    spoken = [fact for fact in solution.facts if fact.voice != "internal"]
    lines = sample.never_spoken
    return _of((not any(_betrays(fact, line) for fact in spoken), line.quote) for line in lines)


def _betrays(fact: Fact, line: Line) -> bool:
    """Tell whether a fact holds five words in a row of a line, or the whole of a short one."""
    said, secret = words(fact.quote), words(line.quote)
    size = min(_SHINGLE, len(secret))
    shingles = {secret[i : i + size] for i in range(len(secret) - size + 1)}
    return any(said[i : i + size] in shingles for i in range(len(said) - size + 1))


def verified(sample: Sample, solution: Solution) -> Score:
    """Score which quotes stand in their source at their line."""
    del sample
    return _of((_stands(fact, solution), fact.quote) for fact in solution.facts)


def _stands(fact: Fact, solution: Solution) -> bool:
    source = next(source for source in solution.sources if source.id == fact.source)
    there = [p.text for p in source.passages if (p.line, p.page) == (fact.line, fact.page)]
    return stands_in(fact.quote, " ".join(there))


def kinds(sample: Sample, solution: Solution) -> Score:
    """Score the kinds of the expected facts that were found."""
    return _of(
        (any(f.kind in expected.kinds for f in facts), f"{facts[0].kind}: {expected.quote}")
        for expected, facts in _found(sample, solution)
    )


def voices(sample: Sample, solution: Solution) -> Score:
    """Score the voices of the expected facts that were found."""
    return _of(
        (all(f.voice in expected.voices for f in facts), f"{facts[0].voice}: {expected.quote}")
        for expected, facts in _found(sample, solution)
    )


def speakers(sample: Sample, solution: Solution) -> Score:
    """Score who is named behind the facts that were found, by any part of the name."""
    return _of(
        (
            any(_same_name(f.speaker, expected.speaker) for f in facts),
            f"{facts[0].speaker}: {expected.quote}",
        )
        for expected, facts in _found(sample, solution)
        if expected.speaker
    )


def _same_name(one: str, other: str) -> bool:
    return bool(set(words(one)) & set(words(other)))


def people(sample: Sample, solution: Solution) -> Score:
    """Score who is expected in the call: everybody who comes, nobody else."""
    there = {p.name.casefold(): p.name for p in solution.meeting.participants}
    wanted = {p.name.casefold(): p.name for p in sample.participants}
    come = [(name in there, f"missing: {spelled}") for name, spelled in wanted.items()]
    more = [(False, f"uninvited: {there[name]}") for name in there if name not in wanted]
    return _of([*come, *more])


def roles(sample: Sample, solution: Solution) -> Score:
    """Score the roles of those who come."""
    found = {p.name.casefold(): p.role for p in solution.meeting.participants}
    return _of(
        (
            _same_role(found.get(p.name.casefold(), "-"), p.roles),
            f"{p.name}: {found.get(p.name.casefold())}",
        )
        for p in sample.participants
    )


def _same_role(role: str, accepted: Sequence[str]) -> bool:
    return plain_role(role) in {plain_role(other) for other in accepted}


def sides(sample: Sample, solution: Solution) -> Score:
    """Score the sides of those who come."""
    found = {p.name.casefold(): p.side for p in solution.meeting.participants}
    return _of(
        (found.get(p.name.casefold()) == p.side, f"{p.name}: {found.get(p.name.casefold())}")
        for p in sample.participants
    )


def account(sample: Sample, solution: Solution) -> Score:
    """Score the prospect's name; a shorter or longer form of it counts."""
    one, other = words(solution.account), words(sample.account)
    size = min(len(one), len(other))
    return _of([(size > 0 and one[:size] == other[:size], solution.account)])


def fit(sample: Sample, solution: Solution) -> Score:
    """Score the state of each criterion and the verdict."""
    states = {
        name: c.state for name, c in zip(solution.criteria, solution.fit.criteria, strict=True)
    }
    judged = [
        (states.get(name) in right, f"{name}: {states.get(name)}")
        for name, right in sample.fit.items()
    ]
    verdict = solution.fit.verdict
    return _of([*judged, (verdict == sample.verdict, f"verdict: {verdict}")])


def problems(sample: Sample, solution: Solution) -> Score:
    """Score how many of our first three problems a person would open with."""
    wanted = [*sample.top_problems, *sample.also_problems]
    return _top("challenge", wanted, min(_TOP, len(sample.top_problems)), solution)


def concerns(sample: Sample, solution: Solution) -> Score:
    """Score how many of our first three concerns a person would prepare for."""
    wanted = sample.top_concerns
    return _top("concern", wanted, min(_TOP, len(wanted)), solution)


def goal(sample: Sample, solution: Solution) -> Score:
    """Score whether our first priority is the goal."""
    return _top("priority", [sample.goal] if sample.goal else [], 1, solution)


def _top(kind: str, wanted: Sequence[str], most: int, solution: Solution) -> Score:
    spoken = [f for f in solution.facts if f.kind == kind and f.voice != "internal"]
    first = sorted(spoken, key=salience, reverse=True)[: most if wanted else 0]
    hits = [(any(_shared(words(f.quote), words(w)) for w in wanted), f.quote) for f in first]
    return _of([*hits, *((False, "none") for _ in range(min(most, len(wanted)) - len(first)))])


def conflicts(sample: Sample, solution: Solution) -> Score:
    """Score which contradictions are shown with both sides; one that is none counts as wrong."""
    messages = [finding.message for finding in solution.conflicts]
    shown = [
        (any(a in m and b in m for m in messages), f"missing: {a} / {b}")
        for a, b in sample.conflicts
    ]
    extra = [m for m in messages if not any(a in m and b in m for a, b in sample.conflicts)]
    return _of([*shown, *((False, f"extra: {m}") for m in extra)])


SCORERS: dict[str, Callable[[Sample, Solution], Score]] = {
    scorer.__name__: scorer
    for scorer in (
        recall, precision, kept_private, verified, kinds, voices, speakers, account, people, roles,
        sides, fit, problems, goal, concerns, conflicts,
    )
}  # fmt: skip
