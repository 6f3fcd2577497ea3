"""Random symbols taken as ordinary ones: expressions at a realisation, which the calculus can work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from derive.language.chance import Expectation, Probability, RandomSymbol
from derive.language.derivatives import Definition
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

Laws = Mapping[str, RandomSymbol]
"""Random symbols by their names."""


def mentions(node: Tensor, names: Mapping[str, object]) -> bool:
    """Does a symbol of one of the names stand in the expression?"""
    return any(isinstance(leaf, Symbol) and leaf.name in names for leaf in node.walk())


def realised(node: Tensor) -> Tensor:
    """The expression with an ordinary symbol in the place of each random one, definitions of these written out.

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
    parts = {field.name: getattr(node, field.name) for field in fields(node)}
    changed = {name: _operand(value, known) for name, value in parts.items()}
    return node if all(changed[name] is parts[name] for name in parts) else replace(node, **changed)


def _operand(value: Any, known: dict[Tensor, Tensor]) -> Any:
    """An operand, or several of them; shapes and names stay what they are."""
    if isinstance(value, Tensor):
        return _realised(value, known)
    if isinstance(value, tuple):
        changed = tuple(_operand(item, known) for item in value)
        return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed
    return value
