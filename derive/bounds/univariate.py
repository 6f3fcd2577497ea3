"""Certified facts about a function of one real variable: how steep it is, and between what its values lie.

Exact where critical points are roots of polynomials in x, in one exponential, or in a tangent: the supremum is then in
closed form. Otherwise by branch and bound in balls, with the tails; then a decimal just above the supremum. No bound is
ever below the supremum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import sympy as sp
from flint import arb, ctx

from derive.bounds.univariate_balls import PRECISION
from derive.bounds.univariate_critical import Candidate, candidates, largest
from derive.bounds.univariate_pieces import Piece, joined, pieces, regular
from derive.bounds.univariate_program import Unbounded, x
from derive.bounds.univariate_roots import Unsolved, derivative
from derive.bounds.univariate_search import Supremum, supremum


@lru_cache(maxsize=4096)
def steepest(phi: sp.Expr, low: sp.Expr, high: sp.Expr, order: int, continuous: bool = False) -> sp.Expr | None:
    """A bound of ``|phi^(order)|`` over ``[low, high]``, the supremum or a decimal just above it.

    For order 1 it bounds all difference quotients, across kinks included. None where there is no finite one, or none
    was found: at a jump, a pole, outside of the domain.

    Args:
        phi: an expression in ``derive.bounds.univariate_program.x``.
        low: the smallest value of x, or -oo.
        high: the largest.
        order: 1 to 3.
        continuous: is phi made of functions without jumps?
    """
    with ctx.workprec(PRECISION):
        try:
            low, high = _period(phi, low, high)
            found = _undecided(phi, low, high) if continuous and order == 1 else pieces(phi, low, high)
            if not all(regular(piece) for piece in found):
                return None
            if not (continuous and order == 1) and not joined(phi, found, order - 1):
                return None
            return _largest([replace(piece, expression=derivative(piece.expression, order)) for piece in found], True)
        except (Unsolved, Unbounded):
            return None


def _undecided(phi: sp.Expr, low: sp.Expr, high: sp.Expr) -> list[Piece]:
    """The pieces, or the whole if they are not found; then a step is anything from 0 to 1 where it is not decided."""
    try:
        return pieces(phi, low, high)
    except Unsolved:
        return [Piece(phi, low, high)]


@lru_cache(maxsize=4096)
def highest(phi: sp.Expr, low: sp.Expr, high: sp.Expr) -> sp.Expr | None:
    """An upper bound of the values of phi over ``[low, high]``, the supremum or a decimal just above it, or None.

    At an end phi need not have a value.
    """
    with ctx.workprec(PRECISION):
        try:
            low, high = _period(phi, low, high)
            found = _undecided(phi, low, high)
            if not all(regular(piece, ends=len(found) > 1) for piece in found):
                return None
            whole = not phi.has(sp.Heaviside) or not joined(phi, found, 0)
            return _largest([Piece(phi, low, high)] if whole else found, False)
        except (Unsolved, Unbounded):
            return None


def _largest(found: Sequence[Piece], both: bool) -> sp.Expr:
    """The largest value, or absolute value, over all pieces."""
    values: list[Candidate] = []
    for piece in found:
        try:
            exact = candidates(piece.expression, piece.low, piece.high, both)
            values += [*exact, *(_negated(value) for value in exact if both)]
        except (Unsolved, Unbounded):
            values += _by_search(piece, both)
    return largest(values)


def _by_search(piece: Piece, both: bool) -> list[Candidate]:
    found = [supremum(piece.expression, piece.low, piece.high, arb(0) if both else arb.neg_inf())]
    if both:
        other = supremum(-piece.expression, piece.low, piece.high, found[0].lower)
        found += [other] if other.upper > found[0].lower else []
    return [_candidate(one) for one in found]


def _candidate(found: Supremum) -> Candidate:
    return Candidate(found.upper, lambda: found.closed)


def _negated(value: Candidate) -> Candidate:
    def closed() -> sp.Expr | None:
        found = value.closed()
        return None if found is None else -found

    return Candidate(-value.ball, closed)


def _period(phi: sp.Expr, low: sp.Expr, high: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """One period, where the interval is infinite and the function periodic, but for those that have an exact form."""
    if low.is_finite and high.is_finite:
        return low, high
    waves = sorted(phi.atoms(sp.sin, sp.cos), key=sp.default_sort_key)
    rates = [sp.diff(wave.args[0], x) for wave in waves]
    rest = phi.xreplace({wave: sp.Dummy() for wave in waves})
    if not waves or rest.has(x) or not all(rate.is_Rational for rate in rates):
        return low, high
    if rest.is_rational_function() and all(wave.args[0] == rate * x for wave, rate in zip(waves, rates, strict=True)):
        return -sp.oo, sp.oo
    return sp.S.Zero, 2 * sp.pi / sp.gcd_list(rates)
