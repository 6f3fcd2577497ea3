"""Spectra of products that mirror themselves, and of sums with common factors: what holds is proved, nothing else."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation

n, d, m = dv.dims("n d m")
A, P = dv.matrix("A", n, d), dv.matrix("P", m, n)
S, N = dv.matrix("S", n, n, symmetric=True), dv.matrix("N", n, n)
w, q, x = dv.vector("w", n), dv.vector("q", n), dv.vector("x", d)
l = dv.scalar("l", positive=True)
L = dv.sum(dv.sin(x))
f = dv.softmax(A @ x)
J = dv.diag(f) - dv.outer(f, f)
k = J @ q
inner = J @ P.T @ P @ J + dv.diag(k) - dv.outer(k, f) - dv.outer(f, k)
H = dv.hessian(L, x)


def shifted(size: float) -> tuple[Tensor, tuple[Relation, ...]]:
    stated = Relation("==", H, A.T @ inner @ A)
    return H + A.T @ dv.diag(w**2) @ A, (
        stated,
        dv.sigma_min(A) > 0,
        w**2 >= l / dv.sigma_min(A) ** 2 + size * dv.norm(q),
    )


def proved(small: Tensor, large: Tensor, given: tuple[Relation, ...] = ()) -> bool:
    return any(prove(goal)[0] is not None for goal in goals(Obligation("c", "<<", small, large, given)))


@pytest.mark.parametrize(
    "matrix",
    [S @ P.T @ P @ S, S @ A @ A.T @ S, (S @ S) @ (S @ S), A.T @ S @ dv.diag(w**2) @ S @ A],
    ids=["gram", "gram from the other side", "fourth power", "diagonal"],
)
def test_a_product_that_mirrors_itself_is_positive_semidefinite(matrix: Tensor) -> None:
    assert proved(dv.zeros(*matrix.shape), matrix)


@pytest.mark.parametrize(
    "matrix",
    [N @ P.T @ P @ N, S @ N @ S, S @ S @ S, A.T @ S @ dv.diag(w) @ S @ A],
    ids=["not symmetric", "another in the middle", "third power", "diagonal of any sign"],
)
def test_another_product_is_not_called_so(matrix: Tensor) -> None:
    assert not proved(dv.zeros(*matrix.shape), matrix)


def test_a_derivative_counts_as_what_a_claim_says_that_it_is() -> None:
    """With the constant 3/2, which is what the rules give: 1/2 for the diagonal, 1/2 for each product with f."""
    matrix, given = shifted(1.5)
    assert proved(l * dv.eye(d), matrix, given)


def test_with_a_smaller_constant_it_is_not_proved() -> None:
    matrix, given = shifted(1.4)
    assert not proved(l * dv.eye(d), matrix, given)
