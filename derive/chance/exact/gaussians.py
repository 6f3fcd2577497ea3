"""Several linear forms in Gaussians, each in an interval: exactly for two that correlate, else between bounds.

Forms that are orthogonal are independent. Of more than two that correlate: an upper bound from pairs (the least of all
pairs, and Bonferroni's second inequality), a lower one from single forms (Bonferroni's first, and for intervals that
are symmetric about zero the product, by Šidák 1967).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from operator import mul
from typing import Any

from flint import acb, arb, fmpq

from derive.chance.exact.classes import Quantity, length
from derive.chance.exact.laws import between, normal, normal_between
from derive.chance.exact.numbers import is_zero

FAR = 14
"""A standard Gaussian lies beyond with probability below 2**-140."""

MOST_PAIRS = 45


@dataclass(frozen=True, eq=False)
class Slab:
    """A linear form of length ``size``, and the interval of the form divided by it; None where there is no end."""

    slopes: dict[int, Any]
    size: arb
    low: arb | None
    high: arb | None

    @property
    def probability(self) -> arb:
        return normal_between(self.low, self.high)

    @property
    def symmetric(self) -> bool:
        """Is the interval certainly symmetric about zero?"""
        return self.low is not None and self.high is not None and bool((self.low + self.high).is_zero())


def probability(quantities: Sequence[Quantity]) -> arb:
    """That all lie in their intervals."""
    groups: list[list[Slab]] = []
    for slab in map(_slab, quantities):
        near = [group for group in groups if any(not is_zero(_inner(slab, other)) for other in group)]
        apart = [group for group in groups if not any(group is other for other in near)]
        groups = [*apart, [slab, *(member for group in near for member in group)]]
    return reduce(mul, map(_together, groups), arb(1))


def _slab(quantity: Quantity) -> Slab:
    size = length(quantity)
    slopes = {monomial[0]: value for monomial, value in quantity.varying.items()}
    return Slab(slopes, size, _end(quantity.low, size), _end(quantity.high, size))


def _end(end: Any, size: arb) -> arb | None:
    return None if end is None else arb(end) / size


def _inner(x: Slab, y: Slab) -> Any:
    return sum((value * y.slopes[entry] for entry, value in x.slopes.items() if entry in y.slopes), fmpq(0))


def _together(slabs: Sequence[Slab]) -> arb:
    """The probability of slabs that correlate."""
    if len(slabs) == 1:
        return slabs[0].probability
    if len(slabs) == 2:
        return _pair(*slabs)
    single = [slab.probability for slab in slabs]
    missed = reduce(lambda total, chance: total + (1 - chance), single, arb(0))
    low = arb.max(arb(0), 1 - missed)
    if all(slab.symmetric for slab in slabs):
        low = arb.max(low, reduce(mul, single))
    high = reduce(arb.min, single)
    pairs = list(combinations(range(len(slabs)), 2))
    if len(pairs) <= MOST_PAIRS:
        both = {(i, j): _pair(slabs[i], slabs[j]) for i, j in pairs}
        twice = [1 - single[i] - single[j] + chance for (i, j), chance in both.items()]
        high = reduce(arb.min, both.values(), high)
        high = arb.min(high, 1 - missed + reduce(lambda x, y: x + y, twice))
    return between(low, high)


def _pair(x: Slab, y: Slab) -> arb:
    """One integral over the first form: of its density times the probability of the other given it."""
    correlation = arb(_inner(x, y)) / (x.size * y.size)
    rest = 1 - correlation * correlation
    if not rest > 0:
        return between(arb.max(arb(0), x.probability + y.probability - 1), arb.min(x.probability, y.probability))
    scale = rest.sqrt()

    def below(end: arb, z: acb) -> acb:
        return (-(end - correlation * z) / (scale * arb(2).sqrt())).erfc() / 2

    def density(z: acb, _: bool) -> acb:
        high = acb(1) if y.high is None else below(y.high, z)
        low = acb(0) if y.low is None else below(y.low, z)
        return (-z * z / 2).exp() * (high - low)

    ends = [arb.max(arb(-FAR), arb.min(arb(FAR), end)) for end in _ends(x)]
    if not ends[0] < ends[1]:
        return between(arb(0), x.probability)
    found = acb.integral(density, acb(ends[0]), acb(ends[1]), abs_tol=arb(2) ** -60, rel_tol=arb(2) ** -60).real
    left_out = 2 * normal(arb(-FAR))
    if not found.is_finite():
        return between(arb(0), arb.min(x.probability, y.probability))
    return found / (2 * arb.pi()).sqrt() + between(arb(0), left_out)


def _ends(slab: Slab) -> tuple[arb, arb]:
    return (arb(-FAR) if slab.low is None else slab.low), (arb(FAR) if slab.high is None else slab.high)
