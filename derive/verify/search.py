"""Points of the hypotheses: drawn, and where they miss a hypothesis, moved towards it by scaling symbols."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from derive.language.relations import Relation
from derive.language.symbols import Symbol
from derive.verify.arrays import elementwise
from derive.verify.diagonals import with_diagonals
from derive.verify.points import Point, fractions
from derive.verify.relations import At
from derive.verify.statement import Statement

ROUNDS = 9
BUDGET = 800
"""Times that a point is moved at most, and points that are looked at meanwhile, all together."""

FACTORS = (Fraction(4), Fraction(1, 4), Fraction(32), Fraction(1, 32))
REPAIRED = 8
"""By what a symbol is scaled, and how many points are moved at all."""


def admitted(statement: Statement, name: str, attempts: int) -> Iterator[Point]:
    """Rational points at which all hypotheses certainly hold."""
    missed: list[Point] = []
    for drawn in fractions(statement, name, attempts):
        point = with_diagonals(drawn, statement)
        if At(point).admitted(statement):
            yield point
        elif len(missed) < REPAIRED:
            missed.append(point)
    budget = iter(range(BUDGET))
    for point in missed:
        found = _moved(point, statement, budget)
        if found is not None:
            yield found


def _moved(point: Point, statement: Statement, budget: Iterator[int]) -> Point | None:
    """The point with symbols scaled, one at a time, until nothing fails; None where that does not help."""
    failing = _failing(point, statement)
    for _ in range(ROUNDS):
        if not failing:
            return point if At(point).admitted(statement) else None
        names = sorted({node.name for relation in failing for node in _symbols(relation)})
        scaled = (_scaled(point, name, factor) for name in names for factor in FACTORS)
        candidates = [with_diagonals(candidate, statement) for candidate in scaled]
        candidates = [candidate for candidate in candidates if next(budget, None) is not None]
        ranked = [(len(_failing(candidate, statement)), k) for k, candidate in enumerate(candidates)]
        fewest, best = min(ranked, default=(len(failing), -1))
        if best < 0 or fewest > len(failing):
            return None
        point = candidates[best]
        failing = _failing(point, statement)
    return None


def _symbols(relation: Relation) -> Iterator[Symbol]:
    """The symbols of a relation that may be scaled."""
    for side in (relation.left, relation.right):
        yield from (n for n in side.walk() if isinstance(n, Symbol) and "orthogonal" not in n.properties)


def _scaled(point: Point, name: str, factor: Fraction) -> Point:
    return replace(point, values={**point.values, name: elementwise(lambda z: z * factor, point.values[name])})


def _failing(point: Point, statement: Statement) -> list[Relation]:
    """The hypotheses that do not certainly hold."""
    at = At(point)
    return [hypothesis for hypothesis in statement.given if not at.given(hypothesis, statement)]
