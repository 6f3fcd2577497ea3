"""Bernstein's inequality attacked: binomial and weighted sums, whose tails are exact."""

from __future__ import annotations

from itertools import product
from math import comb
from random import Random

import numpy as np
import pytest

from derive.concentration.lemmas.bernstein import bernstein
from tests.concentration.values import ROUNDING, stated, value


def binomial_above(n: int, p: float, k: float) -> float:
    return sum(comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1) if j >= k)


@pytest.mark.parametrize("seed", range(60))
def test_successes_are_not_above_the_bound(seed: int) -> None:
    rng = Random(f"binomial {seed}")
    n, p = rng.randint(1, 60), rng.choice((rng.uniform(0.001, 0.05), rng.uniform(0, 1)))
    k = rng.randint(int(n * p) + 1, n) if int(n * p) < n else n
    t = k - n * p
    bound = stated(bernstein(value(t), value(n * p * (1 - p)), value(1.0), two_sided=False))
    assert binomial_above(n, p, k) <= bound * (1 + ROUNDING)


@pytest.mark.parametrize("seed", range(20))
def test_weighted_signs_are_not_above_the_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights = rng.normal(size=9)
    sums = np.array(list(product((-1, 1), repeat=9))) @ weights
    t = rng.uniform(0, 1) * np.abs(weights).sum()
    variance, largest = float(weights @ weights), float(np.abs(weights).max())
    bound = stated(bernstein(value(t), value(variance), value(largest), two_sided=True))
    assert np.mean(np.abs(sums) >= t) <= bound * (1 + ROUNDING)


def test_without_the_range_it_would_be_wrong() -> None:
    """The planted error falls: rare successes have a heavier tail than a Gaussian of their variance."""
    n, p = 60, 0.001
    bound = stated(bernstein(value(4 - n * p), value(n * p * (1 - p)), value(0.0), two_sided=False))
    assert binomial_above(n, p, 4) > bound
