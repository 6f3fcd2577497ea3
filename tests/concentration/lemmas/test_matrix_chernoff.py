"""The matrix Chernoff inequality attacked: counts of a fair coin as the eigenvalues of a diagonal matrix."""

from __future__ import annotations

from math import comb, exp, log
from random import Random

import pytest

from derive.concentration.lemmas.matrix_chernoff import ABOVE, BELOW, matrix_chernoff
from tests.concentration.values import ROUNDING, stated, value


def outside(m: int, low: float, high: float) -> float:
    """How often of m throws of a fair coin one side comes less than ``low``, or more than ``high`` times.

    Both sides of the coin cannot come more than m/2 times, so that their probabilities add up.
    """
    return 2 * sum(comb(m, k) for k in range(m + 1) if not low <= k <= high) / 2**m


@pytest.mark.parametrize("seed", range(80))
def test_counts_of_a_fair_coin_are_not_above_the_bound(seed: int) -> None:
    """``sum_k 2 e_k e_k^T/m`` has the mean I, and each summand is at most 2/m."""
    rng = Random(f"coin {seed}")
    m, e = rng.randint(1, 200), rng.uniform(0.01, 1)
    above, below = outside(m, 0, (1 + e) * m / 2), outside(m, (1 - e) * m / 2, m)
    for rate in ABOVE:
        assert above <= stated(matrix_chernoff(value(2), value(e), value(2 / m), rate)) * (1 + ROUNDING)
    for rate in BELOW:
        assert below <= stated(matrix_chernoff(value(2), value(e), value(2 / m), rate)) * (1 + ROUNDING)


def poisson_from(mean: float, least: int) -> float:
    """How often a Poisson number is at least so large; terms beyond ten times the mean are left out."""
    terms = (exp(k * log(mean) - mean - sum(log(j) for j in range(1, k + 1))) for k in range(least, int(10 * mean)))
    return sum(terms)


def test_the_constant_below_would_be_wrong_above() -> None:
    """The planted error falls: rare summands of size 1/30 with the mean 1 come twice as often more than exp(-15)."""
    tail = poisson_from(30.0, 60)
    assert tail > stated(matrix_chernoff(value(1), value(1), value(1 / 30), BELOW[0]))
    assert tail <= stated(matrix_chernoff(value(1), value(1), value(1 / 30), ABOVE[0]))
