"""Real intervals, many at once: every operation is rounded outwards after each single rounding.

An ``Interval`` holds two arrays of doubles, one number a box, or two bare doubles that stand for all boxes. Sums,
products, quotients and square roots are correctly rounded by IEEE 754, so that one step to the next double is enough.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Ends = Any
"""An array of doubles, or one double for all boxes."""


def down(x: Ends) -> Ends:
    """The next double below."""
    return np.nextafter(x, -np.inf)


def up(x: Ends) -> Ends:
    """The next double above."""
    return np.nextafter(x, np.inf)


class Interval:
    """``[lo, hi]`` for each box; an end may be infinite, and then the interval is unbounded there."""

    __slots__ = ("hi", "lo")
    __array_ufunc__ = None  # NumPy must leave the arithmetic to this class

    def __init__(self, lo: Ends, hi: Ends) -> None:
        self.lo = lo
        self.hi = hi

    @property
    def is_point(self) -> bool:
        """Is it one and the same double for all boxes?"""
        return self.lo is self.hi and np.ndim(self.lo) == 0

    def __add__(self, other: Interval) -> Interval:
        return Interval(_below(self.lo + other.lo), _above(self.hi + other.hi))

    def __neg__(self) -> Interval:
        if self.is_point:
            return point(-self.lo)
        return Interval(-self.hi, -self.lo)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_below(self.lo - other.hi), _above(self.hi - other.lo))

    def __mul__(self, other: Interval) -> Interval:
        if self.is_point:
            return other.scaled(self.lo)
        if other.is_point:
            return self.scaled(other.lo)
        lo, hi = _products(self, other)
        if np.isnan(lo).any():
            lo, hi = (np.where(np.isnan(end), bound, end) for end, bound in ((lo, -np.inf), (hi, np.inf)))
        signed = ((self.lo >= 0) & (other.lo >= 0)) | ((self.hi <= 0) & (other.hi <= 0))
        return Interval(np.where(signed, np.maximum(down(lo), 0.0), down(lo)), up(hi))

    def scaled(self, factor: Any) -> Interval:
        """The product with one double."""
        if factor == 0:
            return point(np.float64(0))
        ends = (self.lo * factor, self.hi * factor) if factor > 0 else (self.hi * factor, self.lo * factor)
        if factor in (1, -1):
            return Interval(*ends)
        return Interval(down(ends[0]), up(ends[1]))

    def magnitude(self) -> Interval:
        """The absolute value."""
        inside = (self.lo <= 0) & (self.hi >= 0)
        least = np.where(inside, 0.0, np.minimum(np.abs(self.lo), np.abs(self.hi)))
        return Interval(least, np.maximum(np.abs(self.lo), np.abs(self.hi)))

    def hull(self, other: Interval) -> Interval:
        """The smallest interval around both."""
        return Interval(np.minimum(self.lo, other.lo), np.maximum(self.hi, other.hi))


def point(value: Any) -> Interval:
    """One double."""
    return Interval(value, value)


def _below(total: Ends) -> Ends:
    """A sum that rounds to zero is zero, so that it needs no widening."""
    return np.where(total == 0, total, down(total))


def _above(total: Ends) -> Ends:
    return np.where(total == 0, total, up(total))


def _products(x: Interval, y: Interval) -> tuple[Ends, Ends]:
    """The least and the largest product of ends; not a number where zero meets infinity."""
    with np.errstate(invalid="ignore", over="ignore", under="ignore"):
        first, second, third, fourth = x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi
    least = np.minimum(np.minimum(first, second), np.minimum(third, fourth))
    return least, np.maximum(np.maximum(first, second), np.maximum(third, fourth))
