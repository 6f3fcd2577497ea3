"""Fifty decimal digits: mpmath, in a context of its own.

No method of evidence rests on it: it is the reference, from another library, of the tests and the benchmarks.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

import mpmath

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.system import Array, System


class Multiprecision(System):
    """Rounded arithmetic of ``digits`` decimal digits; nothing global is touched."""

    name: ClassVar[str] = "mpmath"

    def __init__(self, digits: int = 50) -> None:
        self.numbers = mpmath.MPContext()
        self.numbers.dps = digits

    @property
    def rounds(self) -> bool:
        return True

    def rational(self, value: Fraction) -> Any:
        return self.numbers.mpf(value.numerator) / value.denominator

    def constant(self, name: str) -> Any:
        return +(self.numbers.pi if name == "pi" else self.numbers.e)

    def exp(self, x: Any) -> Any:
        return self.numbers.exp(x)

    def log(self, x: Any) -> Any:
        if x <= 0:
            raise OutsideDomain("log")
        return self.numbers.log(x)

    def sin(self, x: Any) -> Any:
        return self.numbers.sin(x)

    def cos(self, x: Any) -> Any:
        return self.numbers.cos(x)

    def atan(self, x: Any) -> Any:
        return self.numbers.atan(x)

    def erf(self, x: Any) -> Any:
        return self.numbers.erf(x)

    def step(self, x: Any) -> Any:
        return self.numbers.mpf(1 if x > 0 else 0 if x < 0 else 0.5)

    def power(self, base: Any, exponent: Fraction) -> Any:
        if (base == 0 and exponent < 0) or (base < 0 and exponent.denominator != 1):
            raise OutsideDomain(f"power {exponent}")
        if exponent.denominator == 1:
            return base ** int(exponent)
        return base ** (self.numbers.mpf(exponent.numerator) / exponent.denominator)

    def divide(self, left: Any, right: Any) -> Any:
        if right == 0:
            raise OutsideDomain("division by zero")
        return left / right

    def exact(self, x: Any) -> Fraction | None:
        return Fraction(int(x)) if self.numbers.isint(x) else None

    def may_be_zero(self, x: Any) -> bool:
        return bool(x == 0)

    def certainly_less(self, x: Any, y: Any) -> bool:
        return bool(x < y)

    def spectral(self, kind: str, matrix: Array) -> Any:
        values = self.numbers.matrix(matrix.tolist())
        if kind in ("lambda_min", "lambda_max"):
            return self.extremum(kind[-3:], list(self.numbers.eigsy(values, eigvals_only=True)))
        if matrix.shape[0] < matrix.shape[1]:
            if kind == "sigma_min":
                return self.numbers.mpf(0)
            values = values.T
        singular = list(self.numbers.svd_r(values, compute_uv=False))
        if kind == "nuclear":
            return sum(singular, start=self.numbers.mpf(0))
        return self.extremum("min" if kind == "sigma_min" else "max", singular)
