"""Whether a claimed Hessian is symmetric, as second derivatives are (Schwarz): the first to know of a wrong one."""

from __future__ import annotations

from itertools import combinations, islice

from derive.evaluate.balls import Balls
from derive.evaluate.errors import EvaluationError
from derive.evaluate.evaluation import scope_at
from derive.evaluate.kinks import kinked
from derive.evaluate.point import Point
from derive.instances.drawn import Drawn
from derive.language.derivatives import Definition, Derivative, Directional
from derive.language.plain import identity
from derive.language.tensor import Tensor
from derive.obligation import Obligation

LOOKED_AT = 12
"""Instances at which the claimed matrix is looked at."""


def asymmetry(obligation: Obligation, drawn: Drawn) -> str:
    """Where a claimed Hessian certainly is not symmetric at some instance, in words; empty if it is, or is none."""
    claimed = claimed_hessian(obligation)
    if claimed is None:
        return ""
    found = (_asymmetric_entry(*claimed, instance.point) for instance in islice(drawn, LOOKED_AT))
    entry = next(filter(None, found), None)
    return "" if entry is None else f"the claimed Hessian is not symmetric at entry {entry}"


def _asymmetric_entry(hessian: Tensor, matrix: Tensor, point: Point) -> tuple[int, int] | None:
    balls = Balls()
    with balls.context():
        scope = scope_at(point, balls)
        try:
            value = scope.value(matrix)
        except EvaluationError:
            return None
        if next(kinked(hessian, scope), None) is not None:  # not twice continuously differentiable there
            return None
    pairs = combinations(range(value.shape[0]), 2)
    return next(((i, j) for i, j in pairs if not value[i, j].overlaps(value[j, i])), None)


def claimed_hessian(obligation: Obligation) -> tuple[Tensor, Tensor] | None:
    """The Hessian of a scalar in one vector, and the matrix that is claimed to be it."""
    if obligation.sign != "==":
        return None
    for side, other in ((obligation.left, obligation.right), (obligation.right, obligation.left)):
        derived = any(isinstance(node, (Derivative, Directional)) for node in other.walk())
        if _is_hessian(side) and not derived and len(other.shape) == 2:
            return side, other
    return None


def _is_hessian(node: Tensor) -> bool:
    variables: tuple[Tensor, ...] = ()
    while isinstance(node, (Definition, Derivative)):
        variables = (node.variables if isinstance(node, Derivative) else ()) + variables
        node = node.operand
    if node.shape or len(variables) != 2:
        return False
    return len(variables[0].shape) == 1 and identity(variables[0]) == identity(variables[1])
