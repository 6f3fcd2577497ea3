"""Truncation of exponentials attacked: exact means and probabilities are never above what is stated of them."""

from __future__ import annotations

from math import erfc, exp, log, sqrt
from random import Random

import pytest

from derive.concentration.truncation import truncation_bias, truncation_tail
from tests.concentration.values import value


def upper_tail(x: float) -> float:
    return erfc(x / sqrt(2)) / 2


def mean_above(top: float, variance: float) -> float:
    """``E[exp(L); L > T]`` of L ~ N(0, v): the tail of N(v, v), times exp(v/2)."""
    return exp(variance / 2) * upper_tail((top - variance) / sqrt(variance))


@pytest.mark.parametrize("seed", range(40))
def test_truncation_takes_no_more_than_stated(seed: int) -> None:
    rng = Random(f"bias {seed}")
    variance = rng.uniform(0.05, 5)
    top = variance + rng.choice((0.0, rng.uniform(0, 0.1), rng.uniform(0, 6)))
    summed, factor = rng.randint(1, 9), rng.uniform(0.1, 2)
    stated = float(truncation_bias(value(summed), value(factor), value(variance), value(top)).expression)
    assert summed * factor * mean_above(top, variance) <= stated * (1 + 1e-12)


def test_the_level_has_to_be_no_less_than_the_variance() -> None:
    """Below it the same formula would be wrong: the planted error falls."""
    stated = float(truncation_bias(value(1), value(1), value(4.0), value(1.0)).expression)
    assert mean_above(1.0, 4.0) > stated


def probability_of_an_excess(share: float, factor: float, variance: float, top: float) -> float:
    """``Pr[c |Y - E Y| >= s/2]`` of ``Y = exp(L)`` where L <= T, and 0 elsewhere, for L ~ N(0, v)."""
    mean = exp(variance / 2) - mean_above(top, variance)
    high, low = mean + share / (2 * factor), mean - share / (2 * factor)
    spread = sqrt(variance)
    above = max(upper_tail(log(high) / spread) - upper_tail(top / spread), 0.0)
    below = upper_tail(top / spread) + upper_tail(-log(low) / spread) if low >= 0 and low > 0 else 0.0
    return above + below


@pytest.mark.parametrize("seed", range(40))
def test_one_truncated_exponential_exceeds_no_more_often_than_stated(seed: int) -> None:
    rng = Random(f"tail {seed}")
    variance, factor = rng.uniform(0.05, 4), rng.uniform(0.1, 2)
    top = variance + rng.uniform(0, 2)
    share = rng.uniform(0, 2.5) * factor * exp(top)
    stated = float(truncation_tail(value(share), value(1), value(factor), value(top)).expression)
    assert probability_of_an_excess(share, factor, variance, top) <= stated * (1 + 1e-12)


def test_a_larger_exponent_would_be_wrong() -> None:
    """The planted error falls: of 400 numbers 0 or 1 the sum is off by 4 deviations more often than e^(-16)."""
    share = 2 * 4 * sqrt(400) / 2
    stated = float(truncation_tail(value(share), value(400), value(1), value(0.0)).expression)
    exact = erfc(4 / sqrt(2))
    assert 2 * (stated / 2) ** 2 < exact < stated
