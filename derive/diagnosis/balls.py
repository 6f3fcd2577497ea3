"""Arrays of numbers with error bars: midpoint and radius (FLINT's balls), whatever the entries came as."""

from __future__ import annotations

from contextlib import AbstractContextManager
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from flint import arb, ctx, fmpq

PRECISION = 512
"""Bits in which a diagnosis computes: what it adds to the error bars of its input is far below them."""

Array = npt.NDArray[Any]


def arithmetic() -> AbstractContextManager[Any]:
    """Holds FLINT's precision, which is global, at ``PRECISION`` for one computation."""
    return ctx.workprec(PRECISION)


def balls(values: Any, error: Any = 0) -> Array:
    """``values`` as balls, each entry's radius widened by ``error`` (broadcast; absolute).

    Entries may be ints, floats, Fractions, mpmath or FLINT numbers. A float stands for exactly the number that it is.
    """
    array = np.asarray(values, dtype=object)
    radii = np.broadcast_to(np.asarray(error, dtype=object), array.shape)
    found = np.empty(array.shape, dtype=object)
    for place in np.ndindex(array.shape):
        found[place] = _ball(array[place], radii[place])
    return found


def _ball(value: Any, radius: Any) -> Any:
    if isinstance(value, Fraction):
        value = fmpq(value.numerator, value.denominator)
    elif isinstance(value, (np.integer, np.bool_)):
        value = int(value)
    elif isinstance(value, np.floating):
        value = float(value)
    centre = arb(value)
    width = float(radius)
    return centre + arb(0, width) if width else centre


def may_vanish(array: Array) -> npt.NDArray[np.bool_]:
    """For each entry, whether zero lies within its error bar."""
    array = np.asarray(array, dtype=object)
    return np.array([bool(x.contains(0)) for x in array.flat], dtype=bool).reshape(array.shape)


def vanishes(array: Array) -> bool:
    """Whether zero lies within the error bar of every entry."""
    return all(x.contains(0) for x in np.asarray(array, dtype=object).flat)


def same(left: Array, right: Array) -> bool:
    """Whether two arrays are of one shape and equal within their error bars."""
    return left.shape == right.shape and vanishes(left - right)


def dot(left: Array, right: Array) -> Any:
    """The sum of the products of entries."""
    return sum((x * y for x, y in zip(left.flat, right.flat, strict=True)), arb(0))


def middle(ball: Any) -> float:
    """The midpoint as a float."""
    return float(ball.mid())


def finite(*arrays: Array) -> bool:
    """Whether every entry is a number with a finite error bar."""
    return all(x.is_finite() for array in arrays for x in array.flat)
