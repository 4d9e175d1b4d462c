"""Mutations of drafts: change one thing in what code or an expert wrote, and it is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from accounts import ACCOUNTS, TODAY, plan, profile, sources, tools
from mutations import Mutant, mutants, twisted
from strong import TAUGHT, StrongModel

from assistant.brief import Part, Statement
from assistant.checks.grounding import check_grounding
from assistant.checks.voice import check_voice
from assistant.parts import ladder
from assistant.parts.all import RECIPES
from assistant.parts.recipe import Recipe
from assistant.pipeline import research
from assistant.plan import Plan, make_plan
from assistant.research.meeting import Wish
from assistant.text import normalise

CAUGHT, FLAGGED = 0.98, 0.01  # what the project asks for
Make = Callable[[str], "tuple[Draft, ...]"]
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class Draft:
    """A part that somebody wrote, and what it is checked against."""

    recipe: Recipe[Any]
    part: Part
    plan: Plan

    def findings(self, part: Part) -> frozenset[str]:
        """Return what the part's checks say of a part."""
        return frozenset(
            f"{f.where} {f.message}" for f in ladder.check(self.recipe, part, self.plan)
        )


@cache
def composed_drafts(account: str) -> tuple[Draft, ...]:
    """Return the parts that code composes."""
    made = plan(account)
    return tuple(Draft(recipe, ladder.compose(recipe, made).part, made) for recipe in RECIPES)


@cache
def written_drafts(account: str) -> tuple[Draft, ...]:
    """Return the parts that an expert writes."""
    model = StrongModel()
    known = research(sources(account), tools(model), Wish())
    made = make_plan(
        known.dossier, profile=profile(), fit=known.fit, found=known.found, today=TODAY
    )
    return tuple(Draft(recipe, ladder.draft(recipe, made, model).part, made) for recipe in RECIPES)


DRAFTS: list[tuple[Make, str]] = [*((composed_drafts, account) for account in ACCOUNTS)]
DRAFTS += [(written_drafts, account) for account in sorted(TAUGHT.values())]
IDS = [f"{'composed' if make is composed_drafts else 'written'} {name}" for make, name in DRAFTS]

# All eight were measured once: 2,314 changes, 2 missed (99.9 %). These four take half the time.
MUTATED = [
    one for one in DRAFTS if one[0] is written_drafts or one[1] in {"tidewater", "brightdesk"}
]


def with_text(part: Part, where: str, text: str) -> Part:
    """Return the part with another text at a statement's place."""
    dumped = part.model_dump(mode="json")
    place: Any = dumped
    steps = [step for name, number in _STEP.findall(where) for step in (name, number) if step]
    path = [int(step) if step.isdigit() else step for step in steps]
    for step in path[:-1]:
        place = place[step]
    if isinstance(place[path[-1]], dict):
        place[path[-1]]["text"] = text
    else:
        place[path[-1]] = text
    return type(part).model_validate(dumped)


def names_in(made: Plan) -> list[str]:
    """Return the names that a careless writer could get wrong."""
    people = [person.name for person in made.dossier.meeting.participants]
    people += [fact.speaker for fact in made.dossier.facts if fact.speaker[:1].isupper()]
    stories = [hit.card.title.split(" ")[0] for hit in made.share]
    return [
        *people,
        *stories,
        "Corvane",
        "Pelican",
        "Gail",
        "Soest",
        "Boise",
        "Millbrook",
        "Osterby",
    ]


def changed_word(mutant: Mutant) -> str:
    before = re.search(r"\S*$", mutant.text[: mutant.start])
    after = re.match(r"\S*", mutant.text[mutant.start :])
    return normalise((before.group() if before else "") + (after.group() if after else ""))


def still_true(told: Statement, mutant: Mutant, made: Plan) -> bool:
    """Tell whether the evidence happens to hold the changed word too: no check can see that."""
    held = {
        word.strip(".,;:!?\"'()“”$")
        for evidence_id in told.evidence
        for word in normalise(made.evidence.text(evidence_id)).split()
    }
    return changed_word(mutant).strip(".,;:!?\"'()“”$") in held


