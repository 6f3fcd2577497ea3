"""Does an instance satisfy a hypothesis? Decided in exact rationals, or certainly in balls; anything else is no."""

from __future__ import annotations

from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError, NotRational
from derive.evaluate.rationals import Rationals
from derive.evaluate.scope import Scope
from derive.instances import rational
from derive.instances.definite import semidefinite, spectral_at_most, symmetric
from derive.instances.draft import Draft
from derive.instances.patterns import strip
from derive.instances.rational import Array
from derive.instances.sizes import Positions, counting
from derive.language.arrays import Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.obligation import TURNED

EXACT = Rationals()
ROUGH = Balls(128, rough=True)
"""Balls for bounds that are rounded to a few digits anyway."""

BALLS = (ROUGH, Balls(128), Balls(1024))
"""The balls in which a hypothesis with irrational sides is decided, the first that can."""

LARGEST_EXPONENT = 14_000
"""Bits before or behind the point beyond which a number bounds nothing that an instance can hold."""


def exact(expression: Tensor, draft: Draft) -> Array | None:
    """The value where it is rational and the same at all positions; None elsewhere."""
    values = [_rational(expression, draft.scope(EXACT, positions)) for positions in draft.places(expression)]
    first = values[0]
    if first is None or any(value is None or (value != first).any() for value in values[1:]):
        return None
    return _fractions(first)


def _rational(expression: Tensor, scope: Scope) -> Array | None:
    """The value in FLINT's rationals."""
    try:
        return scope.value(expression)
    except EvaluationError:
        return None


def _fractions(array: Array) -> Array:
    return rational.array([Fraction(int(entry.p), int(entry.q)) for entry in array.flat], array.shape)


def bounds(expression: Tensor, draft: Draft) -> tuple[Array, Array] | None:
    """Rationals below and above the value at every position; None where it has no certain value, or one too extreme."""
    ends = [_enclosed(expression, draft, positions) for positions in draft.places(expression)]
    found = [end for end in ends if end is not None]
    if len(found) < len(ends):
        return None
    low, high = found[0]
    for lower, upper in found[1:]:
        low, high = np.minimum(low, lower), np.maximum(high, upper)
    return np.asarray(low, dtype=object), np.asarray(high, dtype=object)


def _enclosed(expression: Tensor, draft: Draft, positions: Positions) -> tuple[Array, Array] | None:
    value = _rational(expression, draft.scope(EXACT, positions))
    if value is not None:
        fractions = _fractions(value)
        return fractions, fractions
    try:
        with ROUGH.context():
            balls = draft.scope(ROUGH, positions).value(expression)
            ends = [_dyadic(end) for ball in balls.flat for end in (ball.lower(), ball.upper())]
    except EvaluationError:
        return None
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    return rational.array(known[::2], balls.shape), rational.array(known[1::2], balls.shape)


def _dyadic(end: Any) -> Fraction | None:
    """The number that an exact ball is; None of what is infinite or too extreme."""
    if not end.is_finite():
        return None
    mantissa, exponent = (int(part) for part in end.man_exp())
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    return Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)


def holds(relation: Relation, draft: Draft) -> bool:
    """Does the hypothesis certainly hold, at every position of its index symbols?"""
    if relation not in draft.held:
        places = (draft.positions,) if counting(relation) else draft.places(relation.left, relation.right)
        draft.held[relation] = all(_holds(relation, draft, positions) for positions in places)
    return draft.held[relation]


def _holds(relation: Relation, draft: Draft, positions: Positions) -> bool:
    sign = TURNED.get(relation.sign, relation.sign)
    left, right = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    exactly = draft.scope(EXACT, positions)
    spectral = _spectral(sign, left, right, exactly)
    if spectral is not None:
        return spectral
    try:
        return _compared(sign, exactly.value(left), exactly.value(right))
    except NotRational:
        pass
    except EvaluationError:
        return False
    told = (_certain(sign, left, right, draft.scope(system, positions)) for system in BALLS)
    return next((found for found in told if found is not None), False)


