"""Complex balls agree with real ones on the real axis, give derivatives beside it, and refuse what is not analytic."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from flint import acb, arb

from derive.evaluate.complex_balls import ComplexBalls
from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable

SYSTEM = ComplexBalls(128)
H = 2.0**-60


@pytest.fixture(autouse=True)
def precision() -> Iterator[None]:
    with SYSTEM.context():
        yield


SLOPES: dict[str, tuple[Any, float, float]] = {
    "exp": (SYSTEM.exp, 0.5, 1.6487212707001282),
    "log": (SYSTEM.log, 0.5, 2.0),
    "sin": (SYSTEM.sin, 0.0, 1.0),
    "cos": (SYSTEM.cos, 0.0, 0.0),
    "atan": (SYSTEM.atan, 1.0, 0.5),
    "erf": (SYSTEM.erf, 0.0, 1.1283791670955126),
    "square": (lambda x: SYSTEM.power(x, Fraction(2)), -3.0, -6.0),
    "inverse square": (lambda x: SYSTEM.power(x, Fraction(-2)), -1.0, 2.0),
    "root": (lambda x: SYSTEM.power(x, Fraction(1, 2)), 4.0, 0.25),
    "root of a cube": (lambda x: SYSTEM.power(x, Fraction(3, 2)), 4.0, 3.0),
    "quotient": (lambda x: SYSTEM.divide(arb(1), x), 2.0, -0.25),
}


@pytest.mark.parametrize(("function", "point", "slope"), SLOPES.values(), ids=SLOPES.keys())
def test_the_imaginary_part_is_the_derivative(function: Any, point: float, slope: float) -> None:
    moved, middle = function(acb(point, H)), function(arb(point))
    assert float(moved.imag / H) == pytest.approx(slope, abs=1e-15)
    assert abs(float(moved.real - middle)) < 1e-30


@pytest.mark.parametrize(
    "refused",
    [
        lambda x: SYSTEM.step(x),
        lambda x: SYSTEM.jump(x),
        lambda x: SYSTEM.dirac(x),
        lambda x: SYSTEM.extremum("max", [x, arb(0)]),
        lambda x: SYSTEM.certainly_less(x, arb(2)),
    ],
    ids=["step", "jump", "dirac", "max", "less"],
)
def test_what_is_not_analytic_is_refused(refused: Any) -> None:
    """What is real by its making may pass."""
    with pytest.raises(Unavailable, match="not analytic"):
        refused(acb(1, H))
    refused(arb(1))


@pytest.mark.parametrize("function", [SYSTEM.log, lambda x: SYSTEM.power(x, Fraction(1, 2))], ids=["log", "root"])
def test_branch_cuts_are_kept_away_from(function: Any) -> None:
    with pytest.raises(OutsideDomain):
        function(acb(-1, H))
    with pytest.raises(AtKink):
        function(acb(0, arb(0, H)))


def test_a_pole_is_no_number() -> None:
    with pytest.raises(OutsideDomain, match="division by zero"):
        SYSTEM.divide(arb(1), acb(0, arb(0, H)))
