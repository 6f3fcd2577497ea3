"""Random symbols taken as ordinary ones: expressions at a realisation, which the calculus can work on."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.chance import Expectation, Probability, RandomSymbol
from derive.language.derivatives import Definition
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, Tensor

Laws = Mapping[str, RandomSymbol]
"""Random symbols by their names."""


def mentions(node: Tensor, names: Mapping[str, object]) -> bool:
    """Does a symbol of one of the names stand in the expression?"""
    return any(isinstance(leaf, Symbol) and leaf.name in names for leaf in node.walk())


def realised(node: Tensor) -> Tensor:
    """The expression with an ordinary symbol in the place of each random one, definitions written out.

    Expectations and probabilities within it stay as they are: they bind their random symbols themselves.
    """
    return _realised(node, {})


def _realised(node: Tensor, known: dict[Tensor, Tensor]) -> Tensor:
    if node not in known:
        known[node] = _at_a_realisation(node, known)
    return known[node]


def _at_a_realisation(node: Tensor, known: dict[Tensor, Tensor]) -> Tensor:
    match node:
        case Expectation() | Probability():
            return node
        case RandomSymbol(name=name, shape=shape, tex=tex):
            return Symbol(name, shape, frozenset(), tex)
        case Definition(operand=operand):
            inner = _realised(operand, known)
            return node if inner is operand else inner
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    changed = [_realised(child, known) for child in below]
    if all(new is old for new, old in zip(changed, below, strict=True)):
        return node
    return with_operands(node, changed)
