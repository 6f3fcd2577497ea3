"""Values that do not exist are refused, and the subexpression at fault is named."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, ctx

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable
from derive.evaluate.evaluation import evaluate, scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.kinks import kinked
from derive.evaluate.multiprecision import Multiprecision
from derive.evaluate.point import Point, entries, nest
from derive.evaluate.rationals import Rationals
from derive.language import api as dv
from derive.language.errors import InputError
from derive.language.tensor import Tensor

d = dv.dim("d")
x, M = dv.vector("x", d), dv.matrix("M", d, d)
ZERO = Point({"d": 2}, {}, {"x": (Fraction(0), Fraction(-1)), "M": ((1, 2), (2, 4))})
SYSTEMS = [Float64(), Multiprecision(), Balls(), Rationals()]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize(
    ("expression", "named"),
    [
        (1 + dv.log(x[1]), "log(x[1])"),
        (dv.sqrt(x)[1], "sqrt(x)"),
        (2 * (1 / x), "1/x"),
        ((x**-1).sum(), "x**(-1)"),
        (x[1] ** 0.5, "x[1]**(1/2)"),
        (dv.inv(M - M), "inv(M - M)"),
    ],
)
def test_outside_the_domain(expression: Tensor, named: str, system: Any) -> None:
    with pytest.raises(OutsideDomain) as caught:
        evaluate(expression, ZERO, system)
    assert repr(caught.value.subject).replace(" ", "") == named.replace(" ", "")


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        (dv.grad(dv.relu(x).sum(), x), "relu(x)"),
        (dv.grad(dv.norm(x, 1), x), "abs(x)"),
        (dv.grad(dv.norm(x - x), x), "sqrt(sum((x - x)**2))"),
        (dv.grad(dv.maximum(x, 0).sum(), x), "maximum(x, 0)"),
        (dv.grad((x * 0).max(), x), "max(x*0)"),
    ],
)
def test_derivative_at_a_kink(expression: Tensor, named: str) -> None:
    with pytest.raises(AtKink) as caught:
        evaluate(expression, ZERO, Rationals())
    assert repr(caught.value.subject).replace(" ", "") == named.replace(" ", "")


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize("name", ["relu", "abs"])
def test_value_at_a_kink_is_not_refused(name: str, system: Any) -> None:
    assert evaluate(getattr(dv, name)(x[0]), ZERO, system)[()] == 0


def test_value_at_a_jump_is_left_open() -> None:
    """heaviside(0) is a convention: exact arithmetic refuses it, balls enclose every choice."""
    with pytest.raises(AtKink):
        evaluate(dv.heaviside(x[0]), ZERO, Rationals())
    enclosure: Any = evaluate(dv.heaviside(x[0]), ZERO, Balls())[()]
    assert enclosure.contains(arb(0))
    assert enclosure.contains(arb(1))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_the_sign_of_zero_is_zero(system: Any) -> None:
    assert evaluate(dv.sign(x[0]), ZERO, system)[()] == 0


def test_a_ball_around_a_kink_encloses_both_sides() -> None:
    value = evaluate(dv.relu(x), Point({"d": 1}, {}, {"x": np.array([arb(0, 1)], dtype=object)}), Balls())[0]
    assert value.contains(arb(0))
    assert value.contains(arb(1))


def test_kinked_names_every_subexpression_at_a_kink() -> None:
    claim = dv.relu(x).sum() + dv.exp(x).sum() + dv.norm(x, 1)
    assert [str(kink) for kink in kinked(claim, scope_at(ZERO, Rationals()))] == ["relu(x)[0]", "abs(x)[0]"]


@pytest.mark.parametrize("expression", [x, dv.index("i", d), dv.ones(dv.dim("m"))])
def test_a_point_that_lacks_something_is_the_users_mistake(expression: Tensor) -> None:
    with pytest.raises(InputError, match=r"has no (value|position|size)"):
        evaluate(expression, Point({"d": 2}), Balls())


def test_a_value_of_another_shape_is_the_users_mistake() -> None:
    with pytest.raises(InputError, match=r"x has shape \(3,\), expected \(2,\)"):
        evaluate(x, Point({"d": 2}, {}, {"x": (1, 2, 3)}), Balls())


def test_the_derivative_of_an_eigenvalue_is_not_available() -> None:
    with pytest.raises(Unavailable, match="the derivative of opnorm"):
        evaluate(dv.grad(dv.opnorm(M), M), ZERO, Balls())


def test_precision_is_put_back() -> None:
    before = ctx.prec
    evaluate(dv.exp(x), ZERO, Balls(777))
    assert ctx.prec == before


def test_nest_inverts_entries() -> None:
    assert nest(entries(((1, 2), (3, 4), (5, 6))), (3, 2)) == ((1, 2), (3, 4), (5, 6))
