"""A capable model that writes as an expert would: its brief stands, and beats the composed one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from accounts import asked_parts, composed, sources, tools
from strong import TAUGHT, StrongModel, answers

from assistant.brief import Brief, Claim
from assistant.evidence import sayable
from assistant.parts.all import RECIPES
from assistant.pipeline import prepare
from assistant.text import words

accounts = pytest.mark.parametrize("account", sorted(TAUGHT.values()))


@cache
def written(account: str) -> Brief:
    """Return the brief that the strong model writes."""
    return prepare(sources(account), tools(StrongModel()))


@accounts
def test_every_part_is_the_models_own(account: str) -> None:
    """The checks hold back what is wrong, not what is good: no draft is mended or replaced."""
    brief = written(account)

    asked = asked_parts(account)
    assert brief.parts == {r.name: "model" if r.name in asked else "composed" for r in RECIPES}
    assert {"snapshot", "objectives", "opening", "give_get", "closing", "after"} <= asked


@accounts
def test_its_brief_has_no_error(account: str) -> None:
    """What is left are warnings for the seller's eye."""
    brief = written(account)

    assert [f for f in brief.findings if f.severity == "error"] == []


@accounts
def test_each_id_is_one_it_was_shown(account: str) -> None:
    """Evidence, cards and objectives of the brief are those of the dossier and the pack."""
    brief = written(account)

    facts = {fact.id for fact in sayable(brief.dossier)}
    known = facts | set(brief.cards) | {"meeting", "profile", "schedule"}
    objectives = {objective.id for objective in brief.preparation.objectives}
    cited = [e for point in brief.core.teach for e in point.why_them.evidence]
    cited += [e for question in brief.core.learn for e in question.evidence]
    assert set(cited) <= known
    assert {o for question in brief.core.learn for o in question.serves} <= objectives
    assert {point.card for point in brief.core.teach} <= set(brief.cards)


@accounts
def test_the_expert_names_only_facts_that_may_be_said(account: str) -> None:
    """Or an answer would lose what it rests on without anybody seeing it."""
    said = [fact.quote for fact in sayable(written(account).dossier)]

    named = set(_named_facts(answers(account))) - {"meeting", "profile", "schedule"}
    assert named
    assert sorted(words for words in named if not any(words in quote for quote in said)) == []


def _named_facts(taught: object, key: str = "") -> Iterator[str]:
    match taught:
        case dict():
            for name, value in taught.items():
                yield from _named_facts(value, name)
        case list():
            for value in taught:
                yield from _named_facts(value, key)
        case str() if key in {"facts", "purpose_facts", "evidence"}:
            yield taught


@accounts
def test_what_they_want_stays_a_goal_when_it_is_sorted(account: str) -> None:
    """The expert sorts otherwise only what the code reads wrongly."""
    goals = [fact.id for fact in composed(account).dossier.facts if fact.kind == "priority"]
    sorted_as = {fact.id: fact.kind for fact in written(account).dossier.facts}

    assert [sorted_as[goal] for goal in goals] == ["priority"] * len(goals)


@accounts
def test_its_calls_are_counted(account: str) -> None:
    """One call sorts the facts, one writes each part; the brief says which prompts were asked."""
    model = StrongModel()

    brief = prepare(sources(account), tools(model))

    assert brief.usage.calls == len(model.asked) == len(asked_parts(account)) + 1
    assert len(brief.written_by.prompts) == len(asked_parts(account)) + 1
    assert brief.written_by.model == "strong"


@accounts
def test_it_reads_better_than_the_composed_brief(account: str) -> None:
    """Whole sentences instead of telegrams, shorter teaching, more of the facts used."""
    best, floor = written(account), composed(account)

    shown = {fact.id for fact in sayable(best.dossier)}
    own = [claim for claim in _told(best) if set(claim.evidence) <= shown]
    assert own
    assert all(claim.text.endswith(".") for claim in own)
    assert not any(claim.text.endswith(".") for claim in _told(floor))
    assert not best.core.teach or _mean_words(best) < _mean_words(floor)
    assert len(_facts_asked_about(best)) >= len(_facts_asked_about(floor))


def _told(brief: Brief) -> list[Claim]:
    told = brief.preparation
    trigger = [told.trigger] if told.trigger else []
    return [*told.snapshot, *trigger, *told.priorities, *told.challenges]


def _mean_words(brief: Brief) -> float:
    told = [point.point.text for point in brief.core.teach]
    return sum(len(words(text)) for text in told) / len(told)


def _facts_asked_about(brief: Brief) -> set[str]:
    return {e for question in brief.core.learn for e in question.evidence if e[:1] == "F"}


@accounts
def test_the_seller_still_reads_what_the_model_was_not_shown(account: str) -> None:
    """Code adds to the snapshot what our notes hold of the company, word for word."""
    best = written(account)

    shown = {fact.id for fact in sayable(best.dossier)}
    noted = [f for f in best.dossier.facts if f.kind == "company" and f.voice != "internal"]
    kept_back = {fact.id for fact in noted} - shown
    added = [c for c in best.preparation.snapshot if not set(c.evidence) <= shown]
    assert bool(added) == bool(kept_back)
    assert all(quote in claim.text for claim in added for quote in claim.quotes)
    assert {e for claim in added for e in claim.evidence} <= kept_back


@accounts
def test_the_next_step_stays_as_it_was_decided(account: str) -> None:
    """A model words a part; it never widens what code chose."""
    best, floor = written(account), composed(account)

    assert best.opening.next_step.wording == floor.opening.next_step.wording
    assert best.opening.next_step.when == floor.opening.next_step.when
    assert best.closing.actions == floor.closing.actions
