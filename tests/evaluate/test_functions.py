"""Every row of the function table, compiled once, has SymPy's value and derivatives in every system."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

from derive.evaluate.balls import Balls
from derive.evaluate.duals import Duals
from derive.evaluate.float64 import Float64
from derive.evaluate.multiprecision import Multiprecision
from derive.evaluate.program import row
from derive.language.functions import FUNCTIONS, w, z

ARGUMENTS = [(Fraction(5, 4), Fraction(1, 3)), (Fraction(1, 7), Fraction(2)), (Fraction(-3, 4), Fraction(-1, 2))]
SYSTEMS = [Float64(), Multiprecision(), Balls(200)]
ROWS = [
    (name, arguments[: function.arity])
    for name, function in FUNCTIONS.items()
    for arguments in ARGUMENTS
    if function.domain.subs(z, sp.Rational(arguments[0])) == sp.true
]


def exact(name: str, arguments: tuple[Fraction, ...], *variables: Any) -> float:
    expression = FUNCTIONS[name].expression
    for variable in variables:
        expression = sp.diff(expression, variable)
    values = {symbol: sp.Rational(x) for symbol, x in zip((z, w), arguments, strict=False)}
    return float(expression.subs(values).evalf(30))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
@pytest.mark.parametrize(("name", "arguments"), ROWS)
def test_value_is_sympys(name: str, arguments: tuple[Fraction, ...], system: Any) -> None:
    with system.context():
        [found] = row(name).run(system, [system.rational(x) for x in arguments])
        assert float(found) == pytest.approx(exact(name, arguments), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize(("name", "arguments"), ROWS)
def test_dual_derivatives_are_sympys(name: str, arguments: tuple[Fraction, ...]) -> None:
    """First and second derivatives, by duals and by duals of duals."""
    base = Balls(200)
    inner, outer = Duals(base), Duals(Duals(base))
    with base.context():
        seeds = [outer.seed(inner.seed(base.rational(x), k), k) for k, x in enumerate(arguments)]
        [found] = row(name).run(outer, seeds)
        slopes = outer.split(found)[1]
        for k, first in enumerate((z, w)[: len(arguments)]):
            slope, seconds = inner.split(slopes.get(k, base.rational(Fraction(0))))
            assert float(slope) == pytest.approx(exact(name, arguments, first), rel=1e-12, abs=1e-15)
            for m, second in enumerate((z, w)[: len(arguments)]):
                expected = exact(name, arguments, first, second)
                assert float(seconds.get(m, 0)) == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_rows_whose_value_at_a_jump_matters(name: str) -> None:
    """Only heaviside depends on a convention for the value of a step at zero."""
    operations = {step.operation for step in row(name).steps}
    assert ("jump" in operations) == (name == "heaviside")


FAR = Fraction(800)
"""``exp`` of it is beyond the doubles."""


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "erf", "arctan"])
@pytest.mark.parametrize("sign", [-1, 1])
def test_a_bounded_function_has_its_limit_where_exp_overflows(name: str, sign: int) -> None:
    system = Float64()
    limit = {"tanh": sign, "sigmoid": (1 + sign) / 2, "erf": sign, "arctan": math.atan(sign * float(FAR))}
    with system.context():
        [found] = row(name).run(system, [system.rational(sign * FAR)])
    assert found == pytest.approx(limit[name], abs=1e-15)


REFERENCES = {name: getattr(math, name) for name in ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf")}


@pytest.mark.parametrize("name", REFERENCES)
@pytest.mark.parametrize("argument", [Fraction(5, 4), Fraction(1, 7)])
def test_a_row_is_the_function_of_its_name(name: str, argument: Fraction) -> None:
    """The other tests take the row for the truth; this one takes the C library."""
    system = Float64()
    [found] = row(name).run(system, [system.rational(argument)])
    assert float(found) == pytest.approx(REFERENCES[name](float(argument)), rel=1e-14)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_rational_beyond_doubles_is_infinite(sign: int) -> None:
    assert Float64().rational(Fraction(sign * 10**400)) == sign * float("inf")
