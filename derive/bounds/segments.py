"""Inequalities that say of a scalar that it is convex or smooth: between two points, or above a tangent.

Jensen's: ``f(t x + (1 - t) y) <= t f(x) + (1 - t) f(y)``. The first-order conditions: ``f(y) >= f(x) + <g, y - x> +
m/2 ||y - x||^2`` and ``f(y) <= f(x) + <g, y - x> + M/2 ||y - x||^2`` with ``g = grad f(x)``. Each holds where the
Hessian of f has no eigenvalue below m (or 0), or above M, at any point of the segment (Boyd and Vandenberghe, 3.1 and
9.1). The slope may be written in any way that equals it under the hypotheses; where these say that it vanishes,
``f(x) <= f(y)`` is such an inequality: a stationary point of a convex function is a minimiser. That an inequality is of
this form is decided by the normal form, not by its spelling.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import sympy as sp

from derive.bounds.closed_form import written_out
from derive.bounds.derivation import Derivation
from derive.bounds.goal import Goal, move_of, moving, parameters_of
from derive.bounds.hypotheses import facts
from derive.bounds.parameters import Parameters
from derive.bounds.rules.combinations import Terms, combination, terms
from derive.bounds.rules.softmax import unnamed
from derive.bounds.two_points import convex, symmetric, two_points
from derive.calculus.algebra import Undecidable
from derive.calculus.decide import difference
from derive.language.derivatives import Substitution, jvp
from derive.language.plain import identity
from derive.language.rebuild import renamed
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Multiply, Negative, Number, Tensor
from derive.obligation import Obligation

Pairs = Mapping[str, Symbol]


def segments(obligation: Obligation) -> Iterator[Goal]:
    """The curvature of f, where the obligation says no more of it."""
    if obligation.sign == "<=" and not obligation.left.ndim and not obligation.right.ndim:
        left, right = (terms(side, _named) for side in (obligation.left, obligation.right))
        found = [*right, *((-c, term) for c, term in left)]
        yield from _jensen(found, obligation)
        yield from _tangent(found, obligation)


def _named(node: Tensor) -> Tensor:
    """A function that has a name is not looked into."""
    return node


def _jensen(found: Terms, obligation: Obligation) -> Iterator[Goal]:
    """``t f(x) + (1 - t) f(y) - f(t x + (1 - t) y) >= 0``."""
    for weight, first, second, rest in _weighted(found, obligation.given):
        at_x, at_y, between = _sum(first), _sum(second), _sum([(-c, term) for c, term in rest])
        pairs = two_points(at_x, at_y)
        if pairs and _is_point(between, at_x, weight, pairs):
            given, variables = _between(at_x, pairs, obligation)
            if variables:
                yield Goal("convexity", at_x, sp.S.Zero, facts(given, parameters_of(given), variables))


def _weighted(found: Terms, given: Sequence[Relation]) -> Iterator[tuple[Tensor, Terms, Terms, Terms]]:
    """A weight t within [0, 1], what it and what ``1 - t`` multiply, and the rest."""
    factors = {identity(factor): factor for _, term in found for factor in _factors(term)}
    for text, weight in factors.items():
        other = f"1 - {text}"
        if isinstance(unnamed(weight), Symbol) and not weight.ndim and other in factors and _is_share(weight, given):
            first = [(c, taken) for c, term in found if (taken := _without(term, text)) is not None]
            second = [(c, taken) for c, term in found if (taken := _without(term, other)) is not None]
            rest = [(c, term) for c, term in found if _without(term, text) is _without(term, other) is None]
            yield weight, first, second, rest
    shares = [k for k, (c, _) in enumerate(found) if abs(c) < 1]
    if len(shares) == 2:
        (a, first_term), (b, second_term) = (found[k] for k in shares)
        if abs(a + b) == 1 and a * b > 0:
            sign = Fraction(1 if a > 0 else -1)
            rest = [pair for k, pair in enumerate(found) if k not in shares]
            yield Number(abs(a)), [(sign, first_term)], [(sign, second_term)], rest


def _factors(term: Tensor) -> list[Tensor]:
    """The scalar factors of a product, apart from its last one."""
    term = unnamed(term)
    return [*_factors(term.left), *_factors(term.right)] if isinstance(term, Multiply) and not term.ndim else [term]


def _without(term: Tensor, text: str) -> Tensor | None:
    """The product without one factor; None where it has no such factor."""
    factors = _factors(term)
    position = next((k for k, factor in enumerate(factors) if identity(factor) == text), None)
    if position is None or len(factors) == 1:
        return None
    first, *rest = factors[:position] + factors[position + 1 :]
    for factor in rest:
        first = Multiply.of(first, factor)
    return first


def _is_share(weight: Tensor, given: Sequence[Relation]) -> bool:
    """Do the hypotheses put the scalar between 0 and 1?"""
    derivation = Derivation(facts(given, parameters_of(given), {}))
    lowest, highest = (derivation.bounds(measure, weight) for measure in ("lower", "upper"))
    return any(b.value.nonnegative for b in lowest) and any((1 - b.value.expression).is_nonnegative for b in highest)


def _sum(part: Terms) -> Tensor:
    return combination(part) if part else Number(Fraction(0))


def _is_point(value: Tensor, function: Tensor, weight: Tensor, pairs: Pairs) -> bool:
    """Is ``value`` the function at ``t x + (1 - t) y``?"""
    symbols = {leaf.name: leaf for leaf in function.walk() if isinstance(leaf, Symbol)}
    rest = Add.of(Number(Fraction(1)), Negative.of(weight))
    points = {
        name: Add.of(Multiply.of(weight, symbols[name]), Multiply.of(rest, partner)) for name, partner in pairs.items()
    }
    return _equal(value, renamed(function, points))


def _equal(first: Tensor, second: Tensor, given: Sequence[Relation] = ()) -> bool:
    try:
        return difference(first, second, given).proved
    except Undecidable:
        return False


def _tangent(found: Terms, obligation: Obligation) -> Iterator[Goal]:
    """``+-(f(x) + <g, y - x> - f(y)) + c ||y - x||^2 >= 0``: f is 2c-smooth, or has no curvature below -2c."""
    for k, (c, there) in enumerate(found):
        for j, (d, at_y) in enumerate(found):
            at_x, pairs = _moved(there, at_y) if k != j and abs(c) == 1 and d == -c else (there, None)
            if not pairs:
                continue
            given, variables = _between(at_x, pairs, obligation)
            parameters = parameters_of(given)
            rest = [pair for i, pair in enumerate(found) if i not in (k, j)]
            square = _square(rest, pairs, variables, parameters) if variables else None
            if square is None:
                continue
            coefficient, linear = square
            slope = _sum([(c * a, term) for a, term in linear])
            if _equal(slope, _differential(at_x, pairs), obligation.given):
                measure, bound = ("smoothness", 2 * coefficient) if c > 0 else ("convexity", -2 * coefficient)
                yield Goal(measure, at_x, bound, facts(given, parameters, variables))


def _moved(at_x: Tensor, at_y: Tensor) -> tuple[Tensor, Pairs | None]:
    """A function at x, and which symbols of it become others at y: none where the two are no function at two points."""
    pairs = two_points(at_x, at_y)
    if pairs is None and any(isinstance(node, Substitution) for node in at_x.walk()):
        at_x, at_y = written_out(at_x), written_out(at_y)
        pairs = two_points(at_x, at_y)
    return at_x, pairs


def _differential(function: Tensor, pairs: Pairs) -> Tensor:
    """``<grad f(x), y - x>``."""
    symbols = {leaf.name: leaf for leaf in function.walk() if isinstance(leaf, Symbol)}
    moves = [jvp(function, symbols[name], Add.of(y, Negative.of(symbols[name]))) for name, y in pairs.items()]
    return _sum([(Fraction(1), move) for move in moves])


def _square(
    found: Terms, pairs: Pairs, variables: Mapping[str, str], parameters: Parameters
) -> tuple[sp.Expr, Terms] | None:
    """``c`` of ``c sum ||y - x||^2`` over all pairs, and the other terms; None where more is in closed form."""
    total: sp.Expr = sp.S.Zero
    linear: Terms = []
    for c, term in found:
        value = parameters.scalar(term)
        if value is None:
            linear.append((c, term))
        else:
            total += sp.Rational(c.numerator, c.denominator) * value.expression
    if total == 0:
        return sp.S.Zero, linear
    moves = {}
    for symbol in total.free_symbols:
        move = move_of(parameters.nodes[symbol], pairs)
        if move is not None and move[1] == variables[move[0]]:
            moves[move[0]] = symbol
    if moves.keys() != pairs.keys():
        return None
    total = sp.expand(total)
    coefficients = {total.coeff(symbol, 2) for symbol in moves.values()}
    coefficient = next(iter(coefficients))
    exact = sp.expand(total - coefficient * sum(symbol**2 for symbol in moves.values())) == 0
    return (coefficient, linear) if len(coefficients) == 1 and exact and not coefficient.has(*moves.values()) else None


def _between(function: Tensor, pairs: Pairs, obligation: Obligation) -> tuple[list[Relation], dict[str, str]]:
    """The hypotheses that hold on the segment, and the variables with their norms; none where it may leave the set."""
    symbols = {leaf.name: leaf for leaf in function.walk() if isinstance(leaf, Symbol)}
    variables = {name: order for name in pairs for order in moving(symbols[name]).values()}
    given = [r for r in symmetric(obligation.given, pairs) if convex(r, variables)]
    return given, {} if any("orthogonal" in symbols[name].properties for name in pairs) else variables
