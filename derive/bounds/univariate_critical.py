"""The range of a function of one variable from its values at critical points and ends, in closed form if possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import sympy as sp
from flint import arb, ctx

from derive.bounds.univariate_balls import PRECISION, number, values, vanishes
from derive.bounds.univariate_limits import limit, towards
from derive.bounds.univariate_program import Unbounded, program, x
from derive.bounds.univariate_roots import Root, Unsolved, derivative, form, zeros
from derive.bounds.univariate_search import CUTS
from derive.bounds.univariate_tails import TailArithmetic

DIGITS = 12
"""Significant digits of a bound without a closed form, rounded outward."""


EXTREME = 10**40
"""What is larger is not told in decimals, and what is smaller than its reciprocal is rounded to that, or to zero."""


@dataclass(frozen=True)
class Candidate:
    """A value that may be the largest or smallest: a ball around it, and how its closed form is found, if any."""

    ball: arb
    closed: Callable[[], sp.Expr | None]


def candidates(g: sp.Expr, low: sp.Expr, high: sp.Expr, both: bool) -> list[Candidate]:
    """Values of a smooth function, and limits, of which the largest is its supremum; of ``both`` the least its infimum.

    Between its critical points and the ends of the interval the function is monotone.

    Raises:
        Unsolved: the critical points are not found exactly.
        Unbounded: it is not bounded, or not enclosed.
    """
    if g.has(sp.Heaviside):
        raise Unsolved("a step that is not decided")
    if low.is_infinite and high.is_infinite:
        g = rationalised(g)
    if low.is_nonnegative and g.atoms(sp.log) == {sp.log(x)}:
        g, low, high = g.subs(x, sp.exp(x)), sp.log(low) if low.is_positive else -sp.oo, sp.log(high)
    slope = derivative(g, 1)
    roots = zeros(slope) if slope != 0 else []
    found = [*_at_end(g, low, -1, both), *_at_end(g, high, 1, both)]
    for root in roots:
        if not (low.is_finite and root.high < number(low)) and not (high.is_finite and root.low > number(high)):
            found.append(_at_root(g, root))
    return found


def rationalised(g: sp.Expr) -> sp.Expr:
    """A function of sines and cosines of multiples of x alone as a rational function of ``tan(c x)``, renamed x."""
    waves = sorted(g.atoms(sp.sin, sp.cos), key=sp.default_sort_key)
    if not waves or not all((wave.args[0] / x).is_Rational for wave in waves):
        return g
    rates = [wave.args[0] / x for wave in waves]
    unit = sp.gcd_list(rates)
    t = sp.Dummy("t", real=True)
    power = [sp.expand((1 + sp.I * t) ** (2 * abs(int(rate / unit)))) for rate in rates]
    swaps = {}
    for wave, rate, value in zip(waves, rates, power, strict=True):
        parts = value.as_real_imag()
        top = parts[1] * sp.sign(rate) if isinstance(wave, sp.sin) else parts[0]
        swaps[wave] = sp.expand(top) / (1 + t**2) ** abs(int(rate / unit))
    swapped = g.xreplace(swaps)
    return g if swapped.has(x) else sp.factor(swapped.xreplace({t: x}))


def _at_end(g: sp.Expr, end: sp.Expr, side: int, both: bool) -> Iterator[Candidate]:
    """The value or the limit at an end; none where the function falls without bound towards it."""
    value = g.subs(x, end) if end.is_finite else limit(g.subs(x, side * x))
    if value is None or (end.is_finite and value.has(sp.nan, sp.zoo, sp.oo)):
        value = towards(g, end, side)
    if value is None:
        if end.is_finite:
            raise Unbounded("no value at the end")
        tail = program(g.subs(x, side * x)).run(TailArithmetic(CUTS[-1]))
        yield Candidate(tail.ball() if both else tail.upper(), lambda: None)
    elif value.is_finite:
        yield Candidate(number(value), lambda: value)
    elif both or value != -sp.oo:
        raise Unbounded("it grows without bound")


def _at_root(g: sp.Expr, root: Root) -> Candidate:
    return Candidate(values(program(g), (root.low, root.high)), lambda: _closed(g, root))


def _closed(g: sp.Expr, root: Root) -> sp.Expr | None:
    """The value at a zero: of degree 2 at most where it is algebraic, otherwise by substitution."""
    try:
        found = form(g)
    except Unsolved:
        found = None
    (variable,) = root.factor.gens
    if found is not None:
        others = (found.numerator.free_symbols | found.denominator.free_symbols) - {variable}
        if not others:
            return _algebraic(
                found.numerator, found.denominator, root.factor, values(program(g), (root.low, root.high))
            )
    return None if root.closed is None else sp.radsimp(g.subs(x, root.closed))


def _algebraic(top: sp.Expr, bottom: sp.Expr, factor: sp.Poly, ball: arb) -> sp.Expr | None:
    """``y = top/bottom`` at a zero of the factor: a zero of the resultant, told from the others by the ball."""
    y = sp.Dummy("y")
    resultant = sp.Poly(sp.resultant(factor.as_expr(), sp.expand(top - y * bottom), factor.gens[0]), y)
    if resultant.is_zero or not all(c.is_Rational for c in resultant.coeffs()):
        return None
    fitting = []
    for part, _ in resultant.factor_list()[1]:
        if part.degree() > 2:
            return None
        fitting += [root for root in sp.roots(part, multiple=True) if root.is_real and number(root).overlaps(ball)]
    return sp.radsimp(fitting[0]) if len(fitting) == 1 else None


def largest(found: Sequence[Candidate]) -> sp.Expr:
    """The largest value in closed form; a rational just above it where it has none."""
    with ctx.workprec(PRECISION):
        floor = found[0].ball.lower()
        for candidate in found:
            floor = floor.max(candidate.ball.lower())
        leading = [candidate for candidate in found if not candidate.ball < floor]
        closed = list(_different(leading))
        if len(closed) == 1 and closed[0] is not None:
            return closed[0]
        upper = leading[0].ball.upper()
        for candidate in leading:
            upper = upper.max(candidate.ball.upper())
        return rounded_up(upper)


def _different(found: Sequence[Candidate]) -> Iterator[sp.Expr | None]:
    """The closed forms, equal ones once."""
    seen: list[sp.Expr | None] = []
    for candidate in found:
        value = candidate.closed()
        if not any(value == other or _equal(value, other) for other in seen):
            seen.append(value)
            yield value


def _equal(first: sp.Expr | None, second: sp.Expr | None) -> bool:
    return first is not None and second is not None and vanishes(first - second)


def rounded_up(value: arb) -> sp.Expr:
    """A decimal of a few digits that is certainly at least the value.

    Raises:
        Unbounded: it is too large to be told.
    """
    if value > EXTREME or not value.is_finite():
        raise Unbounded("no finite bound")
    if abs(value) < 1 / arb(EXTREME):  # what decays on a tail is tiny
        return sp.Rational(1, EXTREME) if value > 0 else sp.S.Zero
    if value < -EXTREME:
        return -sp.Integer(EXTREME)
    with ctx.workprec(PRECISION):
        scale = DIGITS - 1 - _integer((value.abs_upper().log() / arb(10).log()).floor().mid())
        return sp.Integer(_integer((value * arb(10) ** scale).upper().ceil().upper())) / sp.Integer(10) ** scale


def _integer(exact: arb) -> int:
    found = exact.unique_fmpz()
    assert found is not None
    return int(found)
