"""Ranks for generic values of a symbol, told exactly: the rank at a point from below, an argument from above.

From below: the rank at any point, since a minor that does not vanish there vanishes on a proper algebraic set alone.
From above: the numbers of rows and columns. The tangent spaces of sums of m powers of order l on R^d lie in the
symmetric tensors, of dimension binomial(d+l-1, l). Linear maps of R^d and multiples of the vectors keep their
dimension, so that generic vectors are e_1, ..., e_d, the vector of ones, and others with a first entry of 1. The other
entries are the parameters; minors are polynomials of degree d(l-1) or less in each, and those that vanish on a grid of
d(l-1)+1 values for each parameter vanish everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement, product
from math import comb, prod
from random import Random
from typing import Any

from flint import fmpz_mat

from derive.evaluate.errors import Unavailable
from derive.evaluate.rationals import Rationals
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, array_of
from derive.language.binding import names_read
from derive.language.derivatives import Definition
from derive.language.tangents import Generic, TangentGram
from derive.language.tensor import Tensor

POINTS = 2
"""Random points at which the rank is taken."""

LARGEST_GRID = 1000
"""Points of a grid that are looked at."""

LARGEST_SIZE = 100
"""Vectors, their entries, and the order."""

LARGEST_MATRIX = 10**5
"""Entries of a matrix whose rank is taken."""

LARGEST_ENTRY = 10**4
"""Of random integer vectors."""

Vectors = Sequence[Sequence[int]]


def generic_rank(node: Generic, scope: Scope) -> Any:
    """The rank for generic values of the node's variable.

    Raises:
        Unavailable: the bounds from below and above do not meet, or the matrix is not rational.
    """
    (matrix,) = node.operand.children()
    while isinstance(matrix, Definition):
        matrix = matrix.operand
    depends_as_tangents = isinstance(matrix, TangentGram) and matrix.vectors is node.variable
    low, high = _tangents(matrix, scope) if depends_as_tangents else _of_matrix(node, matrix, scope)
    if low != high:
        raise Unavailable(f"a generic rank that is known to be from {low} to {high} only")
    return scope.system.rational(Fraction(low))


def _of_matrix(node: Generic, matrix: Tensor, scope: Scope) -> tuple[int, int]:
    """The rank at random rational values, and the number of rows or columns."""
    shape, exact = scope.shape(node.variable.shape), Rationals()
    known = {name: _exact(scope.arrays[name], scope, exact) for name in sorted(names_read(node) & scope.arrays.keys())}
    low = 0
    for number in range(POINTS):
        drawn = (exact.rational(Fraction(entry)) for row in _random(1, prod(shape), number) for entry in row)
        value = array_of(list(drawn), shape, exact.dtype)
        values = {**known, node.variable.name: value}
        inside = Scope(exact, scope.sizes, scope.indices, values, scope.differentiation)
        low = max(low, int(exact.rank(inside.value(matrix))))
    return low, min(scope.shape(matrix.shape))


def _exact(array: Array, scope: Scope, exact: Rationals) -> Array:
    """The array in rational numbers.

    Raises:
        Unavailable: an entry is not known exactly.
    """
    numbers = [scope.system.exact(entry) for entry in array.flat]
    known = [exact.rational(number) for number in numbers if number is not None]
    if len(known) < len(numbers):
        raise Unavailable(f"a generic rank is not available in {scope.system.name}")
    return array_of(known, array.shape, exact.dtype)


def _tangents(node: Tensor, scope: Scope) -> tuple[int, int]:
    """Bounds of the dimension of a tangent space at generic vectors."""
    assert isinstance(node, TangentGram)
    m, d = scope.shape(node.vectors.shape)
    order = scope.system.exact(scope.value(node.order)[()])
    if order is None or order.denominator != 1 or order < 1:
        raise Unavailable("a tangent space of sums of powers of another order than 1, 2, 3, ...")
    degree = int(order)
    if max(m, d, degree) > LARGEST_SIZE or m * d * comb(d + degree - 1, degree) > LARGEST_MATRIX:
        raise Unavailable("a tangent space of more dimensions than are looked at")
    return _tangent_bounds(m, d, degree)


@lru_cache(maxsize=256)
def _tangent_bounds(m: int, d: int, degree: int) -> tuple[int, int]:
    low = max(tangent_dimension(_random(m, d, number), degree) for number in range(POINTS))
    high = min(m * d, comb(d + degree - 1, degree))
    return low, low if low < high and _is_at_most(low, m, d, degree) else high


def _random(m: int, d: int, number: int) -> Vectors:
    random = Random(f"generic {number}")
    return [[random.randint(-LARGEST_ENTRY, LARGEST_ENTRY) for _ in range(d)] for _ in range(m)]


def _is_at_most(rank: int, m: int, d: int, degree: int) -> bool:
    """Is the dimension at generic vectors shown to be at most this, by vectors in normal position on a grid?"""
    free, values = max(m - d - 1, 0) * (d - 1), d * (degree - 1) + 1
    if values**free > LARGEST_GRID:
        return False
    return all(tangent_dimension(vectors, degree) <= rank for vectors in _normal_positions(m, d, free, values))


def _normal_positions(m: int, d: int, free: int, values: int) -> Iterator[Vectors]:
    """The first d unit vectors, the vector of ones, and vectors that begin with 1, over all points of the grid."""
    frame = [[int(k == j) for k in range(d)] for j in range(d)] + [[1] * d]
    for point in product(range(values), repeat=free):
        others = [[1, *point[k : k + d - 1]] for k in range(0, free, d - 1)] if free else []
        yield (frame + others)[:m]


def tangent_dimension(vectors: Vectors, degree: int) -> int:
    """The dimension of the span of the forms ``<u_i, x>^(degree - 1) x_a``, over the integer vectors u_i and all a."""
    d = len(vectors[0])
    places = {monomial: k for k, monomial in enumerate(combinations_with_replacement(range(d), degree))}
    rows = []
    for vector in vectors:
        power = _power(vector, degree - 1)
        for a in range(d):
            row = [0] * len(places)
            for monomial, coefficient in power.items():
                row[places[tuple(sorted((*monomial, a)))]] += coefficient
            rows.append(row)
    return int(fmpz_mat(rows).rank())


def _power(vector: Sequence[int], degree: int) -> dict[tuple[int, ...], int]:
    """The coefficients of ``<u, x>^degree``, by the sorted positions of the entries of x in each monomial."""
    found: dict[tuple[int, ...], int] = {(): 1}
    for _ in range(degree):
        grown: dict[tuple[int, ...], int] = {}
        for monomial, coefficient in found.items():
            for a, entry in enumerate(vector):
                key = tuple(sorted((*monomial, a)))
                grown[key] = grown.get(key, 0) + coefficient * entry
        found = grown
    return found
