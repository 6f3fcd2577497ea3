"""Sizes of terms: entry by entry, of what cancels as of what does not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from derive.evaluate.balls import Balls
from derive.evaluate.evaluation import scope_at
from derive.evaluate.point import Point
from derive.evidence.trials.terms import sizes_of_terms
from derive.language import api as dv

d = dv.dim("d")
x, y = dv.vector("x", d), dv.vector("y", d)
X = dv.matrix("X", d, d)
zero = dv.zeros(d)
POINT = Point(
    {"d": 2},
    {},
    {
        "x": (Fraction(3), Fraction(-2)),
        "y": (Fraction(5), Fraction(0)),
        "X": ((Fraction(1), Fraction(-2)), (Fraction(3), Fraction(0))),
    },
)


@pytest.mark.parametrize(
    ("left", "right", "sizes"),
    [
        (x, zero, [3, 2]),
        (x - x, zero, [6, 4]),
        (1000 * x[0] - 1000 * x[0], 0 * x[0], [6000]),
        (x * x - y, zero, [14, 4]),
        (X @ x, zero, [7, 9]),
        (X.sum(axis=1), zero, [3, 3]),
        (X.T[0], zero, [1, 3]),
        (dv.diag(x - x) @ dv.ones(d), zero, [6, 4]),
        (dv.diag(X), zero, [1, 3]),
        ((x - x) / 10, zero, [0.6, 0.4]),
        (x, 10 * y, [50, 2]),
        (x @ x - dv.norm(x) ** 2, 0 * x[0], [26]),
    ],
    ids=repr,
)
def test_each_entry_has_its_own_size(left: Any, right: Any, sizes: list[float]) -> None:
    balls = Balls()
    with balls.context():
        found = sizes_of_terms(left, right, scope_at(POINT, balls))
    assert [float(size) for size in found.flat] == pytest.approx(sizes)


def test_what_is_flat_is_compared_with_the_model() -> None:
    """The gradient of a constant is zero, up to what the model's value leaves."""
    balls = Balls()
    with balls.context():
        scope = scope_at(POINT, balls)
        found = sizes_of_terms(dv.grad(1000 + dv.softmax(x).sum(), x), zero, scope)
    assert [float(size) for size in found.flat] == pytest.approx([1001, 1001])
