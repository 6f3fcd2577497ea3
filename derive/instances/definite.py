"""Is a symmetric matrix positive semidefinite, a singular value below a bound? Exactly, by symmetric elimination."""

from __future__ import annotations

from fractions import Fraction

from derive.instances.rational import Array, identity


def symmetric(matrix: Array) -> bool:
    return bool((matrix == matrix.T).all())


def semidefinite(matrix: Array, strict: bool = False) -> bool:
    """Is the symmetric rational matrix psd (``strict``: pd)?

    Each step takes the Schur complement of a positive diagonal entry; a zero on the diagonal needs a zero row.
    """
    rest = matrix
    while rest.shape[0]:
        pivot = next((k for k in range(rest.shape[0]) if rest[k, k] != 0), None)
        if pivot is None:
            return not strict and not rest.any()
        if rest[pivot, pivot] < 0:
            return False
        kept = [k for k in range(rest.shape[0]) if k != pivot]
        column = rest[kept, pivot]
        rest = rest[kept][:, kept] - column[:, None] * column[None, :] / rest[pivot, pivot]
    return True


def spectral_at_most(kind: str, matrix: Array, bound: Fraction, strict: bool = False) -> bool | None:
    """Is a spectral quantity of a rational matrix ``<= bound`` (``strict``: ``<``)? None of a quantity not known here.

    ``opnorm(A) <= c`` is ``A^T A << c^2 I`` with ``c >= 0``, and so on: no eigenvalue is computed.
    """
    if kind in ("lambda_min", "lambda_max"):
        if not symmetric(matrix):
            return None
        gap = bound * identity(len(matrix)) - matrix
        return semidefinite(gap, strict) if kind == "lambda_max" else not semidefinite(-gap, not strict)
    if kind not in ("opnorm", "sigma_min"):
        return None
    if bound < 0 or (bound == 0 and strict):
        return False
    rows, columns = matrix.shape
    if kind == "sigma_min" and columns > rows:
        return True
    gram = matrix @ matrix.T if rows < columns else matrix.T @ matrix
    gap = bound**2 * identity(len(gram)) - gram
    return semidefinite(gap, strict) if kind == "opnorm" else not semidefinite(-gap, not strict)
