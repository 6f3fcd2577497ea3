"""The smallest planted error: one entry of an array off by a millionth."""

from __future__ import annotations

from fractions import Fraction

from derive.language.arrays import Full, eye, outer
from derive.language.dimensions import Dimension, Shape
from derive.language.tensor import Add, Index, Multiply, Number, Size, Tensor

MILLIONTH = Fraction(1, 10**6)


def one_entry_off(side: Tensor) -> tuple[Tensor, str]:
    """``side`` with its first entry too large by a relative 1e-6; by 1e-6 where it is made of zeros."""
    place = f"entry {[0] * side.ndim}" if side.ndim else "the value"
    if any(_is_zero(node) for node in side.walk()):
        return Add.of(side, first_entry(side.shape, MILLIONTH)), f"{place} is too large by 1e-6"
    one = Number(Fraction(1))
    factor = Add.of(one, first_entry(side.shape, MILLIONTH)) if side.ndim else Number(1 + MILLIONTH)
    return Multiply.of(side, factor), f"{place} is too large by a relative 1e-6"


def first_entry(shape: Shape, value: Fraction) -> Tensor:
    """The array of this shape that is ``value`` at its first entry and 0 elsewhere."""
    number = Number(value)
    axes = [_first_of(dimension) for dimension in shape]
    if not axes:
        return number
    if len(axes) == 2:
        return Multiply.of(number, outer(*axes))
    product = axes[-1]
    for behind, factor in enumerate(reversed(axes[:-1]), 1):
        product = Multiply.of(Index.of(factor, (slice(None), *[None] * behind)), product)
    return Multiply.of(number, product)


def _first_of(dimension: Dimension) -> Tensor:
    """The first unit vector."""
    return Index.of(eye(Size(dimension)), (0,))


def _is_zero(node: Tensor) -> bool:
    return isinstance(node, Full) and isinstance(node.value, Number) and node.value.value == 0
