"""Repairs of bounds that are homogeneous in a symbol: it is shrunk into a ball, or grown out of one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import flint
import numpy as np

from derive.instances import rational
from derive.instances.admission import bounds, exact
from derive.instances.draft import Draft
from derive.instances.patterns import part
from derive.instances.rational import Array
from derive.instances.repair import EDGE, INSIDE
from derive.instances.spheres import of_norm
from derive.language.arrays import Norm, Spectral
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

INWARD = (Fraction(1, 2), Fraction(1, 10), Fraction(9, 10))
"""How far inside a bound an instance is put that was outside, as a part of the bound."""


@dataclass(frozen=True)
class Scale:
    """``expression <= bound`` (``upper``) or ``>= bound``, homogeneous in the target, which is shrunk or grown.

    Attributes:
        alone: no other repair than a sign sets the target, so that it may be drawn afresh on the sphere.
    """

    target: Symbol
    expression: Tensor
    bound: Tensor
    degree: Fraction
    upper: bool
    strict: bool
    alone: bool = False

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        if place != INSIDE and self.upper and not self.strict:
            extreme = self._extreme(draft, rng, place)
            if extreme is not None:
                return extreme
        for sign in (1, -1):
            value = draft.values[self.target.name] * sign
            factor = self._factor(draft.replaced(self.target.name, value), rng, place)
            if factor is not None:
                return value * factor
        return None

    def _extreme(self, draft: Draft, rng: Random, place: str) -> Array | None:
        """A point where a norm of the whole target, or of all its rows or columns, equals a rational bound exactly."""
        if not isinstance(self.expression, (Norm, Spectral)) or self.target.properties - {"nonnegative"}:
            return None
        shown, radius = part(self.expression.operand), exact(self.bound, draft)
        if shown is None or radius is None or radius.ndim or radius.item() < 0:
            return None
        current = draft.values[self.target.name]
        if sum(entry != 0 for entry in current.flat) == 1:  # all norms of a multiple of a unit vector agree
            return current * radius.item() / abs(current.sum())
        if place != EDGE or not self.alone:
            return None
        found = _parts(self.expression, shown[1], rng, current.shape, radius.item())
        if found is None or not all(entry >= 0 for entry in current.flat):
            return found
        return None if isinstance(self.expression, Spectral) and current.size > 1 else abs(found)

    def _factor(self, draft: Draft, rng: Random, place: str) -> Fraction | None:
        """How much to scale by, rounded to the safe side; None where no positive factor helps."""
        value, bound = bounds(self.expression, draft), bounds(self.bound, draft)
        if value is None or bound is None:
            return None
        ratio = limiting_ratio(value, bound, self.upper, self.strict)
        if ratio is None:
            return None
        kept = ratio == 0 or (ratio > 1 if self.upper else ratio < 1)
        if ratio == 0 or (kept and place == INSIDE):
            return Fraction(1)
        slack = rng.choice(INWARD) if place == INSIDE else Fraction(self.strict, 1000)
        return root(short(ratio * (1 - slack if self.upper else 1 + slack), self.upper), self.degree, self.upper)


def _parts(
    expression: Norm | Spectral, shown: str, rng: Random, shape: tuple[int, ...], radius: Fraction
) -> Array | None:
    if shown == "whole":
        return of_norm(expression, rng, shape, radius)
    count, size = shape if shown == "rows" else shape[::-1]
    points = [of_norm(expression, rng, (size,), radius) for _ in range(count)]
    stacked = np.stack([point for point in points if point is not None])
    return stacked if shown == "rows" else stacked.T


def limiting_ratio(
    value: tuple[Array, Array], bound: tuple[Array, Array], upper: bool, strict: bool
) -> Fraction | None:
    """The ratio bound/value that limits a scaling of the value; 0 where nothing does, None where nothing helps.

    ``value`` and ``bound`` are pairs of rationals below and above.
    """
    now, wanted = np.broadcast_arrays(value[1 if upper else 0], bound[0 if upper else 1])
    ratios: list[Fraction] = []
    for v, c in zip(now.flat, wanted.flat, strict=True):
        limits = _ratio(v, c, upper, strict)
        if limits is None:
            return None
        ratios.extend(limits)
    if not ratios:
        return Fraction(0)
    return min(ratios) if upper else max(ratios)


def _ratio(value: Fraction, bound: Fraction, upper: bool, strict: bool) -> list[Fraction] | None:
    """The ratio bound/value that limits the scaling, none where nothing limits it, None where nothing helps."""
    if upper:
        if value <= 0:
            return [] if bound > 0 or (bound >= 0 and not (strict and value == 0)) else None
        return [bound / value] if bound > 0 else None
    if bound < 0 or (bound == 0 and not strict and value >= 0):
        return [] if value >= 0 else None
    if bound == 0:
        return [] if value > 0 else None
    return [bound / value] if value > 0 else None


def root(ratio: Fraction, degree: Fraction, down: bool) -> Fraction:
    """A factor t with ``t**degree == ratio``, or ``<=`` (``down``) or ``>=`` where no rational factor is exact."""
    if degree < 0:
        return 1 / root(ratio, -degree, down)
    if degree.numerator == 1:
        return ratio**degree.denominator
    found = rational.rational_root(ratio, degree.numerator)
    if found is not None:
        return found**degree.denominator
    k = degree.numerator
    fineness = 1000 * (1 + _floor_root(1 / ratio, k))
    below = _floor_root(ratio * fineness**k, k)
    near = Fraction(below if down else below + 1, fineness)
    return near**degree.denominator


def short(ratio: Fraction, down: bool) -> Fraction:
    """The ratio itself where it is short, else a decimal of a few digits on the safe side."""
    if max(ratio.numerator, ratio.denominator) < 10**8:
        return ratio
    digits = (ratio.numerator.bit_length() - ratio.denominator.bit_length()) * 3 // 10 - 4
    unit = Fraction(10) ** digits
    return (ratio // unit if down else ratio // unit + 1) * unit


def _floor_root(value: Fraction, k: int) -> int:
    return int(flint.fmpz(value.numerator // value.denominator).root(k)) if value >= 1 else 0
