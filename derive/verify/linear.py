"""Inverse and determinant by elimination, over numbers and jets."""

from __future__ import annotations

from typing import Any

from derive.verify.arrays import Array, build
from derive.verify.elementary import Elementary
from derive.verify.jets import Jet

Number = Any


def inverse(matrix: Array, functions: Elementary) -> Array:
    """Raises Unknown where the matrix is singular, or may be."""
    n = matrix.shape[0]
    one, zero = functions.number(1), functions.number(0)
    rows = [row + [one if i == j else zero for j in range(n)] for i, row in enumerate(matrix.rows)]
    _eliminate(rows, n, functions)
    return build((n, n), lambda at: rows[at[0]][n + at[1]])


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