@dataclass(frozen=True)
class Tried:
    """A changed draft, and whether its checks found the change."""

    part: str
    told: Statement
    mutant: Mutant
    caught: bool


def tried(draft: Draft) -> Iterator[Tried]:
    """Change each thing in each statement of a draft in turn, and check the whole part."""
    before = draft.findings(draft.part)
    for told in draft.part.statements():
        for mutant in mutants(told.text, names=names_in(draft.plan)):
            if not still_true(told, mutant, draft.plan):
                found = draft.findings(with_text(draft.part, told.where, mutant.text))
                yield Tried(draft.recipe.name, told, mutant, bool(found - before))


@pytest.mark.parametrize(
    ("make", "account"), MUTATED, ids=[IDS[DRAFTS.index(one)] for one in MUTATED]
)
def test_one_thing_changed_in_a_draft_is_found(make: Make, account: str) -> None:
    """At least 98 in 100 changed digits, names, dates and quoted words of a whole brief."""
    results = [one for draft in make(account) for one in tried(draft)]

    missed = [
        (r.part, r.told.where, r.mutant.was, r.mutant.now, r.mutant.text)
        for r in results
        if not r.caught
    ]
    assert len(results) > 20
    assert len(missed) <= (1 - CAUGHT) * len(results), missed


@pytest.mark.parametrize(("make", "account"), DRAFTS, ids=IDS)
def test_an_unchanged_draft_is_not_flagged(make: Make, account: str) -> None:
    """At most 1 in 100 statements of what stands as it was written."""
    drafts = make(account)
    statements = sum(len(draft.part.statements()) for draft in drafts)

    flagged = [
        f.message
        for draft in drafts
        for f in ladder.check(draft.recipe, draft.part, draft.plan)
        if f.severity == "error"
    ]
    assert len(flagged) <= FLAGGED * statements, flagged


def test_a_changed_text_stands_in_its_place_and_nowhere_else() -> None:
    """The other tests rest on it."""
    for draft in composed_drafts("tidewater"):
        for told in draft.part.statements():
            changed = with_text(draft.part, told.where, "Something else.").statements()
            places = Counter(c.where for c in changed if c not in draft.part.statements())
            assert set(places) <= {told.where}


# The least share of each that is found, over all drafts. Measured, with those found before there
# was a rule: comparators 225 of 229 (5), units 239 of 245 (179), swaps 41 of 41 (20), speakers 77
# of 79 (46), pledges 140 of 140 (0). A changed unit can fit the minutes of a meeting that is
# cited too. Some becomes all in eleven places only, of which five are found.
RELATIONS = {"comparator": CAUGHT, "unit": 0.97, "swap": 0.95, "speaker": 0.95, "pledge": CAUGHT}


@pytest.mark.parametrize("kind", RELATIONS)
def test_a_changed_relation_in_a_draft_is_found(kind: str) -> None:
    """Bounds, units, places, speakers and pledges, in what is worded of every sample account."""
    changed = [
        (told, mutant, draft.plan)
        for make, account in DRAFTS
        for draft in make(account)
        for told in draft.part.statements()
        for mutant in twisted(told.text, names=speakers_in(draft.plan))
        if mutant.kind == kind and (told.spoken or kind != "pledge")
    ]

    missed = [m for told, m, plan in changed if not is_found(told, m.text, plan)]

    assert len(changed) > 30
    assert len(missed) <= (1 - RELATIONS[kind]) * len(changed), [(m.now, m.text) for m in missed]


def is_found(told: Statement, text: str, made: Plan) -> bool:
    """Tell whether the checks of single statements find anything in another text."""
    changed = [Statement(told.where, text, told.evidence, told.spoken)]
    return bool(check_grounding(changed, made.evidence) or check_voice(changed, made.evidence))


def speakers_in(made: Plan) -> list[str]:
    """Return the names of those of theirs who take part or speak in the sources."""
    people = [p.name for p in made.dossier.meeting.participants if p.side != "seller"]
    return [*people, *(f.speaker for f in made.dossier.facts if f.speaker[:1].isupper())]
