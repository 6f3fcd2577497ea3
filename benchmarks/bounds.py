"""Bounds, enclosures and attacks: how quick they are, and how far apart the constants of the papers are from the truth.

    python -m benchmarks.bounds [--results FILE]

Boxes a second of the enclosure beside a plain loop in python-flint, in one run; the eigenvalues of softmax regression
certified for n = 2, 3, 4; the Lipschitz constant of its Hessian attacked for n = 2, ..., 6; and, of a results file of
`derive report`, the constants that papers claim beside what was derived and what the worst instance reaches. The exit
code is 0 where the enclosure and the attack reach their aims.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
from flint import arb, arb_mat, ctx

from derive.bracket.bracket import bracket
from derive.enclosure.boxes import examine
from derive.enclosure.cases import cases
from derive.enclosure.code import Code
from derive.enclosure.definite import Doubles, middles, positive_definite
from derive.enclosure.enclose import enclose
from derive.enclosure.extreme import ends
from derive.enclosure.interval import Interval
from derive.enclosure.intervals import Intervals
from derive.enclosure.problem import Problem, problem
from derive.enclosure.readings import reading
from derive.evidence import attack
from derive.evidence.evidence import Evidence
from derive.instances.drawn import Drawn
from derive.instances.patterns import symbols
from derive.language import api as dv
from derive.language.tensor import Tensor
from derive.obligation import Obligation
from derive.record import BracketRecord, SampleRecord, read

LEAST, LARGEST = -0.241, 0.309
"""Constants that hold of the smallest and the largest eigenvalue, each within 0.001 of the truth."""

NEAR = 1e-3
SECONDS = 10.0
"""What the eigenvalues of all sizes may take together, and what the attacks of all sizes may."""

CONSTANT = 0.5714
"""The largest multiple of ``||A||^3`` that the Hessian's Lipschitz constant is known to reach."""

SHARE = 0.99
"""The part of it that every attack has to reach."""

BATCH, PLAIN = 20_000, 2_000
"""Boxes of a batch, and boxes of the plain loop."""

