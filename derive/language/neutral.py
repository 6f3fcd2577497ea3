"""Expressions without what says nothing: factors 1, powers of 1, double signs. Edits of a claim leave such behind."""

from __future__ import annotations

from derive.language.derivatives import Definition, Derivative, Directional, Substitution
from derive.language.errors import InputError
from derive.language.rebuild import with_operands
from derive.language.tensor import Divide, IndexSymbol, Multiply, Negative, Number, Power, Tensor


def without_units(node: Tensor) -> Tensor:
    """``node`` as one would write it by hand: ``x`` for ``1*x``, ``x/1`` and ``x**1``, ``-x`` for ``-1*x``.

    Definitions and derivatives are the author's and stay.
    """
    if isinstance(node, (Definition, Derivative, Directional, Substitution)):
        return node
    operands = [child for child in node.children() if not isinstance(child, IndexSymbol)]
    bare = [without_units(operand) for operand in operands]
    if any(new is not old for new, old in zip(bare, operands, strict=True)):
        try:
            node = with_operands(node, bare)
        except (InputError, TypeError):
            return node
    return _without_unit(node)


def _without_unit(node: Tensor) -> Tensor:
    kept = node
    match node:
        case Multiply(left=Number(value=value), right=other) | Multiply(left=other, right=Number(value=value)):
            kept = other if value == 1 else _without_unit(Negative.of(other)) if value == -1 else node
        case Divide(left=other, right=Number(value=value)) | Power(base=other, exponent=Number(value=value)):
            kept = other if value == 1 else node
        case Negative(operand=Negative(operand=other)):
            kept = other
    return kept if kept.shape == node.shape else node
