"""Limits at infinity of functions of one variable, exactly, where leading terms decide."""

from __future__ import annotations

import sympy as sp

from derive.bounds.univariate_program import x
from derive.bounds.univariate_roots import Form, R, Unsolved, W, form


def limit(expression: sp.Expr) -> sp.Expr | None:
    """The limit at ``+oo``: a number, infinite, or None where leading terms do not decide.

    arctan and erf go to numbers; a polynomial in them has the limit of its coefficients, if those are all finite.
    """
    settled: dict[sp.Expr, sp.Expr] = {}
    for function, end in ((sp.atan, sp.pi / 2), (sp.erf, sp.S.One)):
        for part in sorted(expression.atoms(function), key=sp.default_sort_key):
            inner = limit(part.args[0])
            if inner is None:
                return None
            settled[part] = sp.sign(inner) * end if inner.is_infinite else function(inner)
    if not settled:
        return _rational(expression)
    symbols = {part: sp.Dummy() for part in settled}
    try:
        terms = sp.Poly(sp.expand(expression.xreplace(symbols)), *symbols.values()).terms()
    except sp.PolynomialError:
        return None
    total = sp.S.Zero
    for powers, coefficient in terms:
        part = _rational(coefficient)
        if part is None or part.is_infinite or not part.is_finite:
            return None
        total += part * sp.Mul(*(end**k for end, k in zip(settled.values(), powers, strict=True)))
    return total


def towards(expression: sp.Expr, end: sp.Expr, side: int) -> sp.Expr | None:
    """The limit at an end from inside, left of it for ``side`` 1, of rational functions and logarithms of such.

    None for others, of which SymPy's algorithm (Gruntz, 1996) is not asked.
    """
    logarithms = expression.atoms(sp.log)
    rest = expression.xreplace({part: sp.Dummy() for part in logarithms})
    if not all(part.is_rational_function(x) for part in (rest, *(part.args[0] for part in logarithms))):
        return None
    found = sp.limit(expression, x, end, "-" if side > 0 else "+")
    return found if found.is_number and not found.has(sp.Limit, sp.nan, sp.zoo, sp.AccumBounds) else None


def _rational(expression: sp.Expr) -> sp.Expr | None:
    """An exponential outgrows every power: leading terms are compared in W first and in x and its roots second."""
    if not expression.has(x):
        return expression
    try:
        found = form(expression)
    except Unsolved:
        return None
    sides = [_leading(part, found) for part in (found.numerator, found.denominator)]
    (top, up), (bottom, down) = sides
    if bottom == 0 or top == 0:
        return None
    if up == down:
        return sp.radsimp(top / bottom)
    return sp.S.Zero if up < down else sp.oo * sp.sign(top / bottom)


def _leading(part: sp.Expr, found: Form) -> tuple[sp.Expr, tuple[int, sp.Expr]]:
    """The coefficient and the weight of what grows most; R counts for half the degree of its radicand."""
    sign = 1 if not found.q.has(x) or sp.LC(found.q, x) > 0 else -1
    radicand = sp.Poly(found.radicand, x)
    weights: dict[tuple[int, sp.Expr], sp.Expr] = {}
    for (power, degree, root), c in sp.Poly(part, W, x, R).terms():
        weight = sign * power, degree + sp.Rational(root * radicand.degree(), 2)
        weights[weight] = weights.get(weight, sp.S.Zero) + c * sp.sqrt(radicand.LC()) ** root
    largest = max(weights)
    return sp.radsimp(weights[largest]), largest
