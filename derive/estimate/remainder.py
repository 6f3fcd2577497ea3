"""What is left of a function on a line after a claimed expansion, at shrinking steps: the slope on logarithmic axes.

The remainder of an expansion that is right up to order p shrinks like ``t^(p+1)``, or faster where the next derivative
vanishes; one that is wrong in order q <= p shrinks like ``t^q`` only. The values are balls, so that no rounding bends
the line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb

STEPS = tuple(Fraction(1, 4**k) for k in range(2, 11))
"""From 2^-4 to 2^-20."""

ASYMPTOTIC = 5
"""Of the smallest steps the slope is fitted to so many."""


@dataclass(frozen=True)
class Remainder:
    """The remainder beyond ``order``: ``sizes[k]``, the largest of the outputs, at the step ``steps[k]``.

    ``slope`` is fitted to the logarithms at the smallest steps; None where the remainder is zero as far as can be told:
    the function is a polynomial of that order.
    """

    order: int
    steps: tuple[float, ...]
    sizes: tuple[float, ...]
    slope: float | None


def remainder(values: Callable[[Any], Sequence[Any]], coefficients: Sequence[Sequence[Any]]) -> Remainder:
    """The remainder of ``values(t)`` after ``sum_k coefficients[k] t^k / k!``, both balls, one for each output.

    ``coefficients[0]`` is the value at zero, ``coefficients[1]`` the claimed directional derivative, and so on.
    """
    steps, sizes = [], []
    for step in STEPS:
        t = arb(step.numerator) / step.denominator
        terms = [t**k / math.factorial(k) for k in range(len(coefficients))]
        expansion = [sum(c * p for c, p in zip(row, terms, strict=True)) for row in zip(*coefficients, strict=True)]
        left = [value - claimed for value, claimed in zip(values(t), expansion, strict=True)]
        known = [abs(float(ball.mid())) for ball in left if not ball.contains(0)]
        steps.append(float(step))
        sizes.append(max(known, default=0.0))
    return Remainder(len(coefficients) - 1, tuple(steps), tuple(sizes), slope(steps, sizes))


def slope(steps: Sequence[float], sizes: Sequence[float]) -> float | None:
    """The slope of the line through the logarithms at the smallest steps (least squares); None without a remainder."""
    points = [(math.log(t), math.log(size)) for t, size in zip(steps, sizes, strict=True) if size > 0][-ASYMPTOTIC:]
    if len(points) < ASYMPTOTIC:
        return None
    x0, y0 = (math.fsum(axis) / len(points) for axis in zip(*points, strict=True))
    across = math.fsum((x - x0) ** 2 for x, _ in points)
    return math.fsum((x - x0) * (y - y0) for x, y in points) / across
