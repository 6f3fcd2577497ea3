"""Degrees bound those of the numerator and the denominator of a quotient."""

from __future__ import annotations

import pytest

from derive.evaluate.degrees import ENTRY, EXPONENTIAL, Degree, Degrees
from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.system import array_of
from derive.language import api as dv
from derive.language.tensor import Tensor

x, y = dv.scalar("x"), dv.scalar("y")
v = dv.vector("v", dv.dim("n"))


def degree(node: Tensor, size: int = 3) -> Degree:
    values = {"x": array_of([ENTRY], (), object), "y": array_of([ENTRY], (), object)}
    values["v"] = array_of([ENTRY] * size, (size,), object)
    found = evaluate(node, Point({"n": size}, {}, values), Degrees()).item()
    assert isinstance(found, Degree)
    return found


@pytest.mark.parametrize(
    ("node", "over", "under"),
    [
        (x * x * y, 3, 0),
        (x + y**5, 5, 0),
        (x / y, 1, 1),
        (x / y + y / x, 2, 2),
        (1 / (x**2 + y), 0, 2),
        (v.sum() ** 4, 4, 0),
        ((1 / v).sum(), 2, 3),
        (dv.exp(x), EXPONENTIAL.over, EXPONENTIAL.under),
    ],
    ids=["product", "sum", "quotient", "sum of quotients", "inverse", "power", "sum of inverses", "exponential"],
)
def test_the_degree_of_a_quotient(node: Tensor, over: int, under: int) -> None:
    assert degree(node) == Degree(over, under)


def test_derivatives_have_degrees_too() -> None:
    """``d/dx x^3 y = 3 x^2 y``, as a dual number."""
    assert degree(dv.grad(x**3 * y, x)).over == 3


@pytest.mark.parametrize("node", [dv.sqrt(x), dv.relu(x)], ids=["root", "step"])
def test_what_is_no_quotient_has_none(node: Tensor) -> None:
    with pytest.raises(Unavailable):
        degree(node)
