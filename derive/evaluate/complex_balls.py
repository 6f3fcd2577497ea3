"""Rigorous enclosures in the complex plane (FLINT's acb), for analytic functions of real arguments moved a little.

A number is real (a ball, ``arb``) until something imaginary enters it; only then must a function be analytic there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from flint import arb

from derive.evaluate.balls import Balls
from derive.evaluate.errors import AtKink, OutsideDomain, Unavailable
from derive.evaluate.system import Array


class ComplexBalls(Balls):
    """Balls of ``precision`` bits around complex numbers near the real axis; roots and logarithms are principal."""

    name: ClassVar[str] = "complex balls"

    def exp(self, x: Any) -> Any:
        return x.exp()

    def log(self, x: Any) -> Any:
        if isinstance(x, arb):
            return super().log(x)
        _right_of_zero("log", x)
        return x.log()

    def step(self, x: Any) -> Any:
        return super().step(_real("a step", x))

    def jump(self, x: Any) -> Any:
        return super().jump(_real("a step", x))

    def dirac(self, x: Any) -> Any:
        return super().dirac(_real("a step", x))

    def power(self, base: Any, exponent: Fraction) -> Any:
        if isinstance(base, arb):
            return super().power(base, exponent)
        if exponent < 0 and base.contains(0):
            raise OutsideDomain(f"power {exponent}", certain=False)
        if exponent.denominator == 1:
            return base ** int(exponent)
        _right_of_zero(f"power {exponent}", base)
        return base.root(exponent.denominator) ** exponent.numerator

    def divide(self, left: Any, right: Any) -> Any:
        if isinstance(right, arb):
            return super().divide(left, right)
        if right.contains(0):
            raise OutsideDomain("division by zero", certain=False)
        return left / right

    def exact(self, x: Any) -> Fraction | None:
        return super().exact(x) if isinstance(x, arb) else None

    def certainly_less(self, x: Any, y: Any) -> bool:
        return super().certainly_less(_real("an order", x), _real("an order", y))

    def extremum(self, kind: str, numbers: Sequence[Any]) -> Any:
        return super().extremum(kind, [_real(kind, x) for x in numbers])

    def rank(self, matrix: Array) -> Any:
        for x in matrix.flat:
            _real("a rank", x)
        return super().rank(matrix)

    def spectral(self, kind: str, matrix: Array) -> Any:
        for x in matrix.flat:
            _real(kind, x)
        return super().spectral(kind, matrix)


def _real(function: str, x: Any) -> Any:
    """The ball of a number that is real by its making.

    Raises:
        Unavailable: it is not, and the function is not analytic.
    """
    if isinstance(x, arb):
        return x
    raise Unavailable(f"{function} is not analytic")


def _right_of_zero(function: str, x: Any) -> None:
    """Keeps away from the branch cut along the negative real axis, and from the branch point.

    Raises:
        OutsideDomain: the real part is, or may be, negative.
        AtKink: the branch point may be in the ball.
    """
    if x.contains(0):
        raise AtKink(function)
    if not x.real > 0:
        raise OutsideDomain(function, certain=bool(x.real < 0))
