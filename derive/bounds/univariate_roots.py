"""Where an expression in one variable vanishes, exactly: rational in x, in one exponential, in a root, or products."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from math import gcd, lcm

import sympy as sp
from flint import arb, fmpq

from derive.bounds.univariate_balls import number
from derive.bounds.univariate_program import x

W = sp.Symbol("W", positive=True)
"""The exponential ``e^q`` that all exponentials of an expression are powers of."""

R = sp.Symbol("R", real=True)
"""The square root of a polynomial in x."""

NARROW = sp.Rational(1, 10**40)
"""The width of an interval that isolates a root which has no closed form."""

LARGEST_DEGREE = 24


class Unsolved(ArithmeticError):
    """The zeros have no form that is read here."""


@dataclass(frozen=True)
class Root:
    """A zero: its closed form, if it has one, exact ends between which it lies, and the polynomial that it is from."""

    closed: sp.Expr | None
    low: arb
    high: arb
    factor: sp.Poly

    @property
    def ball(self) -> arb:
        return self.low.union(self.high)


@dataclass(frozen=True)
class Form:
    """A rational function of x, ``W = e^q`` and ``R = sqrt(radicand)``; ``q`` and ``radicand`` are polynomials in x."""

    numerator: sp.Expr
    denominator: sp.Expr
    q: sp.Expr
    radicand: sp.Expr


def form(expression: sp.Expr) -> Form:
    """The expression as a rational function.

    Raises:
        Unsolved: it is none.
    """
    swaps, q = _exponentials(expression)
    plain = expression.xreplace(swaps)
    radicands = {p.base for p in plain.atoms(sp.Pow) if p.exp.is_Rational and p.exp.q == 2 and p.base.has(x)}
    if len(radicands) > 1 or not all(base.is_polynomial(x) and not base.has(W) for base in radicands):
        raise Unsolved("roots of several kinds")
    radicand = radicands.pop() if radicands else sp.S.One
    halves = {p: R**p.exp.p for p in plain.atoms(sp.Pow) if p.base == radicand and p.exp.is_Rational and p.exp.q == 2}
    plain = plain.xreplace(halves)
    if not plain.is_rational_function(x, W, R):
        raise Unsolved("not rational")
    top, bottom = sp.fraction(sp.together(plain))
    if halves:
        top, bottom = (sp.rem(sp.expand(part), R**2 - radicand, R) for part in (top, bottom))
    return Form(top, bottom, q, radicand)


def _exponentials(expression: sp.Expr) -> tuple[dict[sp.Expr, sp.Expr], sp.Expr]:
    """Each exponential as a power of one of them."""
    found = sorted((e for e in expression.atoms(sp.exp) if e.has(x)), key=sp.default_sort_key)
    if not found:
        return {}, sp.S.Zero
    first = sp.expand(found[0].args[0])
    if not first.is_polynomial(x):
        raise Unsolved("an exponential of no polynomial")
    ratios = [sp.cancel(e.args[0] / first) for e in found]
    if not all(ratio.is_Rational for ratio in ratios):
        raise Unsolved("exponentials of several kinds")
    unit = sp.Rational(reduce(gcd, (abs(int(r.p)) for r in ratios)), reduce(lcm, (int(r.q) for r in ratios)))
    unit = unit if first.coeff(x, sp.degree(first, x)) > 0 else -unit
    return {e: W ** (ratio / unit) for e, ratio in zip(found, ratios, strict=True)}, first * unit


def derivative(expression: sp.Expr, order: int) -> sp.Expr:
    """The derivative of an order, in lowest terms where it is rational in x and one exponential, so that it is short.

    Steps are taken for constants, which they are on either side of a kink.
    """
    try:
        found = form(expression)
        rational = all(sp.Poly(part, x, W).domain in (sp.ZZ, sp.QQ) for part in (found.numerator, found.denominator))
    except (Unsolved, sp.PolynomialError):
        rational = False
    if not rational:
        return sp.diff(expression, x, order).replace(sp.DiracDelta, lambda *_: sp.S.Zero)
    value, rate = sp.cancel(found.numerator / found.denominator), sp.diff(found.q, x)
    for _ in range(order):
        value = sp.cancel(sp.diff(value, x) + sp.diff(value, W) * W * rate)
    return value.xreplace({W: sp.exp(found.q)})


def zeros(expression: sp.Expr) -> list[Root]:
    """Points among which all zeros of an expression are; poles of its denominator do not count.

    Raises:
        Unsolved: they are not found exactly, or it vanishes everywhere.
    """
    found = form(expression)
    top = found.numerator
    if top.has(R):
        top = sp.expand(top)
        a, b = top.coeff(R, 0), top.coeff(R, 1)
        top = a**2 - b**2 * found.radicand if a != 0 else b * found.radicand
    return list(_factored(top, found.q))


def _factored(top: sp.Expr, q: sp.Expr) -> Iterator[Root]:
    for factor in factors(top):
        if factor.gens == (x,):
            yield from _polynomial(factor)
        elif factor.gens == (W,):
            yield from _exponential(factor, q)
        else:
            raise Unsolved("x and its exponential together")


def factors(top: sp.Expr) -> Iterator[sp.Poly]:
    """The irreducible factors over the rationals, each in its own variables."""
    polynomial = sp.Poly(sp.expand(top), x, W)
    if polynomial.is_zero:
        raise Unsolved("it vanishes everywhere")
    first = polynomial.coeffs()[0]
    scaled = [
        sp.nsimplify(c / first) if (c / first).is_Rational else sp.radsimp(c / first) for c in polynomial.coeffs()
    ]
    if not all(c.is_Rational for c in scaled) or polynomial.total_degree() > LARGEST_DEGREE:
        raise Unsolved("irrational coefficients")
    exact = sp.Poly(dict(zip(polynomial.monoms(), scaled, strict=True)), x, W, domain="QQ")
    for factor, _ in exact.factor_list()[1]:
        variables = [gen for gen in (x, W) if gen in factor.free_symbols]
        yield sp.Poly(factor.as_expr(), *variables, domain="QQ")


def _polynomial(factor: sp.Poly) -> Iterator[Root]:
    if factor.degree() <= 2:
        for root in sp.roots(factor, multiple=True):
            if root.is_real:
                yield exact(sp.radsimp(root), factor)
        return
    for (low, high), _ in factor.intervals(eps=NARROW):
        yield Root(None, rational(low).lower(), rational(high).upper(), factor)


def exact(root: sp.Expr, factor: sp.Poly) -> Root:
    ball = number(root)
    return Root(root, ball.lower(), ball.upper(), factor)


def rational(value: sp.Rational) -> arb:
    return arb(fmpq(int(value.p), int(value.q)))


def _exponential(factor: sp.Poly, q: sp.Expr) -> Iterator[Root]:
    """``e^(k x) = r`` at ``x = log(r)/k``."""
    rate = q.coeff(x, 1)
    for root in _polynomial(factor):
        if not root.high > 0:
            continue
        if sp.expand(q - rate * x) != 0 or not root.low > 0 or not rate.is_Rational:
            raise Unsolved("a power in the exponent")
        ends = root.low.log() / rational(rate), root.high.log() / rational(rate)
        closed = None if root.closed is None else sp.log(root.closed) / rate
        yield Root(closed, ends[0].min(ends[1]).lower(), ends[0].max(ends[1]).upper(), factor)
