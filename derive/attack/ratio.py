"""What an instance says of the true constant of an inequality: numbers that are certain, from balls."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.language.arrays import Spectral
from derive.language.tensor import Tensor
from derive.obligation import Obligation

PRECISION = 128
DIGITS = 5

RATIO = "ratio"
"""``left/right`` of scalars is at least this."""

LARGEST = "largest eigenvalue"
"""In ``left << right`` the largest eigenvalue of the left side is at least this."""

SMALLEST = "smallest eigenvalue"
"""In ``left << right`` the smallest eigenvalue of the right side is at most this."""


def seen(obligation: Obligation, point: Point) -> dict[str, str]:
    """The numbers ``RATIO``, or ``LARGEST`` and ``SMALLEST``, at an instance, rounded to the safe side."""
    if obligation.sign == "<<":
        found = {
            LARGEST: _eigenvalue("lambda_max", obligation.left, point),
            SMALLEST: _eigenvalue("lambda_min", obligation.right, point),
        }
    else:
        found = {RATIO: _ratio(obligation, point)}
    return {name: number for name, number in found.items() if number is not None}


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


def _ratio(obligation: Obligation, point: Point) -> str | None:
    balls = Balls(PRECISION)
    sides = _scalars(obligation, point, balls)
    if sides is None or not (sides[0] > 0 and sides[1] > 0):
        return None
    with balls.context():
        return _decimal((sides[0] / sides[1]).lower(), ROUND_FLOOR)


def _eigenvalue(kind: str, side: Tensor, point: Point) -> str | None:
    if not side.ndim:
        return None
    try:
        found = evaluate(Spectral(kind, side), point, Balls(PRECISION)).item()
    except EvaluationError:
        return None
    if kind == "lambda_max":
        return _decimal(found.lower(), ROUND_FLOOR)
    return _decimal(found.upper(), ROUND_CEILING)


def _decimal(number: Any, rounding: str) -> str:
    """A number in a few digits, rounded as told."""
    mantissa, exponent = number.man_exp()
    exact = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    context = Context(prec=DIGITS, rounding=rounding)
    return str(context.divide(Decimal(exact.numerator), Decimal(exact.denominator)).normalize(context))
