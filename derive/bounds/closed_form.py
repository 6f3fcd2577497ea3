"""Derivatives replaced by their closed forms in matrix notation, so that the norm calculus finds products and sums."""

from __future__ import annotations

from collections.abc import Callable

from derive.calculus.algebra import Undecidable
from derive.calculus.telling import teller
from derive.language.arrays import Full
from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import IndexSymbol, MatMul, Number, Sum, Tensor


def closed(node: Tensor) -> Tensor:
    """The expression with each derivative in matrix notation, where it has one, and substitutions of symbols done.

    Equal to ``node`` for all sizes and values: each closed form is checked by the normal form (``calculus.telling``).
    """
    if isinstance(node, (Derivative, Directional)):
        return _derived(node)
    if isinstance(node, Substitution) and isinstance(node.value, Symbol):
        return renamed(closed(node.operand), {node.symbol.name: node.value})
    if isinstance(node, MatMul):
        if isinstance(node.left, MatMul) and node.left.ndim == 2 and node.right.ndim == 1:
            return closed(MatMul.of(node.left.left, MatMul.of(node.left.right, node.right)))
        for entries, weights in ((node.left, node.right), (node.right, node.left)):
            if entries.ndim == 1 and _all_ones(weights):
                return Sum.of(closed(entries))
    return _rebuilt(node, closed)


def _all_ones(node: Tensor) -> bool:
    """Is it ``ones(n)``, with which an inner product is a sum?"""
    return node.ndim == 1 and isinstance(node, Full) and isinstance(node.value, Number) and node.value.value == 1


def _derived(node: Tensor) -> Tensor:
    definitions = {part.name: part for part in node.walk() if isinstance(part, Definition)}
    try:
        told, [(form, axes)] = teller([node], list(definitions.values()))
    except Undecidable:
        return node
    found = told.tensor(form, axes)
    return node if found is None else found


def renamed(node: Tensor, names: dict[str, Symbol]) -> Tensor:
    """The expression with other symbols in the place of some; definitions of them are written out."""
    if isinstance(node, Symbol):
        return names.get(node.name, node)
    if isinstance(node, Definition):
        inner = renamed(node.operand, names)
        return node if inner is node.operand else inner
    if isinstance(node, Substitution):
        return renamed(closed(node), names)
    return _rebuilt(node, lambda child: renamed(child, names))


def _rebuilt(node: Tensor, change: Callable[[Tensor], Tensor]) -> Tensor:
    below = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    changed = [change(child) for child in below]
    if all(new is old for new, old in zip(changed, below, strict=True)):
        return node
    if isinstance(node, Definition):
        return changed[0]
    try:
        return with_operands(node, changed)
    except (InputError, TypeError):
        return node
