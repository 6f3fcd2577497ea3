"""Distribution functions in balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

Known = Any
"""An exact rational or a ball."""


@dataclass(frozen=True, eq=False)
class Source:
    """One random entry.

    Attributes:
        kind: of its law, see ``derive.language.chance.Law``.
        unit: entries of one unit depend on each other, those of different ones do not.
        size: entries of the unit.
        parameters: of the law.
    """

    kind: str
    unit: int
    size: int = 1
    parameters: Sequence[Known] = ()


def fingerprint(value: Known) -> tuple[Any, ...]:
    """What tells a number, or a ball, from every other."""
    if isinstance(value, fmpq):
        return int(value.p), int(value.q)
    return tuple(tuple(map(int, part.man_exp())) for part in (value.mid(), value.rad()))


def anything() -> arb:
    """A probability of which nothing is known."""
    return between(arb(0), arb(1))


def between(low: arb, high: arb) -> arb:
    """A ball around all numbers between two, within [0, 1]."""
    found = low.union(high)
    return arb.max(arb(0), arb.min(arb(1), found))


def normal(x: arb) -> arb:
    """P[N(0, 1) <= x]; small values keep their relative precision."""
    return (-x / arb(2).sqrt()).erfc() / 2


def normal_between(low: arb | None, high: arb | None) -> arb:
    """P[low <= N(0, 1) <= high]; far out by the tails, so that small values keep their relative precision."""
    if low is not None and low > 0:
        return arb.max(arb(0), normal(-low) - (arb(0) if high is None else normal(-high)))
    return arb.max(arb(0), (arb(1) if high is None else normal(high)) - (arb(0) if low is None else normal(low)))


def chi_square(freedom: int, x: arb) -> arb:
    """P[a sum of so many squares of standard Gaussians <= x]: it increases, so that the ends of x tell."""
    ends = [_incomplete_gamma(arb(freedom) / 2, arb.max(end, arb(0)) / 2) for end in (x.lower(), x.upper())]
    return between(*ends)


def _incomplete_gamma(shape: arb, x: arb) -> arb:
    """By the function from below or by that from above, whichever loses fewer bits on the way."""
    below, above = x.gamma_lower(shape, regularized=1), 1 - x.gamma_upper(shape, regularized=1)
    usable = [found for found in (below, above) if found.is_finite()]
    return min(usable, key=lambda found: float(found.rad()), default=anything())


def uniform(low: Known, high: Known, x: arb) -> arb:
    return arb.max(arb(0), arb.min(arb(1), (x - low) / (high - low)))


def sphere(size: int, x: arb) -> arb:
    """P[the first entry of a uniform point of the unit sphere <= x], of ``size`` entries, at least two.

    Its square has the law Beta(1/2, (size-1)/2), and its sign is fair.
    """
    inside = arb.max(arb(-1), arb.min(arb(1), x))
    half = (inside * inside).beta_lower(arb(1) / 2, arb(size - 1) / 2, regularized=True) / 2
    if inside >= 0:
        return half + arb(1) / 2
    return arb(1) / 2 - half if inside <= 0 else arb(1) / 2 + half.union(-half)


def outcomes(source: Source, place: int, sources: Sequence[Source]) -> list[tuple[Known, dict[int, int]]]:
    """The probability of each outcome of a discrete unit, and the values of its entries, by their number."""
    half = fmpq(1, 2)
    if source.kind == "rademacher":
        return [(half, {place: -1}), (half, {place: 1})]
    if source.kind == "bernoulli":
        one = source.parameters[0]
        return [(1 - one, {place: 0}), (one, {place: 1})]
    members = [k for k, other in enumerate(sources) if other.unit == source.unit]
    share = source.parameters or [fmpq(1, len(members))] * len(members)
    return [(chance, {k: int(k == hot) for k in members}) for hot, chance in zip(members, share, strict=True)]


DISCRETE = ("rademacher", "bernoulli", "one_hot")
