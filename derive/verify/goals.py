"""What a certificate shows of a relation: arrays that are nonnegative, matrices that are positive definite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from derive.language.arrays import Norm, Spectral
from derive.language.relations import Relation
from derive.language.tensor import Apply, Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, build, elementwise, matmul, total, transposed
from derive.verify.relations import TURNED, loewner_gap
from derive.verify.scope import Scope, unnamed
from derive.verify.values import Evaluation

Gap = Callable[[Evaluation, Scope], Array]


@dataclass(frozen=True)
class Goal:
    """The ``gap`` is nonnegative (positive if ``strict``); if ``definite``, its symmetric part is positive definite."""

    gap: Gap
    definite: bool = False
    strict: bool = False


def goals(relation: Relation, reading: str) -> list[Goal]:
    """The goals of a reading; all together imply the relation. Empty where the reading is not looked at again."""
    sign, small, large = relation.sign, relation.left, relation.right
    if sign in TURNED:
        sign, small, large = TURNED[sign], large, small
    if reading == "entries" and sign in ("<=", "<"):
        return [Goal(_difference(large, small), strict=sign == "<")]
    if reading == "loewner" and sign == "<<":
        return [Goal(lambda e, v: loewner_gap(e.value(small, v), e.value(large, v), e), definite=True)]
    if sign != "<=":
        return []
    left, right = unnamed(small), unnamed(large)
    match reading, left, right:
        case "lambda_max", Spectral(kind="lambda_max", operand=matrix), _:
            return [Goal(lambda e, v: loewner_gap(e.value(matrix, v), e.value(large, v), e), definite=True)]
        case "lambda_min", _, Spectral(kind="lambda_min", operand=matrix):
            return [Goal(lambda e, v: loewner_gap(e.value(small, v), e.value(matrix, v), e), definite=True)]
        case "opnorm", Spectral(kind="opnorm", operand=matrix), _:
            return [_nonnegative(large), Goal(_squared_gap(matrix, large), definite=True)]
        case "norm", Norm(order="2" | "fro", operand=operand), _:
            return [_nonnegative(large), Goal(_norm_gap(operand, large))]
        case "abs", Apply(function="abs", arguments=(operand,)), _:
            return [Goal(_difference(large, operand)), Goal(_sum(large, operand))]
        case "abs", Norm(order="inf", operand=operand), _:
            return [Goal(_difference(large, operand)), Goal(_sum(large, operand))]
    return []


def _difference(first: Tensor, second: Tensor) -> Gap:
    return lambda e, v: elementwise(lambda a, b: a - b, e.value(first, v), e.value(second, v))


def _sum(first: Tensor, second: Tensor) -> Gap:
    return lambda e, v: elementwise(lambda a, b: a + b, e.value(first, v), e.value(second, v))


def _nonnegative(bound: Tensor) -> Goal:
    return Goal(lambda e, v: e.value(bound, v))


def _norm_gap(operand: Tensor, bound: Tensor) -> Gap:
    """``c^2 - sum(T^2)``."""

    def gap(evaluation: Evaluation, values: Scope) -> Array:
        entries = evaluation.value(operand, values).entries
        c = evaluation.value(bound, values).scalar
        return Array((), (c * c - total((z * z for z in entries), evaluation.zero),))

    return gap


def _squared_gap(matrix: Tensor, bound: Tensor) -> Gap:
    """``c^2 I - M^T M``."""

    def gap(evaluation: Evaluation, values: Scope) -> Array:
        array, c = evaluation.value(matrix, values), evaluation.value(bound, values).scalar
        square = matmul(transposed(array, (1, 0)), array, evaluation.zero)
        if len(square.shape) != 2:
            raise Unknown("no matrix")
        return build(square.shape, lambda at: (c * c if at[0] == at[1] else evaluation.zero) - square[at])

    return gap
