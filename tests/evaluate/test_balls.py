"""Balls enclose: powers, roots and spectra of balls around zero, multiple eigenvalues, and matrices that are balls."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, arb_mat

from derive.evaluate.balls import (
    Balls,
    _eigenvalues,
    _eigenvalues_by_residual,
    _eigenvectors,
    _eigenvectors_in_doubles,
)
from derive.evaluate.errors import OutsideDomain

BALLS = Balls(128)


@pytest.fixture(autouse=True)
def precision() -> Iterator[None]:
    with BALLS.context():
        yield


def contains_all(ball: Any, *numbers: float) -> bool:
    return all(ball.contains(arb(number)) for number in numbers)


@pytest.mark.parametrize(
    ("ball", "exponent", "values"),
    [
        (arb(0, 2), Fraction(2), (0, 1, 4)),
        (arb(0, 2), Fraction(3), (-8, 0, 8)),
        (arb(0, 2), Fraction(0), (1,)),
        (arb(0), Fraction(0), (1,)),
        (arb(-3), Fraction(-1), (-1 / 3 + 0.0,)),
        (arb(0, 4), Fraction(1, 2), (0, 1, 2)),
        (arb(4), Fraction(3, 2), (8,)),
        (arb(8), Fraction(1, 3), (2,)),
    ],
)
def test_powers_enclose(ball: Any, exponent: Fraction, values: tuple[float, ...]) -> None:
    power = BALLS.power(ball, exponent)
    assert power.is_finite()
    assert contains_all(power + arb(0, 1e-15), *values)


@pytest.mark.parametrize(("ball", "certain"), [(arb(-1), True), (arb(0), True), (arb(0, 1), False)])
def test_log_outside_its_domain_says_whether_that_is_certain(ball: Any, certain: bool) -> None:
    with pytest.raises(OutsideDomain) as caught:
        BALLS.log(ball)
    assert caught.value.certain is certain


def test_strict_balls_take_no_root_that_may_not_exist() -> None:
    strict = Balls(128, strict=True)
    assert strict.power(arb(0), Fraction(1, 2)) == 0
    with pytest.raises(OutsideDomain) as caught:
        strict.power(arb(1e-40, 2e-40), Fraction(1, 2))
    assert not caught.value.certain


MATRICES = {
    "apart": [[2, 1, 0], [1, 3, 1], [0, 1, 4]],
    "multiple": [[2, 0, 0], [0, 2, 0], [0, 0, 2]],
    "singular": [[1, 1, 0], [1, 1, 0], [0, 0, 0]],
    "indefinite": [[0, 1, 0], [1, 0, 0], [0, 0, 5]],
}


def by_residual(matrix: arb_mat) -> list[Any]:
    return _eigenvalues_by_residual(matrix, _eigenvectors(matrix))


def in_doubles(matrix: arb_mat) -> list[Any]:
    vectors = _eigenvectors_in_doubles(matrix)
    assert vectors is not None
    return _eigenvalues_by_residual(matrix, vectors)


@pytest.mark.parametrize(("enclose", "width"), [(_eigenvalues, 1e-15), (by_residual, 1e-15), (in_doubles, 1e-13)])
@pytest.mark.parametrize("radius", [0, 1e-30, 1e-6])
@pytest.mark.parametrize("entries", MATRICES.values(), ids=MATRICES.keys())
def test_eigenvalues_enclose(entries: list[list[int]], radius: float, enclose: Any, width: float) -> None:
    matrix = arb_mat([[arb(entry, radius) for entry in row] for row in entries])
    enclosures = sorted(enclose(matrix), key=lambda ball: float(ball.mid()))
    exact = np.linalg.eigvalsh(np.array(entries, dtype=float))
    for ball, value in zip(enclosures, exact, strict=True):
        assert (ball + arb(0, 1e-13)).contains(arb(value))
        assert float(ball.rad()) <= 30 * radius + width


def test_the_residual_enclosures_are_tight() -> None:
    assert all(float(ball.rad()) < 1e-34 for ball in by_residual(arb_mat(MATRICES["multiple"])))


def test_eigenvalues_of_a_matrix_that_is_not_symmetric_are_refused() -> None:
    with pytest.raises(OutsideDomain, match="not symmetric"):
        BALLS.spectral("lambda_max", np.array([[arb(0), arb(1)], [arb(0), arb(0)]], dtype=object))
