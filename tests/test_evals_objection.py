"""What customers say as it is typed or spoken: how much of it finds its answer, measured."""

from __future__ import annotations

from functools import cache

import pytest

from evals.objection.measure import Figures, Part, Sample, read_samples, score, the_product


@cache
def figures(part: Part) -> Figures:
    return score([sample for sample in read_samples() if sample.part == part], the_product())


# A little under what was measured (see its README): one sample is 5 points of answered, 11 of
# abstained, 17 of parted.
@pytest.mark.parametrize(
    ("part", "least"), [("fit", Figures(0.8, 0.99, 0.8)), ("check", Figures(0.68, 0.85, 0.8))]
)
def test_what_is_typed_badly_finds_its_answer_or_none(part: Part, least: Figures) -> None:
    """Each doubt its own, and what is no objection of ours no answer."""
    measured = figures(part)

    assert measured.answered >= least.answered
    assert measured.abstained >= least.abstained
    assert measured.parted >= least.parted


@pytest.mark.parametrize(
    ("sample", "answers", "met"),
    [
        ({"best": ("a", "b")}, ["b"], True),
        ({"best": ("a",)}, ["c"], False),
        ({"best": ("a",)}, ["a", "b"], False),
        ({"best": ("a",)}, [""], False),
        ({"none": True}, [""], True),
        ({"none": True}, ["a"], False),
        ({"both": ("a", "b")}, ["a", "b"], True),
        ({"both": ("a", "b")}, ["b", "a"], False),
        ({"both": ("a", "b")}, ["a"], False),
    ],
)
def test_a_sample_is_met_by_what_a_seller_wants(
    sample: dict[str, object], answers: list[str], met: bool
) -> None:
    """The scorer itself."""
    given = Sample.model_validate({"id": "x", "part": "fit", "ask": "x", **sample})

    assert given.is_met_by(answers) == met


def test_each_sample_says_one_thing_and_names_cards_that_exist() -> None:
    """Or a misspelt id would be a miss for ever."""
    from evals.retrieval.measure import read_sample_pack

    known = {card.id for card in read_sample_pack().approved("objection", audience="customer")}
    samples = read_samples()

    assert len({sample.id for sample in samples}) == len(samples)
    for sample in samples:
        assert bool(sample.best) + sample.none + bool(sample.both) == 1
        assert known.issuperset((*sample.best, *sample.also, *sample.both))
