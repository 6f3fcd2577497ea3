"""Entries of expressions: definitions written out where that tells more, and other positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.cone.facts import sign_of
from derive.language.derivatives import Definition, Derivative
from derive.language.dimensions import ONE
from derive.language.entries import entry
from derive.language.rebuild import with_operands
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
    Number,
    Power,
    Size,
    Sum,
    Tensor,
)

ELEMENTWISE = (Add, Multiply, Divide, Negative, Power, Apply)


def opened(node: Tensor, *, inside: bool = False) -> Tensor:
    """The expression with definitions written out, down to its sums; ``inside`` these, of what is made entrywise."""
    if isinstance(node, Definition):
        keeps = inside and not isinstance(node.operand, (*ELEMENTWISE, Definition))
        return node if keeps else opened(node.operand, inside=inside)
    if not isinstance(node, (*ELEMENTWISE, MatMul, Sum, Index)):
        return node
    operands = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    changed = [opened(child, inside=inside or not isinstance(node, ELEMENTWISE)) for child in operands]
    if all(new is old for new, old in zip(changed, operands, strict=True)):
        return node
    return with_operands(node, changed)


def inside_sums(node: Tensor) -> Tensor:
    """The expression with derivatives of sums over an index as sums of derivatives."""
    match node:
        case Derivative(operand=operand, variables=variables):
            total = operand
            while isinstance(total, Definition):
                total = total.operand
            leaves = [leaf for variable in variables for leaf in variable.walk()]
            if isinstance(total, IndexSum) and not any(leaf is total.index for leaf in leaves):
                term = inside_sums(replace(node, operand=total.operand))
                return IndexSum(term, total.index, node.shape)
        case Add() | Multiply() | Divide() | Negative() | Power() | Apply():
            changed = [inside_sums(child) for child in node.children()]
            if any(new is not old for new, old in zip(changed, node.children(), strict=True)):
                return with_operands(node, changed)
    return node


def entry_at(side: Tensor, indices: Sequence[Item]) -> Tensor:
    """The entry of a side that may be broadcast."""
    own = indices[len(indices) - side.ndim :]
    items: list[Item] = [0 if size == ONE else index for size, index in zip(side.shape, own, strict=True)]
    return _products(entry(side, items))


def _products(node: Tensor) -> Tensor:
    """Entries of a matrix times a vector as products of a row with it."""
    match node:
        case Index(operand=MatMul(left=left, right=right), items=items) if left.ndim == 2 and right.ndim == 1:
            return MatMul.of(entry(left, [*items, ":"]), right)
    if not isinstance(node, ELEMENTWISE):
        return node
    operands = list(node.children())
    changed = [_products(child) for child in operands]
    same = all(new is old for new, old in zip(changed, operands, strict=True))
    return node if same else with_operands(node, changed)


def unfolded(node: Tensor) -> Tensor:
    """The expression with absolute values of products and quotients as products and quotients of absolute values."""
    match node:
        case Apply(function="abs", arguments=(Negative(operand=inside),)):
            return unfolded(Apply.of("abs", inside))
        case Apply(function="abs", arguments=(Multiply(left=left, right=right),)):
            return Multiply.of(unfolded(Apply.of("abs", left)), unfolded(Apply.of("abs", right)))
        case Apply(function="abs", arguments=(Divide(left=left, right=right),)):
            return Divide.of(unfolded(Apply.of("abs", left)), unfolded(Apply.of("abs", right)))
        case Apply(function="abs", arguments=(inside,)) if is_positive(inside):
            return inside
    if not isinstance(node, ELEMENTWISE):
        return node
    operands = list(node.children())
    changed = [unfolded(child) for child in operands]
    return node if all(a is b for a, b in zip(changed, operands, strict=True)) else with_operands(node, changed)


def is_positive(node: Tensor) -> bool:
    """Is every entry certainly nonnegative, by the signs of what it is made of?"""
    match node:
        case Add(left=left, right=right) | Multiply(left=left, right=right) | Divide(left=left, right=right):
            return is_positive(left) and is_positive(right)
        case Power(exponent=Number(value=value)) if value.denominator == 1 and value % 2 == 0:
            return True
        case Sum(operand=operand) | IndexSum(operand=operand) | Index(operand=operand):
            return is_positive(operand)
        case Number(value=value):
            return value >= 0
    return sign_of(node) is not None or isinstance(node, Size)


def unbound(*sides: Tensor) -> list[IndexSymbol]:
    """The index symbols in the expressions over which no sum runs."""
    nodes = [node for side in sides for node in side.walk()]
    bound = {node.index for node in nodes if isinstance(node, IndexSum)}
    return list(dict.fromkeys(n for n in nodes if isinstance(n, IndexSymbol) and n not in bound))
