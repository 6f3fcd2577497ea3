"""Difference quotients carry an error bar that covers the truth, and stop at kinks."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evidence.finite_difference import PRECISION, Quotients
from derive.language import api as dv
from derive.language.tensor import Tensor

d = dv.dim("d")
x, y = dv.vector("x", d), dv.vector("y", d)
X = dv.matrix("X", d, d)
POINT = Point(
    {"d": 2},
    {},
    {
        "x": (Fraction(1, 3), Fraction(-2)),
        "y": (Fraction(5), Fraction(1, 7)),
        "X": ((Fraction(1), Fraction(2)), (Fraction(3), Fraction(1, 2))),
    },
)
SMOOTH = {
    "gradient": dv.grad(dv.logsumexp(X @ x), x),
    "Jacobian": dv.jacobian(dv.softmax(X @ x), x),
    "Hessian": dv.hessian(dv.exp(x @ y).sum() + dv.logsumexp(x), x),
    "mixed block": dv.hessian(dv.exp(x @ X @ y / 10), x, y),
    "Jacobian of a gradient": dv.jacobian(dv.grad(dv.logsumexp(X @ x), x), x),
    "matrix variable": dv.grad(dv.logdet(X.T @ X), X),
    "vec": dv.hessian(dv.exp(X / 2).sum() ** 2, dv.vec(X)),
    "direction": dv.jvp(dv.softmax(x), x, y),
    "linear: no truncation error": dv.grad(x @ y, x),
    "beside a large constant": dv.grad(dv.exp(x).sum() + 10**8, x),
    "near a pole": dv.grad((1 / (x * x - Fraction(1, 9) + Fraction(1, 10**6))).sum(), x),
    "at another point": dv.subs(dv.grad(dv.exp(x) @ x, x), x, x * y),
}
BALLS = Balls(PRECISION)


@pytest.mark.parametrize("expression", SMOOTH.values(), ids=SMOOTH.keys())
def test_error_bar_covers_the_derivative(expression: Tensor) -> None:
    """The derivative by dual numbers lies within the quotient's ball, which is narrow."""
    quotients = evaluate(expression, POINT, BALLS, Quotients())
    truth = evaluate(expression, POINT, BALLS)
    assert quotients.shape == truth.shape
    scale = max(float(abs(value)) for value in truth.flat)
    for quotient, value in zip(quotients.flat, truth.flat, strict=True):
        assert quotient.overlaps(value)
        assert float(quotient.rad()) < 1e-10 * scale


KINKED = Point({"d": 2}, {}, {"x": (Fraction(0), Fraction(-2)), "y": (Fraction(1), Fraction(1))})


@pytest.mark.parametrize(
    ("expression", "named"),
    [
        (dv.grad(dv.relu(x).sum(), x), "relu(x)"),
        (dv.grad(dv.norm(x, 1), x), "abs(x)"),
        (dv.grad(dv.sqrt(abs(x)).sum(), x), "abs(x)"),
        (dv.grad(y.max(), y), "max(y)"),
        (dv.hessian(dv.relu(x) @ y, x), "relu(x)"),
        (dv.jvp(dv.relu(x), x, y), "relu(x)"),
    ],
)
def test_a_kink_is_named(expression: Tensor, named: str) -> None:
    with pytest.raises(AtKink) as caught:
        evaluate(expression, KINKED, BALLS, Quotients())
    assert repr(caught.value.subject) == named
