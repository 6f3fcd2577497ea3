"""Eigenvalues and singular values of rational matrices, where they are rational: guessed in doubles, then shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat

from derive.evaluate.system import Array

LARGEST = 8
"""Rows and columns of matrices that are looked at."""

SIMPLE = 10**6
"""The largest denominator that is guessed."""


def rational_spectral(kind: str, matrix: Array) -> Any | None:
    """``lambda_min``, ``lambda_max``, ``sigma_min`` or ``opnorm`` of an array of ``fmpq``; None where it is not shown.

    A number c is the largest singular value of A where ``c^2 - A^T A`` is singular and psd, and so on.
    """
    rows, columns = matrix.shape
    if max(rows, columns) > LARGEST or kind not in ("lambda_min", "lambda_max", "sigma_min", "opnorm"):
        return None
    if kind in ("lambda_min", "lambda_max"):
        return _extreme(_exact(matrix), _guess(kind, matrix), kind) if (matrix == matrix.T).all() else None
    if kind == "sigma_min" and columns > rows:
        return fmpq(0)
    guess = _guess(kind, matrix)
    if guess is None:
        return None
    gram = _exact(matrix.T if columns <= rows else matrix) * _exact(matrix if columns <= rows else matrix.T)
    found = _extreme(gram, guess**2, "lambda_min" if kind == "sigma_min" else "lambda_max")
    return None if found is None else fmpq(guess.numerator, guess.denominator)


def _exact(matrix: Array) -> Any:
    rows, columns = matrix.shape
    return fmpq_mat(rows, columns, list(matrix.flat))


def _guess(kind: str, matrix: Array) -> Fraction | None:
    """The simplest rational near the value in doubles; None where there is none that is simple and near."""
    try:
        doubles = np.array([[int(x.p) / int(x.q) for x in row] for row in matrix])
    except OverflowError:
        return None
    symmetric = kind in ("lambda_min", "lambda_max")
    values = np.linalg.eigvalsh(doubles)[::-1] if symmetric else np.linalg.svd(doubles, compute_uv=False)
    value, largest = float(values[0 if kind in ("lambda_max", "opnorm") else -1]), float(np.abs(values).max())
    if not np.isfinite(largest):
        return None
    guess = Fraction(value).limit_denominator(SIMPLE)
    return guess if abs(float(guess) - value) <= 16 * float(np.finfo(float).eps) * max(largest, 1e-300) else None


def _extreme(matrix: Any, guess: Fraction | None, kind: str) -> Any | None:
    """The guess, where it is the smallest or largest eigenvalue of a symmetric matrix."""
    if guess is None:
        return None
    size, number = matrix.nrows(), fmpq(guess.numerator, guess.denominator)
    shift = fmpq_mat(size, size, [number * int(i == j) for i in range(size) for j in range(size)])
    gap = matrix - shift if kind == "lambda_min" else shift - matrix
    coefficients = gap.charpoly().coeffs()
    singular = coefficients[0] == 0
    semidefinite = all(c * (-1) ** (size - k) >= 0 for k, c in enumerate(coefficients))  # Descartes: all roots are real
    return number if singular and semidefinite else None
