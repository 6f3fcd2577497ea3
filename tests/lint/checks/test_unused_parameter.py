"""A parameter of which nothing is said restricts nothing."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, d = dv.dims("n d")
A, x = dv.matrix("A", n, d), dv.vector("x", d)
R = dv.scalar("R", positive=True)
bound = 2 * R**2
TRUE = dv.norm(dv.softmax(x)) <= 1


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([dv.norm(x) <= R], "norm(x) <= R"),
        ([bound >= dv.norm(x), R >= 4], "2*R**2 >= norm(x)"),
        ([dv.norm(x) <= R, x[0] <= R], "norm(x) <= R, x[0] <= R"),
    ],
    ids=["a bound", "turned round, and above a number", "two bounds"],
)
def test_a_parameter_that_may_be_large(given: list[Any], shown: str) -> None:
    told = f"unused parameter: R may be as large as one likes, so that {shown} restricts nothing"
    assert flagged("unused_parameter", TRUE, *given) == [told]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (dv.norm(A @ x) <= R**2, [dv.norm(x) <= R, dv.opnorm(A) <= R]),
        (TRUE, [dv.norm(x) <= R, R <= 2]),
        (TRUE, [dv.norm(x) >= R]),
        (TRUE, [dv.norm(x) <= 1 / R]),
        (TRUE, [dv.norm(x) == R, R >= 1]),
    ],
    ids=["in the statement", "bounded", "from below", "falling", "an equality"],
)
def test_a_parameter_that_says_something(statement: Any, given: list[Any]) -> None:
    assert flagged("unused_parameter", statement, *given) == []
