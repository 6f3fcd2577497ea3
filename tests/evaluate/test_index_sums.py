"""Sums over an index symbol keep every term's derivative."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derive.evaluate.evaluation import evaluate
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.language.derivatives import grad
from derive.language.symbols import dim, index, vector


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_gradient_of_a_sum_over_an_index_has_a_term_for_each_position(size: int) -> None:
    n = dim("n")
    j, x = index("j", n), vector("x", n)
    values = tuple(Fraction(k + 1) for k in range(size))
    point = Point({"n": size}, {"j": 0}, {"x": values})
    found = evaluate(grad((x[j] ** 2).sum(over=j), x), point, Float64())
    assert np.array_equal(found, [2.0 * float(v) for v in values])
