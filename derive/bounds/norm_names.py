"""Norms by one name each, and as the names of parameters."""

from __future__ import annotations

from derive.bounds.closed_form import substituted
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.tensor import Tensor


def canonical(order: str, ndim: int) -> str:
    """The order of a norm by one name: a scalar has one norm, a vector's Frobenius norm is its Euclidean one."""
    if ndim == 0:
        return "inf"
    if ndim == 1:
        return {"fro": "2", "op": "2"}.get(order, order)
    return {"2": "op"}.get(order, order)


def norm_key(order: str, operand: Tensor) -> str:
    """The name of a norm as a parameter."""
    return f"{order}:{identity(substituted(inner(operand)))}"


def inner(node: Tensor) -> Tensor:
    """What a definition stands for, not looking further inside."""
    while isinstance(node, Definition):
        node = node.operand
    return node
