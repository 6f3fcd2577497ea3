"""What a comparison at given sizes takes, before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from derive.evaluate.contraction import outermost
from derive.language.arrays import Composite, Determinant, Inverse, Kron
from derive.language.chance import OverOutcomes, RandomSymbol
from derive.language.derivatives import Derivative, Directional, underlying
from derive.language.tensor import Add, IndexSum, MatMul, Multiply, Number, Power, Sum, Tensor
from derive.obligation import Obligation

NODE = 40
"""What visiting a node takes, in entries."""

TERM = 30
"""What a term of an exponential polynomial in random entries takes, in entries."""


def work(obligation: Obligation, sizes: Mapping[str, int]) -> int:
    """Entries to be computed for one comparison: products counted out, derivatives once a direction."""
    return sum(_work(side, sizes) for side in (obligation.left, obligation.right))


def _work(root: Tensor, sizes: Mapping[str, int]) -> int:
    along = set(outermost(root))
    factor, total, nodes = 1, 0, 0
    random: dict[Tensor, int] = {}
    for node in root.walk():
        if isinstance(node, Derivative):
            count = [prod(axis.size(sizes) for axis in underlying(v).shape) for v in node.variables]
            factor *= prod(2 if node in along else 2 * entries for entries in count)
        elif isinstance(node, Directional):
            factor *= 2
        random[node] = _terms(node, random, sizes)
        total += _cost(node, sizes) if not random[node] else _entries(node, sizes) * random[node] * TERM
        nodes += 1
    return factor * total + NODE * nodes


def _entries(node: Tensor, sizes: Mapping[str, int]) -> int:
    return prod(axis.size(sizes) for axis in node.shape)


def _cost(node: Tensor, sizes: Mapping[str, int]) -> int:
    entries = _entries(node, sizes)
    if isinstance(node, MatMul):
        return entries * node.left.shape[-1].size(sizes)
    if isinstance(node, (Inverse, Determinant)):
        return int(node.operand.shape[0].size(sizes)) ** 4
    return entries


def _terms(node: Tensor, known: Mapping[Tensor, int], sizes: Mapping[str, int]) -> int:
    """The terms of an entry as an exponential polynomial in random entries; 0 where it is not random."""
    if isinstance(node, Composite):
        below = node.expand()
        inner = dict(known)
        for part in below.walk():
            if part not in inner:
                inner[part] = _terms(part, inner, sizes)
        return inner[below]
    counts = [known[child] for child in node.children()]
    if isinstance(node, RandomSymbol):
        return 1
    if isinstance(node, OverOutcomes) or not any(counts):
        return 0
    either = [count or 1 for count in counts]
    match node:
        case Add():
            return sum(either)
        case MatMul(left=left):
            return int(left.shape[-1].size(sizes)) * prod(either)
        case Multiply() | Kron():
            return prod(either)
        case Sum(operand=operand, axes=axes):
            return either[0] * prod(operand.shape[k].size(sizes) for k in axes)
        case IndexSum(operand=operand, index=index):
            return known[operand] * int(index.dimension.size(sizes))
        case Power(exponent=Number(value=value)) if value > 0:
            return int(either[0] ** min(float(value), 8.0))
    return max(either)
