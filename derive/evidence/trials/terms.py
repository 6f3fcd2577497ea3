"""The size of the terms of an expression at a point, entry by entry: what a difference has to be compared with.

The value itself would not do: where terms cancel it is far smaller than what was rounded. Nor would the largest entry
of an array: next to an entry of 1e300 every wrong one would be negligible.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from flint import arb, ctx

from derive.evaluate.rearrange import rearranged
from derive.evaluate.scope import Scope, operands
from derive.evaluate.system import Array, boxed
from derive.evidence.trials.comparison import largest
from derive.language.arrays import Composite, Diag, Norm, Vec
from derive.language.derivatives import Definition, Derivative, Directional
from derive.language.tensor import Add, Divide, Index, MatMul, Multiply, Negative, Sum, Tensor, Transpose

PRECISION = 53
"""Bits of a size."""


def sizes_of_terms(left: Tensor, right: Tensor, scope: Scope) -> Array:
    """The size of the terms of each entry, of the larger side; positive.

    Where all terms of an entry may be zero it is the size of what they were computed from (the model's value where the
    entry is a derivative), and where that is zero too, 1.
    """
    with ctx.workprec(PRECISION):
        first, second = (_Sizes(scope).of(side) for side in (left, right))
        found = boxed(_each(lambda x, y: x if x >= y else y, first, second))
        if all(x > 0 for x in found.flat):
            return found
        background = largest(*(_origins(left, scope) + _origins(right, scope)))
        return boxed(_each(lambda x: x if x > 0 else background if background > 0 else arb(1), found))


def _each(function: Callable[..., Any], *arrays: Array) -> Any:
    return np.frompyfunc(function, len(arrays), 1)(*arrays)


def _size(x: Any) -> Any:
    """The absolute value, up to rounding; zero where it may be zero."""
    return x.abs_upper() if x.abs_lower() > 0 else arb(0)


class _Sizes:
    """Sizes of nodes in one scope, each computed once."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.known: dict[Tensor, Array] = {}

    def of(self, node: Tensor) -> Array:
        if node not in self.known:
            self.known[node] = boxed(self._of(node))
        return self.known[node]

    def _of(self, node: Tensor) -> Any:
        match node:
            case Add(left=left, right=right):
                return self.of(left) + self.of(right)
            case Multiply(left=left, right=right):
                return self.of(left) * self.of(right)
            case MatMul(left=left, right=right):
                return np.matmul(self.of(left), self.of(right))
            case Divide(left=left, right=right):
                return self.of(left) / _each(lambda x: x.abs_lower(), self.scope.value(right))
            case Sum(operand=operand, axes=axes, keepdims=keepdims):
                return self.of(operand).sum(axis=axes, keepdims=keepdims)
            case Negative(operand=operand) | Definition(operand=operand):
                return self.of(operand)
            case Transpose(operand=operand) | Index(operand=operand) | Vec(operand=operand):
                return rearranged(node, self.of(operand), self.scope.indices)
            case Diag(operand=operand):
                return _diagonal(self.of(operand))
            case Composite() if not isinstance(node, Norm):
                return self.of(node.expand())
        return _each(_size, self.scope.value(node))


def _diagonal(array: Array) -> Array:
    if array.ndim == 2:
        return np.diagonal(array)
    matrix: Array = np.full((array.size, array.size), arb(0), dtype=object)
    np.fill_diagonal(matrix, array)
    return matrix


def _origins(root: Tensor, scope: Scope) -> list[Array]:
    """The values of all nodes that have one in ``scope``, those under a derivative included."""
    found: list[Array] = []
    stack, seen = [root], set[Tensor]()
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        found.append(scope.value(node))
        stack.extend(operands(node))
        if isinstance(node, (Derivative, Directional)):
            stack.append(node.operand)
    return found
