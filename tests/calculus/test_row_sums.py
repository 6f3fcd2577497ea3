"""Which arrays are sums over the rows of a sample."""

from __future__ import annotations

import pytest

from derive.calculus.row_sums import adds_over_rows
from derive.language.api import diag, dims, exp, index, log, matrix, norm, one_hot, outer, sqrt, sum, vector
from derive.language.chance import unbound
from derive.language.tensor import Tensor

n, d, m = dims("n d m")
A, t, c = matrix("A", n, d), vector("t", n, positive=True), vector("c", m)
P = one_hot("P", m, n)
k = index("k", m)
sample, scaled = P @ A, diag(1 / sqrt(P @ t)) @ P @ A

ADD_UP = {
    "a Gram matrix": sample.T @ sample,
    "of rows that are scaled": scaled.T @ scaled,
    "weights": sample.T @ diag(exp(P @ t)) @ sample / m,
    "a scalar": sum(log(P @ t)),
    "a norm": norm(sample) ** 2,
    "over an index": sum(outer(sample[k], sample[k]) / (P[k] @ t), over=k),
}
DO_NOT = {
    "a square": (sample.T @ sample) @ (sample.T @ sample),
    "a function of the sum": log(sum(P @ t)),
    "pairs of rows": sample @ sample.T,
    "other weights at each row": sample.T @ diag(c) @ sample,
    "one row": outer(sample[0], sample[0]),
    "a constant besides": sample.T @ sample + A.T @ A,
}


def adds_up(node: Tensor) -> bool:
    (symbol,) = unbound(node)
    return adds_over_rows(node, symbol)


@pytest.mark.parametrize("name", ADD_UP)
def test_a_sum_over_rows(name: str) -> None:
    assert adds_up(ADD_UP[name])


@pytest.mark.parametrize("name", DO_NOT)
def test_no_sum_of_equal_terms_over_rows(name: str) -> None:
    assert not adds_up(DO_NOT[name])
