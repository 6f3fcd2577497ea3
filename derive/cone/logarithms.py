"""Positive numbers compared by their logarithms, and logarithms by what they are of: ``b**e`` against r by ``e log b``.

What a logarithm is taken of is positive wherever the inequality is defined, so that it has an exponential again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from derive.cone.polynomials import Polynomial, Quotient, Ring, TooLarge
from derive.language.plain import identity
from derive.language.tensor import Apply, Number, Power, Tensor


@dataclass(frozen=True)
class Compared:
    """``difference`` of two quantities or of their logarithms: nonnegative, or positive, where all ``conditions`` are.

    ``smaller`` and ``larger`` are the quantities. The conditions are without denominators, which are positive.
    """

    difference: Quotient
    conditions: tuple[Polynomial, ...]
    smaller: Tensor
    larger: Tensor


@dataclass(frozen=True)
class _Quantity:
    node: Tensor
    value: Quotient
    log: Quotient | None


def compared(ring: Ring) -> Iterator[Compared]:
    """Every pair of 1, what stands in a logarithm, and powers with symbolic exponents."""
    for small, large in permutations(_quantities(ring), 2):
        values = _less(ring, large.value, small.value)
        if small.log is not None and large.log is not None:
            logs = _less(ring, large.log, small.log)
            if not logs.denominators:
                yield Compared(values, (logs.numerator,), small.node, large.node)
            if not logs.denominators and not values.denominators:
                yield Compared(logs, (values.numerator,), small.node, large.node)
        exponents = _exponents(ring, small.node, large.node)
        if exponents is not None:
            yield Compared(values, exponents, small.node, large.node)


def _quantities(ring: Ring) -> list[_Quantity]:
    """The numbers that are positive wherever the inequality is defined, with their logarithms where these are known."""
    one = Quotient(ring.constant(1))
    found = [_Quantity(Number(Fraction(1)), one, Quotient(ring.constant(0)))]
    logs = {
        identity(atom.arguments[0]): Quotient(ring.atom(name))
        for name, atom in ring.atoms.items()
        if isinstance(atom, Apply) and atom.function == "log"
    }
    for name, atom in ring.atoms.items():
        try:
            match atom:
                case Apply(function="log", arguments=(inside,)):
                    found.append(_Quantity(inside, ring.quotient(inside), Quotient(ring.atom(name))))
                case Power(base=base, exponent=exponent, shape=()):
                    log = logs.get(identity(base))
                    logarithm = None if log is None else ring.quotient(exponent) * log
                    found.append(_Quantity(atom, Quotient(ring.atom(name)), logarithm))
        except (TooLarge, ZeroDivisionError, KeyError):  # KeyError: an atom that the inequality does not have
            continue
    return found


def _exponents(ring: Ring, small: Tensor, large: Tensor) -> tuple[Polynomial, Polynomial] | None:
    """Of two powers of one base: the larger exponent less the smaller one, and the base less 1."""
    match small, large:
        case Power(base=a, exponent=u), Power(base=b, exponent=v) if identity(a) == identity(b):
            base, low, high = ring.polynomial(a), ring.polynomial(u), ring.polynomial(v)
            return None if base is None or low is None or high is None else (high - low, base - 1)
    return None


def _less(ring: Ring, large: Quotient, small: Quotient) -> Quotient:
    return large + small * Quotient(ring.constant(-1))
