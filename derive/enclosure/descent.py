"""A point of the domain where the goal's numbers are small: a pattern search in doubles, from where a search has been.

It proves nothing: what it finds is evaluated exactly by those who use it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np

from derive.enclosure.boxes import at_points
from derive.enclosure.definite import Doubles
from derive.enclosure.problem import Problem

FINEST = 26
"""The last step is two to the minus this."""

MOST_STEPS = 200

Lowest = tuple[float, tuple[Fraction, ...]]


def descend(problem: Problem, start: Lowest) -> Lowest:
    """A point near ``start`` at which the goal's smallest number is no larger, and that number, about."""
    value, here = start[0], np.array([float(t) for t in start[1]])
    steps = _directions(problem.dimension)
    exponent = 4
    for _ in range(MOST_STEPS if len(steps) else 0):
        if exponent > FINEST:
            break
        around = np.clip(here + steps * 2.0**-exponent, 0.0, 1.0)
        values = at_points(problem, around)
        best = int(np.argmin(values))
        if values[best] < value:
            value, here = float(values[best]), around[best]
        else:
            exponent += 1
    return value, tuple(Fraction(float(t)) for t in here)


def _directions(dimension: int) -> Doubles:
    """Along each axis, and along each pair of axes, both ways."""
    rows = [row for row in product((-1.0, 0.0, 1.0), repeat=dimension) if 0 < sum(map(abs, row)) <= 2]
    return np.array(rows)
