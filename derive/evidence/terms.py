"""The size of the terms of an expression at a point: what a difference has to be compared with.

The value itself would not do: where terms cancel it is far smaller than what was rounded.
"""

from __future__ import annotations

from derive.evaluate.scope import Scope
from derive.evidence.comparison import largest
from derive.language.arrays import Composite, Diag, Norm, Vec
from derive.language.derivatives import Definition, Derivative, Directional
from derive.language.tensor import Add, Index, MatMul, Multiply, Negative, Sum, Tensor, Transpose

SAME = (Negative, Sum, Transpose, Index, Vec, Diag, Definition)
"""Nodes whose terms are those of their operand."""


def size_of_terms(root: Tensor, scope: Scope) -> float:
    """The largest entry of a term; of a derivative at least the size of what is differentiated."""
    sizes: dict[Tensor, float] = {}

    def size(node: Tensor) -> float:
        if node not in sizes:
            sizes[node] = _size(node)
        return sizes[node]

    def _size(node: Tensor) -> float:
        match node:
            case Add(left=left, right=right):
                return max(size(left), size(right))
            case Multiply(left=left, right=right) | MatMul(left=left, right=right):
                return size(left) * size(right)
            case Composite() if not isinstance(node, Norm):
                return size(node.expand())
            case Derivative(operand=operand) | Directional(operand=operand):
                return max(largest(scope.value(node)), largest(scope.value(operand)))
        if isinstance(node, SAME):
            return size(node.operand)
        return largest(scope.value(node))

    return size(root)
