"""The terms of an expression as its author wrote it: what is added up, also under linear operations."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.arrays import BlockDiag, Diag, Kron, Outer, Trace, Vec
from derive.language.derivatives import Definition
from derive.language.errors import InputError
from derive.language.neutral import without_units
from derive.language.rebuild import with_operands
from derive.language.tensor import (
    Add,
    Divide,
    Index,
    IndexSum,
    IndexSymbol,
    MatMul,
    Multiply,
    Negative,
    Number,
    Sum,
    Tensor,
    Transpose,
)

MOST = 8
"""Terms into which an expression is taken apart at most."""

LINEAR = (Sum, Index, IndexSum, Transpose, Vec, Diag, BlockDiag, Trace)
BILINEAR = (Multiply, MatMul, Outer, Kron)

Signed = tuple[bool, Tensor]
"""Whether the term is subtracted, and the term without that sign."""


def summands(root: Tensor) -> tuple[Tensor, ...]:
    """The terms of which ``root`` is the sum, signs in front, products with sums multiplied out.

    A definition is opened where it is the whole expression, never inside: there it stays the author's name. An
    expression of too many terms is taken apart at its outermost sums alone.
    """
    while isinstance(root, Definition):
        root = root.operand
    found = [(negative, without_units(term)) for negative, term in _apart(root)]
    if len(found) > MOST:
        return outer_summands(root)
    return tuple(Negative.of(term) if negative else term for negative, term in found)


def outer_summands(root: Tensor) -> tuple[Tensor, ...]:
    """The terms of the outermost sums alone."""
    if isinstance(root, Definition):
        return outer_summands(root.operand)
    if isinstance(root, Add):
        return outer_summands(root.left) + outer_summands(root.right)
    return (root,)


def _apart(node: Tensor) -> list[Signed]:
    match node:
        case Add(left=left, right=right):
            return _apart(left) + _apart(right)
        case Negative(operand=operand):
            return [(not negative, term) for negative, term in _apart(operand)]
        case Divide(left=left, right=right):
            return _rebuilt(node, [_apart(left), [(False, right)]])
        case Number(value=value) if value < 0:
            return [(True, Number(-value))]
    if isinstance(node, LINEAR + BILINEAR):
        operands = [child for child in node.children() if not isinstance(child, IndexSymbol)]
        parts = [_apart(operand) for operand in operands]
        return _rebuilt(node, [_of_full_shape(p, operand, node) for p, operand in zip(parts, operands, strict=True)])
    return [(False, node)]


def _of_full_shape(terms: list[Signed], operand: Tensor, node: Tensor) -> list[Signed]:
    """The terms, or the operand whole where one of them is broadcast and ``node`` is not entrywise."""
    entrywise = isinstance(node, Multiply)
    return terms if entrywise or all(term.shape == operand.shape for _, term in terms) else [(False, operand)]


def _rebuilt(node: Tensor, operands: Sequence[list[Signed]]) -> list[Signed]:
    """``node`` at every choice of a term of each operand; ``node`` itself where that says nothing new."""
    combinations: list[tuple[bool, list[Tensor]]] = [(False, [])]
    for terms in operands:
        combinations = [
            (sign != negative, [*chosen, term]) for sign, chosen in combinations for negative, term in terms
        ]
        if len(combinations) > MOST:
            return [(False, node)]
    if len(combinations) == 1 and not combinations[0][0]:
        return [(False, node)]
    try:
        return [(sign, with_operands(node, chosen)) for sign, chosen in combinations]
    except (InputError, TypeError):
        return [(False, node)]
