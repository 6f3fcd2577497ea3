"""Exponents of growth: least-squares slopes on logarithmic axes, with an interval from seed to seed.

Every seed has a slope of its own, that of the least-squares line through its logarithms. As a slope is linear in what
it is fitted to, their mean is the slope of the geometric means. The seeds being independent, the interval is Student's
for that mean: exact for slopes that are normal, and of any distribution right in the limit of many seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb, ctx, fmpq

from derive.evaluate.system import Array

CONFIDENCE = Fraction(19, 20)
"""Of the interval of a measured exponent."""

PRECISION = 64


@dataclass(frozen=True)
class Slope:
    """The slope and the intercept (of natural logarithms) of the geometric means, and the interval of the slope.

    The interval is missing where there is one seed only.
    """

    value: float
    intercept: float
    low: float | None
    high: float | None


def slope(sizes: Array, quantities: Array) -> Slope:
    """The exponent of ``quantities``, a row a seed and a column a size; all of them positive."""
    x, y = np.log(np.asarray(sizes, dtype=np.float64)), np.log(quantities)
    centred = x - x.mean()
    each = (y @ centred) / (centred @ centred)
    value, count = float(each.mean()), len(each)
    intercept = float(y.mean() - value * x.mean())
    if count < 2:
        return Slope(value, intercept, None, None)
    radius = student(count - 1, CONFIDENCE) * float(each.std(ddof=1)) / count**0.5
    return Slope(value, intercept, value - radius, value + radius)


def student(freedom: int, confidence: Fraction) -> float:
    """The t with ``Pr[|T| <= t] = confidence`` for Student's distribution, by bisection of its tail.

    ``Pr[|T| > t] = I_x(nu/2, 1/2)`` at ``x = nu / (nu + t^2)``, the regularised incomplete beta function
    (Abramowitz and Stegun 26.7.1).
    """
    with ctx.workprec(PRECISION):
        tail = 1 - arb(fmpq(confidence.numerator, confidence.denominator))
        low, high = 0.0, 1.0
        while _tail(high, freedom) > tail:
            low, high = high, 2 * high
        for _ in range(PRECISION):
            middle = (low + high) / 2
            low, high = (middle, high) if _tail(middle, freedom) > tail else (low, middle)
    return high


def _tail(t: float, freedom: int) -> arb:
    nu = arb(freedom)
    x = nu / (nu + arb(t) ** 2)
    return x.beta_lower(nu / 2, arb(1) / 2, regularized=True)
