"""Definiteness of rational matrices is decided exactly, at the edge too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from derive.instances.definite import semidefinite, spectral_at_most
from derive.instances.rational import array

TINY = Fraction(1, 10**40)


def diagonal(*entries: Fraction | int) -> object:
    """With a rotation by the angle of 3, 4, 5 in the first two coordinates, so that no entry tells the eigenvalues."""
    size = len(entries)
    turn = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    turn[0][:2], turn[1][:2] = [Fraction(3, 5), Fraction(-4, 5)], [Fraction(4, 5), Fraction(3, 5)]
    q = array([x for row in turn for x in row], (size, size))
    return (q * array([Fraction(x) for x in entries], (size,))) @ q.T


@pytest.mark.parametrize(
    ("entries", "weakly", "strictly"),
    [
        ((1, 2, 3), True, True),
        ((0, 2, 3), True, False),
        ((0, 0, 0), True, False),
        ((TINY, 2, 3), True, True),
        ((-TINY, 2, 3), False, False),
        ((-1, -2, 3), False, False),
        ((-1, -2, -3), False, False),
        ((0, -2, 3), False, False),
    ],
)
def test_a_matrix_is_definite_as_its_eigenvalues_are(
    entries: tuple[Fraction | int, ...], weakly: bool, strictly: bool
) -> None:
    matrix = diagonal(*entries)
    assert (semidefinite(matrix), semidefinite(matrix, strict=True)) == (weakly, strictly)


@pytest.mark.parametrize("kind", ["opnorm", "lambda_max"])
@pytest.mark.parametrize(
    ("bound", "strict", "holds"), [(2, False, True), (2, True, False), (2 - TINY, False, False), (2 + TINY, True, True)]
)
def test_the_largest_of_a_spectrum_is_compared_exactly(kind: str, bound: Fraction, strict: bool, holds: bool) -> None:
    assert spectral_at_most(kind, diagonal(1, 2), Fraction(bound), strict) is holds


@pytest.mark.parametrize("kind", ["sigma_min", "lambda_min"])
@pytest.mark.parametrize(
    ("bound", "strict", "holds"), [(1, False, True), (1, True, False), (1 - TINY, False, False), (1 + TINY, True, True)]
)
def test_the_smallest_of_a_spectrum_is_compared_exactly(kind: str, bound: Fraction, strict: bool, holds: bool) -> None:
    assert spectral_at_most(kind, diagonal(1, 2), Fraction(bound), strict) is holds


def test_more_columns_than_rows_have_a_singular_value_zero() -> None:
    wide = array([Fraction(1), Fraction(2)], (1, 2))
    assert spectral_at_most("sigma_min", wide, Fraction(0)) is True
