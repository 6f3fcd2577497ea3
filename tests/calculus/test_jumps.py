"""Piecewise functions are exact at their jumps: what fails at one point is not proved."""

from __future__ import annotations

import pytest

from derive.calculus.decide import difference
from derive.language.arrays import norm, ones, zeros
from derive.language.calls import elementwise, sum
from derive.language.derivatives import grad
from derive.language.symbols import dim, matrix, scalar, vector
from derive.language.tensor import Tensor

n, m = dim("n"), dim("m")
x, y, A, a, b = vector("x", n), vector("y", n), matrix("A", m, n), scalar("a"), scalar("b")
sign, relu, heaviside, sqrt = (elementwise[name] for name in ("sign", "relu", "heaviside", "sqrt"))

EVERYWHERE: dict[str, tuple[Tensor, Tensor]] = {
    "the square of an absolute value": (abs(x) * abs(x), x * x),
    "the absolute value of a product": (abs(x * y), abs(x) * abs(y)),
    "the sign of a product": (sign(x * y), sign(x) * sign(y)),
    "an odd power of a sign": (sign(x) ** 3, sign(x)),
    "sign times value": (sign(x) * x, abs(x)),
    "positive and negative part": (relu(x) * relu(-x), zeros(n)),
    "the gradient of a squared relu": (grad((relu(A @ x) ** 2).sum(), x), 2 * A.T @ relu(A @ x)),
    "the absolute value of a norm": (abs(norm(x)), norm(x)),
    "the absolute value of a sum of squares": (abs(x @ x), x @ x),
    "the root of a square": (sqrt(x**2), abs(x)),
}

NOT_AT_THE_JUMP: dict[str, tuple[Tensor, Tensor]] = {
    "the square of a sign": (sign(x) * sign(x), ones(n)),
    "the square of a step": (heaviside(x) ** 2, heaviside(x)),
    "an even factor under a sign": (sign(a**2 * b), sign(b)),
    "the sign of a sum of squares": (sign(x @ x), 1 + 0 * a),
    "the sign of a sum of cubes": (sign(sum(x**3)), sign(sum(x))),
}


@pytest.mark.parametrize("case", EVERYWHERE)
def test_an_identity_that_holds_at_the_jump_is_proved(case: str) -> None:
    assert difference(*EVERYWHERE[case]).proved


@pytest.mark.parametrize("case", NOT_AT_THE_JUMP)
def test_an_identity_that_fails_at_the_jump_is_not_proved(case: str) -> None:
    assert not difference(*NOT_AT_THE_JUMP[case]).proved
