"""Matrices made as quadratic forms are: Gram matrices, congruences, blocks."""

from __future__ import annotations

from collections.abc import Sequence

from derive.verify.arrays import Array, Number, Position, build, matmul, transposed
from derive.verify.compositions import OUTER
from derive.verify.elementary import Elementary
from derive.verify.generic import equal


def gram(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """``u u^T``."""
    (part,) = parts
    return OUTER(subject, [part, part], functions)


def sandwich(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """``F^T M F`` of M and F."""
    middle, factor = parts
    zero = functions.number(0)
    if len(factor.shape) != 2 or middle.shape != factor.shape[:1] * 2:
        return False
    return equal(subject, matmul(transposed(factor, (1, 0)), matmul(middle, factor, zero), zero))


def square_of(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """``F^T F``."""
    (factor,) = parts
    if len(factor.shape) != 2:
        return False
    return equal(subject, matmul(transposed(factor, (1, 0)), factor, functions.number(0)))


def blocks(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """``[[P, S], [S^T, Q]]`` of P, Q and S."""
    del functions
    first, second, off = parts
    n = first.shape[0]
    if not first.shape == second.shape == off.shape or subject.shape != (2 * n, 2 * n):
        return False

    def entry(at: Position) -> Number:
        (row, i), (column, j) = divmod(at[0], n), divmod(at[1], n)
        if row == column:
            return (second if row else first)[(i, j)]
        return off[(j, i)] if row else off[(i, j)]

    return equal(subject, build(subject.shape, entry))


def rank_one(subject: Array, parts: Sequence[Array], functions: Elementary) -> bool:
    """``u u^T`` for some u: symmetric, every two rows parallel, no diagonal entry negative."""
    del parts, functions
    n = subject.shape[0]
    pairs = [(i, j) for i in range(n) for j in range(n)]
    parallel = all((subject[(i, j)] * subject[(0, 0)]).overlaps(subject[(i, 0)] * subject[(0, j)]) for i, j in pairs)
    return parallel and all(subject[(i, j)].overlaps(subject[(j, i)]) for i, j in pairs) and subject[(0, 0)] > 0
