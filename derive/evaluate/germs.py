"""Numbers next to a point: ``a + b t`` as t > 0 tends to zero, over any number system.

A step at a point where its argument is zero takes the value that it has on the side towards which the argument grows.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar

from derive.evaluate.duals import Duals
from derive.evaluate.errors import AtKink
from derive.evaluate.scope import Scope
from derive.evaluate.system import Array, System, array_of
from derive.language.one_sided import Jump


class Germs(Duals):
    """Dual numbers with one perturbation, which is positive and less than every positive number of ``base``.

    What is zero at the point and to first order has no sign here.
    """

    name: ClassVar[str] = "numbers next to a point"

    def __init__(self, base: System) -> None:
        super().__init__(base)
        self.zero = base.rational(Fraction(0))

    def _sign(self, x: Any) -> int:
        """1 or -1 where it is certain, else 0."""
        value, tangents = self.split(x)
        at_zero = self.base.exact(value) == 0
        told = tangents.get(0, self.zero) if at_zero else value
        if self.base.certainly_less(told, self.zero):
            return -1
        return int(self.base.certainly_less(self.zero, told))

    def may_be_zero(self, x: Any) -> bool:
        return not self._sign(x)

    def certainly_less(self, x: Any, y: Any) -> bool:
        return self._sign(y - x) > 0

    def step(self, x: Any) -> Any:
        sign = self._sign(x)
        if not sign:
            raise AtKink("a step")
        return self.rational(Fraction((1 + sign) // 2))

    def jump(self, x: Any) -> Any:
        return self.step(x)


def jump(node: Jump, scope: Scope) -> Array:
    """The squares of the differences of both one-sided limits, summed.

    Raises:
        AtKink: a step's argument is zero along the direction, so that the limit is not told by its first derivative.
    """
    system = Germs(scope.system)
    at, along = scope.value(node.variable), scope.value(node.direction)
    limits = []
    for side in (1, -1):
        factor = system.rational(Fraction(side))
        entries = [a + system.seed(system.zero, 0) * (v * factor) for a, v in zip(at.flat, along.flat, strict=True)]
        moved = array_of(entries, at.shape, object)
        near = scope.child(arrays={node.variable.name: moved}, system=system).value(node.operand)
        limits.append([system.split(x)[0] for x in near.flat])
    gaps = [x - y for x, y in zip(*limits, strict=True)]
    return array_of([sum((gap * gap for gap in gaps), start=system.zero)], (), object)
