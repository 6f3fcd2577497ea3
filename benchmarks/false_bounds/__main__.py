"""Whether a false bound is ever proved or certified, or a true one refuted, over at least 2,000 of each.

    python -m benchmarks.false_bounds [--bounds N] [--seed N] [--jobs N]

Random inequalities under random hypotheses. The false ones have a constant scaled to just below what an instance
attains, a hypothesis dropped, or a norm swapped for a larger one; each has a witness against it that is verified in
exact rationals or balls. They are handed to every method that proves or certifies. The true ones are bounds that the
norm calculus derived; they are attacked, with a part of the usual work. The exit code is 0 where no false one was
proved or certified, no true one refuted, and nothing raised.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from itertools import count

from benchmarks.false_bounds.outcomes import outcomes
from derive.isolation import Call, answers, cores

ENOUGH = 2_000
BATCH = 100
SECONDS = 60.0
"""For one random inequality and all that is made of it; what takes longer is counted as given up."""

Row = tuple[str, str]
"""What kind of claim, and what became of it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bounds", type=int, default=ENOUGH, help="of either kind")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=cores())
    options = parser.parse_args()
    tally: Counter[Row] = Counter()
    complaints: list[str] = []
    for first in count(options.seed, BATCH):
        calls = [Call(outcomes, (seed,)) for seed in range(first, first + BATCH)]
        for answer in answers(calls, jobs=options.jobs, time_limit=SECONDS):
            found = [("all", "given up", "")] if answer.error is not None else answer.value
            for kind, outcome, complaint in found:
                tally[kind, outcome] += 1
                if complaint:
                    complaints.append(complaint)
                    print(complaint, flush=True)
        true = tally["true", "tried"]
        false = sum(number for (_, outcome), number in tally.items() if outcome == "tried") - true
        seeds = f"seeds to {first + BATCH}"
        print(f"{seeds}: {false} false and {true} true bounds, {len(complaints)} complaints", flush=True)
        if min(true, false) >= options.bounds:
            break
    print(*table(tally), *sorted(complaints), sep="\n")
    return 1 if complaints else 0


def table(tally: Counter[Row]) -> Iterator[str]:
    for kind, outcome in sorted(tally):
        yield f"{kind:20} {outcome:32} {tally[kind, outcome]:>6}"


if __name__ == "__main__":
    raise SystemExit(main())
