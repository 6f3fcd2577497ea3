"""Repairs of distances: a symbol moves towards a point at which the distance vanishes, or away from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

from derive.instances.admission import bounds
from derive.instances.draft import Draft
from derive.instances.rational import Array
from derive.instances.repair import INSIDE, VERTEX, Repair
from derive.instances.scaling import limiting_ratio, root, short
from derive.language.symbols import Symbol
from derive.language.tensor import Tensor

HALVINGS = 20
"""How often a step towards the centre is halved where no formula gives it."""

BISECTIONS = 7
"""Bisections that bring a step to the edge, within about a hundredth."""


@dataclass(frozen=True)
class Approach:
    """``norm(x - y) <= r``, ``opnorm(Q.T @ Q - I) <= eps``: from a centre, where the distance is zero, to the draw.

    Attributes:
        centre: the repair that makes the distance vanish.
        expression: the distance, or a power of it.
        degree: of the expression in the step, where it is homogeneous in it; else None.
        upper: whether the bound is above.
    """

    target: Symbol
    centre: Repair
    expression: Tensor
    bound: Tensor
    degree: Fraction | None
    upper: bool
    strict: bool

    def apply(self, draft: Draft, rng: Random, place: str) -> Array | None:
        centre = self.centre.apply(draft, rng, place)
        if centre is None:
            return None
        current = draft.values[self.target.name]
        direction = current if place == VERTEX else current - centre
        if self.degree is None:
            return self._searched(draft, centre, direction, place)
        ratio = self._ratio(draft.replaced(self.target.name, centre + direction))
        if ratio is None:
            return None
        if ratio == 0 or (place == INSIDE and (ratio > 1 if self.upper else ratio < 1)):
            return centre + direction
        slack = rng.choice((Fraction(1, 2), Fraction(1, 10))) if place == INSIDE else Fraction(self.strict, 1000)
        wanted = short(ratio * (1 - slack if self.upper else 1 + slack), self.upper)
        return centre + root(wanted, self.degree, self.upper) * direction

    def _ratio(self, draft: Draft) -> Fraction | None:
        value, bound = bounds(self.expression, draft), bounds(self.bound, draft)
        return None if value is None or bound is None else limiting_ratio(value, bound, self.upper, self.strict)

    def _searched(self, draft: Draft, centre: Array, direction: Array, place: str) -> Array | None:
        """The longest step, halved again and again, that is short enough; at the edge it is then bisected."""
        step = Fraction(1)
        for _ in range(HALVINGS):
            if self._near(draft, centre + step * direction):
                break
            step /= 2
        else:
            return centre
        longer = 2 * step
        for _ in range(0 if place == INSIDE or step == 1 else BISECTIONS):
            middle = (step + longer) / 2
            if self._near(draft, centre + middle * direction):
                step = middle
            else:
                longer = middle
        return centre + step * direction

    def _near(self, draft: Draft, value: Array) -> bool:
        ratio = self._ratio(draft.replaced(self.target.name, value))
        return ratio is not None and (ratio == 0 or ratio > 1 or (ratio == 1 and not self.strict))
