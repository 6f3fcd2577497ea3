"""Tails of Gaussian quadratic forms and norms attacked: exact tails of chi-square laws and of two weighted squares."""

from __future__ import annotations

from itertools import pairwise
from math import sqrt
from random import Random

import numpy as np
import pytest
from flint import arb

from derive.concentration.lemmas.quadratic import gaussian_norm, laurent_massart
from tests.concentration.values import ROUNDING, stated, value


def above(k: int, x: float) -> float:
    """The probability that a chi-square variable with k degrees of freedom is at least x."""
    half = arb(k) / 2
    return float((arb(x) / 2).gamma_upper(half) / half.gamma()) if x > 0 else 1.0


@pytest.mark.parametrize("seed", range(60))
def test_a_sum_of_squares_is_not_above_its_bound(seed: int) -> None:
    """c g^T g of n Gaussians: the Hessian 2 c I has the norms 2 c sqrt(n) and 2 c; both sides of the mean."""
    rng = Random(f"chi-square {seed}")
    n, c = rng.randint(1, 40), rng.uniform(0.1, 3)
    t = c * n * rng.choice((0.0, rng.uniform(0, 0.3), rng.uniform(0, 4)))
    bound = stated(laurent_massart(value(t), value(2 * c * sqrt(n)), value(2 * c)))
    assert above(n, n + t / c) <= bound * (1 + ROUNDING)
    assert 1 - above(n, n - t / c) <= bound * (1 + ROUNDING)


@pytest.mark.parametrize("seed", range(30))
def test_a_difference_of_squares_is_not_above_its_bound(seed: int) -> None:
    """a g^2 - b h^2: an indefinite form, its tail by integration over h in steps that only lessen it."""
    rng = Random(f"indefinite {seed}")
    a, b = rng.uniform(0.1, 2), rng.uniform(0.1, 2)
    t = rng.uniform(0, 6) * a
    edges = np.linspace(0, 6, 200)
    mass = [above(1, x**2) - above(1, y**2) for x, y in pairwise(edges)]
    tail = sum(share * above(1, (t + a - b + b * edge**2) / a) for share, edge in zip(mass, edges[1:], strict=True))
    hessian = 2 * np.array([a, -b])
    bound = stated(laurent_massart(value(t), value(float(np.linalg.norm(hessian))), value(float(max(abs(hessian))))))
    assert tail <= bound * (1 + ROUNDING)


def test_a_smaller_spectral_norm_would_be_wrong() -> None:
    """The planted error falls: with half of it the bound is below the tail of one square, far out."""
    assert above(1, 1 + 40) > stated(laurent_massart(value(40.0), value(2.0), value(1.0)))


@pytest.mark.parametrize("seed", range(40))
def test_the_norm_of_a_gaussian_is_not_above_its_bound(seed: int) -> None:
    rng = Random(f"norm {seed}")
    n, scale, t = rng.randint(1, 60), rng.uniform(0.1, 3), rng.uniform(0, 5)
    exact = above(n, (sqrt(n) + t / scale) ** 2)
    assert exact <= stated(gaussian_norm(value(t), value(scale))) * (1 + ROUNDING)


def test_a_smaller_slope_would_be_wrong() -> None:
    """The planted error falls: the norm of one Gaussian beyond 1 + 10 is likelier than with three quarters of it."""
    assert above(1, 11.0**2) > stated(gaussian_norm(value(10.0), value(0.75)))
