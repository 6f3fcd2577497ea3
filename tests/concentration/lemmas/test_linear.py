"""Tails of linear forms attacked: exact probabilities at random parameters are never above the stated bounds."""

from __future__ import annotations

from itertools import product
from math import erfc, sqrt
from random import Random

import numpy as np
import pytest

from derive.concentration.lemmas.linear import gaussian_tail, sub_gaussian_tail
from tests.concentration.values import stated, value


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("two_sided", [False, True])
def test_the_gaussian_tail_is_not_above_its_bound(seed: int, two_sided: bool) -> None:
    rng = Random(f"gaussian tail {seed}")
    t, variance = rng.choice((0.0, rng.uniform(0, 0.1), rng.uniform(0, 8))), rng.uniform(0.05, 4)
    exact = erfc(t / sqrt(2 * variance)) / (1 if two_sided else 2)
    assert exact <= stated(gaussian_tail(value(t), value(variance), two_sided)) * (1 + 1e-12)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("two_sided", [False, True])
def test_the_tail_of_a_sum_of_signs_is_not_above_its_bound(seed: int, two_sided: bool) -> None:
    rng = np.random.default_rng(seed)
    coefficients = rng.normal(size=8)
    sums = np.array(list(product((-1, 1), repeat=8))) @ coefficients
    t = rng.uniform(0, 1) * np.abs(coefficients).sum()
    exact = np.mean(np.abs(sums) >= t if two_sided else sums >= t)
    assert exact <= stated(sub_gaussian_tail(value(t), value(float(coefficients @ coefficients)), two_sided)) + 1e-12


@pytest.mark.parametrize("factor", [0.9, 0.5])
def test_a_smaller_variance_would_be_wrong(factor: float) -> None:
    """The planted error falls: with less than the variance some exact tail is above the bound."""
    tails = [(t, erfc(t / sqrt(2)) / 2) for t in np.linspace(0, 12, 60)]
    assert any(exact > stated(gaussian_tail(value(t), value(factor), False)) for t, exact in tails)
