"""Means of sines and cosines of linear forms of Gaussians, beside polynomials and exponentials of linear forms.

A product of sines and cosines is a sum of ``exp(i theta)``, with sums and differences of the angles as theta, and
``E exp(b.w + i (beta.w + c)) = exp((|b|^2 - |beta|^2)/2 + i (b.beta + c))``. Under that weight the entries have the
mean ``b + i beta`` and the covariance I. The mean of the product is the real part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from derive.calculus.algebra import Algebra
from derive.calculus.atoms import number
from derive.calculus.expectation.grouped import Place, summed
from derive.calculus.expectation.independent import linear_part
from derive.calculus.expectation.laws import RandomEntries, same
from derive.calculus.form import Form, Label, Number
from derive.calculus.functions import primitive

WAVES = frozenset({"sin", "cos"})


@dataclass(frozen=True)
class Wave:
    """``sin`` or ``cos`` of an angle."""

    name: str
    angle: Form


@dataclass(frozen=True)
class Complex:
    """A complex form."""

    real: Form
    imaginary: Form


def wave_moment(
    algebra: Algebra, entries: RandomEntries, places: Sequence[Place], exponent: Form, waves: Sequence[Wave]
) -> Form:
    """``E[prod_j w[places_j] * exp(exponent) * prod_k wave_k]``.

    Raises:
        Undecidable: an angle or the exponent is not linear in the entries.
    """
    moments = _Moments(algebra, entries, exponent)
    total = number(0)
    for signs in product((1, -1), repeat=len(waves)):
        angle = algebra.add(*(algebra.scale(wave.angle, s) for wave, s in zip(waves, signs, strict=True)))
        found = moments.of(places, angle)
        real, imaginary = _share(waves, signs)
        total = algebra.add(total, algebra.scale(found.real, real), algebra.scale(found.imaginary, -imaginary))
    return total


def _share(waves: Sequence[Wave], signs: Sequence[int]) -> tuple[Number, Number]:
    """The coefficient: 1/2 of each ``exp(i s theta)`` in a cosine, ``-i s/2`` in a sine."""
    real, imaginary = Fraction(1, 2 ** len(waves)), Fraction(0)
    for wave, sign in zip(waves, signs, strict=True):
        if wave.name == "sin":
            real, imaginary = imaginary * sign, -real * sign
    return real, imaginary


class _Moments:
    """Means of products of entries under one exponential."""

    def __init__(self, algebra: Algebra, entries: RandomEntries, exponent: Form) -> None:
        self.algebra, self.entries = algebra, entries
        self.place = tuple(algebra.fresh() for _ in entries.head.dims)
        self.axis = tuple(zip(self.place, entries.head.dims, strict=True))
        self.tilt, self.rest = linear_part(algebra, entries, exponent, self.place, self.axis)

    def of(self, places: Sequence[Place], angle: Form) -> Complex:
        """``E[prod_j w[places_j] * exp(exponent + i angle)]``."""
        algebra = self.algebra
        beta, phase = linear_part(algebra, self.entries, angle, self.place, self.axis)
        spread = algebra.subtract(self._dot(self.tilt, self.tilt), self._dot(beta, beta))
        size = primitive(algebra, "exp", algebra.add(algebra.scale(spread, Fraction(1, 2)), self.rest))
        turn = algebra.add(self._dot(self.tilt, beta), phase)
        weight = Complex(*(algebra.multiply(size, primitive(algebra, name, turn)) for name in ("cos", "sin")))
        return self._times(weight, self._moment(tuple(places), Complex(self.tilt, beta)))

    def _moment(self, places: tuple[Place, ...], mean: Complex) -> Complex:
        """``E w_i r = m_i E r + sum_j E r without w_j, where i = j``."""
        algebra = self.algebra
        if not places:
            return Complex(number(1), number(0))
        first, *rest = places
        names: dict[Label, Label] = dict(zip(self.place, first, strict=True))
        here = Complex(algebra.rename(mean.real, names), algebra.rename(mean.imaginary, names))
        total = self._times(here, self._moment(tuple(rest), mean))
        for k, other in enumerate(rest):
            left = self._moment((*rest[:k], *rest[k + 1 :]), mean)
            equal = same(algebra, first, other, self.entries.head.dims)
            real, imaginary = (algebra.multiply(equal, part) for part in (left.real, left.imaginary))
            total = Complex(algebra.add(total.real, real), algebra.add(total.imaginary, imaginary))
        return total

    def _times(self, one: Complex, other: Complex) -> Complex:
        a = self.algebra
        real = a.subtract(a.multiply(one.real, other.real), a.multiply(one.imaginary, other.imaginary))
        return Complex(real, a.add(a.multiply(one.real, other.imaginary), a.multiply(one.imaginary, other.real)))

    def _dot(self, left: Form, right: Form) -> Form:
        return summed(self.algebra, self.algebra.multiply(left, right), self.axis)
