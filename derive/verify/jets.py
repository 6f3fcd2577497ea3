"""Truncated polynomials in infinitesimals: derivatives of any order, mixed, one direction at a time.

A jet is ``sum_S a_S prod_{k in S} e_k`` over sets S of infinitesimals with ``e_k^2 = 0``. The coefficient of
``e_1 e_2`` in ``f(x + e_1 u + e_2 v)`` is the second derivative of f in the directions u and v.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Coefficient = Any


@dataclass(frozen=True, eq=False, slots=True)
class Jet:
    """``parts`` has the coefficient of each set of infinitesimals, sets as bits of a number, the empty one included."""

    parts: dict[int, Coefficient]

    @property
    def constant(self) -> Coefficient:
        return self.parts[0]

    @property
    def depth(self) -> int:
        """The number of infinitesimals: no product of more of them is left."""
        union = 0
        for mask in self.parts:
            union |= mask
        return union.bit_count()

    def __add__(self, other: Any) -> Jet:
        parts = dict(self.parts)
        for mask, part in _parts(other).items():
            parts[mask] = parts[mask] + part if mask in parts else part
        return Jet(parts)

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet({mask: -part for mask, part in self.parts.items()})

    def __sub__(self, other: Any) -> Jet:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Jet:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Jet:
        found: dict[int, Coefficient] = {}
        for first, a in self.parts.items():
            for second, b in _parts(other).items():
                if not first & second:
                    mask = first | second
                    found[mask] = found[mask] + a * b if mask in found else a * b
        return Jet(found)

    __rmul__ = __mul__

    def compose(self, coefficients: Sequence[Coefficient]) -> Jet:
        """``f`` of this jet, where ``coefficients`` are those of the Taylor series of f at its constant part."""
        rest = Jet({mask: part for mask, part in self.parts.items() if mask})
        value: Any = coefficients[-1]
        for coefficient in reversed(coefficients[:-1]):
            value = rest * value + coefficient
        return value if isinstance(value, Jet) else Jet({0: value})


def _parts(number: Any) -> dict[int, Coefficient]:
    return number.parts if isinstance(number, Jet) else {0: number}


def coefficient(number: Any, mask: int, zero: Coefficient) -> Any:
    """What stands before the product of the infinitesimals in ``mask``: a number, or a jet in the others."""
    if not isinstance(number, Jet):
        return zero if mask else number
    found = {other & ~mask: part for other, part in number.parts.items() if other & mask == mask}
    if not found:
        return zero
    return found[0] if set(found) == {0} else Jet({0: zero} | found)
