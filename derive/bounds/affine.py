"""A scalar of ``M x`` alone as a function of a new variable: ``L(x) = l(M x)``."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from derive.language.derivatives import Definition
from derive.language.latex import latex
from derive.language.plain import identity
from derive.language.rebuild import with_operands
from derive.language.symbols import Symbol
from derive.language.tensor import MatMul, Tensor


class Argument(Definition):
    """``M x``, taken as the variable: derivatives are taken in it, norms and ranges are those of what it stands for."""


def through(node: Tensor) -> tuple[Tensor, MatMul] | None:
    """The scalar as a function of ``M @ x``, which becomes the variable, and ``M @ x``; None where x occurs elsewhere.

    That x is the variable that moves, and M does not, is for the caller to ask.
    """
    products = [part for part in _visible(node) if isinstance(part, MatMul) and _is_linear(part)]
    if not products or any(identity(part) != identity(products[0]) for part in products):
        return None
    first = products[0]
    variable = Argument(f"({identity(first)})", first, first.shape, latex(first))
    inner = _replaced(node, {id(part) for part in products}, variable)
    outside = any(isinstance(part, Symbol) and identity(part) == identity(first.right) for part in _visible(inner))
    return None if outside else (inner, first)


def _is_linear(part: MatMul) -> bool:
    return part.left.ndim == 2 and isinstance(part.right, Symbol) and part.right.ndim == 1


def _replaced(node: Tensor, old: Collection[int], new: Argument) -> Tensor:
    if id(node) in old:
        return new
    below = list(node.children())
    changed = [_replaced(child, old, new) for child in below]
    if isinstance(node, Argument) or all(a is b for a, b in zip(below, changed, strict=True)):
        return node
    return changed[0] if isinstance(node, Definition) else with_operands(node, changed)


def _visible(node: Tensor) -> Iterator[Tensor]:
    """The nodes outside of changed variables."""
    yield node
    if not isinstance(node, Argument):
        for child in node.children():
            yield from _visible(child)
