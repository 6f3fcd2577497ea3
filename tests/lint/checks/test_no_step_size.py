"""A refuted claim of an iteration whose step size nothing bounds."""

from __future__ import annotations

from typing import Any

import pytest

import derive as dv
from tests.lint.examined import flagged

d = dv.dim("d")
Q, x, eta, t = dv.matrix("Q", d, d, psd=True), dv.vector("x", d), dv.scalar("eta", positive=True), dv.time("t")
L = dv.Paper("descent").let("L", (x @ Q @ x) / 2)
descent = dv.iterate(x, x - eta * dv.grad(L, x))
fixed = dv.iterate(x, x - dv.grad(L, x) / 2)
falling = descent(L, t + 1) <= descent(L, t)


def test_a_step_size_without_a_value() -> None:
    told = "the step size eta has no value: no hypothesis bounds it; add one, such as eta <= 1/opnorm(...)"
    assert flagged("no_step_size", falling) == [told]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        (falling, [eta * dv.opnorm(Q) <= 1]),
        (descent(L, t + 1) <= descent(L, t) / 2, [eta * dv.opnorm(Q) <= 1]),
        (fixed(L, t + 1) <= fixed(L, t), []),
        (dv.norm(x) <= eta, []),
    ],
    ids=["bounded", "refuted for another reason", "a number", "no iteration"],
)
def test_a_step_size_with_a_value(statement: Any, given: list[Any]) -> None:
    assert flagged("no_step_size", statement, *given) == []
