"""Closed forms compared for all values of their parameters: proved where true, never where false."""

from __future__ import annotations

import pytest
import sympy as sp

from derive.bounds.order import at_most

n = sp.Symbol("n", integer=True, positive=True)
R, S = sp.symbols("R S", nonnegative=True)
L = sp.Symbol("L", real=True)
LARGE = [(sp.Integer(4), R, False)]

CASES = [
    # smaller, larger, relations, whether it holds
    (sp.Integer(1), n, [], True),
    (sp.sqrt(n), n, [], True),
    (n, sp.sqrt(n), [], False),
    (sp.sqrt(n), 2 * n - sp.Rational(1, 2), [], True),
    (R, R**2, [], False),
    (R, R**2, [(sp.Integer(1), R, False)], True),
    (R, R**2, [(sp.Rational(99, 100), R, False)], False),
    (5 * R**2, 2 * R**3, LARGE, True),
    (9 * R**2, 2 * R**3, LARGE, False),
    (R * sp.exp(R**2), 2 * sp.sqrt(n) * R * sp.exp(R**2), [], True),
    (R * sp.cosh(R**2), R * sp.exp(R**2), [], True),
    (sp.exp(R), 2 * sp.cosh(R), [], True),
    (sp.exp(R), sp.cosh(R), [], False),
    (sp.sinh(R), sp.cosh(R), [], True),
    (sp.cosh(R), sp.sinh(R) + sp.Rational(99, 100), [], False),
    (1 + R, sp.exp(R), [], True),
    (1 + R + R**2, sp.exp(R), [], False),
    (sp.exp(2 * R**2), sp.exp(3 * R**2), [], True),
    (R * sp.exp(R) + R, 2 * sp.exp(2 * R), [], True),
    (R * sp.exp(2 * R) + R, 2 * sp.exp(2 * R), [], False),
    (sp.Min(R, S) - 1, sp.Min(R, S), [], True),
    (R, sp.Min(R, S), [], False),
    (sp.exp(3 * R**2), sp.exp(2 * R**2), [], False),
    (R * S, S**2, [(R, S, False)], True),
    (R * S, R**2, [(R, S, False)], False),
    (sp.Max(R, S), R + S, [], True),
    (sp.Max(R, S), R, [], False),
    (R, R**2 + sp.Rational(1, 4), [], True),
    (R, R**2 + sp.Rational(1, 5), [], False),
    (R * S, R**2 * S**2 + sp.Rational(1, 4), [], True),
    (2 * R * S, R**2 + S**2, [], True),
    (R**2, R**3 + R, [], True),
    (2 * R + 2 * S, 1 + R**2 + S**2, [], False),
    (R / 2, sp.sqrt(n) * sp.exp(20 * R**2), [], True),
    (3 * R, 1 + R**2, [], False),
    (L, L**2 + 1, [], False),
    (1 - 1 / (R + 1), R / (1 - R), [(R, sp.Integer(1), True)], True),
    (1 - 1 / (R + 1), R / (1 - R), [], False),
    (R / (1 - R), R / (1 - R) ** 2, [(R, sp.Integer(1), True)], True),
    (R / (1 - R) ** 2, R / (1 - R), [(R, sp.Integer(1), True)], False),
    (sp.Integer(0), 1 / (S - R), [(R, S, True)], True),
    (sp.Integer(0), 1 / (S - R), [(S, R, True)], False),
    (sp.exp(-S), sp.exp(-R), [(R, S, False)], True),
    (sp.exp(-R), sp.exp(-S), [(R, S, False)], False),
]


@pytest.mark.parametrize(("small", "large", "relations", "holds"), CASES, ids=lambda x: str(x)[:30])
def test_an_order_is_proved_just_where_it_holds(small: sp.Expr, large: sp.Expr, relations: list, holds: bool) -> None:
    """``L <= L**2 + 1`` holds but is beyond the method: signs of L are unknown."""
    assert at_most(small, large, relations) is holds
