"""The least size that hypotheses allow, found over all that is else."""

import math
from collections.abc import Callable

import pytest

import derive as dv
from derive.language.relations import Relation
from derive.lint.regime import regimes, without_defined

n, m = dv.dims("n m")
delta, lam = dv.scalar("delta", positive=True), dv.scalar("lam", positive=True)
B = dv.scalar("B")
x = dv.vector("x", n)
W = dv.matrix("W", m, n)


def least(holds: Callable[[float], bool]) -> float:
    """The number from which on a condition holds, by bisection."""
    low, high = 1.0, 2.0**100
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def found(*given: Relation) -> dict[str, int]:
    return {regime.dimension: regime.size for regime in regimes(given, "test")}


def test_a_number_is_found_to_two_digits() -> None:
    assert found(m >= 123456)["m"] == pytest.approx(123456, rel=0.01)


def test_a_condition_that_every_size_satisfies_asks_for_nothing() -> None:
    assert found(m * delta >= 0) == {"m": 1}


def test_the_other_sizes_are_as_favourable_as_they_may_be() -> None:
    """n = 1, where the condition on m is weakest."""
    assert found(m >= 1000 * n**3, dv.norm(x) <= 1)["m"] == pytest.approx(1000, rel=0.01)


def test_parameters_are_moved_to_where_the_least_will_do() -> None:
    """delta is less than 1 and lam at most 4: m exceeds 100 / 4, by as little as one likes."""
    size = found(m >= 100 / (delta * lam), delta < 1, lam <= 4)["m"]
    assert 25 <= size <= 30


def test_a_parameter_that_is_defined_by_a_size_grows_with_it() -> None:
    """``B = sqrt(2 log(m / delta))`` stands in the condition, which is solved for m by hand here."""
    size = found(dv.sqrt(2 * dv.log(4 * m / delta)) == B, m >= dv.exp(4 * B), delta <= 1)["m"]
    by_hand = least(lambda width: width >= math.exp(4 * math.sqrt(2 * math.log(4 * width))))
    assert by_hand <= size * 1.01
    assert size <= by_hand * 1.2


def test_conditions_on_arrays_of_that_size_are_left_out() -> None:
    """Weights of that many rows are not drawn: what is found is needed for them all the same."""
    assert found(m >= 10**6, dv.norm(W, "fro") <= 1)["m"] == pytest.approx(10**6, rel=0.01)


def test_a_size_that_nothing_compares_is_not_told() -> None:
    assert found(dv.norm(x) <= 1, delta < 1) == {}


def test_what_no_size_satisfies_is_not_told() -> None:
    assert found(m * delta <= -1) == {}


def test_the_same_hypotheses_give_the_same_sizes() -> None:
    given = [m >= 10**10 / (delta * lam), delta < 1, lam <= dv.norm(x), dv.norm(x) <= 1]
    assert list(regimes(given, "a")) == list(regimes(given, "a"))


def test_defined_parameters_are_written_out_one_in_the_other() -> None:
    (relation,) = without_defined([2 * lam == B, lam == dv.exp(delta), B <= 3])
    assert repr(relation) == "2*exp(delta) <= 3"


def test_a_parameter_that_is_defined_by_itself_stays() -> None:
    assert len(without_defined([B == B**2, B <= 3])) == 2
