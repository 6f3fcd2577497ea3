"""No matrix has a larger rank than its form allows."""

from __future__ import annotations

from typing import Any

import pytest
from flint import fmpq_mat

import derive as dv
from derive.evaluate.evaluation import evaluate
from derive.evaluate.rationals import Rationals
from derive.instances.drawn import Drawn
from derive.lint.ranks import most_rank
from derive.obligation import Obligation

n, d = dv.dims("n d")
A, B, S = dv.matrix("A", n, d), dv.matrix("B", n, d), dv.matrix("S", d, d)
x, y = dv.vector("x", n), dv.vector("y", d)
SIZES = {"n": 3, "d": 2}

MATRICES = [
    (A, 2),
    (dv.outer(x, y), 1),
    (dv.outer(x, y) + A, 2),
    (A @ S, 2),
    (dv.outer(x, y) @ S, 1),
    (A @ A.T, 2),
    (dv.kron(A, B), 4),
    (dv.kron(A[0], B), 2),
    (-2 * dv.outer(x, x), 1),
    (dv.outer(x, x) / 3, 1),
    (dv.eye(n), 3),
]


@pytest.mark.parametrize(("matrix", "rank"), MATRICES, ids=lambda item: repr(item))
def test_the_largest_rank(matrix: Any, rank: int) -> None:
    assert most_rank(matrix, SIZES) == rank


@pytest.mark.parametrize(("matrix", "rank"), MATRICES, ids=lambda item: repr(item))
def test_no_instance_has_a_larger_one(matrix: Any, rank: int) -> None:
    del rank
    drawn = Drawn(Obligation("c", "==", matrix, matrix, ()), seed=0)
    for point in (instance.point for instance, _ in zip(drawn, range(12), strict=False)):
        value = evaluate(matrix, point, Rationals())
        assert fmpq_mat(value.tolist()).rank() <= most_rank(matrix, point.sizes)
