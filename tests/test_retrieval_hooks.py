"""Which fact an insight is brought up with, and which insight gives way to another."""

from __future__ import annotations

from dataclasses import replace

from assistant.dossier import Fact
from assistant.retrieval import Hit
from assistant.retrieval.hooks import hooks
from assistant.testing import a_fact, an_insight
from tests.plans import a_hit

NIGHTS = a_fact("Nobody knows which nurse comes on a Sunday night.", id="F1", speaker="Dana")
BEDS = a_fact("We sent eleven patients away on Monday for want of beds.", id="F2", speaker="Dana")
SLOGAN = a_fact("More beds, same ward.", id="F3", speaker="Dana")


def found(card: str, **scores: float) -> Hit:
    return replace(a_hit(an_insight(card), *scores), scores=scores)


def tied(*hits: Hit, problems: tuple[Fact, ...] = ()) -> list[tuple[str, str]]:
    pairs = hooks(hits, (NIGHTS, BEDS, SLOGAN), problems=problems)
    return [(hit.card.id, fact.id) for hit, fact in pairs]


def test_an_insight_takes_the_fact_that_it_fits_best() -> None:
    """Not the first one it was found for, nor one for being a problem of the call."""
    rota = found("rota", F2=0.4, F1=0.7)

    assert tied(rota, problems=(BEDS,)) == [("rota", "F1")]


def test_a_weak_hook_gives_way_to_a_strong_one() -> None:
    """Though it came first, and though its fact is a problem of the call."""
    weak, strong = found("beds", F2=0.35), found("rota", F1=0.7)

    assert tied(weak, strong, problems=(BEDS,)) == [("rota", "F1"), ("beds", "F2")]


def test_no_fact_serves_twice() -> None:
    """The other insight takes its next fact, and one without any is left out."""
    first, second, third = found("a", F1=0.7), found("b", F1=0.6, F2=0.4), found("c", F1=0.5)

    assert tied(first, second, third) == [("a", "F1"), ("b", "F2")]


def test_a_slogan_is_no_better_hook_for_being_short() -> None:
    """A few words are near to many cards and say little of why."""
    assert tied(found("beds", F3=0.7, F2=0.6)) == [("beds", "F2")]


def test_what_may_not_be_spoken_of_is_no_hook() -> None:
    """An insight that was found for nothing else is not taught."""
    assert tied(found("beds", F9=0.9)) == []
