"""Repairs of equalities: spheres, signs, masks, orthonormal columns, definitions, scalings and affine equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

import numpy as np

from derive.instances import rational
from derive.instances.admission import bounds, exact
from derive.instances.draft import Draft
from derive.instances.rational import Array
from derive.instances.repair import INSIDE, VERTEX
from derive.language.arrays import Determinant
from derive.language.symbols import Symbol
from derive.language.tensor import Sum, Tensor


def _rows(rng: Random, shape: tuple[int, ...]) -> Array | None:
    return _transposed(rational.orthonormal_columns(rng, shape[1], shape[0]))


def _transposed(array: Array | None) -> Array | None:
    return None if array is None else array.T


def _level(rng: Random, shape: tuple[int, ...]) -> Array:
    """Entries of one size and any sign."""
    size = Fraction(rng.randint(1, 40), rng.choice((1, 2, 4, 10))) * rng.choice((1, 1, 10, 100))
    return size * rational.signs(rng, shape)


KINDS: dict[str, Callable[[Random, tuple[int, ...]], Array | None]] = {
    "signs": rational.signs,
    "mask": rational.mask,
    "level": _level,
    "orthonormal columns": lambda rng, shape: rational.orthonormal_columns(rng, *shape),
    "orthonormal rows": _rows,
    "idempotent": lambda rng, shape: rational.idempotent(rng, shape[0]),
    "involution": lambda rng, shape: rational.idempotent(rng, shape[0], (1, -1)),
}


@dataclass(frozen=True)
class OfKind:
    """A fresh array of a known kind: signs, a mask, orthonormal columns ..."""

    target: Symbol
    kind: str

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        return KINDS[self.kind](rng, draft.shape(self.target))


@dataclass(frozen=True)
class OnSphere:
    """Rational points of given square norm: the whole array, or each of its ``rows`` or ``columns``."""

    target: Symbol
    square: Tensor
    part: str = "whole"
    rooted: bool = False

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        value = exact(self.square, draft)
        if value is None or value.ndim or value.item() < 0:
            return None
        square = value.item() ** 2 if self.rooted else value.item()
        shape = draft.shape(self.target)
        if self.part == "whole":
            point = _vector(rng, int(np.prod(shape)), square, place)
            return None if point is None else point.reshape(shape)
        count, size = shape if self.part == "rows" else shape[::-1]
        points = [point for _ in range(count) if (point := _vector(rng, size, square, place)) is not None]
        if len(points) < count:
            return None
        stacked = np.stack(points)
        return stacked if self.part == "rows" else stacked.T


def _vector(rng: Random, size: int, square: Fraction, place: str) -> Array | None:
    root = rational.rational_root(square, 2)
    if square == 0 or (place == VERTEX and root is not None):
        first = [root or square, *[Fraction(0)] * (size - 1)]
        return rational.array(first if rng.random() < 0.5 else rng.sample(first, size), (size,))
    return rational.vector_of_square_norm(rng, size, square)


@dataclass(frozen=True)
class Assign:
    """The target is defined by the hypothesis: ``alpha == sum(x)``, ``B == inv(A)``.

    ``nearly``: what is irrational may be replaced by a rational near it, as for the centre of a ball.
    """

    target: Symbol
    value: Tensor
    nearly: bool = False

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        value = exact(self.value, draft)
        if value is None and self.nearly and (ends := bounds(self.value, draft)) is not None:
            value = rational.array([_rounded(entry) for entry in ends[0].flat], ends[0].shape)
        return None if value is None else np.broadcast_to(value, draft.shape(self.target)).copy()


BITS = 160
"""Bits of a number that only has to be near another."""


def _rounded(number: Fraction) -> Fraction:
    shift = BITS + number.denominator.bit_length() - number.numerator.bit_length()
    scale = Fraction(2) ** shift
    return round(number * scale) / scale


@dataclass(frozen=True)
class Rescale:
    """``expression == value`` where the expression is homogeneous in the target: one scaling settles it."""

    target: Symbol
    expression: Tensor
    value: Tensor
    degree: Fraction

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        now, wanted = exact(self.expression, draft), exact(self.value, draft)
        if now is None or wanted is None:
            return None
        if now.ndim and isinstance(self.expression, Sum) and len(self.expression.axes) == 1:
            return self._along(self.expression.axes[0], now, wanted, draft)
        if now.ndim or wanted.ndim or not now.item() or not wanted.item():
            return None
        ratio = wanted.item() / now.item()
        if isinstance(self.expression, Determinant):
            return self._first_row(ratio, draft)
        power = 1 / self.degree
        if power.denominator == 1:
            return draft.values[self.target.name] * ratio ** int(power)
        root = rational.rational_root(ratio, power.denominator)
        return None if root is None else draft.values[self.target.name] * root ** int(power.numerator)

    def _first_row(self, ratio: Fraction, draft: Draft) -> Array:
        """The determinant is linear in the first row."""
        value = draft.values[self.target.name].copy()
        value[0] = value[0] * ratio
        return value

    def _along(self, axis: int, now: Array, wanted: Array, draft: Draft) -> Array | None:
        """Every row or column scaled by itself."""
        value = draft.values[self.target.name]
        if now.ndim != value.ndim - 1 or not now.all():
            return None
        return value * np.expand_dims(np.broadcast_to(wanted, now.shape) / now, axis)


@dataclass(frozen=True)
class SolveAffine:
    """Equations affine in the target, all at once: a point of the solution set that keeps the free coordinates."""

    target: Symbol
    equations: tuple[tuple[Tensor, Tensor], ...]

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        shape = draft.shape(self.target)
        size = int(np.prod(shape))
        origin = self._residual(draft, rational.array([Fraction(0)] * size, shape))
        if origin is None:
            return None
        columns = []
        for unit in rational.identity(size):
            moved = self._residual(draft, unit.reshape(shape))
            if moved is None:
                return None
            columns.append(moved - origin)
        start = draft.values[self.target.name].reshape(size)
        solution = rational.affine_solution(np.stack(columns, axis=1), -origin, start)
        return None if solution is None else solution.reshape(shape)

    def _residual(self, draft: Draft, value: Array) -> Array | None:
        """``left - right`` of every equation, and of those that the target's properties state, at a trial value."""
        trial = draft.replaced(self.target.name, value)
        residuals = []
        for sides in self.equations:
            left, right = (exact(side, trial) for side in sides)
            if left is None or right is None:
                return None
            residuals.append(np.asarray(left - right, dtype=object).reshape(-1))
        if self.target.symmetric:
            residuals.append((value - value.T).reshape(-1))
        if "skew" in self.target.properties:
            residuals.append((value + value.T).reshape(-1))
        return np.concatenate(residuals)


@dataclass(frozen=True)
class InPolytope:
    """Affine equations of a target with nonnegative entries: between the most uniform solution and another one."""

    target: Symbol
    equations: tuple[tuple[Tensor, Tensor], ...]

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        affine = SolveAffine(self.target, self.equations)
        shape = draft.shape(self.target)
        uniform = rational.array([Fraction(1, max(shape, default=1))] * int(np.prod(shape)), shape)
        centre = affine.apply(draft.replaced(self.target.name, uniform), rng, place)
        other = affine.apply(draft, rng, place)
        if centre is None or other is None or any(entry < 0 for entry in centre.flat):
            return None
        pairs = list(zip(centre.flat, (other - centre).flat, strict=True))
        longest = min((entry / -step for entry, step in pairs if step < 0), default=Fraction(0))
        share = Fraction(1) if place != INSIDE and "positive" not in self.target.properties else Fraction(1, 2)
        return centre + share * longest * (other - centre)
