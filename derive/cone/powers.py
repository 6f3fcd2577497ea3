"""Powers with symbolic exponents: ``b**k`` for a whole number k beside its base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from derive.cone.polynomials import Polynomial, Ring
from derive.language.symbols import Symbol
from derive.language.tensor import Number, Power, Tensor


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
            return (base, exponent) if whole and not isinstance(base, Number) else None
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
