"""Balls with a derivative along one direction: forward mode as NumPy's object loops run it, on numbers and methods."""

from __future__ import annotations

from typing import Any

import numpy as np
from flint import arb


class Jet:
    """``value + slope eps`` with ``eps^2 = 0``, both balls.

    Python's operators and NumPy's elementary functions, by the names of its ufuncs. It has no order and is no float, so
    that code that branches cannot run on it. Outside a domain the balls are not finite.
    """

    __slots__ = ("slope", "value")

    def __init__(self, value: Any, slope: Any) -> None:
        self.value = value
        self.slope = slope

    def __add__(self, other: Any) -> Any:
        if type(other) is Jet:
            return Jet(self.value + other.value, self.slope + other.slope)
        if isinstance(other, np.ndarray):
            return NotImplemented
        return Jet(self.value + other, self.slope)

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet(-self.value, -self.slope)

    def __pos__(self) -> Jet:
        return self

    def __sub__(self, other: Any) -> Any:
        if type(other) is Jet:
            return Jet(self.value - other.value, self.slope - other.slope)
        if isinstance(other, np.ndarray):
            return NotImplemented
        return Jet(self.value - other, self.slope)

    def __rsub__(self, other: Any) -> Jet:
        return Jet(other - self.value, -self.slope)

    def __mul__(self, other: Any) -> Any:
        if type(other) is Jet:
            return Jet(self.value * other.value, self.value * other.slope + self.slope * other.value)
        if isinstance(other, np.ndarray):
            return NotImplemented
        return Jet(self.value * other, self.slope * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if type(other) is Jet:
            quotient = self.value / other.value
            return Jet(quotient, (self.slope - quotient * other.slope) / other.value)
        if isinstance(other, np.ndarray):
            return NotImplemented
        return Jet(self.value / other, self.slope / other)

    def __rtruediv__(self, other: Any) -> Jet:
        quotient = other / self.value
        return Jet(quotient, -quotient * self.slope / self.value)

    def __pow__(self, exponent: float) -> Jet:
        below = self.value ** (exponent - 1)
        return Jet(below * self.value, below * self.slope * exponent)

    def __eq__(self, other: object) -> bool:
        raise TypeError("a jet is not compared")

    def exp(self) -> Jet:
        value = self.value.exp()
        return Jet(value, value * self.slope)

    def expm1(self) -> Jet:
        return Jet(self.value.expm1(), self.value.exp() * self.slope)

    def log(self) -> Jet:
        return Jet(self.value.log(), self.slope / self.value)

    def log1p(self) -> Jet:
        return Jet(self.value.log1p(), self.slope / (1 + self.value))

    def sqrt(self) -> Jet:
        value = self.value.sqrt()
        return Jet(value, self.slope / (2 * value))

    def sin(self) -> Jet:
        sine, cosine = self.value.sin_cos()
        return Jet(sine, cosine * self.slope)

    def cos(self) -> Jet:
        sine, cosine = self.value.sin_cos()
        return Jet(cosine, -sine * self.slope)

    def tan(self) -> Jet:
        value = self.value.tan()
        return Jet(value, (1 + value * value) * self.slope)

    def sinh(self) -> Jet:
        sine, cosine = self.value.sinh_cosh()
        return Jet(sine, cosine * self.slope)

    def cosh(self) -> Jet:
        sine, cosine = self.value.sinh_cosh()
        return Jet(cosine, sine * self.slope)

    def tanh(self) -> Jet:
        value = self.value.tanh()
        return Jet(value, (1 - value * value) * self.slope)

    def is_finite(self) -> bool:
        """Whether both balls are bounded."""
        return bool(self.value.is_finite() and self.slope.is_finite())


def seeded(value: Any, slope: float) -> Jet:
    """A variable that moves with ``slope``."""
    return Jet(value, arb(slope))
