"""Positive definiteness of a matrix of balls, by a congruence and diagonal dominance."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from derive.verify.arrays import Array


def certainly_definite(matrix: Array) -> bool:
    """Is the symmetric part of every matrix in the balls positive definite?

    With the Cholesky factor L of a matrix near the midpoint, ``L^-1 M L^-T`` is near the identity; it is definite where
    each diagonal entry exceeds the sum of the others in its row (Gershgorin), and M with it (Sylvester).
    """
    rows = [[(x + matrix[(j, i)]) / 2 for j, x in enumerate(row)] for i, row in enumerate(matrix.rows)]
    inverse = _inverse_factor([[x.mid() for x in row] for row in rows])
    if inverse is None:
        return False
    columns = list(zip(*inverse, strict=True))
    product = _times(_times(inverse, rows), [list(column) for column in zip(*columns, strict=True)], turned=True)
    for i, row in enumerate(product):
        others = sum((abs(x) for j, x in enumerate(row) if j != i), arb(0))
        if not row[i] > others:
            return False
    return True


def _times(first: Sequence[Sequence[arb]], second: Sequence[Sequence[arb]], turned: bool = False) -> list[list[arb]]:
    """The product, with the transpose of the second where it is ``turned``."""
    columns = second if turned else list(zip(*second, strict=True))
    return [[sum((x * y for x, y in zip(row, column, strict=True)), arb(0)) for column in columns] for row in first]


def _inverse_factor(rows: Sequence[Sequence[arb]]) -> list[list[arb]] | None:
    """The inverse of the Cholesky factor, near enough; None where the matrix is not definite."""
    n = len(rows)
    factor = [[arb(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = (rows[i][j] - sum((factor[i][k] * factor[j][k] for k in range(j)), arb(0))).mid()
            if i == j:
                if not rest > 0:
                    return None
                factor[i][i] = rest.sqrt().mid()
            else:
                factor[i][j] = (rest / factor[j][j]).mid()
    inverse = [[arb(0)] * n for _ in range(n)]
    for j in range(n):
        inverse[j][j] = (1 / factor[j][j]).mid()
        for i in range(j + 1, n):
            rest = sum((factor[i][k] * inverse[k][j] for k in range(j, i)), arb(0))
            inverse[i][j] = (-rest / factor[i][i]).mid()
    return inverse
