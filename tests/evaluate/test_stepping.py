"""What is said along a run is what stepping by hand gives, in every number system."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import derive as dv
from derive.evaluate.balls import Balls
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.evaluation import evaluate, scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.multiprecision import Multiprecision
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import System

n = dv.dim("n")
A, x, x0 = dv.matrix("A", n, n), dv.vector("x", n), dv.vector("x0", n)
s, t, i = dv.scalar("s"), dv.time("t"), dv.index("i", n)
run = dv.iterate(x, x - dv.grad((x @ A @ x) / 4, x), start=x0)
POINT = Point({"n": 2}, {"i": 1}, {"A": ((1, 0), (0, 3)), "x0": (4, 1), "t": 3, "s": 2})
"""The update is x -> (1/2, -1/2) * x."""


@pytest.mark.parametrize("system", [Rationals(), Balls(), Float64(), Multiprecision()], ids=lambda system: system.name)
@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (run(x[0], t), Fraction(1, 2)),
        (run(x[1], t), Fraction(-1, 8)),
        (run(x[1], t + 1), Fraction(1, 16)),
        (run(x[i], 0), Fraction(1)),
        (run(s * x[0], t - 1), Fraction(2)),
        (dv.sum(run(x[i], t), over=i), Fraction(3, 8)),
        (run(x[0] - run(x[0], 0), t), Fraction(-7, 2)),
        (run(run(x[0], 1), 3), Fraction(2)),
        (dv.iterate(s, s**2)(s, t), Fraction(256)),
        (dv.iterate([s, x], [s + 1, s * x], start=[s, x0])(x[0], t), Fraction(96)),
    ],
    ids=repr,
)
def test_a_run_is_stepped(expression: dv.Tensor, value: Fraction, system: System) -> None:
    with system.context():
        found = evaluate(expression, POINT, system)[()] - system.rational(value)
    assert abs(float(found)) < 1e-15


def test_expressions_along_one_run_step_it_once() -> None:
    """The work of the steps is counted once, whatever is asked along them."""
    system = Rationals()
    scope = scope_at(POINT, system)
    scope.value(run(x, 20))
    before = scope.tally.work
    scope.value(run(x[i], 20))
    scope.value(run(x[0], 10))
    assert scope.tally.work - before < 0.2 * before


def test_the_derivative_in_the_start_goes_through_the_run() -> None:
    jacobian = evaluate(dv.jacobian(run(x, t), x0), POINT, Rationals())
    assert np.array_equal(jacobian.astype(float), np.diag([1 / 8, -1 / 8]))


@pytest.mark.parametrize("time", [-1, Fraction(1, 2), 10**6])
def test_a_number_of_steps_is_a_moderate_integer(time: Fraction) -> None:
    point = Point(POINT.sizes, POINT.indices, {**POINT.values, "t": time})
    with pytest.raises(Unavailable):
        evaluate(run(x, t), point, Rationals())


def test_a_run_that_leaves_the_domain_says_after_how_many_steps() -> None:
    """From 2 the steps 1, 0, -1, ... of log's argument reach zero after two."""
    leaving = dv.iterate(s, s - 1 + 0 * dv.log(s))
    with pytest.raises(OutsideDomain, match=r"log outside its domain: log\(s\) after 2 steps"):
        evaluate(leaving(s, 5), POINT, Float64())


def test_what_is_chosen_at_each_step_has_no_value() -> None:
    with pytest.raises(Unavailable, match="chosen at each step"):
        evaluate(dv.iterate(x, A @ x, choose=A)(x, t), Point({"n": 2}, {}, {"x": (1, 2), "t": 1}), Rationals())


def test_exact_numbers_do_not_grow_without_end_along_a_run() -> None:
    """s + 1/s has twice the digits of s: balls go on where exact numbers end. Its square grows by more than 2."""
    growing = dv.iterate(s, s + 1 / s, start=Fraction(3, 2))
    with pytest.raises(Unavailable, match="bits"):
        evaluate(growing(s, 30), Point({}, {}, {}), Rationals())
    balls = Balls(64)
    with balls.context():
        assert evaluate(growing(s, 30), Point({}, {}, {}), balls)[()] ** 2 > 60
