"""Exponential polynomials in random entries over any arithmetic: ``sum_k c_k x^(m_k) exp(q_k(x))``.

They are numbers themselves, so that an expression that is averaged is evaluated as any other, with a random entry in
the place of a number. What is neither a polynomial of them nor an exponential of one has no value here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import factorial
from typing import Any

from derive.verify.arithmetic import Arithmetic, Unknown, binomial
from derive.verify.jets import Jet

Number = Any

Monomial = tuple[tuple[int, int], ...]
"""Random entries by their numbers, in order, each with its power."""

Polynomial = Mapping[Monomial, Number]

MOST_TERMS = 20_000


@dataclass(frozen=True, eq=False)
class Term:
    """``coefficient * monomial * exp(exponent)``; the exponent has no constant."""

    coefficient: Number
    monomial: Monomial = ()
    exponent: Polynomial = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Mixture:
    """A sum of terms, at least one of them with a random entry."""

    terms: tuple[Term, ...]

    def __add__(self, other: Number) -> Number:
        return NotImplemented if isinstance(other, Jet) else mixture((*self.terms, *terms(other)))

    __radd__ = __add__

    def __neg__(self) -> Number:
        return Mixture(tuple(Term(-term.coefficient, term.monomial, term.exponent) for term in self.terms))

    def __sub__(self, other: Number) -> Number:
        return NotImplemented if isinstance(other, Jet) else self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Jet):
            return NotImplemented
        return mixture([_product(a, b) for a in self.terms for b in terms(other)])

    __rmul__ = __mul__


def entry(number: int, one: Number) -> Mixture:
    """A random entry as a number."""
    return Mixture((Term(one, ((number, 1),)),))


def terms(value: Number) -> tuple[Term, ...]:
    """The terms of a mixture, or of a number without random entries."""
    return value.terms if isinstance(value, Mixture) else (Term(value),)


def mixture(parts: Sequence[Term]) -> Number:
    """The sum of terms: those without exponentials are joined, and what has no random entry is a number again.

    Raises:
        Unknown: there are too many.
    """
    if len(parts) > MOST_TERMS:
        raise Unknown("too many terms with random entries")
    joined: dict[Monomial, Number] = {}
    others = []
    for part in parts:
        if part.exponent:
            others.append(part)
        else:
            known = joined.get(part.monomial)
            joined[part.monomial] = part.coefficient if known is None else known + part.coefficient
    if not others and joined.keys() <= {()}:
        return joined[()]
    return Mixture((*(Term(c, monomial) for monomial, c in joined.items()), *others))


def times(a: Monomial, b: Monomial) -> Monomial:
    powers = dict(a)
    for number, power in b:
        powers[number] = powers.get(number, 0) + power
    return tuple(sorted(powers.items()))


def _product(a: Term, b: Term) -> Term:
    exponent = dict(a.exponent)
    for monomial, c in b.exponent.items():
        exponent[monomial] = exponent[monomial] + c if monomial in exponent else c
    return Term(a.coefficient * b.coefficient, times(a.monomial, b.monomial), exponent)


@dataclass(frozen=True)
class Mixtures:
    """The arithmetic of mixtures over another one."""

    base: Arithmetic

    def rational(self, value: Fraction) -> Number:
        return self.base.rational(value)

    def constant(self, name: str) -> Number:
        return self.base.constant(name)

    def series(self, function: str, x: Number, order: int) -> Sequence[Number]:
        if not isinstance(x, Mixture):
            return self.base.series(function, x, order)
        if function != "exp":
            raise Unknown(f"{function} of random entries")
        exponent = {term.monomial: term.coefficient for term in x.terms if term.monomial and not term.exponent}
        if any(term.exponent for term in x.terms):
            raise Unknown("an exponential of an exponential of random entries")
        constants = [term.coefficient for term in x.terms if not term.monomial]
        weight = self.base.series("exp", constants[0], 0)[0] if constants else self.rational(Fraction(1))
        value = Mixture((Term(weight, (), exponent),))
        return [value * self.rational(Fraction(1, factorial(k))) for k in range(order + 1)]

    def power(self, x: Number, exponent: Fraction, order: int) -> Sequence[Number]:
        if not isinstance(x, Mixture):
            return self.base.power(x, exponent, order)
        if exponent.denominator == 1 and exponent >= 0:
            whole = int(exponent)
            powers = [self._repeated(x, whole - k) for k in range(min(order, whole) + 1)]
        elif exponent.denominator == 1 and len(x.terms) == 1 and not x.terms[0].monomial:
            powers = [self._of_exponential(x.terms[0], int(exponent) - k) for k in range(order + 1)]
        else:
            raise Unknown("a power of random entries")
        return [value * self.rational(c) for c, value in zip(binomial(exponent, order), powers, strict=False)]

    def _repeated(self, x: Number, exponent: int) -> Number:
        result: Number = self.rational(Fraction(1))
        for _ in range(exponent):
            result = x * result
        return result

    def _of_exponential(self, term: Term, exponent: int) -> Number:
        weight = self.base.power(term.coefficient, Fraction(exponent), 0)[0]
        factor = self.rational(Fraction(exponent))
        return Mixture((Term(weight, (), {monomial: c * factor for monomial, c in term.exponent.items()}),))

    def sign(self, x: Number) -> int | None:
        return None if isinstance(x, Mixture) else self.base.sign(x)

    def absolute(self, x: Number) -> Number:
        if isinstance(x, Mixture):
            raise Unknown("the absolute value of random entries")
        return self.base.absolute(x)

    def pivot(self, candidates: Sequence[Number]) -> int:
        if any(isinstance(candidate, Mixture) for candidate in candidates):
            raise Unknown("a matrix of random entries is inverted")
        return self.base.pivot(candidates)

    def spectral(self, kind: str, rows: Sequence[Sequence[Number]]) -> Number:
        if any(isinstance(x, Mixture) for row in rows for x in row):
            raise Unknown(f"{kind} of random entries")
        return self.base.spectral(kind, rows)
