"""Is one probability at most another wherever the hypotheses hold? Sizes that must be large take their least value."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from derive.bounds.order import Relations, at_most


def certainly_at_most(small: sp.Expr, large: sp.Expr, relations: Relations) -> bool:
    """Is ``small <= large`` proved wherever the relations between parameters hold?"""
    tried: set[tuple[sp.Expr, sp.Expr]] = set()
    for sides in _at_the_least(small, large, relations):
        products = _logarithms(*sides, relations)
        for pair in (sides, products, _without_denominator(*sides), _without_denominator(*_exponents(*sides))):
            if pair not in tried and at_most(*pair, relations):
                return True
            tried.add(pair)
    return False


def _at_the_least(small: sp.Expr, large: sp.Expr, relations: Relations) -> Iterator[tuple[sp.Expr, sp.Expr]]:
    """Both sides, and both where a parameter that only helps has the least value that a hypothesis leaves it."""
    yield small, large
    for least, symbol, _ in relations:
        if not symbol.is_Symbol or not least.free_symbols:
            continue
        held = {root: sp.Dummy(nonnegative=True) for root in least.atoms(sp.Pow) if _is_root_with(root, symbol)}
        low, high, bound = (side.xreplace(held) for side in (small, large, least))
        if not bound.has(symbol) and _falls(low, symbol) and _falls(-high, symbol):
            moved = (_reduced(side.xreplace({symbol: bound})) for side in (low, high))
            back = {dummy: root for root, dummy in held.items()}
            yield tuple(side.xreplace(back) for side in moved)


def _reduced(side: sp.Expr) -> sp.Expr:
    """The expression with common factors of numerators and denominators taken out of its exponents."""
    return side.replace(sp.exp, lambda exponent: sp.exp(sp.factor(exponent)))


def _is_root_with(power: sp.Pow, symbol: sp.Symbol) -> bool:
    """Is it a root in which the symbol stands? Held fixed, it is what it is where both sides are compared."""
    return bool(power.exp == sp.S.Half and power.has(symbol))


def _without_denominator(small: sp.Expr, large: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """``0 <= p`` where the difference is p / q with a positive q; otherwise the sides as they are."""
    numerator, denominator = sp.fraction(sp.cancel(sp.together(large - small)))
    return (sp.S.Zero, sp.expand(numerator)) if denominator.is_positive else (small, large)


def _exponents(small: sp.Expr, large: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """The exponents where the sides, or what both are less than 1, are the same positive multiple of an exponential."""
    pairs = [(small, large), (1 - large, 1 - small)]
    for low, high in pairs:
        (first, one), (second, other) = (_split(side) for side in (low, high))
        if first == second and first.is_positive:
            return one, other
    return small, large


def _logarithms(small: sp.Expr, large: sp.Expr, relations: Relations) -> tuple[sp.Expr, sp.Expr]:
    """The logarithms where the sides, or what both are less than 1, are positive products; otherwise the sides.

    That of a size, and minus that of a positive parameter of at most 1, is a number that is at least 0.
    """
    for low, high in ((small, large), (1 - large, 1 - small)):
        if low.is_positive and high.is_positive and not low.is_Add and not high.is_Add:
            gap = sp.expand_log(sp.log(high)) - sp.expand_log(sp.log(low))
            return sp.S.Zero, sp.expand(gap).xreplace(_signed_logarithms(gap, relations))
    return small, large


def _signed_logarithms(expression: sp.Expr, relations: Relations) -> dict[sp.Expr, sp.Expr]:
    below_one = {small for small, large, _ in relations if small.is_positive and (large <= 1) is sp.true}
    found: dict[sp.Expr, sp.Expr] = {}
    for logarithm in sorted(expression.atoms(sp.log), key=str):
        argument = logarithm.args[0]
        if argument.is_integer and argument.is_positive and argument.is_Symbol:
            found[logarithm] = sp.Dummy(nonnegative=True)
        elif argument in below_one:
            found[logarithm] = -sp.Dummy(nonnegative=True)
    return found


def _split(side: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """``c exp(u)`` as c and u."""
    factors = sp.Mul.make_args(side)
    powers = [factor for factor in factors if isinstance(factor, sp.exp)]
    return side / sp.Mul(*powers), sp.Add(*(power.args[0] for power in powers))


def _falls(expression: sp.Expr, symbol: sp.Symbol) -> bool:
    """Does the expression certainly not increase in a positive symbol?"""
    return not expression.has(symbol) or bool(symbol.is_positive and sp.diff(expression, symbol).is_nonpositive)
