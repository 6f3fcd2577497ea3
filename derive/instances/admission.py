"""Does an instance satisfy a hypothesis? Decided in exact rationals, or certainly in balls; anything else is no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import eq, le, lt, ne
from typing import Any

import numpy as np

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError, NotRational
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.instances import rational
from derive.instances.definite import semidefinite, spectral_at_most, symmetric
from derive.instances.patterns import indices, strip, symbols
from derive.instances.rational import Array
from derive.instances.sizes import Positions, Sizes, counting
from derive.language.arrays import Spectral
from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.obligation import TURNED

PRECISIONS = (128, 1024)
"""Bits of the balls in which a hypothesis with irrational sides is decided."""


@dataclass(frozen=True)
class Draft:
    """An instance in the making.

    Attributes:
        positions: of the index symbols in the claim.
        everywhere: the positions at which a hypothesis about an index symbol is to hold.
    """

    sizes: Sizes
    positions: Positions
    everywhere: tuple[Positions, ...]
    values: Mapping[str, Array]

    def shape(self, symbol: Symbol) -> tuple[int, ...]:
        return tuple(axis.size(self.sizes) for axis in symbol.shape)

    def replaced(self, name: str, value: Array) -> Draft:
        return replace(self, values={**self.values, name: np.asarray(value, dtype=object)})

    def point(self) -> Point:
        return Point(self.sizes, self.positions, {name: nested(value) for name, value in self.values.items()})

    def points(self, *expressions: Tensor) -> list[Point]:
        """Where hypotheses with these sides are to hold, at all positions of their index symbols: what they read."""
        values = {name: nested(self.values[name]) for name in symbols(*expressions) if name in self.values}
        everywhere = self.everywhere if indices(*expressions) else (self.positions,)
        return [Point(self.sizes, positions, values) for positions in everywhere]


def nested(array: Array) -> Any:
    """The array as nested tuples of fractions."""
    if array.ndim == 0:
        return array.item()
    return tuple(nested(part) if isinstance(part, np.ndarray) else part for part in array)


def exact(expression: Tensor, draft: Draft) -> Array | None:
    """The value where it is rational and the same at all positions; None elsewhere."""
    values = [_rational(expression, point) for point in draft.points(expression)]
    first = values[0]
    if first is None or any(value is None or (value != first).any() for value in values[1:]):
        return None
    return first


def _rational(expression: Tensor, point: Point) -> Array | None:
    try:
        return _fractions(evaluate(expression, point, Rationals()))
    except EvaluationError:
        return None


def _fractions(array: Array) -> Array:
    return rational.array([Fraction(int(entry.p), int(entry.q)) for entry in array.flat], array.shape)


def bounds(expression: Tensor, draft: Draft) -> tuple[Array, Array] | None:
    """Rationals below and above the value at every position; None where it has no certain value."""
    ends = [_enclosed(expression, point) for point in draft.points(expression)]
    found = [end for end in ends if end is not None]
    if len(found) < len(ends):
        return None
    low, high = found[0]
    for lower, upper in found[1:]:
        low, high = np.minimum(low, lower), np.maximum(high, upper)
    return np.asarray(low, dtype=object), np.asarray(high, dtype=object)


def _enclosed(expression: Tensor, point: Point) -> tuple[Array, Array] | None:
    value = _rational(expression, point)
    if value is not None:
        return value, value
    try:
        balls = evaluate(expression, point, Balls(PRECISIONS[0]))
    except EvaluationError:
        return None
    if not all(ball.is_finite() for ball in balls.flat):
        return None
    ends = [(_dyadic(ball.lower()), _dyadic(ball.upper())) for ball in balls.flat]
    return (
        rational.array([low for low, _ in ends], balls.shape),
        rational.array([high for _, high in ends], balls.shape),
    )


def _dyadic(end: Any) -> Fraction:
    """The number that an exact ball is."""
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def holds(relation: Relation, draft: Draft) -> bool:
    """Does the hypothesis certainly hold, at every position of its index symbols?"""
    if counting(relation):
        return _holds(relation, Point(draft.sizes, draft.positions, {}))
    return all(_holds(relation, point) for point in draft.points(relation.left, relation.right))


def _holds(relation: Relation, point: Point) -> bool:
    sign = TURNED.get(relation.sign, relation.sign)
    left, right = (relation.right, relation.left) if relation.sign in TURNED else (relation.left, relation.right)
    spectral = _spectral(sign, left, right, point)
    if spectral is not None:
        return spectral
    try:
        return _compared(sign, *(_fractions(evaluate(side, point, Rationals())) for side in (left, right)))
    except NotRational:
        pass
    except EvaluationError:
        return False
    return any(_certain(sign, left, right, point, bits) for bits in PRECISIONS)


def _spectral(sign: str, left: Tensor, right: Tensor, point: Point) -> bool | None:
    """Is an extreme eigenvalue or singular value within, or at, a rational bound? None where nobody asks that."""
    if sign == "==":
        either = strip(left), strip(right)
        value, bound = (left, right) if isinstance(either[0], Spectral) else (right, left)
        below = _spectral("<=", value, bound, point)
        above = _spectral("<=", bound, value, point) if below else False
        return None if below is None or above is None else below and above
    if sign not in ("<=", "<"):
        return None
    for side, bound, upper in ((strip(left), right, True), (strip(right), left, False)):
        if isinstance(side, Spectral):
            matrix, limit = _rational(side.operand, point), _rational(bound, point)
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
    """A scalar beside a matrix stands for that multiple of the identity."""
    return side.item() * rational.identity(other.shape[0]) if side.ndim == 0 else side


def _certain(sign: str, left: Tensor, right: Tensor, point: Point, bits: int) -> bool:
    """Do the balls leave no doubt? An equality between irrational values is never certain."""
    system = Balls(bits)
    try:
        a, b = evaluate(left, point, system), evaluate(right, point, system)
    except EvaluationError:
        return False
    with system.context():
        if sign == "<<":
            return _certainly_definite(a, b)
        if sign == "==":
            return False
        comparison = {"!=": ne, "<=": le, "<": lt}[sign]
        pairs = zip(*(side.flat for side in np.broadcast_arrays(a, b)), strict=True)
        return all(bool(comparison(x, y)) for x, y in pairs)


def _certainly_definite(left: Array, right: Array) -> bool:
    """Is ``right - left`` certainly positive definite?"""
    size = (left if left.ndim else right).shape[0]
    a, b = (_ball_matrix(side, size) for side in (left, right))
    rest = b - a
    for k in range(size):
        if not rest[k, k] > 0:
            return False
        column = rest[k + 1 :, k].copy()
        rest[k + 1 :, k + 1 :] = rest[k + 1 :, k + 1 :] - column[:, None] * column[None, :] / rest[k, k]
    return True


def _ball_matrix(side: Array, size: int) -> Array:
    """A scalar ball as that multiple of the identity."""
    if side.ndim:
        return side
    entries = [side.item() * int(i == j) for i in range(size) for j in range(size)]
    return rational.array(entries, (size, size))


def has_properties(symbol: Symbol, value: Array) -> str | None:
    """The first declared property that the value lacks, or None."""
    tests = {
        "symmetric": lambda a: symmetric(a),
        "skew": lambda a: bool((a == -a.T).all()),
        "psd": lambda a: symmetric(a) and semidefinite(a),
        "pd": lambda a: symmetric(a) and semidefinite(a, strict=True),
        "orthogonal": lambda a: bool((a.T @ a == rational.identity(a.shape[0])).all()),
        "positive": lambda a: all(entry > 0 for entry in a.flat),
        "nonnegative": lambda a: all(entry >= 0 for entry in a.flat),
        "integer": lambda a: all(entry.denominator == 1 for entry in a.flat),
    }
    return next((name for name in sorted(symbol.properties) if not tests[name](value)), None)
