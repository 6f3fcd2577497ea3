"""Bounds on the size of an expression, so that working it out takes bounded time and memory.

Written small is not small: ``9**9**9`` has 370 million digits, and sixty definitions ``b = a*a`` have degree 2^60.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from derive.language.arrays import Kron, Outer
from derive.language.derivatives import Substitution
from derive.language.errors import InputError
from derive.language.symbols import MOST_AXES
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Number, Power, Size, Tensor

LARGEST_DEGREE = 64
LARGEST_CONSTANT = 4096
"""Bits of a constant's numerator and denominator together."""

DEEPEST = 400
"""Operations in one another, definitions written out."""

MOST_OPERATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Extent:
    """How large an expression is: its depth, and at most which degree, and which bits of its rational constants.

    An elementwise function of anything counts as an unknown of degree one. ``constant``: it has no unknowns at all.
    """

    depth: int = 1
    degree: int = 1
    bits: int = 1
    constant: bool = False


def check_size(*expressions: Tensor) -> None:
    """Refuse expressions that are too large to be worked out.

    Raises:
        InputError: the degree, a constant, the depth or the number of operations is beyond the limits.
    """
    extents: dict[int, Extent] = {}
    for expression in expressions:
        for node in expression.walk():
            if id(node) not in extents:
                extents[id(node)] = _within_limits(node, _extent(node, extents))
    if len(extents) > MOST_OPERATIONS:
        raise InputError(f"the expression has {len(extents)} operations, more than {MOST_OPERATIONS}")


def _within_limits(node: Tensor, extent: Extent) -> Extent:
    if extent.bits > LARGEST_CONSTANT:
        raise InputError(f"{node!r} has a constant of more than {LARGEST_CONSTANT} bits", hint="use a symbol for it")
    if extent.degree > LARGEST_DEGREE:
        raise InputError(f"{node!r} has a degree beyond {LARGEST_DEGREE}", hint="use a symbol for the power")
    if extent.depth > DEEPEST:
        raise InputError(f"{node!r} is nested more than {DEEPEST} operations deep, its definitions written out")
    if node.ndim > MOST_AXES:
        raise InputError(f"{node!r} has {node.ndim} axes, more than {MOST_AXES}")
    return extent


def _extent(node: Tensor, extents: dict[int, Extent]) -> Extent:
    below = [extents[id(child)] for child in node.children()]
    depth = 1 + max((extent.depth for extent in below), default=0)
    degrees, bits = [extent.degree for extent in below], [extent.bits for extent in below]
    constant = bool(below) and all(extent.constant for extent in below)
    match node:
        case Number(value=value):
            return Extent(depth, 0, value.numerator.bit_length() + value.denominator.bit_length(), True)
        case Size():
            return Extent(depth, 1, 1)
        case Power(exponent=exponent):
            factor = _factor(exponent, below[1])
            return Extent(depth, degrees[0] * factor, bits[0] * factor + bits[1], constant)
        case Multiply() | Divide() | MatMul() | Kron() | Outer():
            return Extent(depth, sum(degrees), sum(bits), constant)
        case Substitution():
            return Extent(depth, degrees[0] * max(1, degrees[-1]), bits[0] + bits[-1] * max(1, degrees[0]), constant)
        case Add():
            return Extent(depth, max(degrees), max(bits) + 1, constant)
        case Apply():
            return Extent(depth, 0 if constant else 1, max(bits), constant)
    return Extent(depth, max(degrees, default=1), max(bits, default=1), constant)


def _factor(exponent: Tensor, extent: Extent) -> int:
    """What a power multiplies degree and bits by, at most; a symbolic exponent makes the power an unknown."""
    if isinstance(exponent, Number):
        return max(1, ceil(abs(Fraction(exponent.value))))
    return 1 << min(extent.bits, 64) if extent.constant else 1