def _spectral(sign: str, left: Tensor, right: Tensor, scope: Scope) -> bool | None:
    """Is an extreme eigenvalue or singular value within, or at, a rational bound? None where nobody asks that."""
    if sign == "==":
        either = strip(left), strip(right)
        value, bound = (left, right) if isinstance(either[0], Spectral) else (right, left)
        below = _spectral("<=", value, bound, scope)
        above = _spectral("<=", bound, value, scope) if below else False
        return None if below is None or above is None else below and above
    if sign not in ("<=", "<"):
        return None
    for side, bound, upper in ((strip(left), right, True), (strip(right), left, False)):
        if isinstance(side, Spectral):
            matrix, limit = _rational(side.operand, scope), _rational(bound, scope)
            if matrix is None or limit is None or limit.ndim:
                return None
            strict = (sign == "<") is upper
            found = spectral_at_most(side.kind, matrix, limit.item(), strict)
            return None if found is None else found is upper
    return None


def _compared(sign: str, left: Array, right: Array) -> bool:
    if sign == "<<":
        difference = _matrix(right, left) - _matrix(left, right)
        return symmetric(difference) and semidefinite(difference)
    comparison = {"==": eq, "!=": ne, "<=": le, "<": lt}[sign]
    return all(comparison(a, b) for a, b in zip(*(side.flat for side in np.broadcast_arrays(left, right)), strict=True))


def _matrix(side: Array, other: Array) -> Array:
    """A scalar beside a matrix, which stands for that multiple of the identity."""
    if side.ndim:
        return side
    size = other.shape[0]
    return rational.array([side.item() * int(i == j) for i in range(size) for j in range(size)], (size, size))


def _certain(sign: str, left: Tensor, right: Tensor, scope: Scope) -> bool | None:
    """What the balls say without doubt, or None. An equality between irrational values is never certain."""
    with scope.system.context():
        try:
            a, b = scope.value(left), scope.value(right)
        except EvaluationError:
            return None
        if sign == "<<":
            return _certainly_definite(_matrix(a, b), _matrix(b, a)) or None
        if sign == "==":
            return None
        comparison, contrary = CERTAIN[sign]
        pairs = list(zip(*(side.flat for side in np.broadcast_arrays(a, b)), strict=True))
        return False if any(contrary(x, y) for x, y in pairs) else all(comparison(x, y) for x, y in pairs) or None


CERTAIN = {"!=": (ne, eq), "<=": (le, gt), "<": (lt, ge)}
"""Of balls: what is certain, and what certainly is not."""


def _certainly_definite(left: Array, right: Array) -> bool:
    """Is ``right - left`` certainly positive definite?"""
    rest = right - left
    size = len(rest)
    for k in range(size):
        if not rest[k, k] > 0:
            return False
        column = rest[k + 1 :, k].copy()
        rest[k + 1 :, k + 1 :] = rest[k + 1 :, k + 1 :] - column[:, None] * column[None, :] / rest[k, k]
    return True


def has_properties(symbol: Symbol, value: Array) -> str | None:
    """The first declared property that the value lacks, or None."""
    tests = {
        "symmetric": lambda a: symmetric(a),
        "skew": lambda a: bool((a == -a.T).all()),
        "psd": lambda a: symmetric(a) and semidefinite(a),
        "pd": lambda a: symmetric(a) and semidefinite(a, strict=True),
        "orthogonal": lambda a: bool((rational.product(a.T, a) == rational.identity(len(a))).all()),
        "positive": lambda a: all(entry > 0 for entry in a.flat),
        "nonnegative": lambda a: all(entry >= 0 for entry in a.flat),
        "integer": lambda a: all(entry.denominator == 1 for entry in a.flat),
    }
    return next((name for name in sorted(symbol.properties) if not tests[name](value)), None)
