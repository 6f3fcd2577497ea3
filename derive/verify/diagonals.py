"""Points at which a matrix has the diagonal that a hypothesis gives it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.language.arrays import Diag
from derive.language.symbols import Symbol
from derive.language.tensor import Number
from derive.verify.arrays import Array, build
from derive.verify.points import Point
from derive.verify.scope import unnamed
from derive.verify.statement import Statement


def with_diagonals(point: Point, statement: Statement) -> Point:
    """The point with a number on the diagonal of each matrix M of which ``diag(M) == number`` is a hypothesis."""
    values = dict(point.values)
    for relation in statement.given:
        match relation.sign, unnamed(relation.left), unnamed(relation.right):
            case "==", Diag(operand=Symbol(name=name), shape=shape), Number(value=number) if len(shape) == 1:
                values[name] = _with_diagonal(values[name], number)
    return replace(point, values=values)


def _with_diagonal(matrix: Array, number: Fraction) -> Array:
    return build(matrix.shape, lambda at: number if at[0] == at[1] else matrix[at])
