"""Names for the parts of an expression that its derivatives repeat: ``softmax(A @ x)`` becomes ``t0``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from derive.language.arrays import Softmax
from derive.language.derivatives import Definition
from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import Apply, IndexSymbol, Size, Tensor


def abbreviated(expression: Tensor) -> Tensor:
    """``expression`` with each softmax, and each function of more than a symbol, named ``t0``, ``t1``, and so on."""
    return _Abbreviation(_fresh(expression)).of(expression)


def abbreviations(expression: Tensor) -> list[Definition]:
    """The definitions in ``expression``, those that others use first."""
    return [node for node in expression.walk() if isinstance(node, Definition)]


def _fresh(expression: Tensor) -> Iterator[str]:
    taken: set[str] = set()
    for node in expression.walk():
        if isinstance(node, (Symbol, IndexSymbol)):
            taken.add(node.name)
        taken |= {name for size in node.shape for name in size.names}
        if isinstance(node, Size):
            taken |= node.dimension.names
    return (name for name in (f"t{number}" for number in count()) if name not in taken)


@dataclass
class _Abbreviation:
    """Replaces nodes from the leaves up, each text once."""

    names: Iterator[str]
    done: dict[str, Definition] = field(default_factory=dict)

    def of(self, expression: Tensor) -> Tensor:
        replaced: dict[int, Tensor] = {}
        for node in expression.walk():
            replaced[id(node)] = self._replaced(node, [replaced[id(child)] for child in node.children()])
        return replaced[id(expression)]

    def _replaced(self, node: Tensor, operands: list[Tensor]) -> Tensor:
        if any(new is not old for new, old in zip(operands, node.children(), strict=True)):
            try:
                node = with_operands(node, operands)
            except TypeError:
                return node
        if not _repeats(node):
            return node
        text = identity(node)
        if text not in self.done:
            self.done[text] = Definition(next(self.names), node, node.shape)
        return self.done[text]


def _repeats(node: Tensor) -> bool:
    """Is this a part that a derivative in general has again?"""
    if isinstance(node, Softmax):
        return True
    return isinstance(node, Apply) and not all(isinstance(argument, Symbol) for argument in node.arguments)
