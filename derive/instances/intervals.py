"""Repairs of entrywise bounds: a symbol that stands alone is moved between its ends."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from random import Random

import numpy as np

from derive.instances import rational
from derive.instances.admission import bounds
from derive.instances.draft import Draft
from derive.instances.rational import Array
from derive.instances.repair import EDGE, INSIDE, VERTEX
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Tensor

End = tuple[Fraction, bool]
"""One end of an interval, and whether it is left out."""

Ends = tuple[tuple[Tensor, bool], ...]

NEAR = Fraction(1, 1000)
"""How near to an end that is left out an edge is drawn, as a part of the width."""


@dataclass(frozen=True)
class Between:
    """Entrywise bounds of a symbol that stands alone: ``0 <= t``, ``t <= 1``, ``alpha > beta``."""

    target: Symbol
    lower: Ends
    upper: Ends

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        shape = draft.shape(self.target)
        lower, upper = ends_of(self, draft, shape)
        current = draft.values[self.target.name]
        if shape and place == VERTEX and not (lower and upper):
            place = INSIDE  # a bound on one side keeps the vertex that was drawn
        entries: list[Fraction] = []
        for k, entry in enumerate(current.flat):
            low, high = (None if side is None else (side[0].flat[k], side[1]) for side in (lower, upper))
            if "integer" in self.target.properties:
                low, high = _whole(low, high)
            moved = _between(rng, place, entry, low, high)
            if moved is None:
                return None
            entries.append(Fraction(floor(moved)) if "integer" in self.target.properties else moved)
        return rational.array(entries, shape)

    def declared(self) -> Ends:
        """The sign that the symbol was declared with, as a lower end."""
        signs = [
            strict for name, strict in (("positive", True), ("nonnegative", False)) if name in self.target.properties
        ]
        return tuple((Number(Fraction(0)), strict) for strict in signs)


def ends_of(
    interval: Between, draft: Draft, shape: tuple[int, ...]
) -> tuple[tuple[Array, bool] | None, tuple[Array, bool] | None]:
    """The tightest ends below and above, of all bounds and the declared sign; each with whether it is left out."""
    lower = _extreme((*interval.lower, *interval.declared()), draft, shape, 1)
    return lower, _extreme(interval.upper, draft, shape, 0)


def _whole(lower: End | None, upper: End | None) -> tuple[End | None, End | None]:
    """The ends between integers: the least and the largest integer within, neither left out."""
    first = None if lower is None else (Fraction(floor(lower[0]) + 1 if lower[1] else ceil(lower[0])), False)
    last = None if upper is None else (Fraction(ceil(upper[0]) - 1 if upper[1] else floor(upper[0])), False)
    return first, last


def _extreme(ends: Ends, draft: Draft, shape: tuple[int, ...], side: int) -> tuple[Array, bool] | None:
    """The tightest of several bounds, rationals inside: the largest lower (side 1) or least upper one (side 0)."""
    found: tuple[Array, bool] | None = None
    pick = np.maximum if side else np.minimum
    for expression, strict in ends:
        both = bounds(expression, draft)
        if both is None:
            continue
        value = _of_shape(both[side], shape, pick)
        if found is None:
            found = value, strict
            continue
        tightest = np.asarray(pick(found[0], value), dtype=object)  # NumPy turns a scalar into a bare number
        found = tightest, strict or found[1]
    return found


def _of_shape(value: Array, shape: tuple[int, ...], pick: np.ufunc) -> Array:
    """A bound for every entry of the shape: of a larger array, which bounds an entry many times, the tightest."""
    extra = value.ndim - len(shape)
    if extra > 0:
        value = np.asarray(pick.reduce(value, axis=tuple(range(extra))), dtype=object)
    for axis, size in enumerate(value.shape):
        if size != 1 and shape[axis + len(shape) - value.ndim] == 1:
            value = pick.reduce(value, axis=axis, keepdims=True)
    return np.broadcast_to(value, shape)


def _between(rng: Random, place: str, entry: Fraction, lower: End | None, upper: End | None) -> Fraction | None:
    """``entry`` itself, moved between the ends only where it must or where the edge is asked for."""
    if lower and upper:
        return _inside(rng, place, entry, lower, upper)
    if lower:
        return _above(rng, place, entry, *lower)
    return -_above(rng, place, -entry, -upper[0], upper[1]) if upper else entry


def _inside(rng: Random, place: str, entry: Fraction, lower: End, upper: End) -> Fraction | None:
    width = upper[0] - lower[0]
    if width < 0 or (width == 0 and (lower[1] or upper[1])):
        return None
    if place != INSIDE:
        near = [NEAR if lower[1] else Fraction(0), 1 - NEAR if upper[1] else Fraction(1)]
        return lower[0] + rng.choice(near) * width
    if lower[0] < entry < upper[0] and rng.random() < 0.5:
        return entry
    shares = [Fraction(1, 2), Fraction(1, 3), Fraction(3, 4), Fraction(1, 10), Fraction(9, 10), Fraction(1, 10**6)]
    return lower[0] + rng.choice(shares) * width


def _above(rng: Random, place: str, entry: Fraction, bound: Fraction, strict: bool) -> Fraction:
    met = entry > bound or (entry == bound and not strict)
    if (place == EDGE and rng.random() < 0.7) or (place == VERTEX and not met):
        return bound + (max(abs(bound), Fraction(1)) * NEAR if strict else 0)
    if met:
        return entry
    return bound + (abs(entry - bound) or Fraction(rng.choice((1, 2, 3))))
