"""Algebraic numbers: signs, and the definiteness of symmetric matrices of them, without rounding."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import sympy as sp

from derive.evaluate.errors import Unavailable
from derive.evaluate.system import Array

LARGEST_MATRIX = 6
"""Rows of a matrix whose characteristic polynomial is multiplied out."""

DIGITS = 60

_X = sp.Symbol("x")


def sign(number: sp.Expr) -> int:
    """-1, 0 or 1. Whether a number is zero is decided by its minimal polynomial.

    Raises:
        Unavailable: the number is not algebraic, or not real.
    """
    exact = sp.expand(sp.sympify(number))
    if exact.is_Rational:
        return int(sp.sign(exact))
    if not exact.is_algebraic or not exact.is_real:
        raise Unavailable(f"{exact} is no real algebraic number")
    if sp.minimal_polynomial(exact, _X) == _X:
        return 0
    digits = DIGITS
    while abs(value := sp.N(exact, digits)) < sp.Float(10) ** (10 - digits):
        digits *= 2  # it is not zero, so this ends
    return 1 if value > 0 else -1


def definite(matrix: Array) -> int:
    """1 where a symmetric matrix is positive definite, 0 where it is semidefinite and singular, else -1.

    By Descartes' rule: the eigenvalues, which are real, are nonnegative just where the coefficients of the
    characteristic polynomial of the negative are.

    Raises:
        Unavailable: the matrix is too large, not certainly symmetric, or its entries are not algebraic.
    """
    if len(matrix) > LARGEST_MATRIX:
        raise Unavailable(f"a matrix of {len(matrix)} rows")
    if any(sign(a - b) for a, b in zip(matrix.flat, matrix.T.flat, strict=True)):
        raise Unavailable("the matrix is not symmetric")
    signs = list(_minors(matrix))
    return -1 if min(signs) < 0 else min(1, signs[-1])


def rank(matrix: Array) -> int:
    """The rank of a matrix of algebraic numbers, by elimination.

    Raises:
        Unavailable: the matrix is too large, or its entries are not algebraic.
    """
    if max(matrix.shape) > LARGEST_MATRIX:
        raise Unavailable(f"a matrix of {max(matrix.shape)} rows or columns")
    rows = [[sp.sympify(entry) for entry in row] for row in matrix.tolist()]
    found = 0
    for column in range(matrix.shape[1]):
        pivot = next((k for k in range(found, len(rows)) if sign(rows[k][column])), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for k in range(found + 1, len(rows)):
            factor = sp.radsimp(rows[k][column] / rows[found][column])
            rows[k] = [sp.expand(a - factor * b) for a, b in zip(rows[k], rows[found], strict=True)]
        found += 1
    return found


def _minors(matrix: Array) -> Iterator[int]:
    """The signs of the elementary symmetric functions of the eigenvalues, from the trace to the determinant."""
    polynomial = sp.Matrix(matrix.tolist()).charpoly(_X)
    for number, coefficient in enumerate(polynomial.all_coeffs()[1:], 1):
        yield sign((-1) ** number * coefficient)


def shifted(matrix: Array, number: sp.Expr) -> Array:
    """The matrix minus a multiple of the identity."""
    found: Array = matrix - number * np.eye(len(matrix), dtype=int)
    return found
