"""Tails from moments attacked: laws on a few points, for which all moments and probabilities are exact."""

from __future__ import annotations

import numpy as np
import pytest

from derive.concentration.lemmas.moments import cantelli, markov, markov_of_the_square
from tests.concentration.values import ROUNDING, stated, value

SEEDS = range(30)


def law(seed: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Points, their probabilities, and a threshold, which is one of the distances from the mean as often as not."""
    rng = np.random.default_rng(seed)
    points, chances = rng.normal(size=4) * rng.exponential(), rng.dirichlet(np.full(4, 0.4))
    distances = np.abs(points - chances @ points)
    threshold = float(rng.choice(distances)) if seed % 2 else float(rng.uniform(0, distances.max()))
    return points, chances, max(threshold, 1e-3)


@pytest.mark.parametrize("seed", SEEDS)
def test_markovs_inequality(seed: int) -> None:
    points, chances, t = law(seed)
    exact = chances @ (np.abs(points) >= t)
    assert exact <= stated(markov(value(t), value(float(chances @ np.abs(points))))) * (1 + ROUNDING)
    assert exact <= stated(markov_of_the_square(value(t), value(float(chances @ points**2)))) * (1 + ROUNDING)


@pytest.mark.parametrize("seed", SEEDS)
def test_cantellis_inequality(seed: int) -> None:
    points, chances, t = law(seed)
    centred = points - chances @ points
    exact = chances @ (centred >= t * (1 - ROUNDING))
    assert exact <= stated(cantelli(value(t), value(float(chances @ centred**2)))) * (1 + ROUNDING)


def test_cantellis_inequality_is_attained() -> None:
    """By two points: t with probability v/(v + t^2), and -v/t. So nothing less than what is stated is true."""
    t, v = 1.5, 0.7
    high = v / (v + t**2)
    assert high * t + (1 - high) * (-v / t) == pytest.approx(0)
    assert high * t**2 + (1 - high) * (v / t) ** 2 == pytest.approx(v)
    assert stated(cantelli(value(t), value(v))) == pytest.approx(high)
