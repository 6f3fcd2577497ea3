"""Ranks of matrices of balls: as many rows are certainly independent as elimination finds pivots without zero."""

from __future__ import annotations

from functools import reduce
from typing import Any

import numpy as np
from flint import arb

from derive.evaluate.system import Array


def enclosed_rank(matrix: Array, agreement: int | None = None) -> tuple[int, int]:
    """The least and the greatest rank of a matrix in the balls.

    The product of the pivots is a minor, up to its sign, and none of them is zero. The rest that elimination leaves has
    no more rank than rows and columns that may be nonzero. With ``agreement``, what is zero to so many bits of the
    largest entry of the matrix counts as zero: then the second number is what the rank is as far as the balls tell.
    """
    rest, pivots = matrix, 0
    while rest.size and (place := _pivot(rest)) is not None:
        row, column = place
        others, removed = np.delete(rest, row, axis=0), np.delete(rest[row], column)
        ratios = others[:, column] / rest[row, column]
        rest = np.delete(others, column, axis=1) - np.multiply.outer(ratios, removed)
        pivots += 1
    largest = reduce(arb.max, (x.abs_upper() for x in matrix.flat))
    least = largest * arb(2) ** -agreement if agreement is not None else arb(0)
    left = np.reshape([not _vanishes(x, least) for x in rest.flat], rest.shape).astype(bool)
    return pivots, pivots + int(min(left.any(axis=1).sum(), left.any(axis=0).sum()))


def _pivot(matrix: Array) -> tuple[int, int] | None:
    """The entry farthest from zero, if one certainly is not zero."""
    sizes = [x.abs_lower() for x in matrix.flat]
    best = 0
    for k, size in enumerate(sizes):
        best = k if size > sizes[best] else best
    return divmod(best, matrix.shape[1]) if sizes[best] > 0 else None


def _vanishes(x: Any, least: Any) -> bool:
    """Whether a ball is zero, or is around zero and no wider than ``least``."""
    return bool(x.is_zero()) or bool(x.contains(0) and x.abs_upper() <= least)
