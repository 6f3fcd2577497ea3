"""What a statement takes for granted is said in the author's words."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from derive.evidence.hypotheses.conditions import defined_where, differentiated_pieces

n, d = dv.dims("n d")
A, X = dv.matrix("A", n, d), dv.matrix("X", d, d)
x, y = dv.vector("x", d), dv.vector("y", d)
s, t = dv.scalar("s"), dv.scalar("t")


@pytest.mark.parametrize(
    ("subject", "condition"),
    [
        (dv.log(x.sum()), "sum(x) > 0"),
        (dv.log1p(t), "t > -1"),
        (dv.sqrt(s - t), "s - t >= 0"),
        (dv.tan(t), "cos(t) != 0"),
        (s / (t - s), "t - s != 0"),
        (t**-2, "t != 0"),
        (t**0.5, "t >= 0"),
        (t**-0.5, "t > 0"),
        ((1 + t) ** s, "1 + t > 0"),
        (dv.inv(X.T @ X), "X.T @ X is invertible"),
        (dv.lambda_max(X), "lambda_max(X) has a value"),
    ],
    ids=repr,
)
def test_the_condition_of_a_subexpression(subject: Any, condition: str) -> None:
    assert defined_where(subject) == condition


@pytest.mark.parametrize(
    ("side", "pieces"),
    [
        (dv.grad(dv.relu(A @ x).sum(), x), ("relu(A @ x)",)),
        (dv.grad(dv.relu(A @ y).sum() + x @ x, x), ()),
        (dv.relu(x), ()),
        (dv.grad(dv.sqrt(t), t), ()),
        (dv.jvp(dv.maximum(x, 0) + abs(x), x, y), ("maximum(x, 0)", "abs(x)")),
        (dv.hessian((dv.relu(x) ** 2).sum(), x), ("relu(x)",)),
    ],
    ids=["differentiated", "in another symbol", "not differentiated", "a root", "a direction", "a Hessian"],
)
def test_the_piecewise_functions_that_are_differentiated(side: Any, pieces: tuple[str, ...]) -> None:
    assert differentiated_pieces(side) == pieces
