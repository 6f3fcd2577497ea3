"""A hypothesis asks for a point so near to another one that doubles do not tell them apart."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Sequence

from derive.bounds.relations import ordered
from derive.instances.patterns import strip
from derive.language.arrays import Norm, Spectral
from derive.language.relations import Relation
from derive.language.tensor import Add, Apply, Divide, Multiply, Negative, Tensor
from derive.lint.closed import is_closed
from derive.lint.moderate import moderate_points, place, power_of_ten
from derive.lint.regime import without_defined
from derive.lint.subject import Examined

SPACING = round(math.log10(sys.float_info.epsilon))
"""The power of ten of the spacing of doubles at 1."""


def examine(examined: Examined) -> Iterator[str]:
    """The distances that hypotheses bound by less than the spacing of doubles at 1, at moderate parameters."""
    given = without_defined(examined.claim.given)
    for relation in given:
        for small, large, _ in ordered(relation):
            found = _radius(small, large) if is_closed(large) else None
            if found is not None:
                yield from _small(*found, given)


def _radius(small: Tensor, large: Tensor) -> tuple[Tensor, Tensor] | None:
    """A distance and what bounds it: ``M*norm(x - y) <= c`` puts ``norm(x - y)`` below ``c/M``."""
    match strip(small):
        case Norm(operand=gap) | Spectral(kind="opnorm", operand=gap) | Apply(function="abs", arguments=(gap,)):
            return (small, large) if isinstance(gap, Add) and isinstance(gap.right, Negative) else None
        case Multiply(left=left, right=right):
            factor, rest = (left, right) if is_closed(left) else (right, left)
            return _radius(rest, Divide.of(large, factor)) if is_closed(factor) else None
    return None


def _small(distance: Tensor, radius: Tensor, given: Sequence[Relation]) -> Iterator[str]:
    """The smallest of the moderate values of the parameters at which the radius is that small."""
    for point in reversed(list(moderate_points(given, radius))):
        power = power_of_ten(radius, point)
        if power is not None and power < SPACING:
            where = f" at {place(point)}" if place(point) else ""
            yield f"{distance!r} has to be within 10**{power}{where}, where doubles near 1 are 10**{SPACING} apart"
            return
