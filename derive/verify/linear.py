"""Inverse and determinant by elimination, over numbers and jets."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb

from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, build, matmul
from derive.verify.elementary import Elementary
from derive.verify.jets import Jet

Number = Any

LARGEST_POWER = 64
"""Of a matrix that is multiplied out."""


def inverse(matrix: Array, functions: Elementary) -> Array:
    """Raises Unknown where the matrix is singular, or may be."""
    n = matrix.shape[0]
    one, zero = functions.number(1), functions.number(0)
    rows = [row + [one if i == j else zero for j in range(n)] for i, row in enumerate(matrix.rows)]
    _eliminate(rows, n, functions)
    return build((n, n), lambda at: rows[at[0]][n + at[1]])


def power(matrix: Array, exponent: Number, functions: Elementary) -> Array:
    """Raises Unknown where the exponent is not certainly 0, 1, 2, ..., or is large."""
    size, zero, one = matrix.shape[0], functions.number(0), functions.number(1)
    found = build((size, size), lambda at: one if at[0] == at[1] else zero)
    for _ in range(_whole(exponent)):
        found = matmul(found, matrix, zero)
    return found


def _whole(exponent: Number) -> int:
    found = -1
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        found = exponent.numerator
    elif isinstance(exponent, arb) and exponent.is_exact() and (unique := exponent.unique_fmpz()) is not None:
        found = int(unique)
    if not 0 <= found <= LARGEST_POWER:
        raise Unknown("the exponent of a matrix is no moderate whole number")
    return found


def determinant(matrix: Array, functions: Elementary) -> Number:
    """Raises Unknown where the matrix is singular, or may be."""
    rows = matrix.rows
    return _eliminate(rows, len(rows), functions)


def _eliminate(rows: list[list[Number]], n: int, functions: Elementary) -> Number:
    """Gauss-Jordan on the first n columns; the product of the pivots with the sign of the exchanges."""
    found = functions.number(1)
    for k in range(n):
        constants = [row[k].constant if isinstance(row[k], Jet) else row[k] for row in rows[k:n]]
        chosen = k + functions.arithmetic.pivot(constants)
        if chosen != k:
            rows[k], rows[chosen], found = rows[chosen], rows[k], -found
        pivot = rows[k][k]
        found = found * pivot
        scale = functions.reciprocal(pivot)
        rows[k] = [entry * scale for entry in rows[k]]
        for i in range(n):
            if i != k:
                factor = rows[i][k]
                rows[i] = [entry - factor * top for entry, top in zip(rows[i], rows[k], strict=True)]
    return found
