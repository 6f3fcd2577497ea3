"""Draws have the law of their symbol: means and second moments within five standard errors."""

from __future__ import annotations

import numpy as np
import pytest

from derive.chance.laws import draws
from derive.evaluate.system import Array
from derive.language.chance import RandomSymbol, bernoulli, gaussian, one_hot, rademacher, sphere, uniform
from derive.language.tensor import Tensor

COUNT = 20_000

CASES = [
    (gaussian("x", 2, 3), [], 0.0, 1.0),
    (rademacher("x", 2, 3), [], 0.0, 1.0),
    (uniform("x", 2, 3, low=-1, high=3), [np.array(-1.0), np.array(3.0)], 1.0, 7 / 3),
    (bernoulli("x", 2, 3, p=0.25), [np.array(0.25)], 0.25, 0.25),
    (sphere("x", 2, 3), [], 0.0, 1 / 3),
    (one_hot("x", 2, 3), [], 1 / 3, 1 / 3),
]


def drawn(symbol: Tensor, parameters: list[Array]) -> Array:
    assert isinstance(symbol, RandomSymbol)
    return draws(symbol, COUNT, (2, 3), parameters, np.random.default_rng(7))


@pytest.mark.parametrize(("symbol", "parameters", "mean", "square"), CASES, ids=lambda x: getattr(x, "kind", None))
def test_moments(symbol: Tensor, parameters: list[Array], mean: float, square: float) -> None:
    found = drawn(symbol, parameters)
    assert found.shape == (COUNT, 2, 3)
    assert np.abs(found.mean(axis=0) - mean).max() <= 5 * found.std() / COUNT**0.5
    squares = found**2
    assert np.abs(squares.mean(axis=0) - square).max() <= 5 * max(squares.std(), 1e-12) / COUNT**0.5


@pytest.mark.parametrize(("symbol", "parameters"), [case[:2] for case in CASES], ids=lambda x: getattr(x, "kind", None))
def test_entries_that_are_independent_do_not_correlate(symbol: Tensor, parameters: list[Array]) -> None:
    """Those of different rows are of every law."""
    found = drawn(symbol, parameters)
    for k in range(3):
        correlation = np.corrcoef(found[:, 0, k], found[:, 1, (k + 1) % 3])[0, 1]
        assert abs(correlation) <= 5 / COUNT**0.5


def test_rows_of_a_sphere_have_length_one() -> None:
    assert np.allclose((drawn(sphere("x", 2, 3), []) ** 2).sum(axis=-1), 1)


def test_unit_vectors_come_as_often_as_their_probabilities_say() -> None:
    weights = np.array([0.5, 0.0, 0.5])
    found = drawn(one_hot("x", 2, 3), [weights])
    assert (found.sum(axis=-1) == 1).all()
    assert not found[..., 1].any()
    assert abs(found[..., 0].mean() - 0.5) <= 5 * 0.5 / (2 * COUNT) ** 0.5
