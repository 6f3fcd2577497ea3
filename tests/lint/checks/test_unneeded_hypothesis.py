"""A proof that needs no hypothesis says which; those that it needs, or a value does, are not named."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

n, d = dv.dims("n d")
A, S = dv.matrix("A", n, d), dv.matrix("S", d, d)
x = dv.vector("x", d)
R, t = dv.scalar("R"), dv.scalar("t")


@pytest.mark.parametrize(
    ("statement", "given", "unneeded"),
    [
        (dv.grad(x @ x, x) == 2 * x, [dv.norm(x) <= 1], "norm(x) <= 1"),
        (dv.grad(x @ S @ x, x) == 2 * S @ x, [S == S.T, dv.norm(x) <= 1], "norm(x) <= 1"),
        (dv.norm(dv.softmax(x)) <= 1, [dv.norm(x) <= R, R <= 2], "norm(x) <= R, R <= 2"),
        (dv.norm(x) ** 2 <= 4, [dv.norm(x) <= 2, dv.norm(x, 1) <= 3], "norm(x, 1) <= 3"),
        (dv.norm(A @ x) <= 6, [dv.norm(x) <= 2, dv.opnorm(A) <= 3, dv.norm(x) <= R], "norm(x) <= R"),
    ],
    ids=["an identity", "one of two", "a bound", "one of two that a bound cites", "one of three"],
)
def test_the_proof_does_without(statement: Any, given: list[Any], unneeded: str) -> None:
    assert flagged("unneeded_hypothesis", statement, *given) == [f"the proof does without {unneeded}"]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (dv.grad(x @ S @ x, x) == 2 * S @ x, [S == S.T]),
        (dv.grad(dv.log(x).sum(), x) == 1 / x, [x > 0]),
        (dv.grad(abs(t), t) == dv.sign(t), [t > 0]),
        (dv.norm(A @ x) <= R**2, [dv.norm(x) <= R, dv.opnorm(A) <= R]),
        (dv.grad(x @ x, x) == 2 * x, [d >= 2]),
        (dv.grad(x @ x, x) == 3 * x, [dv.norm(x) <= 1]),
    ],
    ids=["used", "for a value", "for a derivative", "used by the bound", "of a size", "no proof"],
)
def test_a_hypothesis_that_is_needed(statement: Any, given: list[Any]) -> None:
    assert flagged("unneeded_hypothesis", statement, *given) == []
