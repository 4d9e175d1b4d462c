"""Read seller.yaml into the seller profile, or say all that is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import KnowledgeError
from assistant.knowledge.fields import validate, without_empty
from assistant.knowledge.problem import Problem, problem_of
from assistant.knowledge.profile import Criterion, SellerProfile
from assistant.knowledge.strict_yaml import Tree, parse_yaml, read_file


def read_profile_file(path: Path) -> SellerProfile | tuple[Problem, ...]:
    """Return the profile, or every problem with its line."""
    try:
        tree = parse_yaml(read_file(path), path=path)
    except KnowledgeError as error:
        return (problem_of(error),)
    values = {k: without_empty(v) for k, v in tree.values.items() if v is not None}
    found = validate(SellerProfile, values, tree=tree, path=path)
    if isinstance(found, tuple):
        return (*tree.problems, *found)
    problems = (*tree.problems, *_contradictions(found, tree, path))
    return problems or found


def _contradictions(profile: SellerProfile, tree: Tree, path: Path) -> Iterator[Problem]:
    for i, criterion in enumerate(profile.icp):
        if message := _fault_of(criterion) or _fault_of_opposites(criterion, profile):
            yield Problem(path, tree.line(("icp", i)), f"icp[{i + 1}]: {message}")
    lists = {
        "icp": ("id", [criterion.id for criterion in profile.icp]),
        "next_steps": ("stage", [stage.stage for stage in profile.next_steps]),
        "capabilities": ("name", [capability.name for capability in profile.capabilities]),
    }
    for key, (name, words) in lists.items():
        for word in (word for word, count in Counter(words).items() if count > 1):
            last = len(words) - 1 - words[::-1].index(word)
            message = f"{key}[{last + 1}].{name}: {word!r} is taken already: name it otherwise"
            yield Problem(path, tree.line((key, last, name)), message)


def _fault_of(criterion: Criterion) -> str:
    least, most = criterion.min, criterion.max
    if not criterion.values and least is None and most is None:
        return "has nothing to judge by: add values, min or max"
    if least is not None and most is not None and least > most:
        return f"min {least:g} is over max {most:g}: swap them"
    return ""


def _fault_of_opposites(criterion: Criterion, profile: SellerProfile) -> str:
    if criterion.ruled_out_by and criterion.need != "disqualifier":
        return "ruled_out_by is for a disqualifier: take it out"
    wished = [other.id for other in profile.icp if other.need != "disqualifier"]
    for opposite in criterion.ruled_out_by:
        if opposite not in wished:
            return f"ruled_out_by: {opposite!r} is no required or preferred criterion: {wished}"
    return ""
