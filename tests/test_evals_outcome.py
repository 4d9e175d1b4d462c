"""The labelled endings: enough of each outcome, and the rules right on what was extracted."""

from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from assistant.debrief import Outcome
from evals.outcome.task import Sample, answer_extracted, read_samples

SAMPLES = read_samples()


def test_there_are_at_least_eight_of_each_outcome_with_near_misses() -> None:
    """Each half of the first forty has them from many trades, none twice."""
    first = [sample for sample in SAMPLES if sample.part in {"practice", "unseen"}]
    counts = Counter(sample.outcome for sample in first)

    assert len(first) == 40
    assert all(counts[outcome] >= 8 for outcome in get_args(Outcome))
    assert sum(sample.near_miss is not None for sample in first) >= 16
    assert len({sample.sector for sample in SAMPLES}) >= 60
    assert len({sample.id for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_the_rules_are_right_on_what_a_reader_extracted(sample: Sample) -> None:
    """Deciding is code's, and has no excuse."""
    answer = answer_extracted(sample)

    assert (answer.judged.outcome, answer.judged.rackham) == (
        sample.outcome,
        sample.expected_rackham,
    )
