"""Sums of products as matrix products."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from derive.attack.tape import Node

WORTHWHILE = 64
"""Products that each matrix product sums at least; below that, or for scalar products, a loop over them is slower."""


def made_by(node: Node, primitive: str) -> list[Node]:
    """The operands of ``node`` where it is the result of that primitive."""
    step = node.tape.steps[node.place]
    return [node.tape.node(k) for k in step.operands] if step.primitive == primitive else []


def reshaped(x: Node, shape: tuple[int, ...]) -> Node:
    """``x`` in another shape: a reshaped array in its old shape is the array itself."""
    inner = made_by(x, "reshape")
    return x.tape.reshaped(inner[0] if inner else x, shape)


def contraction(factors: Sequence[Node], shape: tuple[int, ...], axes: Sequence[int]) -> Node | None:
    """The sum along ``axes`` of the product, of that shape, of two factors that are repeated along some axes.

    None where one factor lacks an axis that is summed, or where it takes many small matrix products.
    """
    summed = {axis % len(shape) for axis in axes}
    if any(shape[k] > 1 and factor.shape[k] == 1 for factor in factors for k in summed):
        return None
    owners = ["sum" if k in summed else _owner(k, factors) for k in range(len(shape))]
    batch, left, right, inner = (_places(owners, name) for name in ("both", "left", "right", "sum"))
    count, rows, columns, terms = (prod(shape[k] for k in part) for part in (batch, left, right, inner))
    if rows * columns * terms < WORTHWHILE or (count > 1 and rows * columns == 1):
        return None
    lead = (count,) if count > 1 else ()
    first = reshaped(_moved(factors[0], [*batch, *left, *inner]), (*lead, rows, terms))
    second = reshaped(_moved(factors[1], [*batch, *right, *inner]), (*lead, columns, terms))
    turned = second.tape.apply("swap", (second,), (*lead, terms, columns))
    product = first.tape.apply("matmul", (first, turned), (*lead, rows, columns))
    order = [*batch, *left, *right]
    found = reshaped(product, tuple(shape[k] for k in order))
    return _permuted(found, [order.index(k) for k in sorted(order)])


def _places(owners: Sequence[str], name: str) -> list[int]:
    return [k for k, owner in enumerate(owners) if owner == name]


def _owner(axis: int, factors: Sequence[Node]) -> str:
    """Which of two factors is not repeated along an axis."""
    has = [factor.shape[axis] > 1 for factor in factors]
    return "both" if has[0] == has[1] else "left" if has[0] else "right"


def _moved(x: Node, order: Sequence[int]) -> Node:
    """The axes of ``x`` in this order, the others, of length one, left out."""
    kept = sorted(order)
    return _permuted(reshaped(x, tuple(x.shape[k] for k in kept)), [kept.index(k) for k in order])


def _permuted(x: Node, order: Sequence[int]) -> Node:
    """The axes in another order: a view of the array."""
    if list(order) == sorted(order):
        return x
    paces = tuple(prod(x.shape[k + 1 :]) for k in order)
    shape = tuple(x.shape[k] for k in order)
    return x.tape.apply("view", (x,), shape, (len(shape), 0, paces, shape))
