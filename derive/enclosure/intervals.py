"""The number system of the search: intervals with ends in double precision, a whole batch of boxes at once.

A value encloses every number that the expression takes on the box *where it is defined*. Where a box reaches over a
pole, a kink, a jump or the edge of a domain, that box is noted in ``doubtful``: the enclosure holds, and nothing that
rests on continuity or derivatives does.

Exponentials, logarithms and the other functions of the C library are assumed to be wrong by at most ``LIBRARY_ULPS``
units in the last place, and are widened by that much. No certificate rests on it: leaves are examined again in balls.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from derive.enclosure.interval import Ends, Interval, down, point, up
from derive.evaluate.system import System

LIBRARY_ULPS = 4

_erf = np.frompyfunc(math.erf, 1, 1)


class Intervals(System):
    """Enclosures over ``boxes`` boxes."""

    name: ClassVar[str] = "intervals"

    def __init__(self, boxes: int) -> None:
        self.doubtful = np.zeros(boxes, dtype=bool)

    def _doubt(self, where: Any) -> None:
        self.doubtful |= where

    def rational(self, value: Fraction) -> Interval:
        nearest = np.float64(value.numerator / value.denominator)
        if Fraction(float(nearest)) == value:
            return point(nearest)
        return Interval(down(nearest), up(nearest))

    def constant(self, name: str) -> Interval:
        nearest = np.float64(math.pi if name == "pi" else math.e)
        return Interval(down(nearest), up(nearest))

    def exp(self, x: Interval) -> Interval:
        found = _monotone(np.exp, x)
        return Interval(np.maximum(found.lo, 0.0), found.hi)

    def log(self, x: Interval) -> Interval:
        self._doubt(x.lo <= 0)
        found = _monotone(np.log, Interval(np.maximum(x.lo, 0.0), np.maximum(x.hi, 0.0)))
        return Interval(np.where(x.lo <= 0, -np.inf, found.lo), found.hi)

    def atan(self, x: Interval) -> Interval:
        return _monotone(np.arctan, x)

    def erf(self, x: Interval) -> Interval:
        return _monotone(lambda ends: np.asarray(_erf(ends), dtype=np.float64), x)

    def tanh(self, x: Interval) -> Interval:
        found = _monotone(np.tanh, x)
        return Interval(np.maximum(found.lo, -1.0), np.minimum(found.hi, 1.0))

    def sin(self, x: Interval) -> Interval:
        return _wave(np.sin, x, math.pi / 2)

    def cos(self, x: Interval) -> Interval:
        return _wave(np.cos, x, 0.0)

    def absolute(self, x: Interval) -> Interval:
        return x.magnitude()

    def step(self, x: Interval) -> Interval:
        self._doubt((x.lo <= 0) & (x.hi >= 0))
        return self.kink(x)

    def kink(self, x: Interval) -> Interval:
        """A step that is the slope of something continuous, so that it raises no doubt."""
        return Interval(np.where(x.lo > 0, 1.0, 0.0), np.where(x.hi < 0, 0.0, 1.0))

    def largest(self, x: Interval, y: Interval) -> Interval:
        return Interval(np.maximum(x.lo, y.lo), np.maximum(x.hi, y.hi))

    def smallest(self, x: Interval, y: Interval) -> Interval:
        return Interval(np.minimum(x.lo, y.lo), np.minimum(x.hi, y.hi))

    def square(self, x: Interval) -> Interval:
        return _integer_power(x, 2)

    def power(self, base: Interval, exponent: Fraction) -> Interval:
        if exponent < 0:
            return self.divide(point(np.float64(1)), self.power(base, -exponent))
        if exponent.denominator == 1:
            return _integer_power(base, int(exponent))
        self._doubt(base.lo <= 0)
        inside = Interval(np.maximum(base.lo, 0.0), np.maximum(base.hi, 0.0))
        if exponent.denominator == 2:
            root = Interval(np.maximum(down(np.sqrt(inside.lo)), 0.0), up(np.sqrt(inside.hi)))
            return _integer_power(root, exponent.numerator)
        root = self.exp(self.log(inside) * self.rational(Fraction(1, exponent.denominator)))
        return _integer_power(root, exponent.numerator)

    def general_power(self, base: Interval, exponent: Interval) -> Interval:
        return self.exp(exponent * self.log(base))

    def divide(self, left: Interval, right: Interval) -> Interval:
        pole = np.asarray((right.lo <= 0) & (right.hi >= 0))
        self._doubt(pole)
        with np.errstate(all="ignore"):
            inverse = Interval(down(1.0 / right.hi), up(1.0 / right.lo))
        lo, hi = (np.where(pole, end, value) for end, value in ((-np.inf, inverse.lo), (np.inf, inverse.hi)))
        return left * Interval(lo, hi)

    def exact(self, x: Interval) -> Fraction | None:
        return Fraction(float(x.lo)) if x.is_point else None

    def may_be_zero(self, x: Interval) -> bool:
        return bool(np.any((x.lo <= 0) & (x.hi >= 0)))

    def certainly_less(self, x: Interval, y: Interval) -> bool:
        return bool(np.all(x.hi < y.lo))


def _monotone(function: Callable[[Ends], Ends], x: Interval) -> Interval:
    """An increasing function of the C library, widened by its assumed error."""
    with np.errstate(all="ignore"):
        lo, hi = function(x.lo), function(x.hi)
    for _ in range(LIBRARY_ULPS):
        lo, hi = down(lo), up(hi)
    return Interval(np.where(np.isnan(lo), -np.inf, lo), np.where(np.isnan(hi), np.inf, hi))


def _wave(function: Callable[[Ends], Ends], x: Interval, crest: float) -> Interval:
    """A function of period two pi that is 1 at ``crest`` and -1 half a period on.

    Whether an extremum lies inside is decided with a margin far above the rounding of its position; where that is not
    certain, it is taken to be inside.
    """
    with np.errstate(all="ignore"):
        ends = [function(x.lo), function(x.hi)]
    lo, hi = np.minimum(*ends), np.maximum(*ends)
    for _ in range(LIBRARY_ULPS):
        lo, hi = down(lo), up(hi)
    lo = np.where(_reaches(x, crest + math.pi), -1.0, np.maximum(lo, -1.0))
    hi = np.where(_reaches(x, crest), 1.0, np.minimum(hi, 1.0))
    return Interval(lo, hi)


def _reaches(x: Interval, place: float) -> Any:
    """May ``place`` plus a multiple of two pi lie in the interval?"""
    margin = 1e-12 * (1 + np.maximum(np.abs(x.lo), np.abs(x.hi)))
    period = 2 * math.pi
    with np.errstate(all="ignore"):
        next_one = np.ceil((x.lo - margin - place) / period) * period + place
    return ~(next_one > x.hi + margin)


def _integer_power(x: Interval, exponent: int) -> Interval:
    if exponent == 0:
        return point(np.float64(1))
    if exponent == 1:
        return x
    if exponent % 2:
        return x * _integer_power(x, exponent - 1)
    size = x.magnitude() if exponent == 2 else _integer_power(x, exponent // 2)
    if exponent % 4 and exponent > 2:
        size = size.magnitude()
    with np.errstate(over="ignore", under="ignore"):
        return Interval(np.maximum(down(size.lo * size.lo), 0.0), up(size.hi * size.hi))
