"""Functions on ``[M, oo)``: sums of ``A x^p e^(-q x)`` whose coefficients A are functions of x that stay in a ball.

Every operation holds for each x >= M by itself, so that the last enclosure is one of all values on the tail. What
decays is told apart from what grows, so that ``x e^x / (1 + e^x)^2`` is enclosed by a small ball and not by inf/inf.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from derive.bounds.univariate_program import Unbounded

Monomial = tuple[fmpq, fmpq]
"""``(p, q)`` for ``x^p e^(-q x)``."""

ONE: Monomial = (fmpq(0), fmpq(0))
KEPT = 5
"""Monomials that a sum keeps; all that decay faster are taken into the last of them."""

LARGEST_RATE = 64
"""The fastest exponential that a faster decay, such as ``e^(-x^2)``, is bounded by."""


def _rank(monomial: Monomial) -> tuple[fmpq, fmpq]:
    """Slower decay first."""
    return monomial[1], -monomial[0]


def _largest(monomial: Monomial, start: arb) -> arb:
    """The supremum of a monomial that decays, or is 1, over ``x >= M``: at M, or at the maximum p/q further out."""
    p, q = monomial
    if q < 0 or (q == 0 and p > 0):
        raise Unbounded("it grows")
    at = arb(p / q) if q > 0 and not arb(p) <= start * arb(q) else start
    return (arb(p) * at.log() - arb(q) * at).exp()


def unit(bound: arb) -> arb:
    """The ball ``[0, bound]``."""
    return arb(0).union(arb(bound.upper()))


@dataclass(frozen=True, eq=False)
class Tail:
    """A sum of monomials with coefficients; see the module."""

    terms: Mapping[Monomial, Any]
    start: arb

    def _of(self, terms: dict[Monomial, Any]) -> Tail:
        """Without terms that are exactly zero, and with at most ``KEPT`` of them."""
        order = sorted((m for m, c in terms.items() if not _zero(c)), key=_rank)
        kept = {m: terms[m] for m in order[:KEPT]}
        for monomial in order[KEPT:]:
            last = order[KEPT - 1]
            ratio = _largest((monomial[0] - last[0], monomial[1] - last[1]), self.start)
            kept[last] = kept[last] + arb(terms[monomial]) * unit(ratio)
        return Tail(kept, self.start)

    def constant(self, value: Any) -> Tail:
        return self._of({ONE: value})

    def __add__(self, other: Tail) -> Tail:
        terms = dict(self.terms)
        for monomial, c in other.terms.items():
            terms[monomial] = terms[monomial] + c if monomial in terms else c
        return self._of(terms)

    def __mul__(self, other: Tail) -> Tail:
        terms: dict[Monomial, Any] = {}
        for (p, q), c in self.terms.items():
            for (r, s), e in other.terms.items():
                monomial, product = (p + r, q + s), c * e
                terms[monomial] = terms[monomial] + product if monomial in terms else product
        return self._of(terms)

    def ball(self) -> arb:
        """An enclosure of all values on the tail."""
        total = arb(0)
        for monomial, c in self.terms.items():
            total = total + arb(c) * (1 if monomial == ONE else unit(_largest(monomial, self.start)))
        return _finite(total)

    def upper(self) -> arb:
        """An upper bound of all values on the tail, also where they go to -oo."""
        growing, _, _ = self.parts()
        if not growing.terms:
            return self.ball().upper()
        a, (p, q), _, radius = self.split()
        if not arb(a) < 0 or not arb(p) - arb(q) * self.start >= 0:
            raise Unbounded("it grows")
        least = (arb(p) * self.start.log() - arb(q) * self.start).exp()  # x^p e^(-q x) grows from M on
        return _finite((arb(a) * least * (1 + radius)).upper())

    def split(self) -> tuple[Any, Monomial, Tail, arb]:
        """``(A, m, u, U)`` with the value ``A m (1 + u)``, u in U, where A is not zero and ``1 + U`` positive."""
        if not self.terms:
            raise Unbounded("zero")
        leading = min(self.terms, key=_rank)
        a, (p, q) = self.terms[leading], leading
        if arb(a).contains(0):
            raise Unbounded("the leading term may vanish")
        rest = self._of({(r - p, s - q): c / a for (r, s), c in self.terms.items() if (r, s) != leading})
        radius = rest.ball() if rest.terms else arb(0)
        if not 1 + radius > 0:
            raise Unbounded("the leading term does not lead yet")
        return a, leading, rest, radius

    def parts(self) -> tuple[Tail, Any, Tail]:
        """What grows, the constant, and what decays."""
        growing = {m: c for m, c in self.terms.items() if _rank(m) < _rank(ONE)}
        decaying = {m: c for m, c in self.terms.items() if _rank(m) > _rank(ONE)}
        return Tail(growing, self.start), self.terms.get(ONE, fmpq(0)), Tail(decaying, self.start)


def _zero(c: Any) -> bool:
    return bool(c == 0) if isinstance(c, fmpq) else bool(c.is_zero())


def _finite(ball: arb) -> arb:
    if not ball.is_finite():
        raise Unbounded("no finite enclosure")
    return ball


class TailArithmetic:
    """Operations on tails; each uses ``h(c + u) = h(c) + u h'(xi)`` for what decays, so that it still does after."""

    def __init__(self, start: int) -> None:
        self.start = arb(start)
        self.variable = Tail({(fmpq(1), fmpq(0)): fmpq(1)}, self.start)

    def number(self, value: fmpq) -> Tail:
        return self.variable.constant(value)

    def pi(self) -> Tail:
        return self.variable.constant(arb.pi())

    def power(self, base: Tail, exponent: fmpq) -> Tail:
        if exponent.q == 1 and 0 <= exponent <= 4:
            result = self.number(fmpq(1))
            for _ in range(int(exponent)):
                result = result * base
            return result
        a, (p, q), rest, radius = base.split()
        slope = arb(exponent) * (1 + radius) ** arb(exponent - 1)
        leading = Tail({(p * exponent, q * exponent): _number_power(a, exponent)}, self.start)
        return leading * (self.number(fmpq(1)) + rest * self.variable.constant(slope))

    def exp(self, t: Tail) -> Tail:
        growing, c, decaying = t.parts()
        spread = decaying.ball().exp() if decaying.terms else arb(1)
        value = self.number(fmpq(1)) + decaying * self.variable.constant(spread)
        if not _zero(c):
            value = value * self.variable.constant(arb(c).exp())
        return value * self._exp_growing(growing) if growing.terms else value

    def _exp_growing(self, t: Tail) -> Tail:
        """``e^(a x)`` for a rational a; of what falls faster than a line only ``[0, 1] e^(-c x)`` is kept."""
        (monomial, a), *more = t.terms.items()
        if not more and monomial == (fmpq(1), fmpq(0)) and isinstance(a, fmpq):
            return Tail({(fmpq(0), -a): fmpq(1)}, self.start)
        a, (p, q), _, radius = t.split()
        if not arb(a) < 0 or not arb(p - 1) - self.start * arb(q) >= 0 or q > 0:
            raise Unbounded("an exponential that is not read")
        rate = (arb(p - 1) * self.start.log() - arb(q) * self.start).exp() * (1 + radius) * -arb(a)
        whole = rate.lower().min(arb(LARGEST_RATE)).floor().unique_fmpz()
        if whole is None or whole < 1:
            raise Unbounded("too slow")
        return Tail({(fmpq(0), fmpq(whole)): unit(arb(1))}, self.start)

    def log(self, t: Tail) -> Tail:
        a, (p, q), rest, radius = t.split()
        if not arb(a) > 0:
            raise Unbounded("log of what is not positive")
        value = rest * self.variable.constant(1 / (1 + radius))
        value = value + self.variable * self.number(-q)
        if not (isinstance(a, fmpq) and a == 1):
            value = value + self.variable.constant(arb(a).log())
        if p != 0:  # log(x)/sqrt(x) falls from e^2 on, and M is larger
            ratio = unit(self.start.log() / self.start.sqrt()) * arb(p)
            value = value + Tail({(fmpq(1, 2), fmpq(0)): ratio}, self.start)
        return value

    def sin(self, t: Tail) -> Tail:
        growing, c, u = t.parts()
        if growing.terms:
            return self.variable.constant(arb(0, 1))
        return self._near(arb(c).sin() if not _zero(c) else fmpq(0), u, (arb(c) + _around(u)).cos())

    def cos(self, t: Tail) -> Tail:
        growing, c, u = t.parts()
        if growing.terms:
            return self.variable.constant(arb(0, 1))
        return self._near(arb(c).cos() if not _zero(c) else fmpq(1), u, -(arb(c) + _around(u)).sin())

    def atan(self, t: Tail) -> Tail:
        growing, c, u = t.parts()
        if growing.terms:
            sign = _sign(t)
            inverse = self.power(t, fmpq(-1))
            small = inverse * self.variable.constant(1 / (1 + _square(_around(inverse))))
            return self.variable.constant(sign * arb.pi() / 2) + small * self.number(fmpq(-1))
        return self._near(arb(c).atan() if not _zero(c) else fmpq(0), u, 1 / (1 + _square(arb(c) + _around(u))))

    def erf(self, t: Tail) -> Tail:
        """``0 <= 1 - erf(t) <= e^(-t^2)`` for t >= 0."""
        growing, c, u = t.parts()
        if growing.terms:
            sign = _sign(t)
            gap = self.exp(t * t * self.number(fmpq(-1))) * self.variable.constant(unit(arb(1)))
            return self.number(fmpq(sign)) + gap * self.number(fmpq(-sign))
        slope = 2 / arb.pi().sqrt() * (-_square(arb(c) + _around(u))).exp()
        return self._near(arb(c).erf() if not _zero(c) else fmpq(0), u, slope)

    def step(self, t: Tail) -> Tail:
        try:
            return self.number(fmpq(max(_sign(t), 0)))
        except Unbounded:
            return self.variable.constant(unit(arb(1)))

    def _near(self, value: Any, u: Tail, slope: arb) -> Tail:
        return self.variable.constant(value) + u * self.variable.constant(_finite(slope))


def _around(u: Tail) -> arb:
    return u.ball() if u.terms else arb(0)


def _square(ball: arb) -> arb:
    """``[0, largest^2]`` and nothing below zero."""
    return unit(ball.abs_upper() ** 2) if ball.contains(0) else ball * ball


def _sign(t: Tail) -> int:
    """The sign on the whole tail."""
    a, _, _, _ = t.split()
    return 1 if arb(a) > 0 else -1


def _number_power(a: Any, exponent: fmpq) -> Any:
    if exponent.q == 1:
        return a ** int(exponent)
    if not arb(a) > 0:
        raise Unbounded("a root of what is not positive")
    return fmpq(1) if a == 1 else arb(a) ** arb(exponent)
