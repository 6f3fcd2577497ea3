"""Dual numbers over any number system: forward-mode derivatives that share no code with the symbolic calculus.

``a + sum_k b_k eps_k`` with ``eps_j eps_k = 0``. Nested (a dual number whose value is one) they give higher orders; the
level keeps the perturbations of nested derivatives apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable
from derive.evaluate.extension import Extended, Extension
from derive.evaluate.system import Array, System, array_of


class Dual(Extended):
    """``value`` and its partial derivatives ``tangents`` in some variable entries; those left out are zero."""

    __slots__ = ("level", "tangents", "value")

    def __init__(self, level: int, value: Any, tangents: Mapping[int, Any]) -> None:
        self.level = level
        self.value = value
        self.tangents = tangents

    def __add__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            raise TypeError("a dual number cannot be added to an array: box it first")
        if not isinstance(other, Extended) or other.level < self.level:
            return Dual(self.level, self.value + other, self.tangents)
        if not isinstance(other, Dual) or other.level > self.level:
            return other + self
        total = dict(self.tangents)
        for key, tangent in other.tangents.items():
            total[key] = total[key] + tangent if key in total else tangent
        return Dual(self.level, self.value + other.value, total)

    __radd__ = __add__

    def __neg__(self) -> Dual:
        return Dual(self.level, -self.value, {key: -tangent for key, tangent in self.tangents.items()})

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            raise TypeError("a dual number cannot be multiplied by an array: box it first")
        if not isinstance(other, Extended) or other.level < self.level:
            return self._scaled(self.value * other, other)
        if not isinstance(other, Dual) or other.level > self.level:
            return other * self
        left, right = self._scaled(None, other.value), other._scaled(None, self.value)
        total = dict(left.tangents)
        for key, tangent in right.tangents.items():
            total[key] = total[key] + tangent if key in total else tangent
        return Dual(self.level, self.value * other.value, total)

    __rmul__ = __mul__

    def _scaled(self, value: Any, slope: Any) -> Dual:
        """The chain rule: ``value``, and the tangents times ``slope``."""
        return Dual(self.level, value, {key: tangent * slope for key, tangent in self.tangents.items()})


class Duals(Extension):
    """Dual numbers over ``base``; a plain number of ``base`` is one without tangents."""

    name: ClassVar[str] = "dual numbers"

    def __init__(self, base: System) -> None:
        self.base = base
        self.level = base.level + 1

    def seed(self, value: Any, key: int) -> Dual:
        """The variable entry ``key`` with the given value."""
        return Dual(self.level, value, {key: self.rational(Fraction(1))})

    def split(self, x: Any) -> tuple[Any, Mapping[int, Any]]:
        """The value and the tangents of ``x`` at this level."""
        if isinstance(x, Dual) and x.level == self.level:
            return x.value, x.tangents
        return x, {}

    def _chain(self, x: Any, value: Any, slope: Any) -> Any:
        return x._scaled(value, slope)

    def exp(self, x: Any) -> Any:
        a, tangents = self.split(x)
        value = self.base.exp(a)
        return self._chain(x, value, value) if tangents else value

    def log(self, x: Any) -> Any:
        a, tangents = self.split(x)
        value = self.base.log(a)
        return self._chain(x, value, self.base.divide(self.rational(Fraction(1)), a)) if tangents else value

    def sin(self, x: Any) -> Any:
        a, tangents = self.split(x)
        value = self.base.sin(a)
        return self._chain(x, value, self.base.cos(a)) if tangents else value

    def cos(self, x: Any) -> Any:
        a, tangents = self.split(x)
        value = self.base.cos(a)
        return self._chain(x, value, -self.base.sin(a)) if tangents else value

    def atan(self, x: Any) -> Any:
        a, tangents = self.split(x)
        value, one = self.base.atan(a), self.rational(Fraction(1))
        return self._chain(x, value, self.base.divide(one, a * a + one)) if tangents else value

    def erf(self, x: Any) -> Any:
        a, tangents = self.split(x)
        value = self.base.erf(a)
        if not tangents:
            return value
        scale = self.base.power(self.constant("pi"), Fraction(-1, 2)) * self.rational(Fraction(2))
        return self._chain(x, value, self.base.exp(-(a * a)) * scale)

    def step(self, x: Any) -> Any:
        return self._flat(x, self.base.step)

    def jump(self, x: Any) -> Any:
        return self._flat(x, self.base.jump)

    def _flat(self, x: Any, step: Any) -> Any:
        a, tangents = self.split(x)
        if tangents and self.base.may_be_zero(a):
            raise AtKink("a derivative")
        return step(a)

    def power(self, base: Any, exponent: Fraction) -> Any:
        a, tangents = self.split(base)
        value = self.base.power(a, exponent)
        if not tangents or exponent == 0:
            return value
        if 0 < exponent < 1 and self.base.may_be_zero(a):
            raise AtKink("a derivative")
        slope = self.base.power(a, exponent - 1) * self.rational(exponent)
        return self._chain(base, value, slope)

    def divide(self, left: Any, right: Any) -> Any:
        if not isinstance(right, Dual):
            a, tangents = self.split(left)
            quotient = self.base.divide(a, right)
            if not tangents:
                return quotient
            return self._chain(left, quotient, self.base.divide(self.rational(Fraction(1)), right))
        try:
            return left * self.power(right, Fraction(-1))
        except OutsideDomain as error:
            raise OutsideDomain("division by zero", certain=error.certain) from None

    def exact(self, x: Any) -> Fraction | None:
        a, tangents = self.split(x)
        return None if tangents else self.base.exact(a)

    def may_be_zero(self, x: Any) -> bool:
        return self.base.may_be_zero(self.split(x)[0])

    def certainly_less(self, x: Any, y: Any) -> bool:
        return self.base.certainly_less(self.split(x)[0], self.split(y)[0])

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        def beaten(x: Any) -> bool:
            return any(self.certainly_less(*((x, y) if kind == "max" else (y, x))) for y in numbers)

        best = [x for x in numbers if not beaten(x)]
        if len(best) == 1:
            return best[0]
        if any(self.split(x)[1] for x in best):
            raise AtKink(f"a derivative of {kind}")
        return self.base.extremum(kind, [self.split(x)[0] for x in best])

    def rank(self, matrix: Array) -> Any:
        return self.base.rank(self._plain("a rank", matrix))

    def spectral(self, kind: str, matrix: Array) -> Any:
        return self.base.spectral(kind, self._plain(kind, matrix))

    def _plain(self, kind: str, matrix: Array) -> Array:
        """The values of a matrix without tangents."""
        if any(self.split(x)[1] for x in matrix.flat):
            raise Unavailable(f"the derivative of {kind} is not available")
        return array_of([self.split(x)[0] for x in matrix.flat], matrix.shape, self.base.dtype)
