"""The sign of a rational function from the signs of its factors: ``2 r^2/((1 - r) (1 + r))`` where ``r < 1``."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

LARGEST = 150
"""Operations of an expression beyond which it is not factored."""


def signed_by_factors(expression: sp.Expr, relations: Sequence[tuple[sp.Expr, sp.Expr, bool]]) -> bool:
    """Is the expression certainly at least zero where it is defined and the relations ``small <= large`` hold?"""
    if not expression.is_rational_function() or expression.count_ops() > LARGEST:
        return False
    gaps = [large - small for small, large, _ in relations]
    sign = 1
    for factor in sp.Mul.make_args(sp.factor(sp.together(expression))):
        base, exponent = factor.as_base_exp()
        if exponent.is_even:
            continue
        found = _sign(base, gaps)
        if found is None or not exponent.is_integer:
            return False
        sign *= found
    return sign > 0


def _sign(factor: sp.Expr, gaps: Sequence[sp.Expr]) -> int | None:
    """1 where the factor is nowhere negative, -1 where it is nowhere positive; None where it may be either."""
    if factor.is_nonnegative or any(sp.expand(factor - gap).is_nonnegative for gap in gaps):
        return 1
    return -1 if factor.is_nonpositive or any(sp.expand(-factor - gap).is_nonnegative for gap in gaps) else None
