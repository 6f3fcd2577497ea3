"""How near an instance comes to violating an inequality: a number that is certain, from balls."""

from __future__ import annotations

from typing import Any

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.obligation import Obligation

PRECISION = 128


def relative_margin(obligation: Obligation, point: Point) -> float | None:
    """``(left - right)/(|left| + |right|)`` of scalars, the lower end of its ball; None of arrays and of no values."""
    balls = Balls(PRECISION)
    sides = _scalars(obligation, point, balls)
    if sides is None:
        return None
    with balls.context():
        size = abs(sides[0]) + abs(sides[1])
        return float(((sides[0] - sides[1]) / size).lower()) if size > 0 else None


def _scalars(obligation: Obligation, point: Point, balls: Balls) -> tuple[Any, Any] | None:
    if obligation.left.ndim or obligation.right.ndim:
        return None
    try:
        left, right = (evaluate(side, point, balls).item() for side in (obligation.left, obligation.right))
    except EvaluationError:
        return None
    return (left, right) if left.is_finite() and right.is_finite() else None
