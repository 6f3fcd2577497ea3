"""A constant of the claim is so large or so small that no double holds it, though the parameters are moderate."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from fractions import Fraction

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
from derive.lint.closed import constants
from derive.lint.mentions import axes, names, sides
from derive.lint.subject import Examined

MODERATE = (10, 4, 2, 1)
"""Values of all parameters: a radius may well be 10."""

SIZE = 2
"""Of every dimension."""


def examine(examined: Examined) -> Iterator[str]:
    """The constants that overflow or underflow, each with its powers of ten."""
    claim = examined.claim
    every = (side for relation in (*claim.relations, *claim.given) for side in sides(relation))
    found = {repr(constant): constant for side in every for constant in constants(side)}
    for text, constant in found.items():
        points = [point for value in MODERATE if _allowed(point := _at(constant, value), claim.given)]
        powers = [_power_of_ten(constant, point) for point in points[:2]]
        if powers and powers[0] is not None and abs(powers[0]) > sys.float_info.max_10_exp:
            told = [
                f"10**{power} at {_place(p)}" for power, p in zip(powers, points, strict=False) if power is not None
            ]
            extreme = "large" if powers[0] > 0 else "small"
            yield f"{text} is {' and '.join(reversed(told))}, where no double is as {extreme}"


def _at(constant: Tensor, value: int) -> Point:
    found = symbols(constant)
    sizes = sorted((axes(constant) | names(constant)) - found.keys())
    return Point(dict.fromkeys(sizes, SIZE), {}, dict.fromkeys(sorted(found), Fraction(value)))


def _place(point: Point) -> str:
    return ", ".join(f"{name} = {number}" for name, number in {**point.sizes, **point.values}.items())


def _allowed(point: Point, given: Sequence[Relation]) -> bool:
    """Do all hypotheses hold that speak of these parameters alone?"""
    values = {name: array([value], ()) for name, value in point.values.items()}
    draft = Draft(dict(point.sizes), {}, ({},), values)
    mentioned = ((relation, names(*sides(relation))) for relation in given)
    return all(holds(relation, draft) for relation, found in mentioned if found and found <= values.keys())


def _power_of_ten(constant: Tensor, point: Point) -> int | None:
    """The nearest power of ten of the absolute value; None of zero, and where there is no value."""
    balls = Balls()
    try:
        value = abs(evaluate(constant, point, balls).item())
    except EvaluationError:
        return None
    with balls.context():
        return round(float((value.log() / arb(10).log()).mid())) if value > 0 else None
