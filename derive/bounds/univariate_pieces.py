"""A function of one variable with kinks as smooth functions on intervals that follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import sympy as sp
from flint import arb

from derive.bounds.univariate_balls import at, number, vanishes
from derive.bounds.univariate_program import Unbounded, program, x
from derive.bounds.univariate_roots import Unsolved, form, zeros
from derive.bounds.univariate_search import supremum

PIECES = 12
"""More pieces are left undecided."""


@dataclass(frozen=True)
class Piece:
    """A smooth expression between two exact ends, which may be infinite."""

    expression: sp.Expr
    low: sp.Expr
    high: sp.Expr


def pieces(expression: sp.Expr, low: sp.Expr, high: sp.Expr) -> list[Piece]:
    """The expression with every step decided.

    Raises:
        Unsolved: a place where it changes is not found exactly.
    """
    found = list(_pieces(Piece(expression, low, high)))
    if len(found) > PIECES:
        raise Unsolved("too many pieces")
    return found


def _pieces(piece: Piece) -> Iterator[Piece]:
    steps = sorted(piece.expression.atoms(sp.Heaviside), key=sp.default_sort_key)
    if not steps:
        yield piece
        return
    innermost = next(step for step in steps if not step.args[0].has(sp.Heaviside))
    for part in _cut(innermost.args[0], piece):
        side = _sign(innermost.args[0], _between(part.low, part.high))
        yield from _pieces(Piece(part.expression.xreplace({innermost: sp.Integer(side > 0)}), part.low, part.high))


def _cut(argument: sp.Expr, piece: Piece) -> Iterator[Piece]:
    """The piece cut where the argument of a step may change its sign: at its zeros and its poles."""
    bottom = form(argument).denominator
    roots = [*zeros(argument), *(zeros(1 / argument) if bottom.has(x) else ())]
    if any(root.closed is None for root in roots):
        raise Unsolved("a kink without closed form")
    inside = {root.closed for root in roots if _before(piece.low, root.closed) and _before(root.closed, piece.high)}
    ends = [piece.low, *sorted(inside, key=lambda end: float(end)), piece.high]
    for first, second in pairwise(ends):
        if not _before(first, second):
            raise Unsolved("kinks too near each other")
        yield Piece(piece.expression, first, second)


def _before(first: sp.Expr, second: sp.Expr) -> bool:
    """Is it certainly less?"""
    if first.is_infinite or second.is_infinite:
        return bool(first != second and (first == -sp.oo or second == sp.oo))
    return bool(number(first) < number(second))


def _between(low: sp.Expr, high: sp.Expr) -> arb:
    """A point inside."""
    if low.is_infinite and high.is_infinite:
        return arb(0)
    if low.is_infinite:
        return number(high).lower() - 1
    if high.is_infinite:
        return number(low).upper() + 1
    return ((number(low) + number(high)) / 2).mid()


def _sign(argument: sp.Expr, point: arb) -> int:
    value = at(program(argument), point)
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise Unsolved("a step whose argument may vanish on an interval")


def joined(expression: sp.Expr, found: Sequence[Piece], order: int) -> bool:
    """Do the pieces meet, with derivatives up to an order, and in the value of the whole whatever a step is at 0?

    At the ends of all, too, the value is to be that of the piece.
    """
    for piece, end in ((found[0], found[0].low), (found[-1], found[-1].high)):
        whole = _value(expression, end) if end.is_finite else sp.nan
        if whole is None or (end.is_finite and not _same(whole, piece.expression.subs(x, end))):
            return False
    for first, second in pairwise(found):
        sides = first.expression, second.expression
        for _ in range(order + 1):
            if not _same(sides[0].subs(x, first.high), sides[1].subs(x, first.high)):
                return False
            sides = sp.diff(sides[0], x), sp.diff(sides[1], x)
        whole = _value(expression, first.high)
        if whole is None or not _same(whole, first.expression.subs(x, first.high)):
            return False
    return True


def _same(first: sp.Expr, second: sp.Expr) -> bool:
    return vanishes(first - second)


def _value(expression: sp.Expr, point: sp.Expr) -> sp.Expr | None:
    """The value at a point, with a symbol for each step at zero."""
    while steps := sorted(expression.atoms(sp.Heaviside), key=sp.default_sort_key):
        innermost = next(step for step in steps if not step.args[0].has(sp.Heaviside))
        argument = sp.simplify(innermost.args[0].subs(x, point))
        if argument == 0:
            value: sp.Expr = sp.Dummy("h", real=True)
        elif argument.free_symbols or not (number(argument) > 0 or number(argument) < 0):
            return None
        else:
            value = sp.Integer(number(argument) > 0)
        expression = expression.xreplace({innermost: value})
    return expression.subs(x, point)


def regular(piece: Piece, ends: bool = True) -> bool:
    """Is every denominator certainly not zero, and what stands under a root or a logarithm positive, on the piece?

    ``ends``: at its ends as well?
    """
    for node in sp.postorder_traversal(piece.expression):
        if isinstance(node, sp.log):
            inside, positive = node.args[0], True
        elif node.is_Pow and node.exp.is_Rational and (node.exp < 0 or node.exp.q != 1):
            inside, positive = node.base, node.exp.q != 1
        else:
            continue
        if inside.has(x) and not _away_from_zero(inside, positive, piece, ends):
            return False
    return True


def _away_from_zero(inside: sp.Expr, positive: bool, piece: Piece, ends: bool) -> bool:
    low, high = piece.low, piece.high
    if inside.is_positive or (not positive and inside.is_nonzero):
        return True
    try:
        roots = [root for root in zeros(inside) if ends or root.closed not in (low, high)]
        if any(_touches(root.low, root.high, low, high) for root in roots):
            return False
        return not positive or _sign(inside, _between(low, high)) > 0
    except (Unsolved, Unbounded):
        pass
    for sign in (-1, 1) if not positive else (-1,):
        try:
            if supremum(sign * inside, low, high, arb.neg_inf()).upper < 0:
                return True
        except Unbounded:
            continue
    return False


def _touches(first: arb, last: arb, low: sp.Expr, high: sp.Expr) -> bool:
    """May a zero between ``first`` and ``last`` lie in the closed interval?"""
    left = low.is_finite and last < number(low)
    return not (left or (high.is_finite and first > number(high)))
