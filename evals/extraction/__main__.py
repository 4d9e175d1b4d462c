"""Print the scores of each account: `python -m evals.extraction [--wrong]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, stdev

from evals.extraction.scorers import SCORERS, Score
from evals.extraction.task import Sample, load_profile, load_samples, solve

HERE = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    """Print a table for each set of accounts; return 1 where a secret got out."""
    leaked = False
    for title, path in (
        ("samples", HERE / "samples.yaml"),
        ("practice", HERE / "practice" / "samples.yaml"),
        ("held out", HERE / "heldout" / "samples.yaml"),
    ):
        samples = load_samples(path)
        scores = _scores(samples)
        _print_table(title, samples, scores)
        if "--wrong" in arguments:
            _print_wrong(samples, scores)
        leaked |= any(score.wrong for score in scores["kept_private"])
    return int(leaked)


def _scores(samples: Sequence[Sample]) -> dict[str, list[Score]]:
    profile = load_profile()
    solutions = [solve(sample, profile) for sample in samples]
    return {
        name: [scorer(*pair) for pair in zip(samples, solutions, strict=True)]
        for name, scorer in SCORERS.items()
    }


def _print_table(title: str, samples: Sequence[Sample], scores: dict[str, list[Score]]) -> None:
    heads = "".join(f"{sample.id[:14]:>16}" for sample in samples)
    print(f"\n{title:<14}{heads}{'mean':>8}{'error':>8}{'n':>4}{'unscored':>10}")
    for name, row in scores.items():
        cells = "".join(f"{f'{s.right}/{s.of}':>16}" for s in row)
        shares = [score.share for score in row if score.share is not None]
        error = stdev(shares) / len(shares) ** 0.5 if len(shares) > 1 else 0.0
        average = f"{mean(shares):8.2f}{error:8.2f}" if shares else f"{'-':>8}{'-':>8}"
        print(f"{name:<14}{cells}{average}{len(shares):4}{len(row) - len(shares):10}")


def _print_wrong(samples: Sequence[Sample], scores: dict[str, list[Score]]) -> None:
    for name, row in scores.items():
        for sample, score in zip(samples, row, strict=True):
            for wrong in score.wrong:
                print(f"{name:<13} {sample.id:<18} {wrong}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
