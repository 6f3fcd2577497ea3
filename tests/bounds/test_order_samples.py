"""An order that holds fails at no sample, and one that fails by a factor does at some."""

from __future__ import annotations

import pytest
import sympy as sp

from derive.bounds.order_samples import fails_somewhere
from tests.bounds.test_order import CASES, L, R, S, n

TRUE = [(small, large, relations) for small, large, relations, holds in CASES if holds]
FALSE = [
    (n, sp.sqrt(n), []),
    (R, R**2, []),
    (9 * R**2, 2 * R**3, [(sp.Integer(4), R, False)]),
    (1 + R + R**2, sp.exp(R), []),
    (R * S, R**2, [(R, S, False)]),
    (sp.Max(1, R), R, []),
    (sp.exp(-R), sp.exp(-S), [(R, S, False)]),
    (L, sp.Integer(0), []),
    (-L, sp.Integer(0), []),
]


@pytest.mark.parametrize(("small", "large", "relations"), TRUE, ids=map(str, range(len(TRUE))))
def test_what_holds_fails_nowhere(small: sp.Expr, large: sp.Expr, relations: list) -> None:
    assert not fails_somewhere(small, large, relations)


@pytest.mark.parametrize(("small", "large", "relations"), FALSE, ids=map(str, range(len(FALSE))))
def test_what_is_false_by_a_factor_fails_somewhere(small: sp.Expr, large: sp.Expr, relations: list) -> None:
    assert fails_somewhere(small, large, relations)


def test_a_value_that_does_not_exist_fails_nothing() -> None:
    """The root of a negative number, a quotient by zero, and what doubles do not hold."""
    assert not fails_somewhere(sp.sqrt(-1 - R), sp.Integer(0), [])
    assert not fails_somewhere(1 / sp.Min(0, R), sp.Integer(-1), [])
    assert not fails_somewhere(sp.exp(sp.exp(sp.exp(100 * n))), sp.Integer(1), [])
