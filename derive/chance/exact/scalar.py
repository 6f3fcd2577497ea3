"""Means over one random number under a condition: integrals in balls, over the intervals in which it holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from flint import acb, arb

from derive.chance.exact.conditions import All, Any_, AtMostZero, Condition, Settled
from derive.chance.exact.laws import Source
from derive.chance.exact.numbers import is_zero
from derive.chance.exact.tail import condition_of
from derive.evaluate.balls import Balls
from derive.evaluate.complex_balls import ComplexBalls
from derive.evaluate.errors import EvaluationError, Unavailable
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evaluate.system import Array, array_of
from derive.language.chance import Expectation, RandomSymbol
from derive.language.tensor import Tensor

TOLERANCE = 2.0**-60

EVALUATIONS = 2000
"""Values of the integrand for one interval."""

MOST_ENTRIES = 16
"""Entries of an array whose means are taken one by one."""

Interval = tuple[arb, arb]


def expectation(node: Expectation, point: Point, balls: Balls) -> Array:
    """The mean under its condition, where that bounds one random number. Call it within ``balls.context()``.

    Raises:
        EvaluationError: there are several random numbers, the condition leaves an interval unbounded, or the operand is
            not analytic where it holds.
    """
    if node.event is None:
        raise Unavailable("a mean without a condition is taken in closed form")
    condition, sources, symbols = condition_of([node.operand, node.event], node.event, point, balls)
    if len(sources) != 1:
        raise Unavailable("a conditional mean over several random numbers")
    intervals = list(_intervals(condition, sources[0]))
    weight = _integrated(lambda z: acb(1), intervals, sources[0])
    if not weight > 0:
        raise Unavailable("the condition may have no probability")
    shape = tuple(axis.size(point.sizes) for axis in node.shape)
    places = list(np.ndindex(*shape))
    if len(places) > MOST_ENTRIES:
        raise Unavailable("a conditional mean of a large array")
    operand = _Operand(node.operand, symbols[0], point, balls.precision)
    means = [_integrated(lambda z, k=place: operand.at(z, k), intervals, sources[0]) / weight for place in places]
    return array_of(means, shape, object)


class _Operand:
    """The operand as a function of the random number, beside the real axis."""

    def __init__(self, operand: Tensor, symbol: RandomSymbol, point: Point, precision: int) -> None:
        self.operand, self.symbol, self.point = operand, symbol, point
        self.balls = ComplexBalls(precision)
        self.shape = tuple(axis.size(point.sizes) for axis in symbol.shape)

    def at(self, z: acb, place: tuple[int, ...]) -> acb:
        """No number where the operand is not analytic, or has no value."""
        scope = scope_at(self.point, self.balls).child(arrays={self.symbol.name: array_of([z], self.shape, object)})
        try:
            return acb(scope.value(self.operand)[place])
        except EvaluationError:
            return acb("nan")


def _integrated(function: Any, intervals: list[Interval], source: Source) -> arb:
    """The integral of ``function`` times the density of the law.

    Raises:
        Unavailable: it could not be enclosed.
    """
    total = arb(0)
    for low, high in intervals:
        integrand = _against(function, source)
        tolerance = arb(TOLERANCE)
        found = acb.integral(
            integrand, acb(low), acb(high), rel_tol=tolerance, abs_tol=tolerance, eval_limit=EVALUATIONS
        )
        total = total + found.real
    if not total.is_finite():
        raise Unavailable("a mean could not be enclosed")
    return total


def _against(function: Any, source: Source) -> Any:
    if source.kind == "gaussian":
        root = (2 * arb.pi()).sqrt()
        return lambda z, analytic: function(z) * (-z * z / 2).exp() / root
    low, high = source.parameters
    return lambda z, analytic: function(z) / (arb(high) - arb(low))


def _intervals(condition: Condition, source: Source) -> Iterator[Interval]:
    """Where the condition holds, between the places where it changes.

    Raises:
        Unavailable: that is unbounded, or the places cannot be told apart.
    """
    if source.kind not in ("gaussian", "uniform"):
        raise Unavailable(f"a conditional mean under the law {source.kind}")
    ends = list(_ends(condition))
    ends += [arb(end) for end in source.parameters]
    ends = _sorted(ends)
    outside = [ends[0] - 1, ends[-1] + 1] if ends else [arb(0)]
    if source.kind == "gaussian" and any(_holds(condition, x) for x in outside):
        raise Unavailable("a conditional mean over an unbounded interval")
    yield from (pair for pair in pairwise(ends) if _within(pair, source) and _holds(condition, (pair[0] + pair[1]) / 2))


def _within(pair: Interval, source: Source) -> bool:
    """Does the interval lie in that of the law?"""
    if source.kind == "gaussian":
        return True
    low, high = (arb(end) for end in source.parameters)
    middle = (pair[0] + pair[1]) / 2
    return bool(low <= middle) and bool(middle <= high)


def _sorted(ends: list[arb]) -> list[arb]:
    found: list[arb] = []
    for end in sorted(ends, key=lambda x: float(x.mid())):
        if found and is_zero(end - found[-1]):
            continue
        if found and not found[-1] < end:
            raise Unavailable("ends of intervals cannot be told apart")
        found.append(end)
    return found


def _ends(condition: Condition) -> Iterator[arb]:
    match condition:
        case All(parts=parts) | Any_(parts=parts):
            for part in parts:
                yield from _ends(part)
        case AtMostZero(polynomial=polynomial):
            slopes = list(polynomial.varying.items())
            if [len(monomial) for monomial, _ in slopes] != [1]:
                raise Unavailable("a condition on a square")
            yield arb(-polynomial.constant / slopes[0][1])
        case Settled(holds=None):
            raise Unavailable("a condition that cannot be told")


def _holds(condition: Condition, x: arb) -> bool:
    """Does the condition hold at ``x``? Between its ends that is certain."""
    match condition:
        case All(parts=parts):
            return all(_holds(part, x) for part in parts)
        case Any_(parts=parts):
            return any(_holds(part, x) for part in parts)
        case AtMostZero(polynomial=polynomial):
            [slope] = polynomial.varying.values()
            value = slope * x + polynomial.constant
            if not (value < 0 or value > 0):
                raise Unavailable("a condition that cannot be told")
            return bool(value < 0)
        case Settled(holds=holds):
            return bool(holds)
    raise Unavailable("a condition of no kind that is known")
