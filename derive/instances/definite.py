"""Is a symmetric matrix positive semidefinite? Exactly, by symmetric elimination."""

from __future__ import annotations

from derive.instances.rational import Array


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
