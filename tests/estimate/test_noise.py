"""ECNoise finds the noise that was put in, and says nothing where the table shows none."""

import numpy as np
import pytest

from derive.estimate.noise import POINTS, noise


@pytest.mark.parametrize("level", [1e-14, 1e-8, 1e-4])
def test_planted_noise_is_found_within_a_factor(level: float) -> None:
    rng = np.random.default_rng(0)
    t = np.linspace(0, 1e-8, POINTS)[:, None]
    values = np.sin(1 + t) + level * rng.uniform(-1, 1, (POINTS, 200))
    found = noise(values)
    assert np.mean(np.isfinite(found)) > 0.9
    ratio = found[np.isfinite(found)] / (level / np.sqrt(3))
    assert np.median(ratio) == pytest.approx(1, abs=0.25)
    assert np.all((ratio > 0.1) & (ratio < 3))


def test_values_that_repeat_show_nothing() -> None:
    assert np.isnan(noise(np.ones((POINTS, 1))))


def test_values_that_differ_much_show_nothing() -> None:
    assert np.isnan(noise(np.exp(np.linspace(0, 9, POINTS))[:, None]))


def test_outputs_do_not_mix() -> None:
    rng = np.random.default_rng(1)
    scattered = 1 + 1e-9 * rng.standard_normal(POINTS)
    both = np.column_stack([scattered, np.ones(POINTS)])
    assert noise(both)[0] == noise(scattered[:, None])[0]
    assert np.isnan(noise(both)[1])
