"""Scalar expressions as rational functions of what they are made of, compared at random points.

Whatever is not made by arithmetic (a symbol, a norm, a root) is a variable of its own. Two rational functions of low
degree that agree at three points of sixty random bits a variable are equal, but for a negligible probability.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

from derive.language.derivatives import Definition
from derive.language.dimensions import Dimension
from derive.language.plain import identity
from derive.language.tensor import Add, Apply, Divide, MatMul, Multiply, Negative, Number, Power, Size, Tensor

POINTS = 3
LARGEST_POWER = 64


class RationalPoint:
    """A value for each variable, the same wherever it occurs."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._known: dict[str, Fraction] = {}

    def value(self, node: Tensor) -> Fraction:
        """The value of a scalar.

        Raises:
            ZeroDivisionError: a divisor in it is zero here.
        """
        match node:
            case Number(value=value):
                return value
            case Definition(operand=operand):
                return self.value(operand)
            case Negative(operand=operand):
                return -self.value(operand)
            case MatMul(left=Negative(operand=operand), right=right):  # so -u @ v is read
                return -self.value(MatMul.of(operand, right))
            case Add(left=left, right=right):
                return self.value(left) + self.value(right)
            case Multiply(left=left, right=right):
                return self.value(left) * self.value(right)
            case Divide(left=left, right=right):
                return self.value(left) / self.value(right)
            case Power(base=base, exponent=Number(value=e)) if e.denominator == 1 and abs(e) <= LARGEST_POWER:
                return self.value(base) ** int(e)
            case Apply(function="exp" | "cosh", arguments=(Number(value=argument),)) if argument == 0:
                return Fraction(1)
            case Size(dimension=size) if size.terms != Dimension.symbol(str(size)).terms:
                return self._size(size)
        return self._variable(node)

    def _size(self, size: Dimension) -> Fraction:
        total = Fraction(0)
        for names, coefficient in size.terms:
            term = Fraction(coefficient)
            for name in names:
                term *= self._variable(Size(Dimension.symbol(name)))
            total += term
        return total

    def _variable(self, node: Tensor) -> Fraction:
        name = identity(node)
        if name not in self._known:
            self._known[name] = Fraction(Random(f"{self._key} {name}").getrandbits(60) + 1, 1 << 30)
        return self._known[name]


def same(left: Tensor, right: Tensor, key: str) -> bool:
    """Are the two the same rational function?"""
    points = [RationalPoint(f"{key} {number}") for number in range(POINTS)]
    return all(point.value(left) == point.value(right) for point in points)
