"""Symmetric elimination, ``M = L D L^T``, over any numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


def pivots(matrix: list[list[Any]], divide: Callable[[Any, Any], Any]) -> Iterator[Any]:
    """The pivots, the diagonal of D, one after the other; only the upper triangle is read.

    A real symmetric matrix is positive definite just if all of them are positive.
    """
    n = len(matrix)
    rest = [list(row) for row in matrix]
    for k in range(n):
        yield rest[k][k]
        for i in range(k + 1, n):
            factor = divide(rest[k][i], rest[k][k])
            for j in range(i, n):
                rest[i][j] = rest[i][j] - factor * rest[k][j]
