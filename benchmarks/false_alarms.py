"""Whether the numeric methods ever call a true claim false, over at least 10,000 instances.

    python -m benchmarks.false_alarms [--instances N] [--seed N]

The true claims are those of the catalogue, the true twins of the planted errors, and the true identities of
``tests/claims``. Each is examined by every numeric method alone, with one seed after the other, until enough instances
were compared. A line a method: claims to which it applied, instances compared, those left out since they lie outside
the domain, false alarms, and how often it raised. The exit code is 0 where it did neither.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from derive.evidence.evidence import Evidence, Failure
from derive.instances.drawn import Drawn
from derive.judge import examined, numeric_methods
from derive.language.load import load
from derive.language.paper import Claim
from derive.obligation import Obligation, obligations
from tests.planted.table import ROWS, claim

ROOT = Path(__file__).parents[1]
ENOUGH = 10_000
COLUMNS = ("claims", "compared", "left out", "false alarms", "raised")

Tally = Counter[tuple[str, str]]
"""How often, by method and by what is counted."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--instances", type=int, default=ENOUGH)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    claims = list(true_claims())
    tally: Tally = Counter()
    complaints: list[str] = []
    instances = 0
    for seed in count(options.seed):
        for each in claims:
            for obligation in obligations(each):
                instances += compared(obligation, seed, tally, complaints)
        print(
            f"seed {seed}: {len(claims)} true claims, {instances} instances so far, {len(complaints)} complaints",
            flush=True,
        )
        if instances >= options.instances:
            break
    print(*table(tally), *complaints, sep="\n")
    return 1 if complaints else 0


def true_claims() -> Iterator[Claim]:
    """The claims that are true, with an identity or a bound to compare."""
    for path in sorted((ROOT / "checks").glob("*.py")):
        for paper in load(path):
            yield from (each for each in paper.claims if each.relations and each.expect is None)
    for row in ROWS:
        yield claim(row, "true")
    folder = ROOT / "tests" / "claims"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.toml")):
        for paper in load(path):
            yield from (each for each in paper.claims if truth[each.id]["truth"])


def compared(obligation: Obligation, seed: int, tally: Tally, complaints: list[str]) -> int:
    """Examine an obligation by each method, enter what it found, and return the most instances that one compared."""
    drawn = Drawn(obligation, seed)
    most = 0
    for name, method in numeric_methods():
        found = examined(name, method, obligation, drawn)
        if isinstance(found, Failure):
            tally[name, "raised"] += 1
            complaints.append(f"{obligation.id}, seed {seed}: {name} raised {found.error}")
        if not isinstance(found, Evidence):
            continue
        tally[name, "claims"] += 1
        tally[name, "compared"] += found.kept
        tally[name, "left out"] += found.non_finite
        most = max(most, found.kept)
        if found.outcome == "refutation":
            tally[name, "false alarms"] += 1
            complaints.append(f"{obligation.id}, seed {seed}: {name} refutes it at {found.witness}")
    return most


def table(tally: Tally) -> Iterator[str]:
    yield f"{'method':30}" + "".join(f"{column:>13}" for column in COLUMNS)
    for name in sorted({name for name, _ in tally}):
        yield f"{name:30}" + "".join(f"{tally[name, column]:>13}" for column in COLUMNS)


if __name__ == "__main__":
    raise SystemExit(main())
