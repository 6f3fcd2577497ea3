"""Powers with symbolic exponents: ``b**k`` for a whole number k beside its base, and binomial coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from derive.cone.polynomials import Polynomial, Ring
from derive.language.combinatorics import Binomial, Factorial
from derive.language.symbols import Symbol
from derive.language.tensor import Power, Tensor

MOST_BESIDE = 4
"""Factors that a power may lack of the one that is compared with a binomial coefficient."""


@dataclass(frozen=True)
class PowerFact:
    """``polynomial >= 0`` (``> 0`` where ``strict``) where all ``conditions`` are; ``> 0`` the first, where strict."""

    polynomial: Polynomial
    conditions: tuple[Polynomial, ...]
    strict: bool = False


def whole_power(atom: Tensor) -> tuple[Tensor, Symbol] | None:
    """Base and exponent of a power whose exponent is a symbol for 0, 1, 2, ...; None of another atom."""
    match atom:
        case Power(base=base, exponent=Symbol(properties=properties, shape=()) as exponent, shape=()):
            whole = "integer" in properties and bool(properties & {"nonnegative", "positive"})
            return (base, exponent) if whole else None
    return None


def of_powers(ring: Ring) -> Iterator[PowerFact]:
    """What is known of ``p = b**k``, k = 0, 1, 2, ..., wherever the base has the sign that it takes.

    ``p > 0`` where b > 0; for b >= 0 Bernoulli's inequality ``p >= 1 + k (b - 1)``; where b <= 1, too, ``p <= 1``, and
    ``p <= b`` where k >= 1. Base and exponent have to be made of what else the inequality is made of.
    """
    for name, atom in ring.atoms.items():
        found = whole_power(atom)
        if found is None:
            continue
        base, exponent = (ring.polynomial(part) for part in found)
        if base is None:
            continue
        power = ring.atom(name)
        yield PowerFact(power, (base,), strict=True)
        yield PowerFact(1 - power, (base, 1 - base))
        if exponent is not None:
            yield PowerFact(power - 1 - exponent * (base - 1), (base,))
            yield PowerFact(base - power, (base, 1 - base, exponent - 1))


def of_binomials(ring: Ring) -> Iterator[PowerFact]:
    """``binomial(x + k - 1, k) k! = x (x + 1) ... (x + k - 1) >= x**k`` for x >= 0, with ``x**k = x**j x**(k - j)``."""
    atoms = list(ring.atoms.items())
    for name, coefficient in atoms:
        for other, divisor in atoms:
            for third, power in atoms:
                match coefficient, divisor, power:
                    case Binomial(upper=n, lower=k), Factorial(operand=l), Power(base=x, exponent=e):
                        base, beside = ring.polynomial(x), _whole_difference(k, e)
                        rising = _whole_difference(n, x + k) == -1 and _whole_difference(k, l) == 0
                        if base is not None and rising and beside is not None and 0 <= beside <= MOST_BESIDE:
                            large = ring.atom(name) * ring.atom(other)
                            yield PowerFact(large - base**beside * ring.atom(third), (base,))


def _whole_difference(first: Tensor, second: Tensor) -> int | None:
    """The integer by which the first exceeds the second everywhere; None where it is no such number."""
    own = Ring([first, second])
    left, right = own.polynomial(first), own.polynomial(second)
    if left is None or right is None or not (left - right).is_constant():
        return None
    value = (left - right).leading_coefficient() if left != right else fmpq(0)
    return int(value.p) if value.q == 1 else None
