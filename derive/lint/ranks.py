"""The largest rank that a matrix can have by its form, at explicit sizes."""

from __future__ import annotations

from collections.abc import Mapping

from derive.instances.patterns import constant
from derive.language.arrays import Kron, Outer
from derive.language.derivatives import Definition
from derive.language.tensor import Add, Divide, MatMul, Multiply, Negative, Tensor, Transpose


def most_rank(matrix: Tensor, sizes: Mapping[str, int]) -> int:
    """An upper bound of the rank: of a sum the sum, of a product the least, of a Kronecker product the product.

    A vector counts as one row.
    """
    lengths = [axis.size(sizes) for axis in matrix.shape]
    return min([*lengths, _by_form(matrix, sizes)]) if len(lengths) == 2 else 1


def _by_form(matrix: Tensor, sizes: Mapping[str, int]) -> int:
    match matrix:
        case Definition(operand=operand) | Negative(operand=operand) | Transpose(operand=operand):
            return most_rank(operand, sizes)
        case Add(left=left, right=right) if left.ndim == right.ndim == 2:
            return most_rank(left, sizes) + most_rank(right, sizes)
        case MatMul(left=left, right=right):
            return min(most_rank(left, sizes), most_rank(right, sizes))
        case Kron(left=left, right=right):
            return most_rank(left, sizes) * most_rank(right, sizes)
        case Outer():
            return 1
        case Divide(left=left, right=right) if not right.ndim:
            return most_rank(left, sizes)
        case Multiply(left=left, right=right) if not left.ndim or not right.ndim:
            scaled = right if not left.ndim else left
            return 0 if constant(matrix) == 0 else most_rank(scaled, sizes)
    return max(axis.size(sizes) for axis in matrix.shape)
