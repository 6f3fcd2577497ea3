"""Witnesses of a zero: a continuous difference of two sides that has different signs at the ends of a segment."""

from __future__ import annotations

from flint import ctx

from derive.language.binding import names_read
from derive.language.continuous import is_continuous
from derive.language.relations import Relation
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import elementwise
from derive.verify.balls import PRECISION, Balls
from derive.verify.level import Finding, Level
from derive.verify.points import Point, places, symbols_in
from derive.verify.relations import At, certain, scope_of
from derive.verify.statement import Statement
from derive.verify.values import Evaluation

WITHOUT_SEGMENTS = frozenset({"integer", "orthogonal"})
"""Properties that numbers between two that have them may lack."""


def check(statement: Statement, first: Point, last: Point) -> Finding:
    """Whether one of the relations ``left != right`` fails between the points, where the hypotheses hold."""
    moving = {name for name, value in last.values.items() if value.entries != first.values[name].entries}
    for symbol in symbols_in(statement):
        if symbol.name in moving and symbol.properties & WITHOUT_SEGMENTS:
            return Finding(Level.FALLEN, f"between the ends {symbol.name} may not be {min(symbol.properties)}")
    if any(At(end).admitted(statement) is not True for end in (first, last)):
        return Finding(Level.FALLEN, "at an end of the segment it cannot be told that the hypotheses hold")
    between = _Between(first, last)
    for hypothesis in (r for r in statement.given if moving & (names_read(r.left) | names_read(r.right))):
        if not all(between.holds(hypothesis, at) for at in places(hypothesis, statement, first)):
            return Finding(Level.OPEN, f"on the segment it cannot be told whether {hypothesis!r} holds")
    if not all(map(between.defined, statement.relations)):
        return Finding(Level.OPEN, "on the segment it cannot be told whether the sides have values")
    if any(relation.sign == "!=" and _vanishes(relation, first, last) for relation in statement.relations):
        return Finding(Level.VERIFIED, "the sides are equal between two points, by a change of sign without rounding")
    return Finding(Level.FALLEN, "no sides are certainly equal on the segment")


def _vanishes(relation: Relation, first: Point, last: Point) -> bool:
    """Is the difference of the sides continuous, and of different signs at the ends?"""
    if not is_continuous(relation.left - relation.right) or relation.left.shape or relation.right.shape:
        return False
    below, above = (Relation(sign, relation.left, relation.right) for sign in ("<", ">"))
    at = [At(end) for end in (first, last)]
    ways = ((below, above), (above, below))
    return any(at[0].holds(a) and at[1].holds(b) for a, b in ways)


class _Between:
    """All points of a segment at once, in balls."""

    def __init__(self, first: Point, last: Point) -> None:
        self._evaluation = Evaluation(Balls(), first.sizes)
        with ctx.workprec(PRECISION):
            starts, ends = (scope_of(end, self._evaluation.arithmetic) for end in (first, last))
            self._scope = starts
            for name in first.values:
                hull = elementwise(lambda a, b: a.union(b), starts[name], ends[name])
                self._scope = self._scope.binding(name, hull)

    def holds(self, relation: Relation, indices: dict[str, int]) -> bool:
        with ctx.workprec(PRECISION):
            try:
                return certain(relation, self._evaluation, self._scope.at(indices)) is True
            except Unknown:
                return False

    def defined(self, relation: Relation) -> bool:
        """Have both sides finite values all over?"""
        with ctx.workprec(PRECISION):
            try:
                sides = (self._evaluation.value(side, self._scope) for side in (relation.left, relation.right))
                return all(entry.is_finite() for side in sides for entry in side.entries)
            except Unknown:
                return False
