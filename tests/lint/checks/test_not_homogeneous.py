"""A claim whose sides scale unlike is flagged; one that holds never is."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, d = dv.dims("n d")
A, S, X = dv.matrix("A", n, d), dv.matrix("S", d, d), dv.matrix("X", d, d)
x, y = dv.vector("x", d), dv.vector("y", d)
R = dv.scalar("R", positive=True)
BALLS = [dv.opnorm(A) <= R, dv.norm(x) <= R]


@pytest.mark.parametrize(
    ("statement", "given", "reason"),
    [
        (dv.norm(A @ x) ** 2 <= dv.opnorm(A) ** 2 * dv.norm(x), [], "in x: left degree 2, right degree 1"),
        (dv.opnorm(A) ** 2 * dv.norm(x) >= dv.norm(A @ x) ** 2, [], "in x: left degree 1, right degree 2"),
        (dv.grad(x @ X @ x, x) == x, [], "in X: left degree 1, right degree 0"),
        (dv.norm(A @ x) <= R, BALLS, "in R, x and A together: left degree 2, right degree 1"),
        (S << dv.opnorm(S) ** 2 * dv.eye(d), [S == S.T], "in S: left degree 1, right degree 2"),
        (
            dv.hessian(dv.logsumexp(A @ x), x) == dv.outer(dv.grad(dv.logsumexp(A @ x), x), dv.ones(d)),
            [],
            "in x -> t**(-1)*x, A -> t*A: left degree 2, right degree 1",
        ),
    ],
    ids=["a square", "turned round", "an identity", "with its bound", "Loewner order", "under a softmax"],
)
def test_sides_of_unlike_degrees(statement: Any, given: list[Any], reason: str) -> None:
    assert flagged("not_homogeneous", statement, *given) == [f"not homogeneous {reason}"]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (dv.norm(A @ x) <= dv.opnorm(A) * dv.norm(x), []),
        (dv.norm(A @ x) <= R**2, BALLS),
        (-dv.norm(x) <= dv.norm(x) ** 2, []),
        (dv.norm(dv.softmax(x) - dv.softmax(y)) <= dv.norm(x - y) / 2, []),
        (dv.norm(x) ** 2 <= dv.norm(x), [dv.norm(x) <= 1]),
        (dv.norm(A @ x) <= R**2 / 2, BALLS),
    ],
    ids=["alike", "with the bounds", "zero between the sides", "a sum", "scales fixed", "false, but homogeneous"],
)
def test_sides_that_scale_alike_or_may_differ(statement: Any, given: list[Any]) -> None:
    assert flagged("not_homogeneous", statement, *given) == []
