"""Print how well approved cards are found.

python -m evals.retrieval             the figures of README.md
python -m evals.retrieval --misses    and each sample that went wrong
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from assistant.retrieval.search import FITS, WORDS
from evals.retrieval.measure import (
    Figures,
    Found,
    ask,
    best_threshold,
    rank,
    read_sample_pack,
    read_samples,
    score,
)


def main() -> None:
    """Print the figures."""
    asked = ask(read_samples(), read_sample_pack())
    parts = {part: [a for a in asked if a.sample.part == part] for part in ("fit", "check")}
    print("words | threshold | part  | first | recall@3 | nDCG@5 | answered | abstained")
    for words in (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 1e6):  # the last: words alone
        threshold = best_threshold(rank(parts["fit"], words))
        for part, some in parts.items():
            _print(words, threshold, part, score(rank(some, words), threshold))
    print("the product's:")
    for part, some in parts.items():
        _print(WORDS, FITS, part, score(rank(some, WORDS), FITS))
    if "--misses" in sys.argv:
        _print_misses(rank(asked, WORDS))


def _print(words: float, threshold: float, part: str, f: Figures) -> None:
    print(
        f"{words:5.2f} | {threshold:9.3f} | {part:5} | {f.first:5.2f} | {f.recall_at_3:8.2f} | "
        f"{f.ndcg_at_5:6.3f} | {f.answered:8.2f} | {f.abstained:9.2f}"
    )


def _print_misses(found: Sequence[Found]) -> None:
    for f in found:
        wrong = f.relevance >= FITS if f.sample.none else not set(f.cards[:3]) & set(f.sample.best)
        unanswered = not f.sample.none and f.relevance < FITS
        if wrong or unanswered:
            what = "not answered" if unanswered else f"answered with {', '.join(f.cards[:3])}"
            print(f"{f.sample.id} {f.relevance:.3f} {f.sample.ask!r}: {what}")


if __name__ == "__main__":
    main()
