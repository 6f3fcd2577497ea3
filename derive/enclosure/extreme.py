"""The extreme value of an inequality one of whose sides is a number, enclosed.

Of ``E <= c`` it is the supremum of E over the domain: a lower bound g of ``c - E`` on all boxes gives
``sup E <= c - g``, and a point of the domain gives ``sup E >= E(point)``. Of ``c <= E`` it is the infimum, the other
way round. Of a matrix E is the largest or the smallest eigenvalue.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, isfinite

from derive.enclosure.domain import Domain, values
from derive.enclosure.goals import Reading
from derive.enclosure.leaf_balls import dyadic
from derive.enclosure.problem import Problem, point
from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import evaluate
from derive.evaluate.point import Point, entries, nest
from derive.evaluate.rationals import Rationals
from derive.instances.admission import has_properties, holds
from derive.instances.draft import Draft
from derive.instances.patterns import symbols
from derive.instances.rational import array
from derive.instances.sizes import Sizes
from derive.language.arrays import Spectral

PRECISION = 128


@dataclass(frozen=True)
class Gap:
    """What is known of the smallest value of ``right - left``: at least ``least``, and at most ``lowest``."""

    least: float = inf
    lowest: Fraction | None = None

    def beside(self, other: Gap) -> Gap:
        """On two parts of a domain."""
        seen = [end for end in (self.lowest, other.lowest) if end is not None]
        return Gap(min(self.least, other.least), min(seen, default=None))


def ends(reading: Reading, sizes: list[Sizes], gap: Gap) -> tuple[Fraction | None, Fraction | None]:
    """The lower and the upper end of the extreme value at these sizes; None where an end is not known."""
    if reading.extreme is None or not sizes:
        return None, None
    above, bound = reading.extreme
    sides = [(values(Domain(at, {}, {}), bound, False), values(Domain(at, {}, {}), bound, True)) for at in sizes]
    low, high = sides[0]
    if low is None or high is None or len(low) != 1 or any(side != (low, high) for side in sides):
        return None, None
    least = Fraction(gap.least) if isfinite(gap.least) else None
    if above:
        return (None if gap.lowest is None else low[0] - gap.lowest), (None if least is None else high[0] - least)
    return (None if least is None else low[0] + least), (None if gap.lowest is None else high[0] + gap.lowest)


def attained(reading: Reading, problem: Problem, parameters: tuple[Fraction, ...]) -> Fraction | None:
    """An upper bound of the goal's smallest number at a point; None where a hypothesis is not certain there."""
    where = point_of(problem, parameters)
    if not satisfies(reading, problem, where):
        return None
    gap, balls = problem.goal.gap, Balls(PRECISION)
    try:
        found = evaluate(Spectral("lambda_min", gap) if problem.size else gap, where, balls)
    except EvaluationError:
        return None
    return min(dyadic(x.upper()) for x in found.flat)


class _Fractions(Rationals):
    """Exact rationals as Python has them."""

    def rational(self, value: Fraction) -> Fraction:
        return value


def point_of(problem: Problem, parameters: tuple[Fraction, ...]) -> Point:
    """The exact values of the symbols at given parameters."""
    arrays = point(problem.case, symbols(problem.goal.gap), parameters, _Fractions())
    values_of = {name: nest(list(found.flat), found.shape) for name, found in arrays.items()}
    return Point(problem.case.sizes, problem.case.indices, values_of)


def satisfies(reading: Reading, problem: Problem, where: Point) -> bool:
    """Do the declared properties and all hypotheses certainly hold, none of them about other symbols?"""
    own = symbols(problem.goal.gap)
    shapes = {name: tuple(axis.size(where.sizes) for axis in symbol.shape) for name, symbol in own.items()}
    drawn = {name: array(entries(where.values[name]), shape) for name, shape in shapes.items()}
    if any(has_properties(symbol, drawn[name]) is not None for name, symbol in own.items()):
        return False
    draft = Draft(dict(where.sizes), dict(where.indices), (dict(where.indices),), drawn)
    about = [(relation, symbols(relation.left, relation.right)) for relation in reading.given]
    return all(set(names) <= set(own) and holds(relation, draft) for relation, names in about)
