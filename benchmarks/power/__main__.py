"""How well derive and its peers tell right derivatives from wrong ones.

    python -m benchmarks.power [--quick] [--problems N] [--json FILE]

Fractions of the problems whose claimed derivative each checker's default rule accepted: 1.00 is wanted where it is
right and 0.00 where it is wrong. Peers that are not installed are named; ``benchmarks/requirements.txt`` lists them.
The exit code is 0 where derive's row reaches its aims.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from .aims import missed
from .columns import LARGE, PLAIN, TABLES
from .measure import Cells, measure
from .own import OWN
from .peers import PEERS
from .problems import SEED
from .rules import RULES
from .table import as_json, remarks, table, times

PROBLEMS, QUICK = 100, 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} problems a column, and derive's rows alone")
    parser.add_argument("--problems", type=int, default=None, help=f"problems a column (default {PROBLEMS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all counts and times there too")
    arguments = parser.parse_args()
    problems = arguments.problems or (QUICK if arguments.quick else PROBLEMS)
    checkers = OWN if arguments.quick else (*PEERS, *RULES, *OWN)
    groups = [group for _, part in TABLES for group in part]

    left_out = "; the peers are left out" if arguments.quick else ""
    print(f"{problems} problems a column, seed {SEED}{left_out}", flush=True)
    cells: Cells = {}
    for title, part in TABLES:
        cells |= measure(checkers, part, problems)
        print(*["", *table(title, part, checkers, cells), *remarks(part, checkers, cells)], sep="\n", flush=True)
    print(*["", *times((PLAIN, LARGE), checkers, cells)], sep="\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(as_json(checkers, groups, cells), indent=1) + "\n", encoding="utf-8")
    misses = list(missed(cells))
    print(*["", *misses], sep="\n") if misses else print("\nderive reaches its aims")
    return 1 if misses else 0


if __name__ == "__main__":
    raise SystemExit(main())
