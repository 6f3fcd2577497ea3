"""Experiments whose outcome is known beforehand."""

from __future__ import annotations

from functools import partial

import pytest

import derive as dv
from derive.evaluate.errors import Unavailable
from derive.instances.seeds import stream
from derive.language.experiment import Experiment
from derive.language.tensor import Tensor
from derive.scaling.measurement import Measurement, measured
from derive.simulation.trial import tried

m, n = dv.dims("m n")
g, signs = dv.gaussian("g", m), dv.rademacher("r", m)
draws = partial(stream, 0, "test")


def carried_out(node: Tensor) -> Measurement:
    assert isinstance(node, Experiment)
    return measured(node, draws)


def test_a_sum_of_squares_of_signs_grows_like_the_size() -> None:
    found = carried_out(dv.exponent(signs @ signs, m, [4, 8, 32], seeds=3))
    assert float(found.value) == pytest.approx(1)
    assert found.record.means == pytest.approx((4, 8, 32))
    assert (found.record.low, found.record.high) == pytest.approx((1, 1))


def test_a_norm_of_gaussians_grows_like_the_root() -> None:
    """E |g|^2 = m, and the interval is as wide as seeds scatter."""
    found = carried_out(dv.exponent(dv.norm(g), m, [100, 1000, 10_000], seeds=10)).record
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.5 < found.high < found.low + 0.05


def test_what_is_fixed_is_the_same_for_all_seeds() -> None:
    h = dv.gaussian("h", 3)
    size = (h @ h) * dv.norm(signs) ** 2
    fixed = carried_out(dv.exponent(size, m, [2, 4], seeds=5, fixed=h)).record
    free = carried_out(dv.exponent(size, m, [2, 4], seeds=5)).record
    assert fixed.least == fixed.most
    assert free.least < free.most


def test_symbols_that_do_not_grow_are_the_same_at_all_sizes() -> None:
    h = dv.gaussian("h", 3)
    found = carried_out(dv.exponent((h @ h) * dv.norm(signs) ** 2, m, [2, 4], seeds=5)).record
    assert (found.low, found.high) == pytest.approx((1, 1))


def test_a_frequency_counts_the_seeds() -> None:
    found = carried_out(dv.frequency(signs.sum() == 4, seeds=200, at=m == 4))
    assert found.record.happened == found.happened == found.value * 200
    assert abs(found.happened - 200 / 16) <= 4 * (200 / 16) ** 0.5


def test_the_least_size_of_a_grid() -> None:
    """|r|^2 = m >= n^2 first at the power of two that is at least n^2."""
    enough = dv.least(m, dv.norm(signs) ** 2 >= n**2, [2**k for k in range(12)])
    found = carried_out(dv.exponent(enough, n, [2, 4, 8, 16], seeds=2)).record
    assert found.means == pytest.approx((4, 16, 64, 256))
    assert found.value == pytest.approx(2)


@pytest.mark.parametrize(
    ("operand", "message"),
    [
        (dv.least(m, dv.norm(signs) >= n, [1, 2]), "no size of the grid suffices at n = 2 for 3 of 3 seeds"),
        (-dv.norm(dv.gaussian("h", n)), "has no logarithm at n = 2 for 3 of 3 seeds"),
    ],
)
def test_a_quantity_without_a_logarithm_says_where(operand: Tensor, message: str) -> None:
    with pytest.raises(Unavailable, match=message):
        carried_out(dv.exponent(operand, n, [2, 4], seeds=3))


def test_the_same_seed_gives_the_same_numbers() -> None:
    node = dv.exponent(dv.norm(g), m, [10, 20], seeds=3)
    assert carried_out(node).record == carried_out(node).record


def test_a_curve_is_that_of_the_seed_nearest_to_a_violation_whatever_is_run_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The start of the curve of |x| <= 9 is the largest of all seeds' norms."""
    x = dv.vector("x", m)
    run = dv.iterate(x, x / 2, start=g)
    node = dv.frequency(run.always(dv.norm(x) <= 9, 3), seeds=6, at=m == 5)
    (curve,) = carried_out(node).record.curves
    monkeypatch.setattr("derive.simulation.trial.TOGETHER", 1)
    (alone,) = carried_out(node).record.curves
    norms = [float(tried(dv.norm(g), {"m": 5}, [seed], draws).values[0]) for seed in range(6)]
    assert curve.left[0] == pytest.approx(max(norms))
    assert (alone.seed, alone.steps) == (curve.seed, curve.steps) == (norms.index(max(norms)), (0, 1, 2, 3))
    assert alone.left == pytest.approx(curve.left)
