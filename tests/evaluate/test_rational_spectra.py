"""Rational eigenvalues and singular values are told exactly, and others are not told."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest
from flint import fmpq

from derive.evaluate.rational_spectra import rational_spectral
from derive.evaluate.system import Array
from derive.instances.spheres import with_singular_values

VALUES = [Fraction(1, 3), Fraction(5, 7), Fraction(2)]


def exact(matrix: Array) -> Array:
    found = np.empty(np.shape(matrix), dtype=object)
    found.flat = [fmpq(Fraction(x).numerator, Fraction(x).denominator) for x in np.asarray(matrix, dtype=object).flat]
    return found


@pytest.mark.parametrize("shape", [(3, 3), (5, 3), (3, 4)])
@pytest.mark.parametrize("seed", range(5))
def test_chosen_singular_values_are_found(shape: tuple[int, int], seed: int) -> None:
    matrix = exact(with_singular_values(Random(seed), shape, VALUES))
    assert rational_spectral("opnorm", matrix) == fmpq(2)
    assert rational_spectral("sigma_min", matrix) == (fmpq(0) if shape[1] > shape[0] else fmpq(1, 3))


def test_extreme_eigenvalues_are_found() -> None:
    matrix = exact([[2, 1], [1, 2]])
    assert rational_spectral("lambda_min", matrix) == 1
    assert rational_spectral("lambda_max", matrix) == 3


@pytest.mark.parametrize("kind", ["lambda_min", "lambda_max", "sigma_min", "opnorm"])
def test_an_irrational_value_is_not_told(kind: str) -> None:
    """The eigenvalues are (1 +- sqrt(5))/2, or nearly 1 and not 1."""
    assert rational_spectral(kind, exact([[1, 1], [1, 0]])) is None
    near = Fraction(1, 10**30)
    assert rational_spectral(kind, exact([[1, near], [near, 1 + near]])) is None


def test_a_matrix_that_is_not_symmetric_has_no_extreme_eigenvalue() -> None:
    assert rational_spectral("lambda_min", exact([[1, 1], [0, 1]])) is None
