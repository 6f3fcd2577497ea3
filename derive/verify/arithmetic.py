"""What an arithmetic has to offer, and what it answers where it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

Number = Any


class Unknown(Exception):
    """A value cannot be told in this arithmetic, or not at this point: a kink, a pole, a function it does not have."""


class Arithmetic(Protocol):
    """Numbers with ``+``, ``-`` and ``*``, and the functions that every other function is made of.

    ``series(function, x, order)`` are the Taylor coefficients of exp, log, sin, cos, atan or erf at x, of orders 0 to
    ``order``; ``power(x, exponent, order)`` those of a power with a rational exponent. All raise ``Unknown``.
    """

    def rational(self, value: Fraction) -> Number: ...

    def constant(self, name: str) -> Number:
        """pi or e."""
        ...

    def series(self, function: str, x: Number, order: int) -> Sequence[Number]: ...

    def power(self, x: Number, exponent: Fraction, order: int) -> Sequence[Number]: ...

    def sign(self, x: Number) -> int | None:
        """-1, 0 or 1 where it is certain."""
        ...

    def absolute(self, x: Number) -> Number: ...

    def pivot(self, candidates: Sequence[Number]) -> int:
        """Which of some numbers to divide by: one that is certainly not zero."""
        ...

    def spectral(self, kind: str, rows: Sequence[Sequence[Number]]) -> Number:
        """``opnorm``, ``sigma_min``, ``lambda_min``, ``lambda_max``, ``nuclear`` or ``rank`` of a matrix."""
        ...


def binomial(exponent: Fraction, order: int) -> list[Fraction]:
    """The generalised binomial coefficients: those of ``(1 + t)^exponent``."""
    found = [Fraction(1)]
    for k in range(order):
        found.append(found[-1] * (exponent - k) / (k + 1))
    return found
