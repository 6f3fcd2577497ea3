"""A refuted claim that a usual hypothesis saves is told so, with a proof; others are not."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, d = dv.dims("n d")
A, S = dv.matrix("A", n, d), dv.matrix("S", d, d)
x = dv.vector("x", d)
R = dv.scalar("R", positive=True)


@pytest.mark.parametrize(
    ("statement", "given", "added"),
    [
        (dv.grad(x @ S @ x, x) == 2 * S @ x, [], "S == S.T"),
        (dv.norm(S @ x) ** 2 == dv.norm(x) ** 2, [], "S.T @ S == eye(d)"),
        (dv.grad(x @ x * dv.norm(x) ** 2, x) == 4 * x, [], "norm(x) == 1"),
        (dv.norm(A @ x) <= R**2, [dv.opnorm(A) <= R], "norm(x) <= R"),
        (dv.norm(A @ x) <= R**2, [], "opnorm(A) <= R, norm(x) <= R"),
        (R * dv.norm(x) <= R**3, [dv.norm(x) <= R], "R >= 1"),
        (dv.norm(dv.softmax(x) + x) <= 2, [], "norm(x) <= 1"),
    ],
    ids=["symmetric", "orthogonal", "on the sphere", "a bound", "two bounds", "a large parameter", "the unit ball"],
)
def test_the_hypothesis_that_saves_a_claim(statement: Any, given: list[Any], added: str) -> None:
    told = f"the refuted relation holds where {added}, which no hypothesis says"
    assert flagged("missing_hypothesis", statement, *given) == [told]


def test_a_parameter_that_nothing_ties_down() -> None:
    statement = dv.opnorm(dv.hessian(dv.norm(A @ x) ** 2 / 2, x)) <= R**2
    assert flagged("missing_hypothesis", statement) == ["no hypothesis ties R to A, x, as opnorm(A) <= R would"]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (dv.grad(x @ S @ x, x) == 3 * S @ x, []),
        (dv.grad(x @ S @ x, x) == 2 * S @ x, [S == S.T]),
        (dv.norm(A @ x) <= R**2 / 2, [dv.opnorm(A) <= R, dv.norm(x) <= R]),
        (2 * x @ (A.T @ A @ x) <= R * dv.norm(A @ x) ** 2 + dv.norm(A @ x) ** 2 / R, []),
    ],
    ids=["false all the same", "not missing", "false under all bounds", "a free parameter of a true claim"],
)
def test_nothing_is_missing(statement: Any, given: list[Any]) -> None:
    assert flagged("missing_hypothesis", statement, *given) == []
