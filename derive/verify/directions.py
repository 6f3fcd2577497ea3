"""Derivatives along directions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from derive.language.derivatives import Derivative
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor
from derive.verify.arrays import Array, elementwise, reduced, total
from derive.verify.values import Evaluation


def derivative(operand: Tensor, variable: Symbol, order: int) -> Tensor:
    """The derivative of an order, with the variable's axes as often behind those of the operand."""
    shape = operand.shape + variable.shape * order
    return Derivative("jacobian", operand, (variable,) * order, shape)


def directions(shape: tuple[int, ...], evaluation: Evaluation) -> Iterator[Array]:
    """Unit vectors: along each axis, and along the diagonal."""
    count = 1
    for size in shape:
        count *= size
    one, zero = evaluation.one, evaluation.zero
    for k in range(count):
        yield Array(shape, tuple(one if j == k else zero for j in range(count)))
    root = evaluation.functions.power(evaluation.functions.number(count), -Fraction(1, 2))
    yield Array(shape, (root,) * count)


def along(value: Array, direction: Array, order: int, zero: Any) -> Array:
    """A derivative contracted with a direction as often as its order says."""
    width = len(direction.shape)
    for _ in range(order):
        rank = len(value.shape) - width
        placed = Array((1,) * rank + direction.shape, direction.entries)
        product = elementwise(lambda a, b: a * b, value, placed)
        axes = tuple(range(rank, len(value.shape)))
        value = reduced(product, axes, False, lambda group: total(group, zero))
    return value
