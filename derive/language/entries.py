"""One entry, row or column of an expression as an expression of its own: indices pushed down to the symbols.

Arrays of three and more axes have no matrix notation; their entries have one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.language.dimensions import ONE, Dimension
from derive.language.tensor import (
    Add,
    Apply,
    Divide,
    Index,
    IndexSum,
    IndexSymbol,
    Item,
    MatMul,
    Multiply,
    Negative,
    Power,
    Sum,
    Tensor,
    Transpose,
)

LETTERS = "ijkprstlquv"

WHOLE: Item = ":"


def _whole(item: Item) -> bool:
    return isinstance(item, str) and item == ":"


def fresh_indices(expression: Tensor, sizes: Iterable[Dimension]) -> list[IndexSymbol]:
    """Index symbols over the given sizes whose names occur nowhere in the expression."""
    taken = {getattr(node, "name", None) for node in expression.walk()} | {
        name for size in expression.shape for name in size.names
    }
    free = [letter for letter in LETTERS if letter not in taken] + [f"i_{k}" for k in range(1, 20)]
    return [IndexSymbol(name, size) for name, size in zip(free, sizes, strict=False)]


def entry(expression: Tensor, items: Sequence[Item]) -> Tensor:
    """``expression[items]`` with the index pushed inwards as far as its meaning allows; ``items`` cover every axis."""
    if all(map(_whole, items)) and not (isinstance(expression, Sum) and expression.operand.ndim > 2):
        return expression
    single = not any(map(_whole, items))
    match expression:
        case Add(left=left, right=right):
            return Add.of(_aligned(left, items), _aligned(right, items))
        case Multiply(left=left, right=right):
            return Multiply.of(_aligned(left, items), _aligned(right, items))
        case Divide(left=left, right=right):
            return Divide.of(_aligned(left, items), _aligned(right, items))
        case Power(base=left, exponent=right):
            return Power.of(_aligned(left, items), _aligned(right, items))
        case Negative(operand=operand):
            return Negative.of(entry(operand, items))
        case Apply(function=name, arguments=arguments):
            return Apply.of(name, *(_aligned(argument, items) for argument in arguments))
        case Transpose(operand=operand, permutation=permutation):
            return entry(operand, [items[permutation.index(axis)] for axis in range(operand.ndim)])
        case Index(operand=operand, items=inner):
            return _composed(operand, inner, items)
        case MatMul(left=left, right=right) if left.ndim >= 2 and right.ndim == 2 and single:
            return MatMul.of(entry(left, [*items[:-1], WHOLE]), entry(right, [WHOLE, items[-1]]))
        case Sum(operand=operand, axes=axes, keepdims=keepdims) if single:
            return _summed(operand, axes, keepdims, items)
    return Index(
        expression, tuple(items), tuple(s for s, item in zip(expression.shape, items, strict=True) if _whole(item))
    )


def _aligned(operand: Tensor, items: Sequence[Item]) -> Tensor:
    """The entry of an operand that was broadcast: its axes are the last ones, an axis of size one has one position."""
    own = items[len(items) - operand.ndim :]
    return entry(
        operand,
        [0 if size == ONE and not _whole(item) else item for size, item in zip(operand.shape, own, strict=True)],
    )


def _composed(operand: Tensor, inner: Sequence[Item], outer: Sequence[Item]) -> Tensor:
    """``operand[inner][outer]`` as one index; new axes of size one fall away."""
    remaining = iter(outer)
    combined: list[Item] = []
    for item in inner:
        if _whole(item):
            combined.append(next(remaining))
        elif isinstance(item, str):
            next(remaining)
        else:
            combined.append(item)
    return entry(operand, combined)


def _summed(operand: Tensor, axes: tuple[int, ...], keepdims: bool, items: Sequence[Item]) -> Tensor:
    bound = fresh_indices(Index(operand, tuple(items), ()), (operand.shape[axis] for axis in axes))
    kept = iter(items)
    full: list[Item] = []
    for axis in range(operand.ndim):
        if axis not in axes:
            full.append(next(kept))
            continue
        full.append(bound[axes.index(axis)])
        if keepdims:
            next(kept)
    result = entry(operand, full)
    for index in reversed(bound):
        result = IndexSum.of(result, index)
    return result
