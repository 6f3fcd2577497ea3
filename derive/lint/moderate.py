"""Constants of a claim at moderate values of its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point
from derive.instances.admission import holds
from derive.instances.draft import Draft
from derive.instances.patterns import symbols
from derive.instances.rational import array
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.lint.mentions import axes, names, sides

MODERATE = (10, 4, 2, 1)
"""Values of all parameters: a radius may well be 10."""

SIZE = 2
"""Of every dimension."""


def moderate_points(given: Sequence[Relation], *constants: Tensor, values: Sequence[int] = MODERATE) -> Iterator[Point]:
    """Points for the parameters of the constants, the largest first, that the hypotheses on these alone allow."""
    found = symbols(*constants)
    sizes = sorted((axes(*constants) | names(*constants)) - found.keys())
    for value in values:
        point = Point(dict.fromkeys(sizes, SIZE), {}, dict.fromkeys(sorted(found), Fraction(value)))
        if _allowed(point, given):
            yield point


def _allowed(point: Point, given: Sequence[Relation]) -> bool:
    values = {name: array([value], ()) for name, value in point.values.items()}
    draft = Draft(dict(point.sizes), {}, ({},), values)
    mentioned = ((relation, names(*sides(relation))) for relation in given)
    return all(holds(relation, draft) for relation, found in mentioned if found and found <= values.keys())


def place(point: Point) -> str:
    """``n = 2, R = 10``."""
    return ", ".join(f"{name} = {number}" for name, number in {**point.sizes, **point.values}.items())


def ball(constant: Tensor, point: Point, balls: Balls) -> Any:
    """The value of a scalar in balls; None where it has none."""
    try:
        return evaluate(constant, point, balls).item()
    except EvaluationError:
        return None


def power_of_ten(constant: Tensor, point: Point) -> int | None:
    """The nearest power of ten of the absolute value; None of zero, and where there is no value."""
    balls = Balls()
    value = ball(constant, point, balls)
    with balls.context():
        if value is None or not abs(value) > 0:
            return None
        return round(float((abs(value).log() / arb(10).log()).mid()))
