"""The nodes that may have no value, as texts to compare."""

import pytest

from derive import dims, exp, grad, inv, log, matrix, norm, relu, scalar, sqrt, vector
from derive.language.tensor import Tensor
from derive.lemmas.domains import conditions

n, d = dims("n d")
t, s, r = scalar("t"), scalar("s"), scalar("r", positive=True)
x, A = vector("x", n), matrix("A", n, n)

EVERYWHERE: dict[str, Tensor] = {
    "a polynomial": t**2 + 3 * t,
    "division by a number": t / 3,
    "division by a size": t / n,
    "division by a positive symbol": t / r,
    "division by an exponential": t / exp(t),
    "the root of a size": sqrt(n) * t,
    "a norm": norm(x),
    "a piecewise function": relu(t),
    "a derivative without kinks": grad(exp(t), t),
    "a logarithm of what is positive": log(1 + r),
}
SOMEWHERE: dict[str, Tensor] = {
    "division": 1 / t,
    "a logarithm": log(t),
    "a root": sqrt(t),
    "a negative power": t**-2,
    "an inverse": inv(A) @ x,
    "a derivative at a kink": grad(relu(t), t),
    "the derivative of a norm": grad(norm(x), x),
    "a difference that may be zero": 1 / (r - s),
}


@pytest.mark.parametrize("expression", EVERYWHERE.values(), ids=EVERYWHERE)
def test_what_has_a_value_everywhere_has_no_condition(expression: Tensor) -> None:
    assert conditions(expression) == set()


@pytest.mark.parametrize("expression", SOMEWHERE.values(), ids=SOMEWHERE)
def test_what_has_a_value_only_somewhere_has_one(expression: Tensor) -> None:
    assert len(conditions(expression)) >= 1


def test_divisions_by_the_same_thing_have_one_condition() -> None:
    assert conditions(1 / t + s / t) == conditions(2 / t)


def test_a_root_and_a_logarithm_have_different_ones() -> None:
    assert conditions(log(t)).isdisjoint(conditions(sqrt(t)))
