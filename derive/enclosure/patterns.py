"""Forms in which an author writes sums, squares, multiples of the identity and the softmax."""

from __future__ import annotations

from fractions import Fraction

from derive.instances.patterns import strip
from derive.language.arrays import Eye, Full, Norm, Softmax
from derive.language.plain import identity
from derive.language.tensor import Apply, Divide, MatMul, Multiply, Negative, Number, Power, Sum, Tensor


def sum_of(side: Tensor) -> Tensor | None:
    """``s`` of ``sum(s)``, ``s @ ones(n)`` and ``ones(n) @ s``; None of anything else."""
    match strip(side):
        case Sum(operand=operand, shape=()):
            return strip(operand)
        case MatMul(left=left, right=right, shape=()):
            if _ones(right):
                return strip(left)
            return strip(right) if _ones(left) else None
    return None


def square_of(side: Tensor) -> Tensor | None:
    """``s`` of ``s @ s``, ``sum(s**2)`` and ``norm(s)**2``."""
    match strip(side):
        case MatMul(left=left, right=right, shape=()) if written_alike(left, right):
            return strip(left)
        case Power(base=base, exponent=Number(value=e)) if e == 2:
            norm = strip(base)
            return strip(norm.operand) if isinstance(norm, Norm) and norm.order in ("2", "fro") else None
    summed = sum_of(side)
    if isinstance(summed, Power) and isinstance(summed.exponent, Number) and summed.exponent.value == 2:
        return strip(summed.base)
    return None


def identity_multiple(side: Tensor) -> Tensor | None:
    """``c`` where the side is c or c times the identity."""
    match strip(side):
        case Eye():
            return Number(Fraction(1))
        case Negative(operand=operand) if (inner := identity_multiple(operand)) is not None:
            return Negative.of(inner)
        case Multiply(left=c, right=right) if not c.ndim and isinstance(strip(right), Eye):
            return c
        case Multiply(left=left, right=c) if not c.ndim and isinstance(strip(left), Eye):
            return c
        case Divide(left=left, right=c) if not c.ndim and (inner := identity_multiple(left)) is not None:
            return Divide.of(inner, c)
    return None if side.ndim else side


def softmax_argument(node: Tensor) -> Tensor | None:
    """``z`` where the expression is the softmax of a vector z: by name, or as ``exp(z)/sum(exp(z))``."""
    match node:
        case Softmax(operand=operand) if operand.ndim == 1:
            return operand
        case Divide(left=left, right=right) if left.ndim == 1:
            top, total = strip(left), sum_of(right)
            if isinstance(top, Apply) and top.function == "exp" and total is not None and written_alike(top, total):
                return top.arguments[0]
    return None


def written_alike(left: Tensor, right: Tensor) -> bool:
    """Are the two expressions the same text?"""
    return strip(left) is strip(right) or identity(strip(left)) == identity(strip(right))


def fresh(name: str, taken: set[str]) -> str:
    """A name like this one that nothing has."""
    while name in taken:
        name += "_"
    return name


def _ones(side: Tensor) -> bool:
    side = strip(side)
    return isinstance(side, Full) and isinstance(side.value, Number) and side.value.value == 1
