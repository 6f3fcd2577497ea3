"""The number system of the search: its functions enclose those of balls, and doubts are raised where they should be."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from derive.enclosure.interval import Interval
from derive.enclosure.intervals import Intervals

COUNT = 300

FUNCTIONS = {
    "exp": (arb.exp, -30, 30),
    "log": (arb.log, 1e-3, 50),
    "sin": (arb.sin, -20, 20),
    "cos": (arb.cos, -20, 20),
    "atan": (arb.atan, -20, 20),
    "erf": (arb.erf, -4, 4),
    "tanh": (arb.tanh, -10, 10),
    "absolute": (abs, -3, 3),
    "square": (lambda x: x * x, -3, 3),
}
POWERS = {
    "2": (lambda x: x**2, -3, 3),
    "3": (lambda x: x**3, -3, 3),
    "6": (lambda x: x**6, -3, 3),
    "7": (lambda x: x**7, -3, 3),
    "-2": (lambda x: x**-2, 0.1, 9),
    "1/2": (arb.sqrt, 0, 9),
    "3/2": (lambda x: x.sqrt() ** 3, 0, 9),
    "1/3": (lambda x: x.root(3), 1e-6, 9),
}


def boxes(low: float, high: float, seed: int = 0) -> tuple[Interval, np.ndarray]:
    """Wide and narrow intervals between two numbers, and a point of each."""
    rng = np.random.default_rng(seed)
    ends = np.sort(low + (high - low) * rng.random((2, COUNT)), axis=0)
    ends[1, ::2] = np.minimum(ends[0, ::2] * (1 + 1e-9), high)
    ends.sort(axis=0)
    inside = np.clip(ends[0] + (ends[1] - ends[0]) * rng.random(COUNT), ends[0], ends[1])
    inside[::5], inside[1::5] = ends[0, ::5], ends[1, 1::5]
    return Interval(ends[0], ends[1]), inside


def assert_enclosed(found: Interval, function, inside: np.ndarray) -> None:
    with ctx.workprec(300):
        for low, high, x in zip(found.lo, found.hi, inside, strict=True):
            exact = function(arb(float(x)))
            assert arb(float(low)) <= exact.upper()
            assert exact.lower() <= arb(float(high))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_encloses_its_values(name: str) -> None:
    function, low, high = FUNCTIONS[name]
    x, inside = boxes(low, high)
    assert_enclosed(getattr(Intervals(COUNT), name)(x), function, inside)


@pytest.mark.parametrize("exponent", POWERS)
def test_a_power_encloses_its_values(exponent: str) -> None:
    function, low, high = POWERS[exponent]
    x, inside = boxes(low, high)
    assert_enclosed(Intervals(COUNT).power(x, Fraction(exponent)), function, inside)


def test_a_quotient_encloses_its_values() -> None:
    (x, a), (y, b) = boxes(-3, 3), boxes(0.01, 5, seed=1)
    found = Intervals(COUNT).divide(x, y)
    for low, high, p, q in zip(found.lo, found.hi, a, b, strict=True):
        exact = Fraction(float(p)) / Fraction(float(q))
        assert Fraction(float(low)) <= exact <= Fraction(float(high))


@pytest.mark.parametrize("value", [Fraction(1, 3), Fraction(-1, 10), Fraction(10**40 + 1), Fraction(3, 4)])
def test_a_rational_lies_in_its_interval(value: Fraction) -> None:
    found = Intervals(1).rational(value)
    assert Fraction(float(found.lo)) <= value <= Fraction(float(found.hi))


DOUBTS = {
    "pole": lambda system, x: system.divide(Interval(np.ones(3), np.ones(3)), x),
    "logarithm": lambda system, x: system.log(x),
    "root": lambda system, x: system.power(x, Fraction(1, 2)),
    "negative power": lambda system, x: system.power(x, Fraction(-2)),
    "step": lambda system, x: system.step(x),
}


@pytest.mark.parametrize("operation", DOUBTS)
def test_a_box_over_a_singularity_is_doubtful_and_no_other(operation: str) -> None:
    system = Intervals(3)
    DOUBTS[operation](system, Interval(np.array([0.5, -1.0, 1e-9]), np.array([2.0, 1.0, 1.0])))
    assert system.doubtful.tolist() == [False, True, False]


def test_the_slope_of_something_continuous_raises_no_doubt() -> None:
    system = Intervals(1)
    found = system.kink(Interval(np.array([-1.0]), np.array([1.0])))
    assert (found.lo[0], found.hi[0], system.doubtful[0]) == (0, 1, False)


def test_division_by_an_interval_with_zero_is_unbounded() -> None:
    found = Intervals(1).divide(Interval(np.ones(1), np.ones(1)), Interval(-np.ones(1), np.ones(1)))
    assert (found.lo[0], found.hi[0]) == (-np.inf, np.inf)
