"""Dimensions of tangent spaces at generic vectors: as by derive's other code, which shares nothing with this one."""

from __future__ import annotations

from itertools import product

import pytest

from derive.evaluate.generic_ranks import tangent_dimension as other
from derive.verify.arithmetic import Unknown
from derive.verify.generic_ranks import forms, tangent_dimension

VECTORS = [[2, 3, -1], [1, 0, 2], [0, 5, 1], [1, 1, 1]]


@pytest.mark.parametrize(("m", "order"), list(product([1, 2, 3, 4], [1, 2, 3, 4])))
def test_the_forms_span_what_the_other_code_says(m: int, order: int) -> None:
    from flint import fmpz_mat

    assert fmpz_mat(forms(VECTORS[:m], order)).rank() == other(VECTORS[:m], order)


@pytest.mark.parametrize(
    ("m", "d", "order", "dimension"),
    [(1, 3, 4, 3), (5, 3, 4, 14), (6, 3, 4, 15), (3, 4, 2, 9), (4, 2, 9, 8), (2, 1, 5, 1)],
)
def test_dimensions_at_generic_vectors(m: int, d: int, order: int, dimension: int) -> None:
    assert tangent_dimension(m, d, order) == dimension


@pytest.mark.parametrize(("m", "d", "order"), [(7, 5, 3), (10**9, 2, 3), (0, 2, 3), (2, 3, 10**9)])
def test_what_is_not_told_has_no_value(m: int, d: int, order: int) -> None:
    with pytest.raises(Unknown):
        tangent_dimension(m, d, order)
