"""Numbers that depend on chance: exponential polynomials in independent random scalars.

A number is a finite sum of ``c x^k exp(q(x))``, with coefficients of any number system, monomials ``x^k`` and
polynomials q. Signs are reduced by ``s^2 = 1``, numbers 0 or 1 by ``z^2 = z``, and the entries of a unit vector e_i by
``z_i z_j = 0``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from derive.evaluate.errors import Unavailable
from derive.evaluate.extension import Extended

Monomial = tuple[tuple[int, int], ...]
"""Random scalars by number and their powers, in ascending order."""

Exponent = tuple[tuple[int, Fraction], ...]
"""A sum of multiples of recorded polynomials, by number, in ascending order."""

Term = tuple[Exponent, Monomial]

Polynomial = dict[Monomial, Any]

MOST_TERMS = 20_000
"""Terms of the longest number."""


@dataclass(frozen=True)
class Source:
    """One random scalar.

    Attributes:
        kind: the kind of its law, see ``derive.language.chance.Law``.
        unit: the number of the vector, or of the scalar, that is independent of all others.
        place: its place in that vector.
        size: how many entries that vector has.
        parameters: of the law, numbers of the system below.
    """

    kind: str
    unit: int
    place: int
    size: int
    parameters: tuple[Any, ...]


def product(left: Monomial, right: Monomial, sources: Sequence[Source]) -> Monomial | None:
    """The product of two reduced monomials; None where it is zero."""
    if not left or not right:
        return left or right
    powers = dict(left)
    for variable, power in right:
        powers[variable] = powers.get(variable, 0) + power
    reduced: dict[int, int] = {}
    hot: dict[int, int] = {}
    for variable in sorted(powers):
        source, power = sources[variable], powers[variable]
        if source.kind == "rademacher":
            power %= 2
        elif source.kind in ("bernoulli", "one_hot"):
            power = 1
        if source.kind == "one_hot" and hot.setdefault(source.unit, variable) != variable:
            return None
        if power:
            reduced[variable] = power
    return tuple(reduced.items())


def _sum(left: Exponent, right: Exponent) -> Exponent:
    if not left or not right:
        return left or right
    multiples = dict(left)
    for atom, multiple in right:
        multiples[atom] = multiples.get(atom, Fraction(0)) + multiple
    return tuple((atom, multiple) for atom, multiple in sorted(multiples.items()) if multiple)


class RandomNumber(Extended):
    """A sum of terms; ``sources`` are the random scalars that its monomials number."""

    __slots__ = ("level", "sources", "terms")

    def __init__(self, level: int, sources: Sequence[Source], terms: Mapping[Term, Any]) -> None:
        self.level = level
        self.sources = sources
        self.terms = terms

    def _with(self, terms: Mapping[Term, Any]) -> RandomNumber:
        if len(terms) > MOST_TERMS:
            raise Unavailable(f"a random number has more than {MOST_TERMS} terms")
        return RandomNumber(self.level, self.sources, terms)

    def __add__(self, other: Any) -> Any:
        _refuse_arrays(other)
        if not isinstance(other, Extended) or other.level < self.level:
            other = RandomNumber(self.level, self.sources, {CONSTANT: other})
        if not isinstance(other, RandomNumber) or other.level > self.level:
            return other + self
        total = dict(self.terms)
        for key, coefficient in other.terms.items():
            total[key] = total[key] + coefficient if key in total else coefficient
        return self._with(total)

    __radd__ = __add__

    def __neg__(self) -> RandomNumber:
        return self._with({key: -coefficient for key, coefficient in self.terms.items()})

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        _refuse_arrays(other)
        if not isinstance(other, Extended) or other.level < self.level:
            return self._with({key: coefficient * other for key, coefficient in self.terms.items()})
        if not isinstance(other, RandomNumber) or other.level > self.level:
            return other * self
        if len(self.terms) * len(other.terms) > MOST_TERMS**2 // 100:
            raise Unavailable(f"a random number has more than {MOST_TERMS} terms")
        total: dict[Term, Any] = {}
        for (exponent, monomial), coefficient in self.terms.items():
            for (other_exponent, other_monomial), other_coefficient in other.terms.items():
                shared = product(monomial, other_monomial, self.sources)
                if shared is not None:
                    key = _sum(exponent, other_exponent), shared
                    part = coefficient * other_coefficient
                    total[key] = total[key] + part if key in total else part
        return self._with(total)

    __rmul__ = __mul__


CONSTANT: Term = ((), ())
"""The term without random scalars."""


def _refuse_arrays(other: Any) -> None:
    if isinstance(other, np.ndarray):
        raise TypeError("a random number and an array: box it first")
