"""Integers modulo a prime p = 2 q + 1, q prime, in which an exponential is a power of a generator.

A number is known modulo p and, as long as no exponential went into it, modulo q. Then ``exp(z) = g^(z mod q)`` for a g
of order q modulo p, so that ``exp(a + b) = exp(a) exp(b)``. An identity between rational functions of the entries and
of exponentials of them that holds modulo p at a random point holds, but for a probability of about its degree over p.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from math import factorial

from derive.verify.arithmetic import Unknown, binomial

P = 170141183460469231731687303715884001439
Q = (P - 1) // 2
"""A safe prime of 127 bits, and its half; both are 3 modulo 4, and 1 to 10 are squares modulo both: small sizes have
roots."""

GENERATOR = 4
"""Of order q: it is a square other than 1."""


@dataclass(frozen=True, eq=False, slots=True)
class Residue:
    """``value`` modulo P and ``exponent`` modulo Q; None where nothing is known of it.

    A logarithm has no value here, though its derivatives have: ``value`` None stands for it, and for what it enters.
    """

    value: int | None
    exponent: int | None

    def __add__(self, other: Residue) -> Residue:
        if not isinstance(other, Residue):
            return NotImplemented
        return Residue(_sum(self.value, other.value, P), _sum(self.exponent, other.exponent, Q))

    def __neg__(self) -> Residue:
        return Residue(_product(self.value, -1, P), _product(self.exponent, -1, Q))

    def __sub__(self, other: Residue) -> Residue:
        if not isinstance(other, Residue):
            return NotImplemented
        return self + -other

    def __mul__(self, other: Residue) -> Residue:
        if not isinstance(other, Residue):
            return NotImplemented
        return Residue(_product(self.value, other.value, P), _product(self.exponent, other.exponent, Q))


def _sum(a: int | None, b: int | None, modulus: int) -> int | None:
    return None if a is None or b is None else (a + b) % modulus


def _product(a: int | None, b: int | None, modulus: int) -> int | None:
    return None if a is None or b is None else a * b % modulus


class Residues:
    """The arithmetic of residues."""

    def rational(self, value: Fraction) -> Residue:
        return Residue(_fraction(value, P), _fraction(value, Q))

    def constant(self, name: str) -> Residue:
        if name == "e":
            return Residue(GENERATOR, None)
        return random(f"constant {name}")

    def series(self, function: str, x: Residue, order: int) -> Sequence[Residue]:
        if function == "exp":
            if x.exponent is None:
                raise Unknown("an exponential of an exponential has no value modulo a prime")
            value = pow(GENERATOR, x.exponent, P)
            return [Residue(value * pow(factorial(k), -1, P) % P, None) for k in range(order + 1)]
        if function == "log":
            inverse = self.power(x, Fraction(-1), max(order - 1, 0))
            higher = [c * self.rational(Fraction(1, k)) for k, c in enumerate(inverse, 1)]
            return [Residue(None, None), *higher][: order + 1]
        raise Unknown(f"{function} has no value modulo a prime")

    def power(self, x: Residue, exponent: Fraction, order: int) -> Sequence[Residue]:
        if x.value is None:
            raise Unknown("a power of a logarithm has no value modulo a prime")
        coefficients = binomial(exponent, order)
        if exponent.denominator == 1 and exponent >= 0:
            powers = [self._whole(x, int(exponent) - k) for k in range(min(order, int(exponent)) + 1)]
            return [c * self.rational(b) for b, c in zip(coefficients, powers, strict=False)]
        inverse = _inverse(x)
        powers = [_rooted(x, exponent) if exponent.denominator != 1 else self._whole(inverse, -int(exponent))]
        for _ in range(order):
            powers.append(powers[-1] * inverse)
        return [c * self.rational(b) for b, c in zip(coefficients, powers, strict=True)]

    def _whole(self, x: Residue, exponent: int) -> Residue:
        value = None if x.value is None else pow(x.value, exponent, P)
        return Residue(value, None if x.exponent is None else pow(x.exponent, exponent, Q))

    def sign(self, x: Residue) -> int | None:
        return 0 if x.value == 0 else None

    def absolute(self, x: Residue) -> Residue:
        raise Unknown("residues have no sign")

    def pivot(self, candidates: Sequence[Residue]) -> int:
        for k, candidate in enumerate(candidates):
            if candidate.value:
                return k
        raise Unknown("a singular matrix")

    def spectral(self, kind: str, rows: Sequence[Sequence[Residue]]) -> Residue:
        """The rank over the field; nothing else of a spectrum has a value."""
        if kind == "rank":
            return self.rational(Fraction(_rank([[x.value for x in row] for row in rows])))
        raise Unknown(f"{kind} has no value modulo a prime")


def _rank(rows: list[list[int | None]]) -> int:
    """Raises Unknown where an entry is not known modulo P."""
    known = [[x for x in row if x is not None] for row in rows]
    if any(len(row) < len(entries) for row, entries in zip(known, rows, strict=True)):
        raise Unknown("a rank of what is not known")
    rank = 0
    for column in range(len(known[0]) if known else 0):
        chosen = next((i for i in range(rank, len(known)) if known[i][column]), None)
        if chosen is None:
            continue
        known[rank], known[chosen] = known[chosen], known[rank]
        scale = pow(known[rank][column], -1, P)
        for i in range(rank + 1, len(known)):
            factor = known[i][column] * scale
            known[i] = [(a - factor * b) % P for a, b in zip(known[i], known[rank], strict=True)]
        rank += 1
    return rank


def _fraction(value: Fraction, modulus: int) -> int:
    return value.numerator * pow(value.denominator, -1, modulus) % modulus


def _inverse(x: Residue) -> Residue:
    if not x.value:
        raise Unknown("division by zero")
    return Residue(pow(x.value, -1, P), pow(x.exponent, -1, Q) if x.exponent else None)


def _rooted(x: Residue, exponent: Fraction) -> Residue:
    """A power with a root in it; inside an exponent it is used only where it exists modulo Q as well."""
    value = None if x.value is None else _root(x.value, exponent, P)
    if value is None:
        raise Unknown("a root of what is no square")
    return Residue(value, None if x.exponent is None else _root(x.exponent, exponent, Q))


def _root(x: int, exponent: Fraction, prime: int) -> int | None:
    """The power that is a square, of a square; None of what is none. The squares are a group of odd order."""
    order = (prime - 1) // 2
    root = pow(x, pow(exponent.denominator, -1, order), prime)
    return pow(root, exponent.numerator, prime) if pow(root, exponent.denominator, prime) == x else None


def random(key: str) -> Residue:
    """A residue that follows from ``key``."""
    digest = sha256(key.encode()).digest() + sha256(f"{key} again".encode()).digest()
    number = int.from_bytes(digest, "big")
    return Residue(number % P, number // P % Q)
