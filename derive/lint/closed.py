"""Constants of a claim: expressions in scalar parameters, sizes and numbers alone."""

from __future__ import annotations

from collections.abc import Iterator

from derive.language.chance import OverOutcomes, RandomSymbol
from derive.language.derivatives import Definition, Lipschitz
from derive.language.one_sided import Infinity, Oscillation
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Divide, IndexSymbol, Multiply, Negative, Tensor

SUPREMA = (OverOutcomes, RandomSymbol, Lipschitz, Oscillation, Infinity)
"""What speaks of all outcomes, or of all points, and has no value at one."""


def is_closed(node: Tensor) -> bool:
    """Does a scalar depend on parameters, sizes and numbers alone?"""
    inside = list(node.walk())
    if node.ndim or any(isinstance(part, SUPREMA) for part in inside):
        return False
    leaves = [leaf for leaf in inside if not list(leaf.children())]
    return all(not leaf.ndim and not isinstance(leaf, IndexSymbol) for leaf in leaves)


def constants(side: Tensor) -> Iterator[Tensor]:
    """The largest constants in an expression that have a parameter."""
    if not is_closed(side):
        for child in side.children():
            yield from constants(child)
    elif any(isinstance(node, Symbol) for node in side.walk()):
        yield side


def parts(side: Tensor) -> Iterator[Tensor]:
    """The terms and factors of a side, constants in one piece: of ``C*R**2*norm(x)`` those are C*R**2 and norm(x)."""
    if not is_closed(side) and isinstance(side, (Add, Negative, Multiply, Divide, Definition)):
        for child in side.children():
            yield from parts(child)
    else:
        yield side
