"""Powers: with numbers, sizes and whole numbers of steps as exponents, else by the logarithm."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.symbols import Symbol
from derive.language.tensor import Add, Multiply, Negative, Number, Size, Tensor
from derive.verify.arithmetic import Unknown
from derive.verify.arrays import Array, elementwise, total
from derive.verify.runs import whole
from derive.verify.scope import Scope, unnamed

if TYPE_CHECKING:
    from derive.verify.values import Evaluation


def power(evaluation: Evaluation, base: Array, exponent: Tensor, scope: Scope) -> Array:
    """``base ** exponent``, entry by entry."""
    functions = evaluation.functions
    if isinstance(exponent, Number):
        return elementwise(lambda z: functions.power(z, exponent.value), base)
    by = evaluation.value(exponent, scope)
    number = _number(evaluation, exponent, by)
    if number is not None:
        return elementwise(lambda z: functions.power(z, Fraction(number)), base)
    return elementwise(lambda z, t: functions.exp(t * functions.series("log", z)), base, by)


def _number(evaluation: Evaluation, exponent: Tensor, value: Array) -> int | None:
    """The exponent where it is a size, or made of whole numbers and not negative."""
    if isinstance(exponent, Size):
        return evaluation.size(exponent.dimension)
    if value.shape or not all(map(_is_whole, exponent.walk())):
        return None
    try:
        return whole(value.scalar)
    except Unknown:
        return None


def _is_whole(node: Tensor) -> bool:
    """Is the node a whole number where its operands are?"""
    node = unnamed(node)
    if isinstance(node, Number):
        return node.value.denominator == 1
    if isinstance(node, Symbol):
        return "integer" in node.properties
    return isinstance(node, (Add, Multiply, Negative, Size))


def square(evaluation: Evaluation, operand: Array, exponent: Fraction) -> Array:
    """A power of ``||T||^2``, which needs no root."""
    found = total((z * z for z in operand.entries), evaluation.zero)
    return Array((), (evaluation.functions.power(found, exponent),))
