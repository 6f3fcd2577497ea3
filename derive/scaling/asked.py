"""What a relation asks of the numbers that are measured in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import eq, le, lt
from typing import Any

from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.float64 import Float64
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import System, boxed
from derive.language.tensor import Tensor
from derive.obligation import Obligation

SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {"<=": le, "<": lt, "==": eq}

WIDEST, GRID, BISECTIONS = 16, 32, 40
"""Exponents between -16 and 16 are looked at in steps of 1/32, and the ends of what is allowed bisected."""


def sides(obligation: Obligation, values: Mapping[Tensor, Fraction]) -> tuple[Any, Any]:
    """Both sides where the experiments have these values: rational numbers, or doubles where they have to be.

    Raises:
        EvaluationError: a side has no value.
    """
    try:
        return _sides(obligation, values, Rationals())
    except EvaluationError:
        return _sides(obligation, values, Float64())


def _sides(obligation: Obligation, values: Mapping[Tensor, Fraction], system: System) -> tuple[Any, Any]:
    with system.context():
        scope = scope_at(Point({}), system)
        scope.known.update((node, boxed(system.rational(value))) for node, value in values.items())
        return scope.value(obligation.left)[()], scope.value(obligation.right)[()]


def holds(obligation: Obligation, values: Mapping[Tensor, Fraction]) -> bool:
    """Does the relation hold where the experiments have these values?"""
    return bool(SIGNS[obligation.sign](*sides(obligation, values)))


def allowed(obligation: Obligation, node: Tensor) -> tuple[float | None, float | None]:
    """The ends of the exponents that the relation allows; None where it allows all on that side."""
    grid = [Fraction(k, GRID) for k in range(-WIDEST * GRID, WIDEST * GRID + 1)]
    inside = [value for value in grid if holds(obligation, {node: value})]
    if not inside:
        return None, None
    return _end(obligation, node, inside[0], -1), _end(obligation, node, inside[-1], 1)


def _end(obligation: Obligation, node: Tensor, inside: Fraction, direction: int) -> float | None:
    if abs(inside) == WIDEST:
        return None
    good, bad = inside, inside + Fraction(direction, GRID)
    for _ in range(BISECTIONS):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if holds(obligation, {node: middle}) else (good, middle)
    return float(good)
