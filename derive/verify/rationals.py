"""Exact rational numbers: what hypotheses that are equalities are checked in."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial, isqrt

from derive.verify.arithmetic import Unknown, binomial
from derive.verify.ranks import ranks

AT_ZERO: dict[str, int] = {"exp": 1, "sin": 0, "cos": 1, "atan": 0, "erf": 0}
"""Values of functions at zero, the one rational point where they are rational."""


class Rationals:
    """The arithmetic of fractions. A function has a value where that is rational."""

    def rational(self, value: Fraction) -> Fraction:
        return value

    def constant(self, name: str) -> Fraction:
        raise Unknown(f"{name} is not rational")

    def series(self, function: str, x: Fraction, order: int) -> Sequence[Fraction]:
        if x == 0 and function == "exp":
            return [Fraction(1, factorial(k)) for k in range(order + 1)]
        if order == 0 and x == 0 and function in AT_ZERO:
            return [Fraction(AT_ZERO[function])]
        if x == 1 and function == "log":
            return [Fraction((-1) ** (k + 1), k) if k else Fraction(0) for k in range(order + 1)]
        raise Unknown(f"{function} is not rational")

    def power(self, x: Fraction, exponent: Fraction, order: int) -> Sequence[Fraction]:
        if exponent.denominator == 1 and exponent >= 0:
            whole = int(exponent)
            return [b * x ** max(whole - k, 0) for k, b in enumerate(binomial(exponent, order))]
        if x == 0:
            if exponent > 0 and order == 0:
                return [Fraction(0)]
            raise Unknown("a power of zero")
        root = _root(x, exponent.denominator) ** exponent.numerator
        return [b * root / x**k for k, b in enumerate(binomial(exponent, order))]

    def sign(self, x: Fraction) -> int | None:
        return (x > 0) - (x < 0)

    def absolute(self, x: Fraction) -> Fraction:
        return abs(x)

    def pivot(self, candidates: Sequence[Fraction]) -> int:
        for k, candidate in enumerate(candidates):
            if candidate:
                return k
        raise Unknown("a singular matrix")

    def spectral(self, kind: str, rows: Sequence[Sequence[Fraction]]) -> Fraction:
        """The rank; of a diagonal matrix its entries, while the spectrum of others is not rational in general."""
        if kind == "rank":
            return Fraction(ranks(rows, self.sign)[0])
        if len(rows) != len(rows[0]) or any(x for i, row in enumerate(rows) for j, x in enumerate(row) if i != j):
            raise Unknown(f"{kind} is not rational")
        diagonal = [row[i] for i, row in enumerate(rows)]
        values = diagonal if kind.startswith("lambda") else [abs(x) for x in diagonal]
        if kind == "nuclear":
            return sum(values, Fraction(0))
        return max(values) if kind in ("opnorm", "lambda_max") else min(values)


def _root(x: Fraction, degree: int) -> Fraction:
    """The positive root where it is rational."""
    if degree == 1:
        return x
    top, bottom = isqrt(max(x.numerator, 0)), isqrt(x.denominator)
    if degree != 2 or x < 0 or top * top != x.numerator or bottom * bottom != x.denominator:
        raise Unknown("a root that is not rational")
    return Fraction(top, bottom)
