"""Compiled formulas: shared parts once, nothing confused, SymPy's and symengine's alike."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy

from derive.evaluate.program import compiled
from derive.evaluate.rationals import Rationals
from derive.evaluate.symbolic import Formulas

EXACT = Rationals()


def run(engine: Any, *formulas: Any) -> list[Fraction | None]:
    """The formulas at x = 2, y = 3."""
    program = compiled(formulas, engine.symbols("x y"))
    return [EXACT.exact(value) for value in program.run(EXACT, [EXACT.rational(Fraction(k)) for k in (2, 3)])]


def test_formulas_with_equal_hashes_are_not_confused(engine: Any) -> None:
    """Python's hash of -1 is that of -2, and SymPy's hashes inherit it."""
    x, y = engine.symbols("x y")
    formulas = [x**-1, x**-2, 3 * x**-1, 3 * x**-2, y - x, y - 2 * x, (x - 1) ** -1 + y, (x - 1) ** -2 + y, x**3]
    expected = [Fraction(1, 2), Fraction(1, 4), Fraction(3, 2), Fraction(3, 4), 1, -1, 4, 4, 8]
    assert run(engine, *formulas) == expected


def test_constants_and_arguments_may_be_outputs(engine: Any) -> None:
    x, y = engine.symbols("x y")
    assert run(engine, engine.Integer(7), x, engine.Rational(1, 3) * y) == [7, 2, 1]


def test_sums_that_differ_by_a_factor_are_not_confused(engine: Any) -> None:
    """symengine gives x + y and 2*x + 2*y the same hash."""
    x, y = engine.symbols("x y")
    total = x + y
    formula = (total * x + total * y * x).diff(x) + (2 * x + 2 * y) * x
    assert run(engine, formula, total * y, (2 * x + 2 * y) * y) == [7 + 3 * 5 + 3 * 2 + 20, 15, 30]


def test_shared_subexpressions_are_computed_once(engine: Any) -> None:
    """A tower of squares of depth 30 takes steps in proportion to 30."""
    x = engine.Symbol("x")
    tower = x
    for _ in range(30):
        tower = (tower + 1) ** 2 + tower
    assert len(compiled([tower], [x]).steps) < 150


def test_length_counts_shared_parts_as_often_as_they_occur(engine: Any) -> None:
    x = engine.Symbol("x")
    part = (x + 1) ** 3
    assert Formulas(engine).length(part + engine.exp(part)) > 2 * Formulas(engine).length(part)


def test_a_function_that_is_no_primitive_is_refused() -> None:
    x = sympy.Symbol("x")
    with pytest.raises(ValueError, match="none of the primitives"):
        compiled([sympy.gamma(x)], [x])
