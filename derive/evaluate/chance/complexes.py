"""Complex numbers over any number system: what sines and cosines of random numbers are exponentials of."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from derive.evaluate.errors import Unavailable
from derive.evaluate.extension import Extended, Extension
from derive.evaluate.system import Array, System


class Complex(Extended):
    """``real + imaginary i``."""

    __slots__ = ("imaginary", "level", "real")

    def __init__(self, level: int, real: Any, imaginary: Any) -> None:
        self.level = level
        self.real = real
        self.imaginary = imaginary

    def _is_plain(self, other: Any) -> bool:
        return not isinstance(other, Extended) or other.level < self.level

    def __add__(self, other: Any) -> Any:
        if self._is_plain(other):
            return Complex(self.level, self.real + other, self.imaginary)
        if not isinstance(other, Complex) or other.level > self.level:
            return other + self
        return Complex(self.level, self.real + other.real, self.imaginary + other.imaginary)

    __radd__ = __add__

    def __neg__(self) -> Complex:
        return Complex(self.level, -self.real, -self.imaginary)

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if self._is_plain(other):
            return Complex(self.level, self.real * other, self.imaginary * other)
        if not isinstance(other, Complex) or other.level > self.level:
            return other * self
        real = self.real * other.real - self.imaginary * other.imaginary
        return Complex(self.level, real, self.real * other.imaginary + self.imaginary * other.real)

    __rmul__ = __mul__


class Complexes(Extension):
    """Complex numbers over ``base``; a plain number of ``base`` is a real one. Other functions are of reals alone."""

    name: ClassVar[str] = "complex numbers"

    def __init__(self, base: System) -> None:
        self.base = base
        self.level = base.level + 1
        self.unit = Complex(self.level, base.rational(Fraction(0)), base.rational(Fraction(1)))

    def is_complex(self, x: Any) -> bool:
        return isinstance(x, Complex) and x.level == self.level

    def real(self, x: Any) -> Any:
        """The real part."""
        return x.real if self.is_complex(x) else x

    def _real_alone(self, x: Any) -> Any:
        if self.is_complex(x):
            raise Unavailable("a function of complex numbers is not available")
        return x

    def exp(self, x: Any) -> Any:
        if not self.is_complex(x):
            return self.base.exp(x)
        size = self.base.exp(x.real)
        return Complex(self.level, size * self.base.cos(x.imaginary), size * self.base.sin(x.imaginary))

    def log(self, x: Any) -> Any:
        return self.base.log(self._real_alone(x))

    def sin(self, x: Any) -> Any:
        return self.base.sin(self._real_alone(x))

    def cos(self, x: Any) -> Any:
        return self.base.cos(self._real_alone(x))

    def atan(self, x: Any) -> Any:
        return self.base.atan(self._real_alone(x))

    def erf(self, x: Any) -> Any:
        return self.base.erf(self._real_alone(x))

    def step(self, x: Any) -> Any:
        return self.base.step(self._real_alone(x))

    def jump(self, x: Any) -> Any:
        return self.base.jump(self._real_alone(x))

    def power(self, base: Any, exponent: Fraction) -> Any:
        if not self.is_complex(base):
            return self.base.power(base, exponent)
        if exponent.denominator != 1:
            raise Unavailable("a root of a complex number is not available")
        found = self.rational(Fraction(1))
        for _ in range(abs(int(exponent))):
            found = found * base
        return found if exponent >= 0 else self.divide(self.rational(Fraction(1)), found)

    def divide(self, left: Any, right: Any) -> Any:
        if self.is_complex(right):
            size = right.real * right.real + right.imaginary * right.imaginary
            return self.divide(left * Complex(self.level, right.real, -right.imaginary), size)
        if not self.is_complex(left):
            return self.base.divide(left, right)
        return Complex(self.level, self.base.divide(left.real, right), self.base.divide(left.imaginary, right))

    def exact(self, x: Any) -> Fraction | None:
        if not self.is_complex(x):
            return self.base.exact(x)
        return self.base.exact(x.real) if self.base.exact(x.imaginary) == 0 else None

    def may_be_zero(self, x: Any) -> bool:
        if not self.is_complex(x):
            return self.base.may_be_zero(x)
        return self.base.may_be_zero(x.real) and self.base.may_be_zero(x.imaginary)

    def certainly_less(self, x: Any, y: Any) -> bool:
        return self.base.certainly_less(self._real_alone(x), self._real_alone(y))

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        return self.base.extremum(kind, [self._real_alone(x) for x in numbers])

    def spectral(self, kind: str, matrix: Array) -> Any:
        return self.base.spectral(kind, matrix)
