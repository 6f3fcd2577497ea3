"""Index symbols of an expression, and the indices that their positions stand for."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.dimensions import Dimension
from derive.language.tensor import IndexSum, IndexSymbol, Tensor


def digits(dimension: Dimension, position: int, sizes: Mapping[str, int]) -> tuple[str, list[int]] | None:
    """The dimension D and the indices that a position along an axis of size D, D^2, .. stands for; None of others."""
    if len(dimension.names) != 1 or len(dimension.terms) != 1 or dimension.terms[0][1] != 1:
        return None
    names = dimension.terms[0][0]
    found = []
    for _ in names:
        position, digit = divmod(position, sizes[names[0]])
        found.append(digit)
    return names[0], found


def free_indices(root: Tensor) -> dict[str, IndexSymbol]:
    """The index symbols in ``root`` over which no sum is taken."""
    found: dict[Tensor, dict[str, IndexSymbol]] = {}
    for node in root.walk():
        below = [found[child] for child in node.children()]
        own = {name: symbol for names in below for name, symbol in names.items()}
        if isinstance(node, IndexSymbol):
            own[node.name] = node
        if isinstance(node, IndexSum):
            own.pop(node.index.name, None)
        found[node] = own
    return found[root]
