"""Random symbols taken as ordinary ones: expressions at a realisation, which the calculus can work on."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import fields, replace
from typing import Any

from derive.language.chance import Expectation, Probability, RandomSymbol
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

Laws = Mapping[str, RandomSymbol]
"""Random symbols by their names."""


def mentions(node: Tensor, names: Container[str]) -> bool:
    """Does a symbol of one of the names stand in the expression?"""
    return any(isinstance(leaf, Symbol) and leaf.name in names for leaf in node.walk())


def realised(node: Tensor) -> Tensor:
    """The expression with an ordinary symbol in the place of each random one, definitions of these written out.

    Expectations and probabilities within it stay as they are: they bind their random symbols themselves.
    """
    return exchanged(node, _at_a_realisation)


def _at_a_realisation(node: Tensor) -> Tensor | None:
    match node:
        case Expectation() | Probability():
            return node
        case RandomSymbol(name=name, shape=shape, tex=tex):
            return Symbol(name, shape, frozenset(), tex)
    return None


Exchange = Callable[[Tensor], Tensor | None]
"""What stands in the place of a node; None where it stays, and what is in it is looked at."""


def exchanged(node: Tensor, exchange: Exchange) -> Tensor:
    """The expression with other nodes of the same shapes in the place of some, definitions of these written out."""
    known: dict[Tensor, Tensor] = {}

    def visit(part: Tensor) -> Tensor:
        if part not in known:
            found = exchange(part)
            known[part] = below(part) if found is None else found
        return known[part]

    def below(part: Tensor) -> Tensor:
        parts = {field.name: getattr(part, field.name) for field in fields(part)}
        changed = {name: operand(value) for name, value in parts.items()}
        if all(changed[name] is parts[name] for name in parts):
            return part
        return changed["operand"] if isinstance(part, Definition) else replace(part, **changed)

    def operand(value: Any) -> Any:
        """An operand, or several of them; shapes and names stay what they are."""
        if isinstance(value, Tensor):
            return visit(value)
        if isinstance(value, tuple):
            changed = tuple(map(operand, value))
            return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed
        return value

    return visit(node)
