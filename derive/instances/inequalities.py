"""Repairs of inequalities: intervals, scalings into and out of norm balls, the Loewner order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

import flint
import numpy as np

from derive.instances import rational
from derive.instances.admission import Draft, bounds, exact
from derive.instances.patterns import bare
from derive.instances.rational import Array
from derive.instances.repair import EDGE
from derive.language.arrays import Norm, Spectral
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


@dataclass(frozen=True)
class Between:
    """Entrywise bounds of a symbol that stands alone: ``0 <= t``, ``t <= 1``, ``alpha > beta``."""

    target: Symbol
    lower: tuple[tuple[Tensor, bool], ...]
    upper: tuple[tuple[Tensor, bool], ...]

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        shape = draft.shape(self.target)
        lower = _extreme(self.lower, draft, shape, 1)
        upper = _extreme(self.upper, draft, shape, 0)
        current = draft.values[self.target.name]
        entries = [
            _between(
                rng, place, entry, *(None if side is None else (side[0].flat[k], side[1]) for side in (lower, upper))
            )
            for k, entry in enumerate(current.flat)
        ]
        return (
            None
            if any(entry is None for entry in entries)
            else rational.array([e for e in entries if e is not None], shape)
        )


End = tuple[Fraction, bool]
"""One end of an interval, and whether it is left out."""


def _extreme(
    ends: tuple[tuple[Tensor, bool], ...], draft: Draft, shape: tuple[int, ...], side: int
) -> tuple[Array, bool] | None:
    """The tightest of several bounds, rationals inside: the largest lower (side 1) or least upper one (side 0)."""
    found: tuple[Array, bool] | None = None
    for expression, strict in ends:
        both = bounds(expression, draft)
        if both is None:
            continue
        value = np.broadcast_to(both[side], shape)
        if found is None:
            found = value, strict
            continue
        pick = np.maximum if side else np.minimum
        tightest = np.asarray(pick(found[0], value), dtype=object)  # NumPy turns a scalar into a bare number
        found = tightest, strict or found[1]
    return found


def _between(rng: Random, place: str, entry: Fraction, lower: End | None, upper: End | None) -> Fraction | None:
    """``entry`` itself, moved between the ends only where it must or where the edge is asked for."""
    if lower and upper:
        return _inside(rng, place, lower, upper)
    if lower:
        return _above(rng, place, entry, *lower)
    return -_above(rng, place, -entry, -upper[0], upper[1]) if upper else entry


def _inside(rng: Random, place: str, lower: End, upper: End) -> Fraction | None:
    width = upper[0] - lower[0]
    if width < 0 or (width == 0 and (lower[1] or upper[1])):
        return None
    shares = [Fraction(1, 2), Fraction(1, 3), Fraction(3, 4), Fraction(1, 10), Fraction(9, 10)]
    if place == EDGE:
        shares = [Fraction(share) for share, (_, strict) in ((0, lower), (1, upper)) if not strict] or [
            Fraction(1, 1000),
            Fraction(999, 1000),
        ]
    return lower[0] + rng.choice(shares) * width


def _above(rng: Random, place: str, entry: Fraction, bound: Fraction, strict: bool) -> Fraction:
    if place == EDGE:
        return bound + (max(abs(bound), Fraction(1)) / 1000 if strict else 0)
    if entry > bound or (entry == bound and not strict):
        return entry
    return bound + (abs(entry - bound) or Fraction(rng.choice((1, 2, 3))))


@dataclass(frozen=True)
class Scale:
    """``expression <= bound`` (``upper``) or ``>= bound``, homogeneous in the target, which is shrunk or grown."""

    target: Symbol
    expression: Tensor
    bound: Tensor
    degree: Fraction
    upper: bool
    strict: bool

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        if place == EDGE and self.upper and not self.strict:
            extreme = self._extreme(draft, rng)
            if extreme is not None:
                return extreme
        for sign in (1, -1):
            value = draft.values[self.target.name] * sign
            factor = self._factor(draft.replaced(self.target.name, value), place)
            if factor is not None:
                return value * factor
        return None

    def _extreme(self, draft: Draft, rng: Random) -> Array | None:
        """A point where a norm of the whole target equals a rational bound exactly."""
        if self.target.properties or not isinstance(self.expression, (Norm, Spectral)):
            return None
        if bare(self.expression.operand) is not self.target:
            return None
        radius = exact(self.bound, draft)
        if radius is None or radius.ndim or radius.item() < 0:
            return None
        shape = draft.shape(self.target)
        return _of_norm(self.expression, rng, shape, radius.item())

    def _factor(self, draft: Draft, place: str) -> Fraction | None:
        """How much to scale by, rounded to the safe side; None where no positive factor helps."""
        value, bound = bounds(self.expression, draft), bounds(self.bound, draft)
        if value is None or bound is None:
            return None
        now, wanted = np.broadcast_arrays(value[1 if self.upper else 0], bound[0 if self.upper else 1])
        ratios: list[Fraction] = []
        for v, c in zip(now.flat, wanted.flat, strict=True):
            limits = self._ratio(v, c)
            if limits is None:
                return None
            ratios.extend(limits)
        if not ratios:
            return Fraction(1)
        ratio = min(ratios) if self.upper else max(ratios)
        kept = ratio > 1 if self.upper else ratio < 1
        if kept and place != EDGE:
            return Fraction(1)
        slack = (
            Fraction(0) if place == EDGE and not self.strict else Fraction(1, 1000) if place == EDGE else Fraction(1, 2)
        )
        wanted_ratio = ratio * (1 - slack) if self.upper else ratio * (1 + slack)
        return _root(_short(wanted_ratio, self.upper), self.degree, self.upper)

    def _ratio(self, value: Fraction, bound: Fraction) -> list[Fraction] | None:
        """The ratio bound/value that limits the scaling, none where nothing limits it, None where nothing helps."""
        if self.upper:
            if value <= 0:
                return [] if bound > 0 or (bound >= 0 and not (self.strict and value == 0)) else None
            return [bound / value] if bound > 0 else None
        if bound < 0 or (bound == 0 and not self.strict and value >= 0):
            return [] if value >= 0 else None
        if bound == 0:
            return [] if value > 0 else None
        return [bound / value] if value > 0 else None


def _of_norm(expression: Norm | Spectral, rng: Random, shape: tuple[int, ...], radius: Fraction) -> Array | None:
    """A rational array whose norm is exactly ``radius``: a multiple of a unit vector, a partial isometry ..."""
    size = int(np.prod(shape))
    if isinstance(expression, Spectral):
        if expression.kind != "opnorm":
            return None
        if rng.random() < 0.5:
            return radius * np.outer(rational.unit_vector(rng, shape[0]), rational.unit_vector(rng, shape[1]))
        tall = rational.orthonormal_columns(rng, max(shape), min(shape))
        return None if tall is None else radius * (tall if shape[0] >= shape[1] else tall.T)
    if expression.order in ("2", "fro"):
        return radius * rational.unit_vector(rng, size).reshape(shape)
    if expression.order == "1":
        return radius * (rational.simplex(rng, size) * rational.signs(rng, (size,))).reshape(shape)
    return radius * rational.signs(rng, shape)


def _root(ratio: Fraction, degree: Fraction, down: bool) -> Fraction:
    """A factor t with ``t**degree == ratio``, or ``<=`` (``down``) or ``>=`` where no rational factor is exact."""
    if degree < 0:
        return 1 / _root(ratio, -degree, down)
    if degree.numerator == 1:
        return ratio**degree.denominator
    root = rational.rational_root(ratio, degree.numerator)
    if root is not None:
        return root**degree.denominator
    k = degree.numerator
    fineness = 1000 * (1 + _floor_root(1 / ratio, k))
    below = _floor_root(ratio * fineness**k, k)
    near = Fraction(below if down else below + 1, fineness)
    return near**degree.denominator


def _short(ratio: Fraction, down: bool) -> Fraction:
    """The ratio itself where it is short, else a decimal of a few digits on the safe side."""
    if max(ratio.numerator, ratio.denominator) < 10**8:
        return ratio
    digits = (ratio.numerator.bit_length() - ratio.denominator.bit_length()) * 3 // 10 - 4
    unit = Fraction(10) ** digits
    return (ratio // unit if down else ratio // unit + 1) * unit


def _floor_root(value: Fraction, k: int) -> int:
    return int(flint.fmpz(value.numerator // value.denominator).root(k)) if value >= 1 else 0


@dataclass(frozen=True)
class LoewnerBetween:
    """``lower << A << upper``: ``lower + S`` with S psd, or ``lower + Q diag(t) Q^T (upper - lower)``, t in [0, 1]."""

    target: Symbol
    lower: Tensor | None
    upper: Tensor | None

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        size = draft.shape(self.target)[0]
        ends = [None if side is None else exact(side, draft) for side in (self.lower, self.upper)]
        if (ends[0] is None) != (self.lower is None) or (ends[1] is None) != (self.upper is None):
            return None
        low, high = (None if end is None else end * rational.identity(size) if end.ndim == 0 else end for end in ends)
        shares = [Fraction(0), Fraction(1)] if place == EDGE else [Fraction(1, 3), Fraction(1, 2), Fraction(4, 5)]
        t = rational.array([rng.choice(shares) for _ in range(size)], (size,))
        if low is None or high is None:
            spread = rational.psd(rng, size, rational.STYLES[0]) * (0 if place == EDGE and size == 1 else 1)
            return low + spread if low is not None else high - spread if high is not None else None
        width = high - low
        if (width == width[0, 0] * rational.identity(size)).all():
            q = rational.orthogonal(rng, size)
            return low + (q * t) @ q.T * width[0, 0]
        return low + t[0] * width
