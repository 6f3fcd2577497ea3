"""Degrees in place of numbers: what the numerator and the denominator of a value are bounded by, as polynomials in the
entries of the symbols and in their exponentials.

An entry has degree 1. The bounds hold for quotients as they are written, before anything cancels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from derive.evaluate.errors import Unavailable
from derive.evaluate.system import System


@dataclass(frozen=True, slots=True)
class Degree:
    """At most ``over`` in the numerator and ``under`` in the denominator."""

    over: int
    under: int

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, Degree):
            return NotImplemented
        if not self.under and not other.under:
            return self if self.over >= other.over else other
        return Degree(max(self.over + other.under, other.over + self.under), self.under + other.under)

    __sub__ = __add__

    def __neg__(self) -> Degree:
        return self

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, Degree):
            return NotImplemented
        return Degree(self.over + other.over, self.under + other.under)


CONSTANT = Degree(0, 0)
ENTRY = Degree(1, 0)
EXPONENTIAL = Degree(2, 2)
"""``exp(c r)`` for c from -2 to 2 is a power of ``exp(r)``, in the numerator or the denominator."""


class Degrees(System):
    """Bounds of degrees; roots and functions without a rule have none."""

    name: ClassVar[str] = "degrees"

    @property
    def ordered(self) -> bool:
        return False

    def rational(self, value: Fraction) -> Degree:
        return CONSTANT

    def constant(self, name: str) -> Degree:
        return ENTRY

    def exp(self, x: Degree) -> Degree:
        return EXPONENTIAL

    def log(self, x: Degree) -> Degree:
        return ENTRY

    def sin(self, x: Degree) -> Degree:
        return Degree(1, 2)

    def cos(self, x: Degree) -> Degree:
        return Degree(2, 2)

    def atan(self, x: Degree) -> Degree:
        return ENTRY

    def erf(self, x: Degree) -> Degree:
        return ENTRY

    def step(self, x: Degree) -> Degree:
        raise Unavailable("a step is no polynomial")

    def power(self, base: Degree, exponent: Fraction) -> Degree:
        if exponent.denominator != 1:
            raise Unavailable("a root is no polynomial")
        k = int(exponent)
        return Degree(base.over * k, base.under * k) if k >= 0 else Degree(base.under * -k, base.over * -k)

    def divide(self, left: Degree, right: Degree) -> Degree:
        return Degree(left.over + right.under, left.under + right.over)

    def exact(self, x: Degree) -> Fraction | None:
        return None

    def may_be_zero(self, x: Degree) -> bool:
        return False

    def certainly_less(self, x: Degree, y: Degree) -> bool:
        raise Unavailable("degrees are no numbers")

    def extremum(self, kind: str, numbers: Sequence[Degree]) -> Degree:
        raise Unavailable("degrees are no numbers")
