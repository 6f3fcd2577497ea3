"""Elementwise functions of numbers and of jets, each from exp, log, sin, cos, atan, erf, powers and signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from derive.verify.arithmetic import Arithmetic, Unknown
from derive.verify.jets import Jet

Number = Any
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Elementary:
    """Functions over one arithmetic, on its numbers and on jets over them."""

    arithmetic: Arithmetic
    approach: int = 0
    """The infinitesimal, as a bit, by which a point is approached: what is zero at it has the sign of what stands
    before that infinitesimal."""

    def number(self, value: Fraction | int) -> Number:
        return self.arithmetic.rational(Fraction(value))

    def series(self, function: str, z: Number) -> Number:
        if isinstance(z, Jet):
            return z.compose(self.arithmetic.series(function, z.constant, z.depth))
        return self.arithmetic.series(function, z, 0)[0]

    def power(self, z: Number, exponent: Fraction) -> Number:
        if isinstance(z, Jet):
            return z.compose(self.arithmetic.power(z.constant, exponent, z.depth))
        return self.arithmetic.power(z, exponent, 0)[0]

    def exp(self, z: Number) -> Number:
        return self.series("exp", z)

    def reciprocal(self, z: Number) -> Number:
        return self.power(z, Fraction(-1))

    def divide(self, z: Number, w: Number) -> Number:
        return z * self.reciprocal(w)

    def sign(self, z: Number) -> Number:
        """-1, 0 or 1; a jet has a sign away from zero alone."""
        found = self._sign(z)
        if found is None or (found == 0 and isinstance(z, Jet)):
            raise Unknown("a sign near zero")
        return self.number(found)

    def _sign(self, z: Number) -> int | None:
        """The sign of the value, or, next to a point, of the direction in which it leaves zero."""
        if not isinstance(z, Jet):
            return self.arithmetic.sign(z)
        found = self.arithmetic.sign(z.constant)
        return self.arithmetic.sign(z.parts[self.approach]) if found == 0 and self.approach in z.parts else found

    def step(self, z: Number) -> Number:
        found = self._sign(z)
        if not found:
            raise Unknown("a step near zero")
        return self.number((1 + found) // 2)

    def absolute(self, z: Number) -> Number:
        return z * self.sign(z) if isinstance(z, Jet) else self.arithmetic.absolute(z)

    def maximum(self, z: Number, w: Number) -> Number:
        return (z + w + self.absolute(z - w)) * self.number(HALF)

    def sigmoid(self, z: Number) -> Number:
        return self.reciprocal(self.exp(-z) + self.number(1))

    def tanh(self, z: Number) -> Number:
        return self.number(1) - self.number(2) * self.reciprocal(self.exp(z + z) + self.number(1))

    def cosh(self, z: Number) -> Number:
        return (self.exp(z) + self.exp(-z)) * self.number(HALF)

    def sinh(self, z: Number) -> Number:
        return (self.exp(z) - self.exp(-z)) * self.number(HALF)

    def gelu(self, z: Number) -> Number:
        """z times the distribution function of the normal law."""
        root = self.power(self.number(2), -HALF)
        return z * (self.series("erf", z * root) + self.number(1)) * self.number(HALF)


FUNCTIONS: dict[str, Callable[..., Number]] = {
    "exp": Elementary.exp,
    "expm1": lambda f, z: f.exp(z) - f.number(1),
    "log": lambda f, z: f.series("log", z),
    "log1p": lambda f, z: f.series("log", z + f.number(1)),
    "sqrt": lambda f, z: f.power(z, HALF),
    "square": lambda f, z: z * z,
    "sin": lambda f, z: f.series("sin", z),
    "cos": lambda f, z: f.series("cos", z),
    "tan": lambda f, z: f.divide(f.series("sin", z), f.series("cos", z)),
    "arctan": lambda f, z: f.series("atan", z),
    "sinh": Elementary.sinh,
    "cosh": Elementary.cosh,
    "tanh": Elementary.tanh,
    "sigmoid": Elementary.sigmoid,
    "softplus": lambda f, z: f.series("log", f.exp(z) + f.number(1)),
    "silu": lambda f, z: z * f.sigmoid(z),
    "erf": lambda f, z: f.series("erf", z),
    "gelu": Elementary.gelu,
    "relu": lambda f, z: f.maximum(z, f.number(0)),
    "abs": Elementary.absolute,
    "sign": Elementary.sign,
    "heaviside": Elementary.step,
    "maximum": Elementary.maximum,
    "minimum": lambda f, z, w: -f.maximum(-z, -w),
}
"""Every elementwise function of the language."""
