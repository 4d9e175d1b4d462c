"""The extraction eval: its scorers tell right from wrong, and its samples can be scored."""

from __future__ import annotations

import pytest

from assistant.brief import CriterionMet, Finding, Fit
from assistant.dossier import Fact
from assistant.testing import a_fact, a_meeting, a_participant, a_source
from evals.extraction import scorers
from evals.extraction.task import ROOT, Expected, Line, Sample, Solution, Somebody, load_samples

HOME = ROOT / "evals" / "extraction"
WAITS = Expected(
    source="notes.md",
    quote="Trucks wait two hours. It costs us $2 million.",
    kinds=("challenge",),
    voices=("customer",),
    speaker="Dana",
)


def a_sample(**given: object) -> Sample:
    fields = {
        "id": "x", "sources": "x", "account": "Northpeak Grocers, Inc.", "participants": (),
        "facts": (WAITS,), "never_spoken": (), "not_facts": (), "conflicts": (), "top_problems": (),
        "also_problems": (), "top_concerns": (), "goal": "", "verdict": "fits", "fit": {},
    }  # fmt: skip
    return Sample.model_validate({**fields, **given})


def a_solution(*facts: Fact, **given: object) -> Solution:
    texts = [fact.quote for fact in facts] or ["Nothing."]
    met = CriterionMet(name="A", need="required", state="met")
    fields = {
        "sources": (a_source(*texts),),
        "account": "Northpeak",
        "meeting": a_meeting(participants=(a_participant(),)),
        "facts": facts,
        "fit": Fit(verdict="fits", criteria=(met,)),
        "criteria": ("a",),
        "conflicts": (),
    }  # fmt: skip
    return Solution.model_validate({**fields, **given})


FIRST = a_fact("Trucks wait two hours.", speaker="Dana Whitfield")
SECOND = a_fact("It costs us $2 million.", id="F2", line=2)


def test_a_fact_may_be_found_in_two_pieces_but_not_in_one_of_them() -> None:
    """Where a sentence ends is the reader's business, half a statement is a miss."""
    assert scorers.recall(a_sample(), a_solution(FIRST, SECOND)).right == 1
    assert scorers.recall(a_sample(), a_solution(FIRST)).wrong == (WAITS.quote,)


def test_a_fact_of_another_source_or_swallowed_by_a_long_one_is_not_found() -> None:
    """A whole page as one fact finds nothing."""
    long = a_fact(f"{WAITS.quote} {'And more of the same. ' * 9}")
    elsewhere = a_solution(FIRST, SECOND, sources=(a_source("x", name="other.md"),))

    assert scorers.recall(a_sample(), a_solution(long)).right == 0
    assert scorers.recall(a_sample(), elsewhere).right == 0


@pytest.mark.parametrize("voice", ["customer", "public"])
def test_five_words_of_a_secret_in_a_spoken_fact_are_a_leak(voice: str) -> None:
    """Whatever stands around them; an internal fact is none."""
    sample = a_sample(
        never_spoken=(Line(source="notes.md", quote="price floor is eleven dollars a door"),)
    )
    leak = "They know that our price floor is eleven dollars, yes."

    spoken = a_solution(a_fact(leak, voice=voice))  # type: ignore[arg-type]  # parametrized
    kept = a_solution(a_fact(leak, voice="internal"))

    assert scorers.kept_private(sample, spoken).right == 0
    assert scorers.kept_private(sample, kept).right == 1


def test_a_quote_is_verified_at_its_line() -> None:
    """Right words at the wrong line cannot be looked up."""
    moved = a_solution(FIRST, SECOND.model_copy(update={"line": 1}))

    assert scorers.verified(a_sample(), a_solution(FIRST, SECOND)).share == 1.0
    assert scorers.verified(a_sample(), moved).wrong == (SECOND.quote,)


def test_kind_voice_and_speaker_are_judged_on_what_was_found() -> None:
    """Any accepted kind will do, every piece needs an accepted voice, part of a name is enough."""
    solution = a_solution(FIRST, SECOND.model_copy(update={"voice": "internal", "kind": "other"}))

    assert scorers.kinds(a_sample(), solution).right == 1
    assert scorers.voices(a_sample(), solution).right == 0
    assert scorers.speakers(a_sample(), solution).right == 1
    assert scorers.kinds(a_sample(), a_solution()).share is None


def test_people_are_judged_by_who_comes_and_who_does_not() -> None:
    """A stranger is as wrong as somebody missing."""
    wanted = (Somebody(name="Marcus Oyelaran", roles=("terminal manager",), side="customer"),)

    score = scorers.people(a_sample(participants=wanted), a_solution())

    assert score.wrong == ("missing: Marcus Oyelaran", "uninvited: Dana Whitfield")


def test_roles_and_the_account_may_be_spelled_in_other_ways() -> None:
    """Mgr is manager, and Northpeak is Northpeak Grocers."""
    dana = Somebody(name="Dana Whitfield", roles=("Chief Operating Officer",), side="customer")

    assert scorers.roles(a_sample(participants=(dana,)), a_solution()).right == 1
    assert scorers.sides(a_sample(participants=(dana,)), a_solution()).right == 1
    assert scorers.account(a_sample(), a_solution()).right == 1
    assert scorers.account(a_sample(), a_solution(account="")).right == 0


def test_the_fit_is_judged_criterion_by_criterion_and_as_a_whole() -> None:
    """The verdict counts like a criterion."""
    score = scorers.fit(a_sample(fit={"a": ("missed", "unknown")}), a_solution())

    assert (score.right, score.wrong) == (1, ("a: met",))


def test_the_first_problems_concerns_and_goal_are_compared() -> None:
    """Only as many as a person named; one that is lacking is a miss."""
    sample = a_sample(top_problems=("It costs us $2 million.", "Trucks wait."), goal="Under 60.")

    assert scorers.problems(sample, a_solution(SECOND)).wrong == ("none",)
    assert scorers.goal(sample, a_solution(a_fact("Under 60.", kind="priority"))).right == 1
    assert scorers.concerns(sample, a_solution()).share is None


def test_a_conflict_must_show_both_sides_and_one_that_is_none_is_wrong() -> None:
    """A false alarm costs the seller as much as silence."""
    finding = Finding(check="sources", severity="warning", where="x", message="1,850 and 2,400")
    sample = a_sample(conflicts=(("1,850", "2,400"),))

    assert scorers.conflicts(sample, a_solution(conflicts=(finding,))).right == 1
    assert scorers.conflicts(sample, a_solution()).wrong == ("missing: 1,850 / 2,400",)
    assert scorers.conflicts(a_sample(), a_solution(conflicts=(finding,))).wrong == (
        "extra: 1,850 and 2,400",
    )


@pytest.mark.parametrize("path", ["samples.yaml", "practice/samples.yaml", "heldout/samples.yaml"])
def test_the_samples_name_sources_that_exist(path: str) -> None:
    """A sample whose source is gone would score nothing, unseen."""
    for sample in load_samples(HOME / path):
        there = {file.name for file in (ROOT / sample.sources).iterdir()}
        named = {line.source for line in (*sample.facts, *sample.never_spoken, *sample.not_facts)}
        assert named <= there
