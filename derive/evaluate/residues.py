"""Residues: exact arithmetic modulo a prime, where exponentials are homomorphisms and not approximations.

Let p = 2q + 1 be a safe prime. A number is a residue modulo p q, that is, one modulo p and one modulo q. Numbers are
added, multiplied and divided modulo p; a number in which no exponential occurs is known modulo q too, and

    exp(r) = h^(r mod q)  modulo p,      h of order q modulo p.

So ``exp(a + b) = exp(a) exp(b)`` and ``exp(a / 2)^2 = exp(a)`` hold for all residues. The squares modulo p are a group
of the odd order q, in which every element has one root of each degree up to q: ``a^(1/k) = a^((1/k) mod q)``, and roots
are multiplicative. Whatever follows from the laws of the field, of exponentials and of roots of positive numbers is
therefore true of residues, at every point: an identity that follows from them never differs there.

log, sin, cos, atan and erf are functions about which little is known: a random value for each argument, and ``sin^2 +
cos^2 = 1``, ``log exp x = x`` and the parities. Agreement for such functions implies agreement for the true ones; a
difference says nothing.
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import shake_256
from typing import Any, ClassVar

from flint import fmpz, fmpz_mod_ctx, nmod, nmod_mat

from derive.evaluate.errors import OutsideDomain, Unavailable
from derive.evaluate.system import Array, System

P = 2305843009210604639
Q = (P - 1) // 2
"""A safe prime of 61 bits and its half. The numbers from 1 to 16 are squares modulo both, so that ``sqrt(d)`` exists at
small sizes; -1 is a square modulo neither. No larger one below 2^61 has these properties."""

INVERSE = pow(P, -1, Q)

SMALL = 10**6
DENOMINATORS = (1, 2, 3, 4)
"""Fractions of such denominators and of numerators up to ``SMALL`` are recognised as exponents, ``d/2`` among them; a
random residue is one with a probability of 1e-30."""

WIDTH = 24
"""Random bytes for one residue of 122 bits."""

Residue = Any
"""FLINT's ``fmpz_mod`` modulo ``P * Q``."""


