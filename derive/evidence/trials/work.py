"""How much work a claim is expected to be at given sizes, in entries computed."""

from __future__ import annotations

from collections.abc import Mapping
from math import factorial, prod

from derive.evaluate.scope import NODE
from derive.language.arrays import Determinant, Inverse
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.tensor import Tensor
from derive.obligation import Obligation


def expected_work(obligation: Obligation, sizes: Mapping[str, int]) -> int:
    """Entries of all nodes, times those of the variables that they are differentiated in."""
    return sum(_work(side, sizes) for side in (obligation.left, obligation.right))


def _work(root: Tensor, sizes: Mapping[str, int]) -> int:
    nodes = list(root.walk())
    factor = 1
    for node in nodes:
        if isinstance(node, Derivative):
            factor *= prod(_entries(underlying(variable), sizes) for variable in node.variables)
        elif isinstance(node, Directional):
            factor *= 2
    return factor * sum(NODE + _cost(node, sizes) for node in nodes)


def _cost(node: Tensor, sizes: Mapping[str, int]) -> int:
    """Entries of ``node``; those of an inverse are determinants."""
    entries = _entries(node, sizes)
    if isinstance(node, (Inverse, Determinant)):
        return entries * factorial(node.operand.shape[0].size(sizes))
    return entries


def _entries(node: Tensor, sizes: Mapping[str, int]) -> int:
    return prod(axis.size(sizes) for axis in node.shape)
