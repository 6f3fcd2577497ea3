"""Repairs of bounds of a spectrum: the Loewner order, and intervals of singular values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from derive.instances import rational
from derive.instances.admission import bounds, exact
from derive.instances.draft import Draft
from derive.instances.rational import Array
from derive.instances.repair import INSIDE, VERTEX
from derive.instances.scaling import short
from derive.instances.spheres import with_singular_values
from derive.instances.styles import STYLES
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor


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
        if low is None or high is None:
            spread = _spread(rng, size, place)
            return low + spread if low is not None else high - spread if high is not None else None
        t = _shares(rng, size, place)
        width = high - low
        if (width == width[0, 0] * rational.identity(size)).all():
            q = rational.identity(size) if place == VERTEX else rational.orthogonal(rng, size)
            return low + rational.product(q * t, q.T) * width[0, 0]
        return low + _below(rng, width, t)


def _spread(rng: Random, size: int, place: str) -> Array:
    """A psd matrix: singular at the edge, of rank one or zero in a vertex, definite inside."""
    g = rational.free(rng, (size, size), STYLES[0])
    if place == INSIDE:
        return rational.product(g.T, g) + rng.choice((Fraction(0), Fraction(1, 100), Fraction(1))) * rational.identity(
            size
        )
    rank = size - 1 if place != VERTEX else rng.choice((0, 1)) if size > 1 else 0
    return rational.product(g[:rank].T, g[:rank]) if rank else 0 * g


def _below(rng: Random, width: Array, shares: Array) -> Array:
    """``S`` with ``0 << S << W``: ``s W + (t - s) W u u^T W/(u^T W u)``.

    That is ``W^(1/2) E W^(1/2)`` where E has the eigenvalue t once, in any direction, and s in the others.
    """
    first, other = shares[0], shares[-1]
    direction = rational.free(rng, (len(width), 1), STYLES[0])
    image = rational.product(width, direction)
    length = (direction * image).sum()
    return other * width if not length else other * width + (first - other) / length * rational.product(image, image.T)


def _shares(rng: Random, size: int, place: str) -> Array:
    shares = [Fraction(1, 3), Fraction(1, 2), Fraction(4, 5)] if place == INSIDE else [Fraction(0), Fraction(1)]
    return rational.array([rng.choice(shares) for _ in range(size)], (size,))


@dataclass(frozen=True)
class SingularBetween:
    """``sigma_min(A) >= lower`` and ``opnorm(A) <= upper``, or either: A has the singular values that are drawn.

    Attributes:
        lower, upper: the bound and whether it is left out; without a lower one zero, without an upper one no end.
        attained: an equality ``opnorm(A) == upper``: one singular value is the upper bound.
    """

    target: Symbol
    lower: tuple[Tensor, bool] | None
    upper: tuple[Tensor, bool] | None
    attained: bool = False

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        shape = draft.shape(self.target)
        low = self._end(self.lower, draft, Fraction(0), inner=1)
        high = None if low is None else self._end(self.upper, draft, 4 * low + 1, inner=0)
        if low is None or high is None or high < low or low < 0:
            return None
        values = [low + t * (high - low) for t in self._shares(rng, min(shape), place)]
        if place != VERTEX:
            return with_singular_values(rng, shape, values)
        diagonal = [values[i] if i == j else Fraction(0) for i in range(shape[0]) for j in range(shape[1])]
        return rational.array(diagonal, shape)

    def _end(self, side: tuple[Tensor, bool] | None, draft: Draft, otherwise: Fraction, inner: int) -> Fraction | None:
        """A bound of the singular values: the rational below it, or above where it is irrational (``inner``)."""
        if side is None:
            return otherwise
        both = bounds(side[0], draft)
        if both is None or both[0].ndim:
            return None
        low, high = (end.item() for end in both)
        return Fraction(low) if low == high else short((low, high)[inner], down=not inner)

    def _shares(self, rng: Random, size: int, place: str) -> list[Fraction]:
        inner = [Fraction(1, 3), Fraction(1, 2), Fraction(4, 5)]
        near = Fraction(1, 1000)
        ends = [
            near if self.lower is not None and self.lower[1] else Fraction(0),
            1 - near if self.upper is not None and self.upper[1] else Fraction(1),
        ]
        shares = [rng.choice(inner if place == INSIDE else ends) for _ in range(size)]
        if self.attained:
            shares[rng.randrange(size)] = Fraction(1)
        return shares
