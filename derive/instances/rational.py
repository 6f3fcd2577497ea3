"""Random arrays of exact rationals that have a property by construction.

Arrays are NumPy arrays of ``Fraction``: sums, products and ``@`` are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt, prod
from random import Random
from typing import Any

import flint
import numpy as np

from derive.instances.styles import LANDMARKS, Style

Array = Any
"""An array of ``Fraction`` (``object`` entries), of any rank; a scalar has rank 0."""


def array(entries: Sequence[Fraction], shape: Sequence[int]) -> Array:
    """The entries, row-major, as an array of the given shape."""
    result = np.empty(prod(shape), dtype=object)
    result[:] = list(entries)
    return result.reshape(tuple(shape))


def identity(size: int) -> Array:
    return array([Fraction(int(i == j)) for i in range(size) for j in range(size)], (size, size))


def free(rng: Random, shape: Sequence[int], style: Style, sign: str = "") -> Array:
    """Independent entries, not all zero unless the style says so; ``sign`` is "positive", "nonnegative" or empty."""
    if style.vertex:
        return _vertex(rng, shape, sign)
    scale = rng.choice(style.scales)
    count = prod(shape)
    entries = [_entry(rng, style, scale) for _ in range(count)]
    if style.constant:
        entries = entries[:1] * count
    if style.numerators and not any(entries):
        entries[rng.randrange(count)] = scale * rng.choice((1, -1, 2))
    if sign == "positive":
        entries = [abs(entry) or scale for entry in entries]
    elif sign == "nonnegative":
        entries = [abs(entry) for entry in entries]
    return array(entries, shape)


def _entry(rng: Random, style: Style, scale: Fraction) -> Fraction:
    if style.numerators == 0 or rng.random() < style.zeros:
        return Fraction(0)
    return rng.choice((1, -1)) * rng.randint(style.least, style.numerators) * scale / rng.choice(style.denominators)


def _vertex(rng: Random, shape: Sequence[int], sign: str) -> Array:
    """A landmark, or a unit vector up to its sign: mostly the first, so that arrays meet in their largest entries."""
    if not shape:
        return array([rng.choice(LANDMARKS) * (1 if sign else rng.choice((1, 1, -1)))], ())
    count = prod(shape)
    entries = [Fraction(1, 10**6) if sign == "positive" else Fraction(0)] * count
    entries[rng.randrange(count) if rng.random() < 0.5 else 0] = Fraction(1 if sign else rng.choice((1, -1)))
    return array(entries, shape)


def signs(rng: Random, shape: Sequence[int]) -> Array:
    """Entries +1 and -1, both where there is room."""
    entries = [Fraction(rng.choice((1, -1))) for _ in range(prod(shape))]
    if len(entries) > 1 and len(set(entries)) == 1:
        entries[rng.randrange(len(entries))] *= -1
    return array(entries, shape)


def mask(rng: Random, shape: Sequence[int]) -> Array:
    """Entries 0 and 1, both where there is room."""
    return (signs(rng, shape) + 1) / 2


def symmetric(rng: Random, size: int, style: Style, sign: str = "") -> Array:
    m = free(rng, (size, size), style, sign)
    return array([m[min(i, j), max(i, j)] for i in range(size) for j in range(size)], (size, size))


def skew(rng: Random, size: int, style: Style) -> Array:
    """``A = -A^T``."""
    m = free(rng, (size, size), style)
    upper = array([m[i, j] * (i < j) for i in range(size) for j in range(size)], (size, size))
    return upper - upper.T


def psd(rng: Random, size: int, style: Style, sign: str = "") -> Array:
    """``G^T G`` of any rank."""
    rank = rng.randint(max(1, size - 1), size)
    g = free(rng, (rank, size), style, sign and "nonnegative")
    return product(g.T, g)


def pd(rng: Random, size: int, style: Style, sign: str = "") -> Array:
    """``G^T G + c I`` with c > 0 of the scale of G."""
    shift = rng.choice(style.scales) ** 2 * rng.choice((Fraction(1), Fraction(1, 2), Fraction(3)))
    result = psd(rng, size, style, sign) + shift * identity(size)
    return result + shift / 4 if sign == "positive" else result


def orthogonal(rng: Random, size: int) -> Array:
    """``(I - S)^-1 (I + S)`` of a skew S (Cayley), with its columns permuted and some signs turned."""
    s = skew(rng, size, Style("cayley", 2, (1, 2), zeros=0.3)) if size > 1 else array([Fraction(0)], (1, 1))
    q = from_flint(to_flint(identity(size) - s).inv() * to_flint(identity(size) + s))
    order = rng.sample(range(size), size)
    return q[:, order] * signs(rng, (size,))


def orthonormal_columns(rng: Random, rows: int, columns: int) -> Array | None:
    """``Q^T Q = I``; None where there are more columns than rows."""
    return orthogonal(rng, rows)[:, :columns] if columns <= rows else None


def unit_vector(rng: Random, size: int) -> Array:
    """A rational point of the sphere, by stereographic projection of a rational point of the plane."""
    plane = [Fraction(rng.randint(-4, 4), rng.choice((1, 2, 3))) for _ in range(size - 1)]
    square = sum((t * t for t in plane), Fraction(0))
    point = [2 * t / (square + 1) for t in plane] + [(square - 1) / (square + 1)]
    turned = rng.sample(point, size)
    return array([rng.choice((1, -1)) * t for t in turned], (size,))


def vector_of_square_norm(rng: Random, size: int, square: Fraction) -> Array | None:
    """A rational vector with ``x^T x == square``; None where none was found."""
    root = rational_root(square, 2)
    if root is not None:
        return root * unit_vector(rng, size)
    base = base_of_square_norm(size, square)
    return None if base is None else orthogonal(rng, size) @ base


def base_of_square_norm(size: int, square: Fraction) -> Array | None:
    """A vector with ``x^T x == square`` of few nonzero entries; None where none was found."""
    root = rational_root(square, 2)
    base = _squares(square, size) if root is None else [root, *[Fraction(0)] * (size - 1)]
    return None if base is None else array(base, (size,))


def _squares(total: Fraction, count: int) -> list[Fraction] | None:
    """Rationals of denominators up to 12 whose squares add up to ``total``."""
    for q in range(1, 13):
        whole = total * q * q
        if whole.denominator == 1 and 0 <= whole < 10**6:
            parts = _integer_squares(int(whole), min(count, 4))
            if parts is not None:
                return [Fraction(p, q) for p in parts] + [Fraction(0)] * (count - len(parts))
    return None


def _integer_squares(total: int, count: int) -> list[int] | None:
    root = isqrt(total)
    if root * root == total:
        return [root] + [0] * (count - 1)
    if count == 1:
        return None
    for first in range(root, max(root - 60, 0), -1):
        rest = _integer_squares(total - first * first, count - 1)
        if rest is not None:
            return [first, *rest]
    return None


def rational_root(value: Fraction, degree: int) -> Fraction | None:
    """The positive root of a positive rational, where it is rational."""
    if value <= 0:
        return None
    roots = [flint.fmpz(part).root(degree) for part in (value.numerator, value.denominator)]
    found = Fraction(int(roots[0]), int(roots[1]))
    return found if found**degree == value else None


def simplex(rng: Random, size: int) -> Array:
    """A point of the probability simplex, a vertex or a point of a face now and then."""
    weights = [Fraction(rng.choice((0, 1, 1, 2, 3, 5))) for _ in range(size)]
    weights[rng.randrange(size)] += 1
    return array(weights, (size,)) / sum(weights, Fraction(0))


def idempotent(rng: Random, size: int, diagonal: tuple[int, int] = (0, 1)) -> Array:
    """``P D P^-1`` with the given values on D's diagonal: P = P^2 for 0 and 1, an involution for 1 and -1."""
    above = [Fraction(rng.randint(-1, 2) * (i < j)) for i in range(size) for j in range(size)]
    p = identity(size) + array(above, (size, size))
    d = array([Fraction(diagonal[(k + 1) % 2]) for k in rng.sample(range(size), size)], (size,))
    return product(p * d, inverse(p))


