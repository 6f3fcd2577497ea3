"""The number system of exponential polynomials in random scalars, over any number system."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, ClassVar

from derive.evaluate.chance.complexes import Complexes
from derive.evaluate.chance.numbers import CONSTANT, Monomial, Polynomial, RandomNumber, Source
from derive.evaluate.errors import Unavailable
from derive.evaluate.extension import Extension
from derive.evaluate.system import Array, System


class ExponentialPolynomials(Extension):
    """Numbers that depend on chance, over complex numbers over a system; a plain number of that is one that does not.

    Attributes:
        sources: the random scalars.
        atoms: the polynomials whose multiples stand in exponents.
    """

    name: ClassVar[str] = "exponential polynomials"
    base: Complexes

    def __init__(self, base: System) -> None:
        self.base = Complexes(base)
        self.level = self.base.level + 1
        self.sources: list[Source] = []
        self.atoms: list[Polynomial] = []

    def variable(self, source: Source) -> RandomNumber:
        """A new random scalar."""
        self.sources.append(source)
        monomial: Monomial = ((len(self.sources) - 1, 1),)
        return RandomNumber(self.level, self.sources, {((), monomial): self.base.rational(Fraction(1))})

    def is_random(self, x: Any) -> bool:
        return isinstance(x, RandomNumber) and x.level == self.level

    def _plainly(self, function: str, operation: Callable[..., Any], *arguments: Any) -> Any:
        """``operation`` of numbers that do not depend on chance.

        Raises:
            Unavailable: one does.
        """
        if any(map(self.is_random, arguments)):
            raise Unavailable(f"the mean of {function} of something random has no closed form here")
        return operation(*arguments)

    def exp(self, x: Any) -> Any:
        if not self.is_random(x):
            return self.base.exp(x)
        if any(exponent for exponent, _ in x.terms):
            raise Unavailable("the mean of an exponential of an exponential has no closed form here")
        exponent = {monomial: c for (_, monomial), c in x.terms.items() if monomial and self.base.exact(c) != 0}
        factor = self.base.exp(x.terms[CONSTANT]) if CONSTANT in x.terms else self.base.rational(Fraction(1))
        if not exponent:
            return factor
        self.atoms.append(exponent)
        return RandomNumber(self.level, self.sources, {(((len(self.atoms) - 1, Fraction(1)),), ()): factor})

    def log(self, x: Any) -> Any:
        return self._plainly("log", self.base.log, x)

    def sin(self, x: Any) -> Any:
        if not self.is_random(x):
            return self.base.sin(x)
        up, down = self._waves(x)
        return (up + -down) * (self.base.unit * self.base.rational(Fraction(-1, 2)))

    def cos(self, x: Any) -> Any:
        if not self.is_random(x):
            return self.base.cos(x)
        up, down = self._waves(x)
        return (up + down) * self.base.rational(Fraction(1, 2))

    def _waves(self, x: Any) -> tuple[Any, Any]:
        """``exp(i x)`` and ``exp(-i x)``."""
        turned = x * self.base.unit
        return self.exp(turned), self.exp(-turned)

    def atan(self, x: Any) -> Any:
        return self._plainly("arctan", self.base.atan, x)

    def erf(self, x: Any) -> Any:
        return self._plainly("erf", self.base.erf, x)

    def step(self, x: Any) -> Any:
        return self._plainly("a step", self.base.step, x)

    def jump(self, x: Any) -> Any:
        return self._plainly("a step", self.base.jump, x)

    def power(self, base: Any, exponent: Fraction) -> Any:
        if not self.is_random(base):
            return self.base.power(base, exponent)
        if exponent.denominator == 1 and exponent >= 0:
            return self._natural_power(base, int(exponent))
        if len(base.terms) == 1:
            [((multiples, monomial), coefficient)] = base.terms.items()
            if not monomial:
                scaled = tuple((atom, multiple * exponent) for atom, multiple in multiples)
                key = scaled, monomial
                return RandomNumber(self.level, self.sources, {key: self.base.power(coefficient, exponent)})
        raise Unavailable(f"the mean of a power {exponent} of something random has no closed form here")

    def _natural_power(self, x: Any, exponent: int) -> Any:
        result = self.base.rational(Fraction(1))
        for bit in f"{exponent:b}":
            result = result * result
            result = result * x if bit == "1" else result
        return result

    def divide(self, left: Any, right: Any) -> Any:
        if self.is_random(right):
            return left * self.power(right, Fraction(-1))
        if not self.is_random(left):
            return self.base.divide(left, right)
        terms = {key: self.base.divide(coefficient, right) for key, coefficient in left.terms.items()}
        return RandomNumber(self.level, self.sources, terms)

    def exact(self, x: Any) -> Fraction | None:
        return None if self.is_random(x) else self.base.exact(x)

    def may_be_zero(self, x: Any) -> bool:
        return bool(self._plainly("a comparison", self.base.may_be_zero, x))

    def certainly_less(self, x: Any, y: Any) -> bool:
        return bool(self._plainly("a comparison", self.base.certainly_less, x, y))

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        return self._plainly(kind, lambda *plain: self.base.extremum(kind, plain), *numbers)

    def spectral(self, kind: str, matrix: Array) -> Any:
        return self._plainly(kind, lambda *_: self.base.spectral(kind, matrix), *matrix.flat)
