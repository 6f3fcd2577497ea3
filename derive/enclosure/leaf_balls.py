"""The balls in which leaves are examined."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb

from derive.evaluate.balls import Balls

PRECISION = 64


class LeafBalls(Balls):
    """Balls with the steps of recorded code that they lack; they note where something may jump."""

    def __init__(self, *, strict: bool) -> None:
        super().__init__(PRECISION, strict=strict)
        self.doubtful = False

    def step(self, x: Any) -> Any:
        self.doubtful = self.doubtful or bool(x.contains(0))
        return super().step(x)

    def kink(self, x: Any) -> Any:
        return super().step(x)

    def absolute(self, x: Any) -> Any:
        return abs(x)

    def tanh(self, x: Any) -> Any:
        return x.tanh()

    def square(self, x: Any) -> Any:
        return x * x

    def largest(self, x: Any, y: Any) -> Any:
        return x.max(y)

    def smallest(self, x: Any, y: Any) -> Any:
        return x.min(y)


def ball(low: Fraction, high: Fraction) -> Any:
    """A ball around an interval, within the context of its precision."""
    return exact((low + high) / 2) + arb(0, exact((high - low) / 2))


def exact(number: Fraction) -> Any:
    """The ball of a rational number."""
    return arb(number.numerator) / arb(number.denominator)


def dyadic(end: Any) -> Fraction:
    """The number that a ball of radius zero is."""
    mantissa, exponent = end.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
