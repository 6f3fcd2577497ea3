"""Functions of doubles with error bars, beside balls and matrices whose spectra are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from flint import arb, ctx

from derive.chance import rounded_functions as f
from derive.chance.rounded import Rounded, exactly

GENERATOR = np.random.default_rng(1)
POINTS = GENERATOR.uniform(0.01, 20, 200)
ERRORS = GENERATOR.choice([0.0, 1e-14, 1e-4], 200)
OFFSETS = GENERATOR.uniform(-1, 1, 200) * ERRORS


@pytest.mark.parametrize(
    ("function", "exact"),
    [
        (f.exp, arb.exp),
        (f.log, arb.log),
        (f.sin, arb.sin),
        (f.cos, arb.cos),
        (f.atan, arb.atan),
        (f.erf, arb.erf),
        (f.absolute, abs),
    ],
)
def test_the_exact_value_lies_within_the_error_bar(
    function: Callable[[Rounded], Rounded], exact: Callable[[arb], arb]
) -> None:
    found = function(Rounded(POINTS, ERRORS))
    with ctx.workprec(200):
        for value, error, point, offset in zip(found.value, found.error, POINTS, OFFSETS, strict=True):
            true = exact(arb(float(point)) + arb(float(offset)))
            assert not abs(true - arb(float(value))) > arb(float(error))


@pytest.mark.parametrize("kind", ["lambda_min", "lambda_max", "opnorm", "sigma_min", "nuclear"])
def test_spectra_of_known_matrices_lie_within_their_error_bars(kind: str) -> None:
    """Q diag(1, 2, 5) Q^T for reflections Q, whose entries are doubles up to a rounding."""
    vectors = GENERATOR.standard_normal((50, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    q = np.eye(3) - 2 * vectors[:, :, None] * vectors[:, None, :]
    matrices = q @ np.diag([1.0, 2.0, 5.0]) @ q.swapaxes(1, 2)
    found = f.spectral(kind, Rounded(matrices, np.full(matrices.shape, 1e-14)))
    true = {"lambda_min": 1, "lambda_max": 5, "opnorm": 5, "sigma_min": 1, "nuclear": 8}[kind]
    assert (np.abs(found.value - true) <= found.error).all()
    assert (found.error < 1e-6).all()


def test_an_error_of_a_matrix_moves_eigenvalues_by_no_more_than_the_bar() -> None:
    """Weyl: diag(1, 2) moved by 0.1 in one entry, both ways."""
    bar = Rounded(np.diag([1.0, 2.0])[None], np.full((1, 2, 2), 0.1))
    found = f.spectral("lambda_max", bar)
    moved = np.linalg.eigvalsh(np.array([[1.1, 0.1], [0.1, 2.1]]))[-1]
    assert abs(found.value[0] - moved) <= found.error[0]


def test_an_inverse_lies_within_its_error_bar() -> None:
    matrix = np.array([[[2.0, 1.0], [1.0, 1.0]]])
    found = f.inverse(Rounded(matrix, np.full(matrix.shape, 1e-10)))
    for change in (-1e-10, 1e-10):
        moved = np.linalg.inv(matrix + change)
        assert (np.abs(found.value - moved) <= found.error + 1e-15).all()


def test_a_matrix_that_may_be_singular_has_no_known_inverse() -> None:
    found = f.inverse(Rounded(np.array([[[1.0, 0.0], [0.0, 1e-9]]]), np.full((1, 2, 2), 1e-8)))
    assert np.isinf(found.error).all()


def test_a_step_next_to_zero_is_open() -> None:
    found = f.step(Rounded(np.array([1e-12, 1.0, -1.0]), np.array([1e-10, 0.5, 0.5])))
    assert (found.error == [0.5, 0.0, 0.0]).all()
    assert (f.step(exactly(np.array([0.0]))).value == 0.5).all()
