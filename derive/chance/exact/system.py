"""The number system of what depends on draws."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from flint import arb, fmpq

from derive.chance.exact.numbers import Increasing, Number, constant, extremum, is_zero, known, power, scaled
from derive.evaluate.balls import Balls
from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.system import System


class Drawn(System):
    """The system of these numbers. What no draw changes is computed in rationals or in balls."""

    name: ClassVar[str] = "numbers that depend on draws"

    def __init__(self, balls: Balls) -> None:
        self.balls = balls

    def rational(self, value: Fraction) -> Number:
        return constant(fmpq(value.numerator, value.denominator))

    def constant(self, name: str) -> Number:
        return constant(self.balls.constant(name))

    def _known(self, function: str, x: Number) -> Number:
        value = known(x)
        if value is None:
            raise Unavailable(f"{function} of a draw")
        return constant(getattr(self.balls, function)(arb(value)))

    def _increasing(self, function: str, x: Number) -> Number:
        return (
            self._known(function, x) if known(x) is not None else Increasing(function, Fraction(1), x, fmpq(1), fmpq(0))
        )

    def exp(self, x: Number) -> Number:
        return self._increasing("exp", x)

    def log(self, x: Number) -> Number:
        return self._increasing("log", x)

    def sin(self, x: Number) -> Number:
        return self._known("sin", x)

    def cos(self, x: Number) -> Number:
        return self._known("cos", x)

    def atan(self, x: Number) -> Number:
        return self._known("atan", x)

    def erf(self, x: Number) -> Number:
        return self._known("erf", x)

    def step(self, x: Number) -> Number:
        return self._known("step", x)

    def power(self, base: Number, exponent: Fraction) -> Number:
        value = known(base)
        if value is None:
            return power(base, exponent)
        if isinstance(value, fmpq) and exponent.denominator == 1 and not (exponent < 0 and value == 0):
            return constant(value ** int(exponent))
        return constant(self.balls.power(arb(value), exponent))

    def divide(self, left: Number, right: Number) -> Number:
        value = known(right)
        if value is None:
            raise Unavailable("a quotient by a draw")
        if (value == 0) if isinstance(value, fmpq) else value.contains(0):
            raise OutsideDomain("division by zero", certain=is_zero(value))
        return scaled(left, 1 / value)

    def exact(self, x: Number) -> Fraction | None:
        value = known(x)
        return Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else None

    def may_be_zero(self, x: Number) -> bool:
        value = known(x)
        return value is None or ((value == 0) if isinstance(value, fmpq) else bool(value.contains(0)))

    def certainly_less(self, x: Number, y: Number) -> bool:
        left, right = known(x), known(y)
        return left is not None and right is not None and bool(left < right)

    def extremum(self, kind: str, numbers: Sequence[Number]) -> Number:
        values = [known(x) for x in numbers]
        if all(value is not None for value in values):
            return constant(self.balls.extremum(kind, [arb(value) for value in values]))
        return extremum(numbers, kind == "max")
