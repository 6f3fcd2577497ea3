"""Powers with even exponents, whatever integers are in them: never negative, and their sum vanishes at zero alone."""

from __future__ import annotations

import pytest

from derive.bounds.goals import goals, prove
from derive.language import api as dv
from derive.language.relations import Relation
from derive.language.tensor import Tensor
from derive.obligation import Obligation

n = dv.dim("n")
z, x = dv.vector("z", n), dv.scalar("x")
k, l = dv.scalar("k", integer=True), dv.scalar("l", integer=True)
p, q = dv.scalar("p", integer=True, positive=True), dv.scalar("q", positive=True)
nonzero = (dv.norm(z) > 0,)


def proved(sign: str, small: Tensor, large: Tensor, given: tuple[Relation, ...] = ()) -> bool:
    return any(prove(goal)[0] is not None for goal in goals(Obligation("c", sign, small, large, given)))


@pytest.mark.parametrize("exponent", [2 * p, 2 * k, k * l * 4 - 6, -2 * k, 2 * k + 2 * l], ids=repr)
def test_an_even_power_is_never_negative(exponent: Tensor) -> None:
    assert proved("<=", 0 * x, x**exponent)


@pytest.mark.parametrize("exponent", [p, 2 * p + 1, 3 * k, k * l, 2 * q], ids=repr)
def test_no_other_power_is_called_so(exponent: Tensor) -> None:
    assert not proved("<=", 0 * x, x**exponent)


def test_a_sum_of_even_powers_is_positive_where_one_entry_is_not_zero() -> None:
    total = dv.sum(z ** (2 * p))
    assert proved("<", 0 * x, total, nonzero)
    assert not proved("<", 0 * x, total)
    assert not proved("<", 0 * x, dv.sum(z**p), nonzero)
    assert not proved("<", 0 * x, dv.sum(z ** (2 * k)), nonzero)


def test_power_means_are_in_order_and_no_better() -> None:
    """Attained where all entries are equal."""
    total = dv.sum(z ** (2 * p))
    assert proved("<=", n ** (1 - p) * dv.norm(z) ** (2 * p), total)
    assert not proved("<=", 1.01 * n ** (1 - p) * dv.norm(z) ** (2 * p), total)
    assert not proved("<=", dv.norm(z) ** (2 * p), total)
