"""The names of a claim that an error can put in each other's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSum, IndexSymbol, Tensor


@dataclass(frozen=True)
class Names:
    """What a claim names: its symbols and definitions, and the index symbols that no sum binds, each by name."""

    arrays: tuple[Tensor, ...]
    indices: tuple[IndexSymbol, ...]

    @classmethod
    def of(cls, sides: Sequence[Tensor]) -> Names:
        nodes = [node for side in sides for node in side.walk()]
        arrays = {node.name: node for node in nodes if isinstance(node, (Symbol, Definition))}
        indices = {node.name: node for node in nodes if isinstance(node, IndexSymbol)}
        free = frozenset().union(*map(free_indices, sides))
        return cls(
            tuple(arrays[name] for name in sorted(arrays)),
            tuple(indices[name] for name in sorted(indices) if name in free),
        )

    def like(self, node: Tensor, bound: frozenset[str]) -> list[Tensor]:
        """The arrays of a node's shape, other than itself, that have a value where ``bound`` index symbols have one."""
        known = bound | {index.name for index in self.indices}
        return [
            other
            for other in self.arrays
            if other is not node and other.shape == node.shape and free_indices(other) <= known
        ]


def free_indices(root: Tensor) -> frozenset[str]:
    """The index symbols in ``root`` that no sum in it binds."""
    free: dict[Tensor, frozenset[str]] = {}
    for node in root.walk():
        below = frozenset[str]().union(*(free[child] for child in node.children()))
        if isinstance(node, IndexSymbol):
            below = frozenset({node.name})
        elif isinstance(node, IndexSum):
            below -= {node.index.name}
        free[node] = below
    return free[root]