class Residues(System):
    """The integers modulo ``P * Q``, read modulo ``P``; everything that is chosen at random follows from ``seed``.

    ``rooted``: roots stand inside exponents, so that they must exist modulo ``Q`` too.
    """

    name: ClassVar[str] = "integers modulo a prime"

    def __init__(self, seed: str, *, rooted: bool = False) -> None:
        self.seed = seed
        self.rooted = rooted
        self.ring = fmpz_mod_ctx(fmpz(P) * Q)
        self.logarithms: dict[int, Residue] = {}
        self.generator = nmod(self._number("e") % P, P) ** 2

    @property
    def ordered(self) -> bool:
        return False

    def _number(self, key: str) -> int:
        """An integer below ``P * Q``, uniform up to 2^-70, that follows from the seed and ``key``."""
        return int.from_bytes(shake_256(f"{self.seed}\0{key}".encode()).digest(WIDTH), "big") % (P * Q)

    def random(self, key: str) -> Residue:
        """A residue that follows from the seed and ``key``."""
        return self.ring(self._number(key))

    def randoms(self, key: str, count: int) -> list[Residue]:
        """Independent residues that follow from the seed and ``key``."""
        digest = shake_256(f"{self.seed}\0{key}".encode()).digest(WIDTH * count)
        return [self.ring(int.from_bytes(digest[k : k + WIDTH], "big")) for k in range(0, WIDTH * count, WIDTH)]

    def is_zero(self, x: Residue) -> bool:
        return int(x) % P == 0

    def rational(self, value: Fraction) -> Residue:
        return self.ring(value.numerator) / value.denominator if value.denominator != 1 else self.ring(value.numerator)

    def constant(self, name: str) -> Residue:
        return self.ring(int(self.generator)) if name == "e" else self.random(name) ** 2

    def exp(self, x: Residue) -> Residue:
        value = int(self.generator ** (int(x) % Q))
        self.logarithms[value] = x
        return self.ring(value)

    def squares(self, key: str, count: int) -> list[Residue]:
        """Independent squares that follow from the seed and ``key``; their logarithms are known."""
        numbers = zip(self.randoms(key, count), self.randoms(f"{key} logarithm", count), strict=True)
        return [self._with_remainders(int(self.exp(logarithm)), int(number) % Q) for number, logarithm in numbers]

    def _with_remainders(self, first: int, second: int) -> Residue:
        """The residue that is ``first`` modulo ``P`` and ``second`` modulo ``Q``."""
        return self.ring(first + P * ((second - first) * INVERSE % Q))

    def _atom(self, function: str, x: Residue) -> Residue:
        """The value of a function of which nothing is known, the same for equal arguments."""
        return self.random(f"{function} {int(x) % P}")

    def _odd(self, function: str, x: Residue) -> Residue:
        negative = int(x) % P > Q
        value = self._atom(function, -x if negative else x) if not self.is_zero(x) else self.ring(0)
        return -value if negative else value

    def log(self, x: Residue) -> Residue:
        if self.is_zero(x):
            raise OutsideDomain("log", certain=False)
        if self.is_zero(x - 1):
            return self.ring(0)
        known = self.logarithms.get(int(x) % P)
        return self._atom("log", x) if known is None else known

    def sin(self, x: Residue) -> Residue:
        t = self._odd("angle", x)
        return 2 * t / (1 + t * t)

    def cos(self, x: Residue) -> Residue:
        t = self._odd("angle", x)
        return (1 - t * t) / (1 + t * t)

    def atan(self, x: Residue) -> Residue:
        return self._odd("atan", x)

    def erf(self, x: Residue) -> Residue:
        return self._odd("erf", x)

    def step(self, x: Residue) -> Residue:
        raise Unavailable("residues have no sign")

    def power(self, base: Residue, exponent: Fraction) -> Residue:
        if exponent < 0:
            return self.power(self.divide(self.ring(1), base), -exponent)
        if exponent.denominator == 1:
            return base ** int(exponent)
        return self._root(base, exponent.denominator) ** exponent.numerator

    def _root(self, x: Residue, degree: int) -> Residue:
        """The root that is a square, modulo ``P`` and, where it is needed, modulo ``Q``.

        Raises:
            OutsideDomain: ``x`` is no square, which another draw may mend.
        """
        root = _root_in_squares(int(x) % P, degree, P)
        if not self.rooted:
            return self.ring(root)
        return self._with_remainders(root, _root_in_squares(int(x) % Q, degree, Q))

    def divide(self, left: Residue, right: Residue) -> Residue:
        try:
            return left / right
        except ZeroDivisionError:
            raise OutsideDomain("division by zero", certain=False) from None

    def exact(self, x: Residue) -> Fraction | None:
        for denominator in DENOMINATORS:
            number = int(x * denominator)
            signed = number if number < P * Q - number else number - P * Q
            if abs(signed) <= SMALL:
                return Fraction(signed, denominator)
        return None

    def may_be_zero(self, x: Residue) -> bool:
        return self.is_zero(x)

    def certainly_less(self, x: Residue, y: Residue) -> bool:
        raise Unavailable("residues have no order")

    def rank(self, matrix: Array) -> Residue:
        """The rank modulo ``P``: that of a rational matrix or less; at random points it is as large as it can be."""
        return self.ring(nmod_mat([[int(x) % P for x in row] for row in matrix], P).rank())

    def extremum(self, kind: str, numbers: Any) -> Residue:
        raise Unavailable("residues have no order")


def _root_in_squares(x: int, degree: int, prime: int) -> int:
    """The one square whose power is the square ``x`` modulo a prime that is 3 modulo 4: the squares are a group of the
    odd order ``(prime - 1) / 2``."""
    order = (prime - 1) // 2
    try:
        root = pow(x, pow(degree, -1, order), prime)
    except ValueError:
        raise Unavailable(f"roots of degree {degree} modulo {prime} are not unique") from None
    if pow(root, degree, prime) != x:
        raise OutsideDomain(f"power 1/{degree}", certain=False)
    return root
