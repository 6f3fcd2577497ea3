"""Intervals: every number of an operation's result lies in the result of the intervals."""

from __future__ import annotations

from operator import add, mul, sub

import numpy as np
import pytest
from flint import arb, ctx

from derive.enclosure.interval import Interval, point

COUNT = 400


def boxes(seed: int) -> tuple[Interval, np.ndarray]:
    """Intervals of all sizes and signs, some of them points or with an end at zero; and a point of each."""
    rng = np.random.default_rng(seed)
    ends = rng.normal(size=(2, COUNT)) * 10.0 ** rng.integers(-8, 9, size=COUNT)
    ends[0, ::7] = 0.0
    ends[1, 3::11] = ends[0, 3::11]
    low, high = ends.min(axis=0), ends.max(axis=0)
    inside = np.clip(low + (high - low) * rng.random(COUNT), low, high)
    inside[::3], inside[1::3] = low[::3], high[1::3]
    return Interval(low, high), inside


def encloses(found: Interval, exact: list[arb]) -> bool:
    """Is each exact result, known to many digits, inside?"""
    low, high = np.broadcast_to(found.lo, COUNT), np.broadcast_to(found.hi, COUNT)
    return all(arb(a) <= x.upper() and x.lower() <= arb(b) for a, b, x in zip(low, high, exact, strict=True))


@pytest.mark.parametrize("operation", [add, sub, mul])
@pytest.mark.parametrize("seed", range(3))
def test_an_operation_encloses_the_operation_of_points(operation, seed) -> None:
    (x, a), (y, b) = boxes(seed), boxes(seed + 100)
    with ctx.workprec(2200):  # exact for sums and products of doubles
        exact = [operation(arb(float(p)), arb(float(q))) for p, q in zip(a, b, strict=True)]
        assert encloses(operation(x, y), exact)


@pytest.mark.parametrize("factor", [0.0, 1.0, -1.0, 3.0, -0.1])
def test_a_multiple_encloses_the_multiples_of_points(factor: float) -> None:
    x, a = boxes(5)
    with ctx.workprec(2200):
        exact = [arb(factor) * arb(float(p)) for p in a]
        assert encloses(x * point(np.float64(factor)), exact)
        assert encloses(point(np.float64(factor)) * x, exact)


def test_a_product_of_nonnegative_intervals_is_nonnegative() -> None:
    zero_to_one = Interval(np.zeros(3), np.ones(3))
    assert ((zero_to_one * zero_to_one).lo == 0).all()


def test_a_product_with_an_unbounded_interval_is_no_number_nowhere() -> None:
    unbounded, zero = Interval(np.full(2, -np.inf), np.full(2, np.inf)), Interval(np.zeros(2), np.zeros(2))
    found = zero * unbounded
    assert not np.isnan(found.lo).any()
    assert not np.isnan(found.hi).any()


def test_an_overflow_is_unbounded_and_not_a_number_too_small() -> None:
    large = Interval(np.full(1, 1e200), np.full(1, 1e200))
    found = large * large
    assert found.hi[0] == np.inf
    assert np.isfinite(found.lo[0])
