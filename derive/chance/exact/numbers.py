"""Numbers that depend on draws, as far as inequalities about it can be solved for polynomials.

A number is a polynomial of second degree at most in random entries, the largest or smallest of several numbers, or an
increasing function of one. Coefficients are exact rationals while they can be, and balls from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from flint import fmpq

from derive.evaluate.errors import Unavailable

Known = Any
"""An exact rational (fmpq) or a ball."""

Monomial = tuple[int, ...]
"""Random entries by their number, ascending; an entry stands twice in its square."""

MOST_PARTS = 4096
"""Numbers of which one is the largest or smallest."""


class Number:
    """What depends on a draw. Sums and products are taken as far as the result is of one of the kinds below."""

    __array_ufunc__ = None  # NumPy must leave the arithmetic to this class

    def __add__(self, other: Any) -> Any:
        return _sum(self, other) if isinstance(other, Number) else NotImplemented

    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, Number) else NotImplemented

    def __mul__(self, other: Any) -> Any:
        return _product(self, other) if isinstance(other, Number) else NotImplemented

    def __neg__(self) -> Any:
        return scaled(self, fmpq(-1))


@dataclass(frozen=True, eq=False)
class Polynomial(Number):
    """``terms``: coefficients of monomials of degree two at most, the constant with the empty one."""

    terms: dict[Monomial, Known]

    @property
    def constant(self) -> Known:
        return self.terms.get((), fmpq(0))

    @property
    def varying(self) -> dict[Monomial, Known]:
        return {monomial: value for monomial, value in self.terms.items() if monomial}


@dataclass(frozen=True, eq=False)
class Extremum(Number):
    """The largest, or the smallest, of several numbers; ``nonnegative`` where it is so by its making."""

    parts: tuple[Number, ...]
    largest: bool
    nonnegative: bool = False


@dataclass(frozen=True, eq=False)
class Increasing(Number):
    """``scale * f(inner) + shift``; f is ``exp``, ``log`` or a power, which increases where ``inner`` can be."""

    function: str
    exponent: Fraction
    inner: Number
    scale: Known
    shift: Known


def constant(value: Known) -> Polynomial:
    return Polynomial({(): value})


def known(x: Number) -> Known | None:
    """The number itself, where no draw changes it."""
    return x.constant if isinstance(x, Polynomial) and not x.varying else None


def is_zero(value: Known) -> bool:
    """Is it certainly zero?"""
    return bool(value == 0) if isinstance(value, fmpq) else bool(value.is_zero())


def _sum(x: Number, y: Number) -> Number:
    if isinstance(x, Polynomial) and isinstance(y, Polynomial):
        terms = dict(x.terms)
        for monomial, value in y.terms.items():
            terms[monomial] = terms[monomial] + value if monomial in terms else value
        return Polynomial({monomial: value for monomial, value in terms.items() if not is_zero(value)})
    for one, other in ((x, y), (y, x)):
        if isinstance(one, Extremum):
            return extremum([part + other for part in one.parts], one.largest)
    for one, other in ((x, y), (y, x)):
        value = known(other)
        if isinstance(one, Increasing) and value is not None:
            return Increasing(one.function, one.exponent, one.inner, one.scale, one.shift + value)
    raise Unavailable("a sum of functions of draws")


def _product(x: Number, y: Number) -> Number:
    if x is y and not isinstance(x, Polynomial):
        return power(x, Fraction(2))
    for one, other in ((x, y), (y, x)):
        value = known(one)
        if value is not None:
            return scaled(other, value)
    if not isinstance(x, Polynomial) or not isinstance(y, Polynomial):
        raise Unavailable("a product of functions of draws")
    total: Number = Polynomial({})
    for monomial, value in x.terms.items():
        terms = {tuple(sorted(monomial + other)): value * factor for other, factor in y.terms.items()}
        if any(len(found) > 2 for found in terms):
            raise Unavailable("a polynomial of third degree in draws")
        total = total + Polynomial(terms)
    return total


def scaled(x: Number, factor: Known) -> Number:
    """``factor * x``."""
    if is_zero(factor):
        return Polynomial({})
    match x:
        case Polynomial(terms=terms):
            return Polynomial({monomial: value * factor for monomial, value in terms.items()})
        case Extremum(parts=parts, largest=largest):
            return Extremum(tuple(scaled(part, factor) for part in parts), largest is _positive(factor))
        case Increasing():
            return Increasing(x.function, x.exponent, x.inner, x.scale * factor, x.shift * factor)
    raise Unavailable("a multiple of a function of draws")


def _positive(factor: Known) -> bool:
    if factor > 0:
        return True
    if factor < 0:
        return False
    raise Unavailable("a factor whose sign is not certain")


def extremum(parts: Sequence[Number], largest: bool) -> Number:
    """The largest or smallest of ``parts``; of extrema of the same kind all their parts."""
    flat: list[Number] = []
    nonnegative = largest and any(isinstance(part, Extremum) and part.nonnegative for part in parts)
    for part in parts:
        flat.extend(part.parts if isinstance(part, Extremum) and part.largest is largest else (part,))
    if len(flat) > MOST_PARTS:
        raise Unavailable("the largest of too many numbers")
    return flat[0] if len(flat) == 1 else Extremum(tuple(flat), largest, nonnegative)


def absolute(x: Number) -> Number:
    if isinstance(x, Extremum) and x.nonnegative:
        return x
    found = extremum([x, -x], True)
    return replace(found, nonnegative=True) if isinstance(found, Extremum) else found


def power(base: Number, exponent: Fraction) -> Number:
    """``base ** exponent``; of even powers that of the absolute value."""
    if exponent == 1:
        return base
    if isinstance(base, Increasing) and base.function == "power" and base.scale == 1 and is_zero(base.shift):
        return power(base.inner, base.exponent * exponent)
    if exponent == 2 and isinstance(base, Polynomial) and all(len(monomial) <= 1 for monomial in base.terms):
        return _product(base, base)
    if exponent <= 0:
        raise Unavailable("a negative power of a draw")
    even = exponent.denominator == 1 and exponent.numerator % 2 == 0
    return Increasing("power", exponent, absolute(base) if even else base, fmpq(1), fmpq(0))
