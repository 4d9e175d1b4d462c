"""Print how well texts are answered as they are typed or spoken.

python -m evals.objection             the figures of README.md
python -m evals.objection --misses    and each sample that went wrong
"""

from __future__ import annotations

import sys

from evals.objection.measure import read_samples, score, the_bare_search, the_product


def main() -> None:
    """Print the figures."""
    samples = read_samples()
    print("                | part  | answered | abstained | parted")
    for name, ask in (("the bare search", the_bare_search()), ("the product", the_product())):
        for part in ("fit", "check"):
            f = score([sample for sample in samples if sample.part == part], ask)
            print(
                f"{name:15} | {part:5} | {f.answered:8.2f} | {f.abstained:9.2f} | {f.parted:6.2f}"
            )
    if "--misses" in sys.argv:
        for sample in samples:
            if not sample.is_met_by(answers := ask(sample.ask)):
                print(f"{sample.id} {sample.ask!r}: {', '.join(answers) or 'nothing'}")


if __name__ == "__main__":
    main()
