"""Print how well outcomes are told.

python -m evals.outcome             the figures of README.md
python -m evals.outcome --misses    and each sample that went wrong
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import get_args

from assistant.debrief import Outcome
from evals.outcome.task import Answer, Part, Sample, answer_extracted, answer_text, read_samples

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def main() -> None:
    """Print the figures."""
    samples = read_samples()
    _print("on what a reader extracted", [answer_extracted(sample) for sample in samples])
    for part in get_args(Part):
        some = [sample for sample in samples if sample.part == part]
        if some:
            _print_text(part, some)


def _print_text(part: str, samples: Sequence[Sample]) -> None:
    told = [answer_text(sample) for sample in samples]
    _print(f"on plain text, {part}", told)
    _print(
        f"on plain text, {part}, sides not told",
        [answer_text(sample, told_sides=False) for sample in samples],
    )
    _print_confusion(told)


def _print(title: str, answers: Sequence[Answer]) -> None:
    right = sum(answer.is_right for answer in answers)
    print(f"{title}: {right} of {len(answers)} ({right / len(answers):.0%})")
    if "--misses" in sys.argv:
        for answer in answers:
            if not answer.is_right:
                _print_miss(answer)


def _print_miss(answer: Answer) -> None:
    sample, judged = answer.sample, answer.judged
    print(f"  {sample.id}: {sample.outcome} taken for {judged.outcome} ({judged.rackham})")
    for reason in judged.reasons:
        print(f"    {reason.test} {reason.held} {reason.text} | {reason.quote}")


def _print_confusion(answers: Sequence[Answer]) -> None:
    seen = Counter((a.sample.outcome, a.judged.outcome) for a in answers)
    print("  labelled \\ judged " + " ".join(f"{name[:12]:>12}" for name in _OUTCOMES))
    for labelled in _OUTCOMES:
        counts = " ".join(f"{seen[labelled, judged]:>12}" for judged in _OUTCOMES)
        print(f"  {labelled:<17} {counts}")


if __name__ == "__main__":
    main()
