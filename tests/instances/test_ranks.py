"""Sizes at which a hypothesis cannot hold are told from its form."""

from __future__ import annotations

import pytest

from derive.instances.ranks import implied
from derive.instances.sizes import allows
from derive.language import api as dv
from derive.language.relations import Relation

n, d = dv.dims("n d")
A, t = dv.matrix("A", n, d), dv.scalar("t")


@pytest.mark.parametrize(
    "given",
    [
        dv.sigma_min(A) > 0,
        t >= 1 / dv.sigma_min(A),
        t**2 >= 200 + t / (3 * dv.sigma_min(A) ** 2),
        dv.abs(t) / dv.sigma_min(A) <= 1,
    ],
    ids=str,
)
def test_what_is_divided_by_is_not_zero(given: Relation) -> None:
    """The smallest singular value of a matrix with more columns than rows is zero."""
    assert [allows(relation, {"n": 2, "d": 3}, {}) for relation in implied(given)] == [False]
    assert all(allows(relation, {"n": 3, "d": 3}, {}) for relation in implied(given))


@pytest.mark.parametrize("given", [dv.sigma_min(A) >= 0, t >= 1 / (1 + dv.sigma_min(A)), t >= dv.sigma_min(A)], ids=str)
def test_what_may_be_zero_says_nothing_of_sizes(given: Relation) -> None:
    assert not list(implied(given))


def test_a_rank_needs_as_many_rows_and_columns() -> None:
    assert [allows(relation, {"n": 3, "d": 2}, {}) for relation in implied(dv.rank(A) == n)] == [True, False]
    assert list(implied(dv.rank(A) <= n)) == []


@pytest.mark.parametrize("given", [dv.rank(A) == dv.binomial(d, 2), dv.binomial(d, 2) <= dv.generic(dv.rank(A), A)])
def test_the_rank_may_be_any_number_of_sizes(given: Relation) -> None:
    assert [allows(relation, {"n": 5, "d": 4}, {}) for relation in implied(given)] == [False, False]
    assert all(allows(relation, {"n": 3, "d": 3}, {}) for relation in implied(given))
    assert not list(implied(dv.rank(A) == t))
