"""Determinant and inverse by Faddeev-LeVerrier, exactly, at every small size."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from flint import fmpq, fmpq_mat

from derive.evaluate.errors import OutsideDomain
from derive.evaluate.linear import determinant, inverse
from derive.evaluate.rationals import Rationals
from derive.evaluate.system import array_of

EXACT = Rationals()


@pytest.mark.parametrize("n", [1, 2, 3, 5, 6])
def test_against_flints_own(n: int) -> None:
    rng = Random(n)
    numbers = [fmpq(rng.randint(-9, 9), rng.randint(1, 5)) for _ in range(n * n)]
    matrix, reference = array_of(numbers, (n, n), object), fmpq_mat(n, n, numbers)
    assert determinant(matrix, EXACT) == reference.det()
    assert fmpq_mat(n, n, list(inverse(matrix, EXACT).flat)) == reference.inv()


def test_a_singular_matrix_has_no_inverse() -> None:
    ones = array_of([EXACT.rational(Fraction(1))] * 4, (2, 2), object)
    assert determinant(ones, EXACT) == 0
    with pytest.raises(OutsideDomain, match="inv"):
        inverse(ones, EXACT)
