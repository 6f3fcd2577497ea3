"""Functions of matrices that an orthogonal matrix makes diagonal, by their eigenvalues and singular values."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from derive.calculus.decide import difference
from derive.language.api import diag, dims, eye, inv, matrix, scalar, sum, trace, vector
from derive.language.relations import Relation

n, d = dims("n d")
A, U, V, s, t = matrix("A", n, d), matrix("U", n, d), matrix("V", d, d), vector("s", d), scalar("t")
W = matrix("W", d, d, orthogonal=True)
factored = U @ diag(s) @ V.T
ORTHONORMAL = [eye(d) == U.T @ U, eye(d) == V.T @ V]
IN_W = W @ diag(s) @ W.T + t * eye(d)


CASES: dict[str, tuple[Relation, Relation, Sequence[Relation]]] = {
    # the identity, a near miss, the hypotheses
    "eigenvalues": (inv(IN_W) == W @ diag(1 / (s + t)) @ W.T, inv(IN_W) == W @ diag(1 / s + t) @ W.T, []),
    "the other way round": (
        inv(W.T @ diag(s) @ W + t * eye(d)) == W.T @ diag(1 / (s + t)) @ W,
        inv(W.T @ diag(s) @ W + t * eye(d)) == W @ diag(1 / (s + t)) @ W.T,
        [],
    ),
    "two shifts": (
        inv(IN_W + 2 * eye(d)) == W @ diag(1 / (s + t + 2)) @ W.T,
        inv(IN_W + 2 * eye(d)) == W @ diag(1 / (s + t + 1)) @ W.T,
        [],
    ),
    "ridge regression by singular values": (
        trace(factored @ inv(factored.T @ factored + t * eye(d)) @ factored.T) == sum(s**2 / (s**2 + t)),
        trace(factored @ inv(factored.T @ factored + t * eye(d)) @ factored.T) == sum(s / (s + t)),
        ORTHONORMAL,
    ),
    "of a matrix that is factored by hypothesis": (
        trace(A @ inv(A.T @ A + t * eye(d)) @ A.T) == sum(s**2 / (s**2 + t)),
        trace(A @ inv(A.T @ A + t * eye(d)) @ A.T) == sum(s**2 / (s**2 + 2 * t)),
        [*ORTHONORMAL, factored == A],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_identity_is_proved(name: str) -> None:
    right, _, given = CASES[name]
    assert difference(right.left, right.right, given).proved


@pytest.mark.parametrize("name", CASES)
def test_a_near_miss_is_not(name: str) -> None:
    _, wrong, given = CASES[name]
    assert not difference(wrong.left, wrong.right, given).proved


@pytest.mark.parametrize("left_out", [0, 1])
def test_both_factors_have_to_be_orthonormal(left_out: int) -> None:
    right, _, given = CASES["ridge regression by singular values"]
    assert not difference(right.left, right.right, [given[1 - left_out]]).proved
