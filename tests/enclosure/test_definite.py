"""Interval matrices: positive definite is said only where every matrix inside is."""

from __future__ import annotations

import numpy as np
import pytest
from flint import arb_mat

from derive.enclosure.definite import congruent, eigenvectors, least_eigenvalue, positive_definite
from derive.enclosure.elimination import pivots

COUNT = 200


def symmetric(n: int, seed: int) -> np.ndarray:
    matrices = np.random.default_rng(seed).normal(size=(COUNT, n, n))
    return matrices + matrices.transpose(0, 2, 1)


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_a_matrix_with_an_eigenvalue_that_is_not_positive_is_never_definite(n: int) -> None:
    """The radius reaches a singular matrix: the middle minus its least eigenvalue times the identity."""
    middle = symmetric(n, n)
    least = np.linalg.eigvalsh(middle)[:, 0]
    radius = np.abs(least)[:, None, None] * np.eye(n) * (1 + 1e-9)
    turned = congruent((middle, radius), eigenvectors(middle))
    assert not positive_definite(*turned).any()
    assert not positive_definite(middle, radius).any()


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_a_small_radius_around_a_definite_matrix_is_definite(n: int) -> None:
    middle = symmetric(n, n)
    middle = middle @ middle + 0.01 * np.eye(n)
    radius = np.full_like(middle, 0.001 / n)
    turned = congruent((middle, radius), eigenvectors(middle))
    assert positive_definite(*turned).all()


@pytest.mark.parametrize("n", [2, 4])
def test_the_bound_of_the_least_eigenvalue_is_below_those_of_all_matrices_inside(n: int) -> None:
    middle, rng = symmetric(n, 3), np.random.default_rng(4)
    radius = np.abs(symmetric(n, 5)) * 0.05
    bound = least_eigenvalue(*congruent((middle, radius), eigenvectors(middle)))
    for _ in range(20):
        signs = np.sign(rng.normal(size=middle.shape))
        signs = np.triu(signs) + np.triu(signs, 1).transpose(0, 2, 1)
        assert (bound <= np.linalg.eigvalsh(middle + signs * radius)[:, 0]).all()


def test_the_pivots_multiply_to_the_determinant() -> None:
    matrix = np.array([[4, 1, 2], [1, 3, 0], [2, 0, 5]])
    found = list(pivots(matrix.tolist(), lambda x, y: x / y))
    assert np.prod(found) == pytest.approx(float(arb_mat(matrix.tolist()).det()))


def test_what_is_not_finite_is_not_definite() -> None:
    middle, radius = np.zeros((1, 2, 2)), np.full((1, 2, 2), np.inf)
    assert not positive_definite(middle, radius).any()
