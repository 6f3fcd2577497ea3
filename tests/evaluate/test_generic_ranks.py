"""Dimensions of tangent spaces of sums of powers, at vectors and at generic ones."""

from __future__ import annotations

from math import comb

import pytest

from derive.evaluate.errors import Unavailable
from derive.evaluate.evaluation import evaluate
from derive.evaluate.generic_ranks import tangent_dimension
from derive.evaluate.point import Point
from derive.evaluate.rationals import Rationals
from derive.language.rank import rank
from derive.language.symbols import dims, matrix
from derive.language.tangents import generic, tangent_gram

m, d = dims("m d")
U = matrix("U", m, d)


def dimension(points: int, size: int, order: int) -> int:
    expression = generic(rank(tangent_gram(U, order)), U)
    return int(evaluate(expression, Point({"m": points, "d": size}), Rationals())[()])


@pytest.mark.parametrize("rows", [[[1, 0], [0, 1]], [[1, 2, 3], [2, 4, 6], [1, 0, 1]], [[0, 0, 0], [1, 1, 1]]])
@pytest.mark.parametrize("order", [2, 3, 4])
def test_the_gram_matrix_has_the_rank_of_the_forms(rows: list[list[int]], order: int) -> None:
    point = Point({"m": len(rows), "d": len(rows[0])}, {}, {"U": rows})
    assert int(evaluate(rank(tangent_gram(U, order)), point, Rationals())[()]) == tangent_dimension(rows, order)


@pytest.mark.parametrize("order", [3, 4, 5, 6])
@pytest.mark.parametrize("points", [1, 2, 3, 4])
def test_of_binary_forms_no_dimension_is_less_than_expected(points: int, order: int) -> None:
    """Sylvester's theorem."""
    assert dimension(points, 2, order) == min(2 * points, order + 1)


@pytest.mark.parametrize(("points", "size"), [(2, 3), (3, 4), (2, 5)])
def test_of_quadrics_it_is_that_of_matrices_of_a_rank(points: int, size: int) -> None:
    """Symmetric matrices of rank m have the dimension m d - m(m - 1)/2."""
    assert dimension(points, size, 2) == points * size - comb(points, 2)


@pytest.mark.parametrize(("points", "size", "order"), [(10**30, 2, 3), (2, 3, 10**30), (5, 20, 20)])
def test_what_is_too_large_is_not_computed(points: int, size: int, order: int) -> None:
    with pytest.raises(Unavailable, match="more dimensions than"):
        dimension(points, size, order)


@pytest.mark.parametrize(("points", "size", "order"), [(7, 5, 3), (9, 4, 4)])
def test_where_the_grid_would_be_too_large_nothing_is_told(points: int, size: int, order: int) -> None:
    with pytest.raises(Unavailable, match="known to be from"):
        dimension(points, size, order)
