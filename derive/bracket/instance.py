"""What the instance that came nearest to a violation says of a constant: numbers that are certain, from balls."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import sympy as sp

from derive.bounds.constant import Constant
from derive.bracket.decimals import WORKING, value
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.evidence.evidence import Witness
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation
from derive.record import WitnessRecord
from derive.witness_record import smallest_eigenvalue, witness_record

PRECISION = 192
"""Bits; enough for ``WORKING`` digits."""

LARGEST_EXPONENT = 100_000
"""Bits before or behind the point of a number that an instance reaches."""

SHOWN = 12
"""Digits of the sides at an instance."""


def parameters(constant: Constant, symbols: Iterable[sp.Symbol], point: Point) -> dict[sp.Symbol, sp.Expr] | None:
    """The parameters at an instance; None where one has no value there."""
    found: dict[sp.Symbol, sp.Expr] = {}
    for symbol in symbols:
        ball = _scalar(constant.nodes[symbol], point)
        if ball is None:
            return None
        found[symbol] = sp.Integer(round(float(ball))) if symbol.is_integer else sp.Float(_middle(ball), WORKING)
    return found


def reached(constant: Constant, obligation: Obligation, claimed: Decimal, point: Point) -> Decimal | None:
    """What the measure certainly is at the instance, at least (of a bound from below, at most).

    ``claimed`` is the claimed constant there. A Lipschitz constant is at least that times the quotient of the sides.
    """
    if constant.value is not None:
        ball = _extreme(constant.value, point, constant.below)
        return None if ball is None else _end(ball, upper=constant.below)
    left, right = (_scalar(side, point) for side in (obligation.left, obligation.right))
    if left is None or right is None or not right > 0:
        return None
    with Balls(PRECISION).context():
        least = _end(left / right, upper=False)
    return None if least is None else least * claimed


def instance_record(obligation: Obligation, point: Point) -> WitnessRecord | None:
    """The instance with both sides there; of arrays at the entry where there is least room."""
    relation = Relation(obligation.sign, obligation.left, obligation.right)
    sides = _least_eigenvalue(relation, point) if obligation.sign == "<<" else _tightest(obligation, point)
    if sides is None:
        return None
    return witness_record(relation, obligation.left, Witness(point.sizes, point.indices, point.values, *sides))


Sides = tuple[tuple[int, ...], str, str]
"""An entry, and both sides there."""


def _least_eigenvalue(relation: Relation, point: Point) -> Sides | None:
    gap = _scalar(smallest_eigenvalue(relation), point)
    return None if gap is None else ((), "0", _shown(gap))


def _tightest(obligation: Obligation, point: Point) -> Sides | None:
    left, right = (_array(side, point) for side in (obligation.left, obligation.right))
    if left is None or right is None:
        return None
    left, right = np.broadcast_arrays(left, right)
    room = [float((y - x).mid()) for x, y in zip(left.flat, right.flat, strict=True)]
    entry = tuple(int(k) for k in np.unravel_index(int(np.argmin(room)), left.shape))
    return entry, _shown(left[entry]), _shown(right[entry])


def _array(expression: Tensor, point: Point) -> Any | None:
    """The finite values of an expression; None where it has none."""
    try:
        found = evaluate(expression, point, Balls(PRECISION))
    except EvaluationError:
        return None
    return found if all(ball.is_finite() for ball in found.flat) else None


def _scalar(expression: Tensor, point: Point) -> Any | None:
    found = _array(expression, point)
    return None if found is None or found.ndim else found.item()


def _extreme(expression: Tensor, point: Point, below: bool) -> Any | None:
    """The largest entry, or the smallest."""
    found = _array(expression, point)
    if found is None:
        return None
    return (min if below else max)(found.flat, key=lambda ball: float(ball.mid()))


def _end(ball: Any, upper: bool) -> Decimal | None:
    """An end of a ball, in more digits than are shown; None where it is too extreme to stand beside other numbers."""
    mantissa, exponent = (int(part) for part in (ball.upper() if upper else ball.lower()).man_exp())
    if abs(exponent) > LARGEST_EXPONENT:
        return None
    return value(sp.Integer(mantissa) * sp.Integer(2) ** exponent, {})


def _middle(ball: Any) -> str:
    return str(ball.mid().str(WORKING, radius=False))


def _shown(ball: Any) -> str:
    text = str(ball.str(SHOWN, radius=False))
    if "e" in text:  # with a power of ten, which may be beyond what Python writes out
        return text
    return str(Fraction(text)) if Fraction(text).denominator == 1 else text
