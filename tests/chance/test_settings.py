"""Settings: everything but what is random has a value, hypotheses hold certainly, and sizes grow."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice

import pytest

from derive import Paper, dims, exp, gaussian, index, matrix, max, norm, one_hot, probability, scalar
from derive.chance.settings import Settings
from derive.evaluate.point import Point
from derive.evidence.witness.verification import admitted
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import obligations

n, d, m = dims("n d m")
X, W = matrix("X", n, d), gaussian("W", d, m)
delta, B = scalar("delta", positive=True), scalar("B", positive=True)
i = index("i", n)
EVENT = probability(max(abs(X @ W)) <= B)


def settings(probability: Tensor, given: Sequence[Relation], count: int = 40) -> list[Point]:
    paper = Paper("paper", title="A paper")
    [obligation] = obligations(paper.claim("claim", probability >= 1 - delta, given=list(given)))
    return list(islice(Settings.of(obligation, admitted, 0), count))


def test_random_symbols_have_no_value_and_all_sizes_are_given() -> None:
    for point in settings(EVENT, [delta < 1]):
        assert set(point.values) == {"X", "delta", "B"}
        assert set(point.sizes) == {"n", "d", "m"}


def test_hypotheses_hold() -> None:
    for point in settings(EVENT, [delta < 1, norm(X[i]) <= 1]):
        assert point.values["delta"] < 1
        assert all(sum(x * x for x in row) <= 1 for row in point.values["X"])


def test_a_width_grows() -> None:
    widths = {point.sizes["m"] for point in settings(EVENT, [delta < 1])}
    assert min(widths) == 1
    assert max_of(widths) >= 1000


def max_of(numbers: set[int]) -> int:
    return sorted(numbers)[-1]


@pytest.mark.parametrize("least", [50, 12_345])
def test_a_width_is_the_smallest_that_the_hypotheses_allow(least: int) -> None:
    """m >= least/delta: for each setting the smallest such m is among those that were tried, or four times it."""
    for point in settings(EVENT, [delta < 1, delta >= Fraction(1, 100), m * delta >= least]):
        smallest = -(-least // point.values["delta"])
        assert point.sizes["m"] >= smallest
        assert point.sizes["m"] in (smallest, 4 * smallest) or point.sizes["m"] <= 4000


def test_hypotheses_that_are_irrational_are_met_too() -> None:
    found = settings(EVENT, [delta < 1, delta >= Fraction(1, 10), m >= exp(3) * n / delta])
    assert found
    assert all(point.sizes["m"] * point.values["delta"] >= 20 * point.sizes["n"] for point in found)


def test_scalars_are_also_at_landmarks() -> None:
    found = {point.values["delta"] for point in settings(EVENT, [delta < 1], 400)}
    assert {Fraction(1, 2), Fraction(1, 10), Fraction(1, 100)} <= found


def test_a_finite_law_has_outcomes_that_are_rare() -> None:
    """A matrix with one entry among many rows, few of which are drawn, is one of the first settings."""
    sample = one_hot("P", m, n) @ X
    found = settings(probability(norm(sample) ** 2 <= B), [delta < 1], 10)
    sparse = [point for point in found if point.sizes["n"] >= 30 and point.sizes["d"] == 1]
    assert any(sum(x != 0 for row in point.values["X"] for x in row) == 1 for point in sparse)


def test_no_setting_comes_twice() -> None:
    found = [repr(point) for point in settings(EVENT, [delta < 1], 400)]
    assert len(set(found)) == len(found)


def test_the_same_seed_gives_the_same_settings() -> None:
    assert settings(EVENT, [delta < 1]) == settings(EVENT, [delta < 1])


def test_hypotheses_that_nothing_satisfies_leave_no_setting() -> None:
    assert settings(EVENT, [delta < 1, delta > 2]) == []


def test_a_position_that_is_named_lies_inside_its_axis() -> None:
    """``W[2]`` has a meaning from d = 3 on, though d is the size of random rows alone."""
    w = gaussian("w", d)
    assert all(point.sizes["d"] >= 3 for point in settings(probability(w[2] <= B), []))
