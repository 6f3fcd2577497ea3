"""The sides do not scale alike: where they are not zero, the relation cannot hold at all scales.

With degrees p and q of the sides, ``t**p * L <= t**q * R`` fails for large or for small t, unless L <= 0 <= R.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import numpy as np
from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.system import Array
from derive.lint.scaling.scalings import Scaling, scalings
from derive.lint.subject import Examined
from derive.obligation import Obligation
from derive.record import Verdict

INSTANCES = 4
"""Instances at which it is seen whether the sides have the signs that a relation of unlike degrees needs."""


def examine(examined: Examined) -> Iterator[str]:
    """The first scaling at which each relation must fail; a claim that holds has none."""
    if examined.judgement.verdict not in (Verdict.REFUTED, Verdict.SUPPORTED, Verdict.UNDECIDED):
        return
    refuted = examined.refuted
    for obligation, drawn in zip(examined.obligations, examined.drawn, strict=True):
        uneven = [scaling for scaling in scalings(obligation) if not scaling.even]
        if not uneven:
            continue
        points = [instance.point for instance in drawn.found[:INSTANCES]]
        known = refuted is not None and refuted[0] is obligation
        if known or any(_fails_somewhere(obligation, point) for point in points):
            yield _told(examined, obligation, min(uneven, key=lambda scaling: len(scaling.weights)))


def _told(examined: Examined, obligation: Obligation, scaling: Scaling) -> str:
    turned = examined.as_written(obligation)[0] is not obligation.left
    left, right = (scaling.right, scaling.left) if turned else (scaling.left, scaling.right)
    return f"not homogeneous in {_scaled(scaling.weights)}: left degree {left}, right degree {right}"


def _scaled(weights: Mapping[str, Fraction]) -> str:
    """``x``, ``A and R``, or which powers of t scale the symbols where they are not alike."""
    names = list(weights)
    if set(weights.values()) == {Fraction(1)}:
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} together"
    powers = {name: f"t**{weight}" if weight > 0 else f"t**({weight})" for name, weight in weights.items()}
    return ", ".join(f"{name} -> {power.removesuffix('**1')}*{name}" for name, power in powers.items())


def _fails_somewhere(obligation: Obligation, point: Point) -> bool:
    """Do the sides certainly lack the signs ``L <= 0 <= R``, or are they not both zero in an identity?"""
    balls = Balls()
    try:
        with balls.context():
            scope = scope_at(point, balls)
            left, right = scope.value(obligation.left), scope.value(obligation.right)
            return _signed_wrong(obligation.sign, left, right)
    except EvaluationError:
        return False


def _signed_wrong(sign: str, left: Array, right: Array) -> bool:
    if sign == "<<":  # a positive trace has a direction in which the form is positive
        return bool(_trace(left) > 0 or _trace(right) < 0)
    left, right = np.broadcast_arrays(left, right)
    if sign == "==":
        return any(not x.contains(0) for x in (*left.flat, *right.flat))
    return any(x > 0 for x in left.flat) or any(x < 0 for x in right.flat)


def _trace(side: Array) -> arb:
    """The trace of a matrix; of a scalar, which stands for that multiple of the identity, itself."""
    return sum((side[k, k] for k in range(side.shape[0])), start=arb(0)) if side.ndim else side.item()