WIDTH = 0.05
"""Of a box, in both directions of the simplex."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, help="results.json of a report; without it no papers are listed")
    options = parser.parse_args()
    print(*speeds(), sep="\n")
    reached = [row for rows in (eigenvalues(), lipschitz()) for row in _printed(rows)]
    if options.results:
        print(f"\n{'claimed over':36}{'worst found':>16}{'derived':>16}   at", *papers(options.results), sep="\n")
    return 0 if all(reached) else 1


def _printed(rows: Iterator[tuple[str, bool]]) -> Iterator[bool]:
    for text, good in rows:
        print(text if good else f"{text}   MISSED", flush=True)
        yield good


def core(f: Tensor, b: Tensor) -> Tensor:
    """``B``: the Hessian of ``||softmax(A x) - b||^2/2`` is ``A^T B A`` at ``f = softmax(A x)``."""
    J = dv.diag(f) - dv.outer(f, f)
    g = f * (f - b) - (f @ (f - b)) * f
    return J @ J + dv.diag(g) - dv.outer(g, f) - dv.outer(f, g)


def eigenvalue_claims(n: int) -> Iterator[Obligation]:
    f, b = dv.vector("f", n, nonnegative=True), dv.vector("b", n)
    B = core(f, b)
    given = (f.sum() == 1, dv.norm(b, 1) <= 1)
    yield Obligation(f"smallest eigenvalue, n = {n}", "<<", LEAST * dv.eye(n), B, given)
    yield Obligation(f"largest eigenvalue, n = {n}", "<<", B, LARGEST * dv.eye(n), given)


def eigenvalues() -> Iterator[tuple[str, bool]]:
    """The extreme eigenvalues enclosed, a line each, and what they took together."""
    yield f"\n{'enclosed':28}{'from':>12}{'to':>12}{'boxes':>10}{'leaves':>9}{'seconds':>9}", True
    total = 0.0
    for n in (2, 3, 4):
        for claim in eigenvalue_claims(n):
            start = time.process_time()
            found = enclose(claim)
            seconds = time.process_time() - start
            total += seconds
            low, high = ends(found.reading, found.tried, found.gap)
            certified = bool(found.sizes) and not found.reason
            near = certified and low is not None and high is not None and high - low <= NEAR
            shown = "".join(f"{'-' if end is None else f'{float(end):.6f}':>12}" for end in (low, high))
            yield f"{claim.id:28}{shown}{found.boxes:>10}{found.leaves:>9}{seconds:>9.2f}", near
    yield f"{'together':28}{'':43}{total:>9.2f}", total <= SECONDS


def lipschitz() -> Iterator[tuple[str, bool]]:
    """The worst ``||H(x) - H(y)|| / (||A||^3 ||x - y||)`` that an attack finds and balls verify, by the size n."""
    yield f"\n{'Hessian-Lipschitz, attacked':28}{'reached':>12}{'seconds':>41}", True
    total = 0.0
    for n in range(2, 7):
        claim = lipschitz_claim(n)
        start = time.process_time()
        found = attack.examine(claim, Drawn(claim, 0))
        seconds = time.process_time() - start
        total += seconds
        record = bracket(claim, [found]) if isinstance(found, Evidence) else None
        number = _constant_reached(record.samples[0]) if record is not None and record.samples else 0.0
        yield f"{claim.id:28}{number:>12.5f}{seconds:>41.2f}", number >= SHARE * CONSTANT
    yield f"{'together':28}{'':43}{total:>9.2f}", total <= SECONDS


def _constant_reached(sample: SampleRecord) -> float:
    """What is reached as a multiple of ``||A||^3``."""
    return float(sample.numbers.get("attack_lower", "0")) / float(sample.numbers["claimed"])


def lipschitz_claim(n: int) -> Obligation:
    d = dv.dims("d")
    A, x, y, b = dv.matrix("A", n, d), dv.vector("x", d), dv.vector("y", d), dv.vector("b", n)
    H = dv.hessian(dv.norm(dv.softmax(A @ x) - b) ** 2 / 2, x)
    larger = dv.opnorm(A) ** 3 * dv.norm(x - y)
    return Obligation(f"n = {n}", "<=", dv.opnorm(H - dv.subs(H, x, y)), larger, (b >= 0, dv.norm(b, 1) <= 1))


def speeds() -> Iterator[str]:
    """Boxes a second, at n = 3 and b = (1, 0, 0), in a plain loop and in batches.

    All are of the same boxes. Beside the matrix and its pivots the search asks for the mean value form, whether a box
    lies outside, and where to cut it.
    """
    case = _case()
    low = np.random.Generator(np.random.PCG64(0)).uniform(0, 1 - WIDTH, (BATCH, case.dimension))
    plain, natural, whole = (_per_second(work, case, low) for work in (_plain, _natural, _whole))
    yield f"{'boxes a second':40}{'':>9}"
    yield f"{'python-flint, a plain loop: pivots':40}{plain:>9.0f}"
    yield f"{'derive, intervals in batches: pivots':40}{natural:>9.0f}"
    yield f"{'derive, all that the search asks':40}{whole:>9.0f}"


def _per_second(work: Callable[[Problem, Doubles], int], case: Problem, low: Doubles) -> float:
    start = time.process_time()
    count = work(case, low)
    return count / (time.process_time() - start)


def _plain(case: Problem, low: Doubles) -> int:
    del case
    with ctx.workprec(53):
        for corner in low[:PLAIN]:
            definite(*(arb((float(end) + WIDTH / 2) / 2, WIDTH / 4) for end in corner))
    return PLAIN


def _natural(case: Problem, low: Doubles) -> int:
    arguments = [Interval(low[:, k], low[:, k] + WIDTH) for k in range(low.shape[1])]
    numbers = Code(case.values, Intervals(BATCH)).run(arguments)
    middle, radius = middles(numbers, (BATCH, case.entries))
    positive_definite(*(part.reshape(BATCH, case.size, case.size) for part in (middle, radius)))
    return BATCH


def _whole(case: Problem, low: Doubles) -> int:
    examine(case, low, low + WIDTH)
    return BATCH


def _case() -> Problem:
    """The first case of the smallest eigenvalue at n = 3: two dimensions of the simplex, b at a vertex."""
    claim = next(eigenvalue_claims(3))
    found = reading(claim)
    goal = found.goals[0]
    first = cases([goal], found.watched, found.given, {}, {}).cases[0]
    return problem(goal, found.watched, found.given, symbols(goal.gap, *found.watched), first)


def definite(p: arb, q: arb) -> bool:
    """Is ``B - LEAST I`` certainly positive definite at f = (p, q, 1 - p - q) and b = (1, 0, 0)? By its pivots."""
    f = [p, q, 1 - p - q]
    c = [f[0] - 1, f[1], f[2]]
    inner = sum((x * y for x, y in zip(f, c, strict=True)), arb(0))
    g = [x * y - inner * x for x, y in zip(f, c, strict=True)]
    J = arb_mat([[(f[i] if i == j else 0) - f[i] * f[j] for j in range(3)] for i in range(3)])
    square = J * J
    rows = [[square[i, j] - g[i] * f[j] - f[i] * g[j] for j in range(3)] for i in range(3)]
    for i in range(3):
        rows[i][i] += g[i] - LEAST
    for k in range(3):
        if not rows[k][k] > 0:
            return False
        for i in range(k + 1, 3):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
    return True


def papers(results: Path) -> Iterator[str]:
    """The claims that have a bracket, the loosest first."""
    rows = []
    for paper in read(results).papers:
        for claim in paper.claims:
            if claim.bracket is not None:
                rows += [(claim.id, *row) for row in _ratios(claim.bracket)]
    for name, worst, derived, place in sorted(rows, key=lambda row: (-max(filter(None, (0, *row[1:3]))), row[0])):
        yield f"{name:36}{_shown(worst):>16}{_shown(derived):>16}   {place}"


def _ratios(found: BracketRecord) -> Iterator[tuple[Decimal | None, Decimal | None, str]]:
    """The claimed constant over the worst case found and over the derived bound, at each choice of parameters."""
    worst, derived = ("attack_upper", "derived_lower") if found.below else ("attack_lower", "derived_upper")
    for sample in found.samples:
        numbers = {key: Decimal(number) for key, number in sample.numbers.items()}
        over = [numbers.get(key) for key in (worst, derived)]
        ratios = [numbers["claimed"] / other if other else None for other in over]
        yield ratios[0], ratios[1], sample.place


def _shown(ratio: Decimal | None) -> str:
    return "-" if ratio is None else f"{ratio:.4g}"


if __name__ == "__main__":
    raise SystemExit(main())
