"""Method: limits from both sides of a kink, by numbers next to a point (``evaluate/germs.py``).

What it refutes: that an expression extends to a continuous function of a variable, or has a Lipschitz constant. At an
instance moved onto a kink, along a direction that crosses it, both limits are computed exactly, or in balls, with
derivatives by dual numbers over the numbers next to the point; where they differ neither can hold. How it fails: a
discontinuity without a kink (a quotient that is unbounded), a kink that no symbol reaches in rationals, growth without
a jump.
"""

from __future__ import annotations

import time
from itertools import islice

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evidence.evidence import Evidence, Inapplicable, Witness
from derive.evidence.witness.verification import admitted, verify
from derive.instances.at_kinks import at_kinks
from derive.instances.drawn import Drawn
from derive.language.one_sided import Jump
from derive.obligation import Obligation

METHOD = "one-sided limits"

INSTANCES, KINKS = 16, 64
"""Instances that are moved onto kinks, and points on kinks that are looked at."""

PRECISION = 128


def examine(obligation: Obligation, drawn: Drawn) -> Evidence | Inapplicable:
    """Look for a kink at which the limits from both sides differ."""
    start = time.perf_counter()
    jump = obligation.left
    if not isinstance(jump, Jump):
        return Inapplicable(METHOD, "the claim does not speak of a jump", telling=False)
    points = (found for instance in islice(drawn, INSTANCES) for found in at_kinks(jump, instance.point))
    kept: list[Point] = []
    for point in islice(points, KINKS):
        witness = verify(obligation, point)
        if witness is not None:
            return _refutation(drawn, point, witness, start)
        if admitted(obligation, point) and _has_limits(jump, point):
            kept.append(point)
    seconds = time.perf_counter() - start
    if not kept:
        return Evidence(METHOD, "inconclusive", note="no kink was found at which both limits exist", seconds=seconds)
    note = f"the limits from both sides agree at {len(kept)} points on kinks"
    sizes = tuple({str(dict(p.sizes)): p.sizes for p in kept}.values())
    return Evidence(METHOD, "support", "balls", note, drawn.seed, sizes, kept=len(kept), seconds=seconds)


def _refutation(drawn: Drawn, point: Point, witness: Witness, start: float) -> Evidence:
    note = "the limits from both sides of a kink differ"
    seconds = time.perf_counter() - start
    return Evidence(
        METHOD,
        "refutation",
        witness.arithmetic,
        note,
        drawn.seed,
        (point.sizes,),
        kept=1,
        witness=witness,
        seconds=seconds,
    )


def _has_limits(jump: Jump, point: Point) -> bool:
    """Is there no jump, as far as balls tell?"""
    try:
        balls = Balls(PRECISION)
        with balls.context():
            return bool(evaluate(jump, point, balls).item().contains(0))
    except EvaluationError:
        return False
