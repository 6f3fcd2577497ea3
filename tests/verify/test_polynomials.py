"""Rational functions are compared by their values, and what is no arithmetic is a variable of its own."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derive as dv
from derive.language.tensor import Apply, Number, Tensor
from derive.verify.polynomials import same

x, y = dv.scalar("x"), dv.scalar("y")
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


@pytest.mark.parametrize(
    ("left", "right"),
    [((x + y) ** 2, x**2 + 2 * x * y + y**2), (dv.exp(x) / dv.exp(x), ONE), (Apply.of("exp", ZERO) * x, x)],
    ids=["a square", "a quotient", "an exponential of zero"],
)
def test_what_is_equal_is_the_same(left: Tensor, right: Tensor) -> None:
    assert same(left, right, "key")


@pytest.mark.parametrize(
    ("left", "right"),
    [((x + y) ** 2, x**2 + y**2), (dv.exp(x), dv.exp(y)), (Apply.of("exp", ONE), ONE), (Apply.of("sinh", ZERO), ONE)],
    ids=["a dropped term", "two exponentials", "an exponential of one", "a hyperbolic sine"],
)
def test_what_differs_is_not(left: Tensor, right: Tensor) -> None:
    assert not same(left, right, "key")
