"""Powers whose exponents are even whatever the integers in them: ``z**(2*p)``."""

from __future__ import annotations

from collections.abc import Iterator

from derive.bounds.bound import Rule, Scheme
from derive.bounds.parameters import Parameters
from derive.bounds.rules.softmax import unnamed
from derive.bounds.value import Value
from derive.language.arrays import Norm
from derive.language.symbols import Symbol
from derive.language.tensor import Add, Multiply, Negative, Number, Power, Size, Sum, Tensor

LOWER = frozenset({"lower"})


def is_integer(node: Tensor) -> bool:
    """Is the scalar certainly an integer?"""
    match unnamed(node):
        case Number(value=value):
            return value.denominator == 1
        case Symbol(properties=properties):
            return "integer" in properties
        case Size():
            return True
        case Add(left=left, right=right) | Multiply(left=left, right=right):
            return is_integer(left) and is_integer(right)
        case Negative(operand=operand):
            return is_integer(operand)
    return False


def is_even(node: Tensor) -> bool:
    """Is the scalar certainly an even integer?"""
    match unnamed(node):
        case Number(value=value):
            return value % 2 == 0
        case Add(left=left, right=right):
            return is_even(left) and is_even(right)
        case Multiply(left=left, right=right):
            return (is_even(left) and is_integer(right)) or (is_integer(left) and is_even(right))
        case Negative(operand=operand):
            return is_even(operand)
    return False


def _is_positive(node: Tensor) -> bool:
    match unnamed(node):
        case Number(value=value):
            return value > 0
        case Symbol(properties=properties):
            return "positive" in properties
        case Size():
            return True
        case Add(left=left, right=right) | Multiply(left=left, right=right):
            return _is_positive(left) and _is_positive(right)
    return False


def _power(measure: str, node: Power, p: Parameters) -> Iterator[Scheme]:
    """``t**k >= 0`` for even k."""
    del measure
    if is_even(node.exponent):
        yield (lambda: p.number(0)), ()


def _power_mean(measure: str, node: Sum, p: Parameters) -> Iterator[Scheme]:
    """``sum z_i^k >= n (sum z_i^2 / n)^(k/2)`` for even k >= 2."""
    del measure
    powers = unnamed(node.operand)
    if node.ndim or not isinstance(powers, Power) or powers.exponent.ndim or powers.ndim != 1:
        return
    if isinstance(powers.exponent, Number) or not (is_even(powers.exponent) and _is_positive(powers.exponent)):
        return
    exponent = p.scalar(powers.exponent)
    if exponent is not None:
        length = p.norm("2", powers.base, Norm(powers.base, "2"))
        number = p.size(powers.shape[0])
        half = exponent / p.number(2)
        yield (lambda: number * _to_the(length * length / number, half)), ()


def _to_the(base: Value, exponent: Value) -> Value:
    return Value.of(base.expression**exponent.expression, base.samples**exponent.samples)


RULES = (
    Rule("even power", LOWER, Power, _power, "a square"),
    Rule("power mean", LOWER, Sum, _power_mean, "Jensen's inequality for t^(k/2), which is convex on t >= 0"),
)
