"""Measured exponents: powers have theirs, and the interval is Student's."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from derive.scaling.slope import CONFIDENCE, slope, student

SIZES = np.array([10, 40, 160])


@pytest.mark.parametrize(
    ("freedom", "confidence", "quantile"),  # as in every printed table
    [(1, "0.95", 12.706), (9, "0.95", 2.262), (9, "0.99", 3.250), (30, "0.90", 1.697), (1000, "0.95", 1.962)],
)
def test_quantiles_of_students_distribution(freedom: int, confidence: str, quantile: float) -> None:
    assert student(freedom, Fraction(confidence)) == pytest.approx(quantile, abs=6e-4)


def test_a_power_has_its_exponent() -> None:
    found = slope(SIZES, np.array([3.0 * SIZES**-1.5] * 4))
    assert (found.value, found.low, found.high) == pytest.approx((-1.5, -1.5, -1.5))
    assert np.exp(found.intercept) == pytest.approx(3)


def test_the_exponent_is_the_slope_of_the_geometric_means() -> None:
    quantities = np.random.default_rng(0).lognormal(size=(6, 3))
    means = np.log(quantities).mean(axis=0)
    assert slope(SIZES, quantities).value == pytest.approx(np.polyfit(np.log(SIZES), means, 1)[0])


def test_one_seed_has_no_interval() -> None:
    assert slope(SIZES, SIZES[None, :].astype(float)).low is None


def test_the_interval_holds_the_exponent_as_often_as_it_says() -> None:
    """Of 2000 intervals 95 % hold it, give or take four standard errors."""
    draws, rng = 2000, np.random.default_rng(1)
    held = 0
    for _ in range(draws):
        found = slope(SIZES, SIZES**0.5 * rng.lognormal(sigma=0.3, size=(5, 3)))
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0.5 <= found.high
    expected = float(CONFIDENCE)
    assert abs(held / draws - expected) <= 4 * (expected * (1 - expected) / draws) ** 0.5
