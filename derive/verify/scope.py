"""What names stand for while an expression is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array

Bound = tuple[int, Any]
"""A version, which no other value has, and the value: an array for a symbol, a position for an index."""

_versions = count()


@dataclass(frozen=True)
class Scope:
    """The values of symbols and indices; ``infinitesimals`` of them are in use."""

    values: Mapping[str, Bound] = field(default_factory=dict)
    infinitesimals: int = 0

    def __getitem__(self, name: str) -> Any:
        if name not in self.values:
            raise Unknown(f"{name} has no value")
        return self.values[name][1]

    def binding(self, name: str, value: Any, infinitesimals: int = 0) -> Scope:
        """The scope in which ``name`` has another value, with so many infinitesimals more."""
        return Scope({**self.values, name: (next(_versions), value)}, self.infinitesimals + infinitesimals)

    def at(self, indices: Mapping[str, int]) -> Scope:
        """The scope at other positions of index symbols."""
        found = self
        for name, position in indices.items():
            if found.values.get(name, (0, None))[1] != position:
                found = found.binding(name, position)
        return found

    def versions(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """What tells the value of an expression in these names from its value in other scopes."""
        return tuple(self.values[name][0] for name in names if name in self.values)


def scope(values: Mapping[str, Array], indices: Mapping[str, int]) -> Scope:
    return Scope({name: (next(_versions), value) for name, value in {**values, **indices}.items()})


@dataclass
class Names:
    """The names that occur in each expression, found once."""

    known: dict[Tensor, tuple[str, ...]] = field(default_factory=dict)

    def of(self, node: Tensor) -> tuple[str, ...]:
        if node not in self.known:
            for part in node.walk():
                if part not in self.known:
                    own = {part.name} if isinstance(part, (Symbol, IndexSymbol)) else set()
                    below = (self.known[child] for child in part.children())
                    self.known[part] = tuple(sorted(own.union(*below)))
        return self.known[node]


def unnamed(node: Tensor) -> Tensor:
    """What a name stands for."""
    while isinstance(node, Definition):
        node = node.operand
    return node