def product(left: Array, right: Array) -> Array:
    """The exact product of two matrices."""
    return from_flint(to_flint(left) * to_flint(right))


def inverse(matrix: Array) -> Array:
    """The exact inverse.

    Raises:
        ZeroDivisionError: the matrix is singular.
    """
    return from_flint(to_flint(matrix).inv())


def to_flint(matrix: Array) -> Any:
    """The matrix, of fractions or FLINT's own rationals, as FLINT's, which multiplies and inverts fast."""
    rows, columns = matrix.shape
    return flint.fmpq_mat(rows, columns, [flint.fmpq(entry.numerator, entry.denominator) for entry in matrix.flat])


def from_flint(matrix: Any) -> Array:
    """A matrix of FLINT's as an array of fractions."""
    entries = [Fraction(int(entry.p), int(entry.q)) for entry in matrix.entries()]
    return array(entries, (matrix.nrows(), matrix.ncols()))


def affine_solution(matrix: Array, right: Array, start: Array) -> Array | None:
    """A solution of ``matrix @ v = right`` that keeps the free coordinates of ``start``; None where there is none."""
    rows, columns = matrix.shape
    augmented = np.concatenate([matrix, right.reshape(rows, 1)], axis=1)
    reduced, rank = to_flint(augmented).rref()
    echelon = from_flint(reduced)
    solution = start.copy()
    pivots = [next(j for j in range(columns + 1) if echelon[i, j] != 0) for i in range(int(rank))]
    if columns in pivots:
        return None
    for i, j in enumerate(pivots):
        others = [k for k in range(columns) if k not in pivots]
        solution[j] = echelon[i, columns] - sum((echelon[i, k] * start[k] for k in others), Fraction(0))
    return solution
