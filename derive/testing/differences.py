"""The reference where the function runs on balls: differences of its values in many digits, with an error bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from derive.estimate.line import Floats
from derive.evaluate.duals import Duals
from derive.evaluate.errors import AtKink
from derive.evaluate.generic.arithmetic import KinkInCode
from derive.evaluate.generic.jet import Jet
from derive.evaluate.system import Array, array_of
from derive.testing.runs import Runs


@dataclass(frozen=True)
class Level:
    """Bits of the balls, and bits of the steps for first and second derivatives."""

    precision: int
    first: int
    second: int


LEVELS = (Level(224, 56, 40), Level(640, 160, 110), Level(2400, 600, 420))
"""Tried in turn: next to a kink or the edge of a domain, or where the value is saturated, steps have to be smaller."""


@dataclass
class Differences:
    """Values in balls about ``point``. Use it within ``context()``."""

    runs: Runs
    point: Floats
    level: Level

    def __post_init__(self) -> None:
        self.numbers = array_of([arb(float(x)) for x in self.point.flat], self.point.shape, object)
        self._middle: Array | None = None

    def value(self, moved: Array) -> Array:
        """The value at a point of balls, flat."""
        return self.runs(moved).reshape(-1)

    def middle(self) -> Array:
        """The value at the point itself; ``ties`` are then the comparisons that are open there."""
        if self._middle is None:
            self._middle = self.value(self.numbers)
            self.middle_ties = list(self.runs.ties)
        return self._middle

    def slope(self, direction: Floats) -> Array:
        """The derivative along ``direction``.

        Raises:
            AtKink: the differences of the two sides do not approach each other.
        """
        middle, quotients, gaps = self.middle(), [], []
        for h in _steps(self.level.first):
            ahead, behind = self._at(direction, h), self._at(direction, -h)
            quotients.append((ahead - behind) / (2 * h))
            gaps.append((ahead + behind - 2 * middle) / h)
        self._smooth(gaps, Fraction(3, 4))  # they halve where the function is smooth
        return _extrapolated(*quotients)

    def curvature(self, direction: Floats) -> Array:
        """The second derivative along ``direction``.

        Raises:
            AtKink: the difference quotients do not settle.
        """
        middle, quotients = self.middle(), []
        for h in _steps(self.level.second):
            quotients.append((self._at(direction, h) + self._at(direction, -h) - 2 * middle) / (h * h))
        self._smooth(quotients, Fraction(3, 2))  # they double at a kink
        return _extrapolated(*quotients)

    def slope_by_duals(self, direction: Floats) -> Array:
        """The derivative along ``direction`` by dual numbers, which share no step with the differences."""
        if self.runs.straight:
            jets = [Jet(x, arb(float(v))) for x, v in zip(self.numbers.flat, direction.flat, strict=True)]
            values = self.runs.straight_value(array_of(jets, self.point.shape, object))
            if values is not None:
                slopes = [x.slope if isinstance(x, Jet) else arb(0) for x in values.flat]
                return array_of(slopes, (len(slopes),), object)
        return self._slope_by_watched_duals(direction)

    def _slope_by_watched_duals(self, direction: Floats) -> Array:
        duals = Duals(self.runs.system)
        seeds = [duals.seed(x, 0) if v else x for x, v in zip(self.numbers.flat, direction.flat, strict=True)]
        moved = [s._scaled(s.value, arb(float(v))) if v else s for s, v in zip(seeds, direction.flat, strict=True)]
        values = self.runs.watched(array_of(moved, self.point.shape, object), duals)
        slopes = [duals.split(x)[1].get(0, arb(0)) for x in values.flat]
        return array_of(slopes, (len(slopes),), object)

    def _at(self, direction: Floats, h: Any) -> Array:
        moved = self.numbers + np.asarray(direction, dtype=object) * h if self.point.ndim else None
        if moved is None:
            moved = array_of([self.numbers[()] + float(direction) * h], (), object)
        return self.value(moved)

    def _smooth(self, halved: Sequence[Array], least: Fraction) -> None:
        """Raise where what should vanish with the step, or settle, does not: at ``halved`` steps."""
        bound = arb(least.numerator) / least.denominator
        if any(abs(narrow) > abs(wide) * bound for wide, narrow in zip(*halved, strict=True)):
            raise KinkInCode(self.middle_ties[0]) if self.middle_ties else AtKink("the function")


def _steps(bits: int) -> Sequence[Any]:
    return arb(2) ** -bits, arb(2) ** -(bits + 1)


def _extrapolated(wide: Array, narrow: Array) -> Array:
    """Richardson's extrapolation of second-order quotients at h and h/2, with the change as the radius."""
    entries = [y - (x - y) / 3 + arb(0, 1) * (x - y).abs_upper() for x, y in zip(wide, narrow, strict=True)]
    return array_of(entries, (len(entries),), object)
