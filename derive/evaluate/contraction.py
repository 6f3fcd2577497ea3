"""The contraction of an array with one vector an axis, where derivatives are taken along these vectors.

``sum_ijk.. D[i, j, k, ..] r_i s_j t_k ..`` is zero for all vectors only where D is zero: one random number stands for
all entries, and a gradient costs one directional derivative, a Hessian two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

import numpy as np

from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, boxed
from derive.language.derivatives import Definition, Derivative, Directional
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Negative, Number, Tensor

Vectors = Sequence[Array]
"""One vector an axis."""


def contracted(node: Tensor, vectors: Vectors, scope: Scope) -> Array:
    """``node`` contracted with one vector an axis, as an array without axes; a scalar is repeated over all axes.

    Raises:
        EvaluationError: ``node`` has no value in the scope.
    """
    match node:
        case Definition(operand=operand):
            return contracted(operand, vectors, scope)
        case Negative(operand=operand):
            return boxed(-contracted(operand, vectors, scope))
        case Add(left=left, right=right) if left.ndim == right.ndim == len(vectors):
            return boxed(contracted(left, vectors, scope) + contracted(right, vectors, scope))
        case Derivative() if node.ndim == len(vectors):
            return _along(node, vectors, scope)
    array = scope.value(node)
    shape = tuple(len(vector) for vector in vectors)
    return _dotted(np.broadcast_to(array, shape) if array.shape != shape else array, vectors)


def outermost(node: Tensor) -> Iterator[Derivative]:
    """The derivatives that ``contracted`` takes along vectors."""
    match node:
        case Definition(operand=operand) | Negative(operand=operand):
            yield from outermost(operand)
        case Add(left=left, right=right):
            yield from (found for side in (left, right) if side.ndim == node.ndim for found in outermost(side))
        case Derivative(operand=operand):
            yield node
            while isinstance(operand, Definition):
                operand = operand.operand
            if isinstance(operand, Derivative):
                yield from outermost(operand)


def _dotted(array: Array, vectors: Vectors) -> Array:
    return reduce(lambda rest, vector: boxed(np.tensordot(rest, vector, axes=(-1, 0))), reversed(vectors), array)


def _along(node: Derivative, vectors: Vectors, scope: Scope) -> Array:
    """Directional derivatives along the products of the vectors of each variable's axes."""
    operand, variables = _flattened(node)
    arrays: dict[str, Array] = {}
    start = operand.ndim
    for number, variable in enumerate(variables):
        direction: Tensor = Number(Fraction(1))
        if variable.ndim:
            own = vectors[start : start + variable.ndim]
            arrays[f"'{number}"] = reduce(lambda left, right: boxed(np.multiply.outer(left, right)), own)
            direction = Symbol(f"'{number}", variable.shape)
        operand = Directional(operand, variable, direction, operand.shape)
        start += variable.ndim
    return _dotted(scope.child(arrays=arrays).value(operand), vectors[: operand.ndim])


def _flattened(node: Tensor) -> tuple[Tensor, tuple[Tensor, ...]]:
    """What is differentiated, and in what: a derivative of a derivative is one of higher order."""
    while isinstance(node, Definition):
        node = node.operand
    if not isinstance(node, Derivative):
        return node, ()
    operand, variables = _flattened(node.operand)
    return operand, variables + node.variables
