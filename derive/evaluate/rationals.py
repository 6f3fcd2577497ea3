"""Exact rational arithmetic (FLINT's fmpq)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

from flint import fmpq, fmpq_mat, fmpz

from derive.evaluate.errors import NotRational, OutsideDomain
from derive.evaluate.rational_spectra import rational_spectral
from derive.evaluate.system import Array, System

LONGEST_POWER = 1 << 16
"""Bits that a power may have; beyond, balls tell as much as digits do."""


class Rationals(System):
    """Exact, and no more than rational: transcendental functions have their rational values only (``exp(0) = 1``)."""

    name: ClassVar[str] = "exact rationals"

    def rational(self, value: Fraction) -> Any:
        return fmpq(value.numerator, value.denominator)

    def constant(self, name: str) -> Any:
        raise NotRational(f"{name} is not rational")

    def _at(self, function: str, x: Any, point: int, value: int) -> Any:
        """The one rational point of a transcendental function (Lindemann; for erf none other is known)."""
        if x == point:
            return fmpq(value)
        raise NotRational(f"{function} is not rational")

    def exp(self, x: Any) -> Any:
        return self._at("exp", x, 0, 1)

    def log(self, x: Any) -> Any:
        if x <= 0:
            raise OutsideDomain("log")
        return self._at("log", x, 1, 0)

    def sin(self, x: Any) -> Any:
        return self._at("sin", x, 0, 0)

    def cos(self, x: Any) -> Any:
        return self._at("cos", x, 0, 1)

    def atan(self, x: Any) -> Any:
        return self._at("arctan", x, 0, 0)

    def erf(self, x: Any) -> Any:
        return self._at("erf", x, 0, 0)

    def step(self, x: Any) -> Any:
        return fmpq(1) if x > 0 else fmpq(0) if x < 0 else fmpq(1, 2)

    def power(self, base: Any, exponent: Fraction) -> Any:
        if (base == 0 and exponent < 0) or (base < 0 and exponent.denominator != 1):
            raise OutsideDomain(f"power {exponent}")
        if abs(exponent.numerator) * max(base.p.bit_length(), base.q.bit_length()) > LONGEST_POWER:
            raise NotRational(f"the power {exponent} has more digits than a number worth writing out")
        if exponent.denominator == 1:
            return base ** int(exponent)
        top, bottom = (_root(part, exponent.denominator) for part in (base.p, base.q))
        return fmpq(top, bottom) ** exponent.numerator

    def divide(self, left: Any, right: Any) -> Any:
        if right == 0:
            raise OutsideDomain("division by zero")
        return left / right

    def exact(self, x: Any) -> Fraction | None:
        return Fraction(int(x.p), int(x.q))

    def bits(self, x: Any) -> int:
        return max(int(x.p.bit_length()), int(x.q.bit_length()))

    def may_be_zero(self, x: Any) -> bool:
        return bool(x == 0)

    def certainly_less(self, x: Any, y: Any) -> bool:
        return bool(x < y)

    def rank(self, matrix: Array) -> Any:
        return fmpq(fmpq_mat(matrix.tolist()).rank())

    def spectral(self, kind: str, matrix: Array) -> Any:
        if matrix.shape == (1, 1):
            entry = matrix[0, 0]
            return entry if kind in ("lambda_min", "lambda_max") else abs(entry)
        found = rational_spectral(kind, matrix)
        if found is not None:
            return found
        raise NotRational(f"{kind} is not rational")


def _root(number: fmpz, degree: int) -> fmpz:
    """The integer root of a non-negative integer.

    Raises:
        NotRational: it has none.
    """
    root = number.root(degree) if number else number
    if root**degree != number:
        raise NotRational(f"the root of degree {degree} is not rational")
    return root
