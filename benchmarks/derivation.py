"""How long derive takes to derive and to decide, beside its peers, in one run.

    python benchmarks/derivation.py [--repeats N]

Gradients and Hessians of the catalogue's models are derived with symbolic dimensions: by derive, by SymPy's Sum and
IndexedBase, and by tensorgrad where that is installed. Then every identity of the catalogue is decided by its
normal form. Times are medians of processor time in milliseconds; ``first`` is the first time in the process, after
the imports.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import peers
from models import MODELS, Model

from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.calculus.lower import lower_together
from derive.language.load import load
from derive.language.paper import Claim
from derive.language.tensor import Tensor

CHECKS = Path(__file__).parents[1] / "checks"

DERIVATIVE_LIMIT = 50.0
DECISION_LIMIT = 20.0
RATIO_LIMIT = 10.0
SLOW = 2000.0
"""Milliseconds beyond which a peer is timed once."""


@dataclass(frozen=True)
class Timing:
    """Milliseconds: of the first run, and the median of all."""

    first: float
    median: float


def timed(work: Callable[[], object], repeats: int) -> Timing:
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return Timing(times[0], statistics.median(times))


def normal_form(expression: Tensor) -> object:
    return lower_together([expression])


def derivatives(repeats: int) -> Iterator[tuple[str, bool]]:
    """A line a derivative, and whether it reaches the aim."""
    yield (
        f"{'derivative':34} {'derive':>9} {'first':>9} {'SymPy':>9} {'ratio':>7} {'tensorgrad':>11} {'ratio':>7}",
        True,
    )
    for model in MODELS:
        for order, expression in (("gradient", model.gradient), ("Hessian", model.hessian)):
            own = timed(lambda expression=expression: normal_form(expression), repeats)
            others = [peer_time(peer, model, order) for peer in (peers.sympy_derivative, peers.tensorgrad_derivative)]
            shown = " ".join(_peer_column(ms, own, width) for ms, width in zip(others, (9, 11), strict=True))
            reached = own.first <= DERIVATIVE_LIMIT and all(ms / own.median >= RATIO_LIMIT for ms in others if ms)
            yield f"{model.name + ', ' + order:34} {own.median:>9.2f} {own.first:>9.2f} {shown}", reached


def _peer_column(milliseconds: float | None, own: Timing, width: int) -> str:
    if milliseconds is None:
        return f"{'-':>{width}} {'-':>7}"
    return f"{milliseconds:>{width}.1f} {milliseconds / own.median:>7.0f}"


def peer_time(peer: Callable[[str, str], Callable[[], object]], model: Model, order: str) -> float | None:
    """Milliseconds, the median of three runs, or one run of seconds; None where the peer is not installed."""
    try:
        first = timed(peer(model.name, order), 1).median
        others = [timed(peer(model.name, order), 1).median for _ in range(2)] if first < SLOW else []
    except ImportError:
        return None
    return statistics.median([first, *others])


def identities() -> list[Claim]:
    found = [claim for file in sorted(CHECKS.glob("*.py")) for paper in load(file) for claim in paper.claims]
    return [claim for claim in found if claim.relations and all(r.sign == "==" for r in claim.relations)]


def decided(claim: Claim) -> None:
    for relation in claim.relations:
        difference(relation.left, relation.right, claim.given)


def decisions(repeats: int) -> Iterator[tuple[str, bool]]:
    times = {}
    for claim in identities():
        try:
            times[claim.id] = timed(lambda claim=claim: decided(claim), repeats)
        except Undecidable as error:
            yield f"{claim.id}: not decided by its normal form: {error}", claim.expect == "ill-posed"
    medians = sorted(timing.median for timing in times.values())
    slowest = max(times, key=lambda name: times[name].median)
    median = statistics.median(medians)
    yield (
        f"identities decided: {len(times)}; median {median:.2f} ms, slowest {times[slowest].median:.1f} ms ({slowest})",
        median <= DECISION_LIMIT,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    reached = True
    for lines in (derivatives(repeats), decisions(repeats)):
        for line, fine in lines:
            print(line if fine else f"{line}   MISSES ITS AIM", flush=True)
            reached = reached and fine
    aims = f"{DERIVATIVE_LIMIT:g} ms a derivative, {DECISION_LIMIT:g} ms a decision (median)"
    print(f"aims: {aims}, {RATIO_LIMIT:g} times faster than a peer")
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
