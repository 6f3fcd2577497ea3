"""Is a symmetric matrix positive semidefinite, a singular value below a bound? Exactly, by characteristic polynomials.

Matrices are arrays of rationals, ``Fraction`` or FLINT's.
"""

from __future__ import annotations

from typing import Any

import flint

from derive.instances.rational import Array, to_flint


def symmetric(matrix: Array) -> bool:
    return bool((matrix == matrix.T).all())


def semidefinite(matrix: Array, strict: bool = False) -> bool:
    """Is the symmetric rational matrix psd (``strict``: pd)?"""
    return _semidefinite(to_flint(matrix), strict)


def _semidefinite(matrix: Any, strict: bool) -> bool:
    """Are all roots of ``det(t I - M)``, which are real, nonnegative?

    By Descartes' rule, exact for polynomials with real roots only, where signs of coefficients alternate, zeros aside;
    zero is no root where the last coefficient is not zero.
    """
    coefficients = matrix.charpoly().coeffs()
    degree = matrix.nrows()
    alternating = all(c * (-1) ** (degree - k) >= 0 for k, c in enumerate(coefficients))
    return alternating and not (strict and coefficients[0] == 0)


def spectral_at_most(kind: str, matrix: Array, bound: Any, strict: bool = False) -> bool | None:
    """Is a spectral quantity of a rational matrix ``<= bound`` (``strict``: ``<``)? None of a quantity not known here.

    ``opnorm(A) <= c`` is ``A^T A << c^2 I`` with ``c >= 0``, and so on: no eigenvalue is computed.
    """
    limit, exact = flint.fmpq(bound.numerator, bound.denominator), to_flint(matrix)
    rows, columns = matrix.shape
    if kind in ("lambda_min", "lambda_max"):
        if not symmetric(matrix):
            return None
        gap = _multiple(limit, rows) - exact
        return _semidefinite(gap, strict) if kind == "lambda_max" else not _semidefinite(-gap, not strict)
    if kind not in ("opnorm", "sigma_min"):
        return None
    if limit < 0 or (limit == 0 and strict):
        return False
    if kind == "sigma_min" and columns > rows:
        return True
    gram = exact * exact.transpose() if rows < columns else exact.transpose() * exact
    gap = _multiple(limit**2, min(rows, columns)) - gram
    return _semidefinite(gap, strict) if kind == "opnorm" else not _semidefinite(-gap, not strict)


def _multiple(number: Any, size: int) -> Any:
    """A multiple of the identity."""
    return flint.fmpq_mat(size, size, [number * int(i == j) for i in range(size) for j in range(size)])
